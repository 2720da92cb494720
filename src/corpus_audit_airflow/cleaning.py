"""What a cleaning is asked to do: its parameters, and how they are read."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from airflow.sdk import Param, get_current_context

from corpus_audit_airflow.audit_params import PLACE
from corpus_audit_airflow.audit_places import folder_of
from corpus_audit_airflow.connections import CONNECTION

CLEAN_PARAMS = {
    "audit": Param(
        type="string",
        title="Audit",
        description="Folder of the audit, as the workers see it, or its address in a bucket.",
        pattern=PLACE,
    ),
    "output": Param(
        type="string",
        title="Folder to write",
        description="Absolute path of a folder that is not there yet, shared by all workers, or s3://, gs://, az://.",
        pattern=PLACE,
    ),
    "policy": Param(
        None,
        type=["null", "string"],
        title="Exclusion policy",
        description="Absolute path of a YAML file that says which reasons count. Empty: the default policy.",
        pattern="^/.",
    ),
    "mask": Param(
        False,
        type="boolean",
        title="Mask",
        description="Mask personal information and secrets in the records that stay.",
    ),
    "connection": CONNECTION,
}
"""Airflow makes a form of it."""


def folder() -> Any:
    """Return the folder of the audit that the run names."""
    return folder_of(get_current_context()["params"]["audit"])


def written_to(output: str, write: Callable[[Path], Any]) -> str:
    """Return where the manifest lies of what *write* wrote to a folder, or of its copy at an address.

    What an attempt left that broke off is overwritten. Raises StoreError when a manifest, or anything that this
    attempt did not write, lies at the address.
    """
    from corpus_audit.pipeline.cleaned_description import DATASET, MANIFEST
    from corpus_audit.store import ScratchFolder
    from corpus_audit.store.bucket import cache_folder, parse_address
    from corpus_audit.store.bucket.objects import Objects

    address = parse_address(output)
    if address is None:
        return str(write(Path(output)).manifest)
    target, described = Objects(address), f"{DATASET}/{MANIFEST}"
    present = target.list("").keys()
    _refuse(address, present & {described})
    with ScratchFolder(".cleaned-", _made(cache_folder())) as parent:
        folder = parent / "cleaned"
        write(folder)
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        _refuse(address, present - files.keys())
        manifest = {described: files.pop(described)}
        target.put_files(files)
        target.put_files(manifest)  # last: what is described is there
    return str(address.below(described))


def _refuse(address: Any, found: Collection[str]) -> None:
    from corpus_audit.errors import StoreError

    if found:
        message = f"{address.below(min(found))} is there already: choose a place for the cleaned dataset that is empty."
        raise StoreError(message)


def _made(folder: Path) -> Path:
    from corpus_audit.config.privacy import private_files

    with private_files():
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def policy() -> Any:
    """Return the exclusion policy that the run names; None for the default one."""
    from corpus_audit.export.exclusions.policy import read_policy

    named = get_current_context()["params"]["policy"]
    return read_policy(Path(named)) if named else None
