"""Files and records: which files there are, whether they are what was declared, and how records are read from them.

Nothing here knows what a record means; nothing here keeps text beyond the batch it is in.
"""
