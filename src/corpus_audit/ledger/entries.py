"""What a ledger holds about a dataset. Most stores have no ledger: then no database, and no SQLAlchemy, is loaded."""

import os
from collections.abc import Mapping
from pathlib import Path

from corpus_audit.ledger.chain import Entry
from corpus_audit.ledger.place import FILE_NAME, given_address


def has_ledger(store: Path, environ: Mapping[str, str] = os.environ) -> bool:
    """True if there may be entries; a missing SQLite file has none, and is not created by this check.

    Raises LedgerError and StoreError as ``database_url`` does.
    """
    if given_address(store, environ) is None:
        return (store / FILE_NAME).is_file()
    from corpus_audit.ledger.database import database_url, is_there

    return is_there(database_url(store, environ))


def entries_about(store: Path, dataset_id: str) -> list[Entry]:
    """Return what was decided about a dataset, oldest first; makes no ledger where there is none."""
    if not has_ledger(store):
        return []
    from corpus_audit.ledger.ledger import open_ledger

    return open_ledger(store).entries(dataset_id=dataset_id)


def lacking_entries(store: Path, noted: Mapping[int, str]) -> list[int]:
    """Return which of the *noted* entries, sha256 by sequence, a store's ledger lacks; all where there is no ledger."""
    if not noted or not has_ledger(store):
        return sorted(noted)
    from corpus_audit.ledger.ledger import open_ledger

    return open_ledger(store).lacking(noted)
