"""Data locations: a folder, a bucket, a web server or a dataset of a hub, chosen by the form of the root."""

from pathlib import Path

from corpus_audit.corpus.locations.base import Location, StoredFile
from corpus_audit.corpus.locations.local import open_folder
from corpus_audit.errors import StoreError

__all__ = ["Location", "StoredFile", "is_address", "open_location"]

OBJECT_STORES = ("s3", "gs", "az")
HUB = "hf"
WEB = ("http", "https")


def is_address(root: str) -> bool:
    """True if a root is something other than a local folder."""
    return "://" in root


def open_location(root: str, allowed_urls: str = "") -> Location:
    """Return the location that a root names, with credentials from the environment where it needs any.

    *allowed_urls* are the beginnings of web addresses that may be opened, separated by spaces. Raises StoreError for a
    root that is not there, may not be opened, or is of no kind that is known.
    """
    if not is_address(root):
        return open_folder(Path(root))
    scheme = root.partition("://")[0].lower()
    if scheme in OBJECT_STORES:
        from corpus_audit.corpus.locations.objects import open_bucket

        return open_bucket(root)
    if scheme in WEB:
        from corpus_audit.corpus.locations.web import open_web_folder

        return open_web_folder(root, allowed_urls.split())
    if scheme == HUB:
        from corpus_audit.corpus.locations.hub import open_dataset

        return open_dataset(root, allowed_urls.split())
    message = f"The root begins with {scheme}://, which is not known: give a folder, or s3, gs, az, hf, https or http."
    raise StoreError(message)
