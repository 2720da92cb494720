"""Lists in a record: the ids of its people, and licenses that all apply."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.fields import JOINT, Join, as_bytes
from corpus_audit.corpus.subject_ids import SUBJECT_IDS, id_text
from corpus_audit.schemas.text_lists import join_lists

LICENSE = "declared_license"
"""The column of RAW that holds a record's license."""

ALL_HOLD = " AND "
_BOUNDARY = "\x1f"
_IS_EXPRESSION = re.compile(r"\s(and|or|with)\s", re.IGNORECASE)


def license_text(licenses: Sequence[str]) -> str | None:
    """Return licenses that all apply as one expression, each once; None without any."""
    named = dict.fromkeys(stripped for license_ in licenses if (stripped := license_.strip()))
    if len(named) == 1:
        return next(iter(named))
    return ALL_HOLD.join(f"({name})" if _IS_EXPRESSION.search(name) else name for name in named) or None


def join_licenses(column: pa.Array) -> pa.Array:
    """Return a column of licenses, or of lists of them, as one expression a row."""
    if not (pa.types.is_list(column.type) or pa.types.is_large_list(column.type)):
        return as_bytes(column)
    # Few lists differ: each is put together once.
    joined = pc.binary_join(column, pa.scalar(_BOUNDARY.encode(), column.type.value_type)).dictionary_encode()
    lists = (value.decode(errors="surrogateescape").split(_BOUNDARY) for value in joined.dictionary.to_pylist())
    texts = [None if text is None else text.encode(errors="surrogateescape") for text in map(license_text, lists)]
    return pa.array(texts, pa.large_binary()).take(joined.indices)


def _text_of_ids(found: list[Any] | None) -> str | None:
    try:
        return id_text(found)
    except ValueError as error:
        message = f"the field of subject ids holds {error}"
        raise ValueError(message) from None


def _text_of_licenses(found: list[Any] | None) -> str | None:
    texts = [value if isinstance(value, str) else _plain_text(value) for value in found or ()]
    return None if not texts else texts[0] if len(texts) == 1 else license_text(texts)


def text_of_values(found: list[Any] | None) -> str | None:
    """Return the values of a field as one text, one a line, None without any; raises ValueError for objects."""
    return JOINT.join(map(_plain_text, found)) if found else None


def _plain_text(value: Any) -> str:
    if isinstance(value, dict):
        message = "a field beside the text holds an object"
        raise ValueError(message)
    return value if isinstance(value, str) else json.dumps(value)


JOINS: Mapping[str, Join] = {SUBJECT_IDS: join_lists, LICENSE: join_licenses}
"""How Arrow columns of such lists become texts, by the column of RAW."""

TEXT_OF_LISTS: Mapping[str, Callable[[list[Any] | None], str | None]] = {
    SUBJECT_IDS: _text_of_ids,
    LICENSE: _text_of_licenses,
}
"""How such values of a JSON row become a text; raise ValueError for values that cannot be."""
