"""Where the ledger of a store is, and what it holds about a dataset: most stores have none, and need no database."""

import os
from collections.abc import Mapping
from pathlib import Path

from corpus_audit.config import ENVIRONMENT_PREFIX
from corpus_audit.ledger.chain import Entry
from corpus_audit.store.bucket import address_of, is_copied
from corpus_audit.store.bucket.arbiter import arbiter_of

FILE_NAME = "ledger.sqlite"


def given_address(store: Path, environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the address of the ledger's database; None where it is a SQLite file in the store.

    Raises StoreError when the address is none of PostgreSQL and the store is in a bucket.
    """
    if is_copied(store):
        arbiter_of(address_of(store), environ)
    return environ.get(f"{ENVIRONMENT_PREFIX}DATABASE_URL") or None


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
