"""The address of a store in a bucket."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from corpus_audit.errors import StoreError

SCHEMES = ("s3", "gs", "az", "hdfs")
_OTHER_NAMES = {"abfs": "az", "abfss": "az"}
"""Schemes that other programs use for one of these."""


# A Path has taken one of the two slashes away.
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/{1,2}([^/].*|/.+)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Address:
    """Where a store lies: scheme, and bucket and prefix, or name node and path."""

    scheme: str
    place: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self.place}"

    def below(self, path: str) -> "Address":
        """Return the address of a path in it."""
        return Address(self.scheme, f"{self.place}/{path}")


def parse_address(store: str | Path) -> Address | None:
    """Return the address that a store is named by, None for a folder.

    Raises StoreError for an unknown scheme, and for an address with a user name, a query or steps upwards.
    """
    found = _ADDRESS.fullmatch(str(store))
    if found is None:
        return None
    scheme, rest = found[1].lower(), found[2]
    scheme = _OTHER_NAMES.get(scheme, scheme)
    if scheme == "file":
        return None
    if scheme not in SCHEMES:
        known = ", ".join(f"{name}://" for name in SCHEMES)
        message = f"A store cannot lie at {scheme}://…: name a folder, or an address that begins with {known}."
        raise StoreError(message)
    parts = urlsplit(f"{scheme}://{rest}")
    steps = [step for step in rest.split("/") if step]
    if "@" in parts.netloc or parts.query or parts.fragment or not steps or ".." in steps or _CONTROL.search(rest):
        message = (
            f"The address of the store ({scheme}://…) has no bucket, or has a user name, a query or '..' in it: name "
            "bucket and prefix only. Credentials belong in the environment."
        )
        raise StoreError(message)
    return Address(scheme, "/".join(steps))


def folder_of_file_url(store: str | Path) -> Path | None:
    """Return the folder that a ``file:`` address names, None for anything else."""
    found = _ADDRESS.fullmatch(str(store))
    if found is None or found[1].lower() != "file":
        return None
    return Path("/" + unquote(found[2]).lstrip("/"))
