"""An audit on disk: folders, Parquet tables, completion markers, content hashes.

A stage writes into a ``.partial-`` folder that becomes the stage's folder in one rename, and then its marker
appears. A run that was killed leaves at most a partial folder, which the next run of that stage throws away.
"""

from corpus_audit.store.audit_folder import AuditFolder, Marker
from corpus_audit.store.clock import Clock, utc_now
from corpus_audit.store.contents import differences
from corpus_audit.store.digests import sha256_of_bytes, sha256_of_file, sha256_of_json, sha256_of_stored
from corpus_audit.store.documents import read_json, write_bytes, write_json
from corpus_audit.store.locks import locked_folder
from corpus_audit.store.parquet import TableWriter, read_table, stream_table, write_table
from corpus_audit.store.store import Store

STORE_FORMAT = 3
"""Raised when what another version stored could be misread."""

__all__ = [
    "STORE_FORMAT",
    "AuditFolder",
    "Clock",
    "Marker",
    "Store",
    "TableWriter",
    "differences",
    "locked_folder",
    "read_json",
    "read_table",
    "sha256_of_bytes",
    "sha256_of_file",
    "sha256_of_json",
    "sha256_of_stored",
    "stream_table",
    "utc_now",
    "write_bytes",
    "write_json",
    "write_table",
]
