"""Files and records: the list of files, their match with the declaration, and the readers of records.

Nothing here knows what a record means; nothing here keeps text beyond the batch it is in.
"""
