"""An audit on disk: folders, Parquet tables, completion markers, content hashes.

A stage writes into a ``.partial-`` folder that becomes the stage's folder in one rename, and then its marker
appears. A run that was killed leaves at most a partial folder, which the next run of that stage throws away.
"""

from corpus_audit.store.audit_folder import AuditFolder, Marker
from corpus_audit.store.clock import Clock, utc_now
from corpus_audit.store.contents import differences
from corpus_audit.store.digests import canonical_json, sha256_of_bytes, sha256_of_file, sha256_of_json, sha256_of_stored
from corpus_audit.store.documents import as_json, read_json, write_bytes, write_json, write_pieces
from corpus_audit.store.locks import held, in_use, locked_folder
from corpus_audit.store.parquet import TableWriter, read_table, stream_table, write_table
from corpus_audit.store.scratch import ScratchFolder
from corpus_audit.store.store import Store, audit_at

SIGNATURES = "signatures"
"""The folder of a store that holds the index of all audits' signatures."""

OWN_NAMES = frozenset(
    {
        "attachments",
        "audits",
        "bundles",
        "checkpoints",
        "key",
        "ledger.sqlite",
        "measured",
        "openlineage.ndjson",
        "received",
        "references",
        "review-index.sqlite",
        "supplements",
        SIGNATURES,
        "watched",
    }
)
"""What this program keeps in a store."""

TEMPORARY_NAMES = (".staging-", ".partial-", ".deleted-", "ledger.sqlite-", "review-index.sqlite-")
"""How names begin of what lies there for a while."""

STORE_FORMAT = 7
"""Raised when what another version stored could be misread."""

__all__ = [
    "OWN_NAMES",
    "SIGNATURES",
    "STORE_FORMAT",
    "TEMPORARY_NAMES",
    "AuditFolder",
    "Clock",
    "Marker",
    "ScratchFolder",
    "Store",
    "TableWriter",
    "as_json",
    "audit_at",
    "canonical_json",
    "differences",
    "held",
    "in_use",
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
    "write_pieces",
    "write_table",
]
