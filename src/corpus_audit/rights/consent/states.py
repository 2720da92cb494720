"""Sets of ConsentState as numbers, so that SQL joins them with ``|`` and finds the least with MIN.

The states are ordered: the least bit of a set is what a person should be told first, and the grant whose least bit is
highest is the one that comes closest to what is needed.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

import pyarrow as pa

from corpus_audit.vocabulary import NOT_RECORDED, ConsentState, Purpose, SubjectModality

_Term = TypeVar("_Term", bound=StrEnum)

BITS: Mapping[ConsentState, int] = {state: 1 << position for position, state in enumerate(ConsentState)}
MODALITY_BITS: Mapping[SubjectModality, int] = {
    modality: 1 << position for position, modality in enumerate(SubjectModality)
}
USE_BITS: Mapping[Purpose, int] = {use: 1 << position for position, use in enumerate(Purpose)}
UNKNOWN_BIT = 1 << 8
"""The unrecorded modality or use: a need of its own, which no grant can document."""

DOCUMENTED = BITS[ConsentState.DOCUMENTED]
UNSURE = BITS[ConsentState.NOT_RECORDED]


def state_set(states: Iterable[ConsentState]) -> int:
    """Return a set of states as one number."""
    return sum(BITS[state] for state in set(states))


def lacks(condition: str, *states: ConsentState) -> str:
    """Return SQL for *states* where *condition* holds, and for nothing elsewhere."""
    return f"CASE WHEN {condition} THEN {state_set(states)} ELSE 0 END"


def known(*columns: str) -> str:
    """Return SQL that is true where every one of *columns* is recorded."""
    return " AND ".join(f"{column} <> '{NOT_RECORDED}'" for column in columns)


def term_set(column: str, bits: Mapping[SubjectModality, int] | Mapping[Purpose, int]) -> str:
    """Return SQL for a list of terms as a set of bits."""
    members = (f"CASE WHEN array_contains({column}, '{term}') THEN {bit} ELSE 0 END" for term, bit in bits.items())
    return " | ".join(members)


def set_table(numbers: Iterable[int], bits: Mapping[_Term, int]) -> pa.Table:
    """Return each set of bits (``bits``) with its terms (``terms``) in the order of their bits, for SQL to join."""
    rows = [{"bits": number, "terms": [str(term) for term, bit in bits.items() if number & bit]} for number in numbers]
    return pa.Table.from_pylist(rows, schema=pa.schema({"bits": pa.int64(), "terms": pa.list_(pa.string())}))


def compared(left: str, sign: str, right: str) -> str:
    """Return SQL that compares two dates (ISO 8601) as exactly as the less exact of them is, to the day at most."""
    shared = f"least(length({left}), length({right}), 10)"
    return f"substring({left}, 1, {shared}) {sign} substring({right}, 1, {shared})"
