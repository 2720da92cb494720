"""Ways to tamper with a ledger of four entries, in SQL that SQLite and PostgreSQL share."""

from collections.abc import Mapping

from corpus_audit.ledger.chain import COLUMNS

_LEDGER, _HEAD = "corpus_audit_ledger", "corpus_audit_ledger_head"
_NAMES = ", ".join(COLUMNS)
_TO_THREE = f"UPDATE {_HEAD} SET sequence = 3, sha256 = (SELECT sha256 FROM {_LEDGER} WHERE sequence = 3)"


def _copy_of_last(**changed: str) -> str:
    columns = (
        {name: name for name in COLUMNS} | {"sequence": "5", "previous_sha256": "sha256", "sha256": "'f'"} | changed
    )
    return f"INSERT INTO {_LEDGER} ({_NAMES}) SELECT {', '.join(columns.values())} FROM {_LEDGER} WHERE sequence = 4"


TAMPERINGS: Mapping[str, str] = {
    f"UPDATE {_LEDGER} SET reason = 'another' WHERE sequence = 2": "Entry 2 was changed",
    f"UPDATE {_LEDGER} SET author = 'another' WHERE sequence = 4": "Entry 4 was changed",
    f"UPDATE {_LEDGER} SET expires_at = '2099-01-01T00:00:00+00:00' WHERE sequence = 1": "Entry 1 was changed",
    f"UPDATE {_LEDGER} SET decided_at = '2020-01-01T00:00:00+00:00' WHERE sequence = 3": "Entry 3 is earlier",
    f"UPDATE {_LEDGER} SET sha256 = 'f' WHERE sequence = 2": "Entry 3 does not follow",
    f"DELETE FROM {_LEDGER} WHERE sequence = 2": "Removed before entry 3: 2.",
    f"DELETE FROM {_LEDGER} WHERE sequence = 1": "Removed before entry 2: 1.",
    f"DELETE FROM {_LEDGER} WHERE sequence = 4": "ends with entry 3, though 4 was written last",
    f"DELETE FROM {_LEDGER} WHERE sequence = 4;{_TO_THREE}": "Entry 4 is missing, though",
    f"DELETE FROM {_LEDGER};UPDATE {_HEAD} SET sequence = 0, sha256 = '{'0' * 64}'": "Entry 1 is missing, though",
    f"UPDATE {_HEAD} SET sequence = 9": "ends with entry 4, though 9 was written last",
    _copy_of_last(): "Entry 5 was changed",
    f"UPDATE {_LEDGER} SET sequence = 9 WHERE sequence = 4": "Removed before entry 9: 4, 5, 6, 7, 8.",
}
"""What to do behind the triggers, and what a verification says of it that knows the four entries."""

REFUSED_BY_DATABASE = (
    f"UPDATE {_LEDGER} SET reason = ''",
    f"DELETE FROM {_LEDGER} WHERE sequence = 4",
    _TO_THREE,
    f"UPDATE {_HEAD} SET sequence = 9",
    f"DELETE FROM {_HEAD}",
    f"INSERT INTO {_HEAD} (id, sequence, sha256) VALUES (2, 4, 'f')",
    _copy_of_last(sequence="7"),
    _copy_of_last(previous_sha256="previous_sha256"),
    _copy_of_last(decided_at="'2020-01-01T00:00:00+00:00'"),
)
"""What the database itself refuses."""

SQLITE_ONLY = (
    _copy_of_last(sequence="4").replace("INSERT", "INSERT OR REPLACE", 1),
    _copy_of_last(sequence="3", previous_sha256="previous_sha256").replace("INSERT", "INSERT OR REPLACE", 1),
    f"REPLACE INTO {_HEAD} (id, sequence, sha256) VALUES (1, 0, '{'0' * 64}')",
)
