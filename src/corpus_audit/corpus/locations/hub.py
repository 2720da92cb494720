"""Hugging Face hub snapshots in the layout of its own client: nothing is downloaded.

A repository is a folder ``datasets--OWNER--NAME`` with ``refs`` (names of revisions), ``snapshots`` (a folder a
revision, of links) and ``blobs`` (the content that the links lead to).
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from corpus_audit.errors import StoreError

_ADDRESS = re.compile(
    r"hf://datasets/(?P<owner>[\w.-]+)/(?P<name>[\w.-]+?)(@(?P<revision>[\w.-]+))?(?P<inside>(/[^/@?#]+)*)/?", re.ASCII
)
_MAIN = "main"


def snapshot_folder(address: str, environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the snapshot lies that ``hf://datasets/OWNER/NAME[@REVISION][/FOLDER]`` names; raises StoreError."""
    match = _ADDRESS.fullmatch(address)
    if match is None or ".." in address:
        message = "The root is no address of a dataset: write hf://datasets/OWNER/NAME, with @REVISION where needed."
        raise StoreError(message)
    repository = cache_folder(environ) / f"datasets--{match['owner']}--{match['name']}"
    revision = match["revision"] or _MAIN
    commit = _commit(repository, revision)
    snapshot = repository / "snapshots" / commit
    if not snapshot.is_dir():
        message = (
            f"{address} is not on this machine (looked in {repository}): "
            f"download it first, for instance with the hub's own client; an audit downloads nothing."
        )
        raise StoreError(message)
    return snapshot.joinpath(*match["inside"].strip("/").split("/")) if match["inside"] else snapshot


def cache_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder that the hub's client keeps repositories in, by the variables that it knows."""
    if environ.get("HF_HUB_CACHE"):
        return Path(environ["HF_HUB_CACHE"])
    home = Path(environ.get("HF_HOME") or Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "huggingface"))
    return home / "hub"


def _commit(repository: Path, revision: str) -> str:
    try:
        return (repository / "refs" / revision).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return revision
