"""The permitted columns of people and authorisation tables, and the parser of each.

Bad values never stop a table: they count as not-recorded and are reported, column by column. Nothing reported here
repeats a value, since a table of consents may hold names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.schemas import CLAIMED_AUTHORISATIONS, CLAIMED_SUBJECTS, Table
from corpus_audit.schemas.text_lists import join_lists, split_lists
from corpus_audit.vocabulary import NOT_RECORDED, Answer, Purpose, Relation, SubjectModality

Read = tuple[pa.Array, int]
"""A column as its schema has it, and how many of its values could not be read."""

Reader = Callable[[pa.Array], Read]

IDENTIFIER = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"
_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T[0-9:.]+(Z|[+-]\d{2}:\d{2}))?)?)?$"
_SHA256 = r"^[0-9a-f]{64}$"


@dataclass(frozen=True)
class ClaimColumns:
    """What one kind of table holds: the schema it becomes, the columns it must have, and how each is read."""

    table: Table
    required: tuple[str, ...]
    readers: Mapping[str, Reader]
    absent: Mapping[str, str | None]
    """The value that stands for each column that is left out; lists are empty."""


def _plain_text(column: pa.Array) -> pa.Array:
    """Return text without blanks around it; null where nothing is recorded."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    text = pc.utf8_trim_whitespace(column.cast(pa.large_string())).cast(pa.string())
    return pc.if_else(pc.is_in(text, pa.array(["", NOT_RECORDED])), pa.scalar(None, pa.string()), text)


def _matching(text: pa.Array, pattern: str) -> Read:
    good = pc.match_substring_regex(text, pattern)
    return pc.if_else(good, text, pa.scalar(None, pa.string())), _count_false(good)


def _count_false(good: pa.Array) -> int:
    return int(pc.sum(pc.invert(good)).as_py() or 0)


def _recorded(read: Read) -> Read:
    column, bad = read
    return pc.fill_null(column, NOT_RECORDED), bad


def read_identifiers(column: pa.Array) -> Read:
    """Return ids; null where there is none or it is not one."""
    text = _plain_text(column)
    ids, _ = _matching(text, IDENTIFIER)
    return ids, ids.null_count


def _read_text(column: pa.Array) -> Read:
    return pc.fill_null(_plain_text(column), NOT_RECORDED), 0


def _read_reference(column: pa.Array) -> Read:
    return _plain_text(column), 0


def _read_sha256(column: pa.Array) -> Read:
    return _matching(pc.ascii_lower(_plain_text(column)), _SHA256)


def _read_dates(column: pa.Array) -> Read:
    if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
        return pc.fill_null(pc.strftime(column, format="%Y-%m-%d"), NOT_RECORDED), 0
    return _recorded(_matching(_plain_text(column), _DATE))


def _read_answers(column: pa.Array) -> Read:
    if pa.types.is_boolean(column.type):
        return pc.fill_null(pc.if_else(column, str(Answer.YES), str(Answer.NO)), NOT_RECORDED), 0
    return _read_terms(Answer)(column)


def _read_terms(vocabulary: type[StrEnum]) -> Reader:
    known = pa.array([str(member) for member in vocabulary])

    def read(column: pa.Array) -> Read:
        text = pc.utf8_lower(_plain_text(column))
        good = pc.is_in(text, known)
        bad = len(text) - text.null_count - int(pc.sum(good).as_py() or 0)
        return pc.fill_null(pc.if_else(good, text, pa.scalar(None, pa.string())), NOT_RECORDED), bad

    return read


def _read_term_lists(vocabulary: type[StrEnum]) -> Reader:
    known = pa.array([str(member) for member in vocabulary])

    def read(column: pa.Array) -> Read:
        lists = split_lists(pc.utf8_lower(join_lists(column)))
        terms, owners = pc.list_flatten(lists), pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)
        good = pc.is_in(terms, known)
        unknown = _count_false(pc.or_(good, pc.equal(terms, NOT_RECORDED)))
        counts = np.bincount(owners[good.to_numpy(zero_copy_only=False)], minlength=len(lists))
        offsets = pa.array(np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))
        return pa.ListArray.from_arrays(offsets, terms.filter(good)), unknown

    return read


SUBJECT_COLUMNS = ClaimColumns(
    table=CLAIMED_SUBJECTS,
    required=("subject_id",),
    readers={
        "subject_id": read_identifiers,
        "deceased": _read_answers,
        "died_at": _read_dates,
        "minor": _read_answers,
        "under_14": _read_answers,
        "modalities": _read_term_lists(SubjectModality),
        "identifiable": _read_answers,
    },
    absent={},
)

AUTHORISATION_COLUMNS = ClaimColumns(
    table=CLAIMED_AUTHORISATIONS,
    required=("subject_id",),
    readers={
        "subject_id": read_identifiers,
        "grantor": _read_text,
        "grantee": _read_text,
        "relation": _read_terms(Relation),
        "separate": _read_answers,
        "modalities": _read_term_lists(SubjectModality),
        "scope": _read_term_lists(Purpose),
        "purpose": _read_text,
        "commercial": _read_answers,
        "signed_at": _read_dates,
        "expires_at": _read_dates,
        "withdrawn_at": _read_dates,
        "nearer_relatives_absent": _read_answers,
        "evidence_file": _read_reference,
        "evidence_url": _read_reference,
        "evidence_sha256": _read_sha256,
    },
    absent=dict.fromkeys(("evidence_file", "evidence_url", "evidence_sha256")),
)
