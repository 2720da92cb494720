"""Datasets of the Hugging Face hub: snapshots in the layout of its own client, or the hub itself where that is allowed.

A repository is a folder ``datasets--OWNER--NAME`` with ``refs`` (names of revisions), ``snapshots`` (a folder a
revision, of links) and ``blobs`` (the content that the links lead to).
"""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus_audit.config import ENVIRONMENT_PREFIX
from corpus_audit.corpus.locations.base import Location
from corpus_audit.corpus.locations.local import open_folder
from corpus_audit.errors import StoreError

CARD = "README.md"
"""What describes a dataset of the hub."""
_ADDRESS = re.compile(
    r"hf://datasets/(?P<owner>[\w.-]+)/(?P<name>[\w.-]+?)(@(?P<revision>[\w.-]+))?(?P<inside>(/[^/@?#]+)*)/?", re.ASCII
)
_MAIN = "main"


def open_dataset(address: str, allowed: Sequence[str], environ: Mapping[str, str] = os.environ) -> Location:
    """Return what ``hf://datasets/OWNER/NAME[@REVISION][/FOLDER]`` names, from the client's cache where it lies there.

    Else it is read on the hub, if its address begins with an *allowed* one. Raises StoreError.
    """
    try:
        return open_folder(snapshot_folder(address, environ))
    except StoreError:
        match = _parts(address)
        plain = f"hf://datasets/{match['owner']}/{match['name']}"
        if not any(_is_below(plain, beginning) for beginning in allowed):
            raise
    from corpus_audit.corpus.locations.hub_folder import open_hub_folder

    return open_hub_folder(f"{match['owner']}/{match['name']}", match["revision"] or _MAIN, match["inside"], environ)


def is_dataset(address: str) -> bool:
    """True if an address names a whole dataset of a hub, and no file or folder in it."""
    match = _ADDRESS.fullmatch(address)
    return match is not None and not match["inside"]


def _is_below(address: str, beginning: str) -> bool:
    """True if a dataset is an allowed one, or one of an allowed owner."""
    allowed = beginning.rstrip("/")
    return allowed.startswith("hf:") and (address == allowed or address.startswith(f"{allowed}/") or allowed == "hf:")


def _parts(address: str) -> re.Match[str]:
    match = _ADDRESS.fullmatch(address)
    if match is None or ".." in address:
        message = "The root is no address of a dataset: write hf://datasets/OWNER/NAME, with @REVISION where needed."
        raise StoreError(message)
    return match


def snapshot_folder(address: str, environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the snapshot lies that ``hf://datasets/OWNER/NAME[@REVISION][/FOLDER]`` names; raises StoreError."""
    match = _parts(address)
    repository = cache_folder(environ) / f"datasets--{match['owner']}--{match['name']}"
    revision = match["revision"] or _MAIN
    commit = _commit(repository, revision)
    snapshot = repository / "snapshots" / commit
    if not snapshot.is_dir():
        message = (
            f"{address} is not on this machine (looked in {repository}): download it first with the hub's own client, "
            f"or let an operator name it, or hf://datasets/{match['owner']}, in {ENVIRONMENT_PREFIX}ALLOWED_URLS; it "
            "is then read on the hub."
        )
        raise StoreError(message)
    return snapshot.joinpath(*match["inside"].strip("/").split("/")) if match["inside"] else snapshot


_CACHE_VARIABLES = {"HF_HUB_CACHE": "", "HF_HOME": "hub", "XDG_CACHE_HOME": "huggingface/hub"}
"""Where a variable of the hub's client leads to its repositories; the first that is set counts."""


def cache_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder that the hub's client keeps repositories in, by the variables that it knows.

    Raises StoreError where none is set and the user has no home.
    """
    for variable, below in _CACHE_VARIABLES.items():
        if environ.get(variable):
            return Path(environ[variable], below)
    try:
        return Path.home() / ".cache" / "huggingface" / "hub"
    except RuntimeError:
        message = "This user has no home folder where the hub's client keeps datasets: name its own in HF_HOME."
        raise StoreError(message) from None


def _commit(repository: Path, revision: str) -> str:
    try:
        return (repository / "refs" / revision).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return revision
