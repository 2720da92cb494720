"""The results of an audit as a document: a model built from bounded tables, and its renderings.

Belongs here: arranging and wording what other layers found. Not here: finding anything, or judging it.
"""
