"""Where the ledger of a store is, as its database is told."""

import os
from collections.abc import Mapping
from pathlib import Path

from corpus_audit.config import ENVIRONMENT_PREFIX
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
