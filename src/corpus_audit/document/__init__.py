"""Documents for paper and for people: plain blocks, and how they become Markdown or PDF.

Belongs here: layout. Not here: any word of a report or of a form, or any choice of what is said.
"""
