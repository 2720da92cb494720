"""Documents for print and for reading: plain blocks, rendered as Markdown or PDF.

Belongs here: layout. Not here: any word of a report or of a form, or any choice of what is said.
"""
