"""One writer at a time, wherever it runs: a lock in the PostgreSQL database that a store in a bucket needs anyway."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import sha256
from urllib.parse import urlsplit, urlunsplit

from corpus_audit.config import ENVIRONMENT_PREFIX
from corpus_audit.errors import StoreError

_VARIABLE = f"{ENVIRONMENT_PREFIX}DATABASE_URL"
_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
_LOCK_SECONDS = 120


class Arbiter:
    """Gives a part of one store to one writer at a time. A killed writer holds nothing: its connection is gone."""

    def __init__(self, address: str, database: str) -> None:
        self._address = address
        self._database = database

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Keep every other writer of this part of the store waiting.

        Raises StoreError when the database fails, or another writer does not end in two minutes.
        """
        import psycopg

        key = int.from_bytes(sha256(f"{self._address}\n{name}".encode()).digest()[:8], "big", signed=True)
        try:
            connection = psycopg.connect(self._database, connect_timeout=10)
        except psycopg.Error as error:
            raise _unreachable(error) from None
        with closing(connection):  # which ends the transaction, and with it the lock
            try:
                connection.execute(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'")
                # A lock of the transaction holds behind a pool of connections too.
                connection.execute("SELECT pg_advisory_xact_lock(%s)", [key])
            except psycopg.errors.LockNotAvailable:
                raise _busy(name) from None
            except psycopg.Error as error:
                raise _unreachable(error) from None
            yield


def arbiter_of(address: str, environ: Mapping[str, str] = os.environ) -> Arbiter:
    """Return the arbiter of a store in a bucket; raises StoreError where no PostgreSQL database is named."""
    given = urlsplit(environ.get(_VARIABLE, ""))
    if given.scheme not in _SCHEMES:
        message = (
            f"The store {address} needs a ledger in PostgreSQL that every machine reaches: set {_VARIABLE} to "
            "postgresql://…. A ledger file would stay on one machine."
        )
        raise StoreError(message)
    return Arbiter(address, urlunsplit(given._replace(scheme="postgresql")))


def _busy(name: str) -> StoreError:
    message = (
        f"Another machine is writing '{name}' of this store, and did not end in {_LOCK_SECONDS} s. Run the same "
        "command again: what is finished stays."
    )
    return StoreError(message)


def _unreachable(error: Exception) -> StoreError:
    message = (
        f"The database that {_VARIABLE} names cannot be used ({type(error).__name__}): a store in a bucket needs it. "
        "Check that it runs."
    )
    return StoreError(message)
