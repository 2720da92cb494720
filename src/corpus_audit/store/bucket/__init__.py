"""A store in a bucket: what is kept there, and the copy of it that a machine works on.

Readers map files into memory and SQL opens them by path, so each machine keeps a copy of what it needs, in a folder
that looks like a store on disk. The bucket is what counts; the copy may be deleted at any time.

A bucket has neither renaming nor locks. What is small, or replaced, is a *head*: an object under ``heads/`` that is
named after a path, a number and the sha256 of its content, written once and never changed; of a path's heads, the last
by name counts. What a stage wrote lies under ``audits/``, in a folder named after its marker's sha256, and is written
before that marker: a marker never leads to files of another run, and what a killed process left is led to by none.
"""

from corpus_audit.store.bucket.address import Address, parse_address
from corpus_audit.store.bucket.copies import address_of, cache_folder, copy_of, is_copied, local_path, pull, updating
from corpus_audit.store.bucket.mirror import Mirror

__all__ = [
    "Address",
    "Mirror",
    "address_of",
    "cache_folder",
    "copy_of",
    "is_copied",
    "local_path",
    "parse_address",
    "pull",
    "updating",
]
