"""The license of a row, from every column that states one: nested, in a struct, a list, or beside another license."""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.field_roles.names import LicenseColumn, is_license_name, license_column
from corpus_audit.corpus.fields import EVERY, Path, follow, paths_of
from corpus_audit.corpus.listed import ALL_HOLD, license_text
from corpus_audit.corpus.wrapped_types import is_list, unwrapped_type
from corpus_audit.schemas.license_statements import join_statements, without_separators

LONGEST_WORDS = 200
"""Longer words are the text of a license; beside its id, name or address they say nothing more."""

_MAX_DEPTH = 32
_PAIR = 2
_MOST_KEPT = 4096
"""Columns and licenses that are kept, so that each is understood once: few differ."""

_START = re.compile(r'\s*(?:"\s*)?(?:\[\s*)?\{')
"""How an object that is written as text begins, be it written twice."""

_HINTS = ("licen", "lizenz", "лиценз", "许可", "許可", "授权", "ライセンス", "라이선스", "rights", "terms", "spdx")
"""What a text that states a license has in it, in small letters."""
_ANY_HINT = "|".join(_HINTS)
_NAME_KEYS = ("key", "name", "property", "field", "attribute", "k")
_VALUE_KEYS = ("value", "val", "v")
"""What an entry calls its name and its value, where the name of a column is itself a value."""

_STATES = re.compile(r"""["']\w*licen[cs]\w*["']\s*:""", re.IGNORECASE)

_TYPES = frozenset({"string", "object", "array", "number", "integer", "boolean"})
_ANY_TYPE = _TYPES | {"null"}

_NUMBERS = re.compile(r"\d+(?: AND \d+)*")

Stated: TypeAlias = "tuple[LicenseColumn, str | None]"
"""A column and what it says in one row."""


class LicenseColumns:
    """Which columns of a file state licenses: those that a manifest names, and those that are called so."""

    def __init__(self, named: str | None = None, text_fields: Iterable[str] = ()) -> None:
        self._named = [] if named is None else paths_of(named)
        self._last_named = {path[-1] for path in self._named}
        self._text = {_bare(path) for name in text_fields for path in paths_of(name)}
        self._found: dict[Path, LicenseColumn | None] = {}
        self._stated: dict[tuple[tuple[Path, str], ...], str | None] = {}

    def find(self, path: Path) -> LicenseColumn | None:
        """Return which license the column at *path* states, None if it states none."""
        if path not in self._found:
            if len(self._found) >= _MOST_KEPT:
                self._found.clear()
            self._found[path] = self._find(path)
        return self._found[path]

    def _find(self, path: Path) -> LicenseColumn | None:
        if _bare(path) in self._text:
            return None
        found = license_column(path)
        named = next((name for name in self._named if path[: len(name)] == name), None)
        if named is None:
            return found
        return LicenseColumn(named if found is None else found.of, describes=False)

    def in_row(self, row: Any) -> str | None:
        """Return the license that a JSON row states, None without any."""
        said = tuple(self._values(row, ()))
        if not said:
            return None
        if said not in self._stated:
            if len(self._stated) >= _MOST_KEPT:
                self._stated.clear()
            self._stated[said] = stated_license(self._by_column(said))
        return self._stated[said]

    def in_document(self, value: Any) -> str | None:
        """Return the license that a JSON document states; numbers point to a license where it names some."""
        said = self._by_column(self._values(value, ()))
        named = [(column, text) for column, text in said if text is not None and not _NUMBERS.fullmatch(text)]
        return stated_license(named or said)

    def _by_column(self, said: Iterable[tuple[Path, str]]) -> list[Stated]:
        """Return what each column says; each list of texts as one."""
        values: dict[Path, list[str]] = {}
        for inner, text in said:
            values.setdefault(_bare(inner), []).append(text)
        found = ((self.find(inner), texts) for inner, texts in values.items())
        return [(c, t[0] if len(t) == 1 else license_text(t)) for c, t in found if c is not None]

    def in_texts(self, texts: pa.Array, path: Path) -> Iterator[tuple[int, Stated]]:
        """Yield what objects written as text say, with their row; *texts* (large_binary) are those at *path*."""
        rows = np.flatnonzero(_true(pc.match_substring_regex(texts, f"^{_START.pattern}")))
        rows = rows[_true(pc.match_substring_regex(texts.take(pa.array(rows)), _ANY_HINT, ignore_case=True))]
        for row in map(int, rows):
            text = texts[row].as_py().decode(errors="surrogateescape")
            said = self._values({path[-1]: text}, path[:-1])
            yield from ((row, stated) for stated in self._by_column(said))

    def in_entries(self, column: pa.Array, steps: Path, path: Path) -> Iterator[tuple[int, Stated]]:
        """Yield what entries say whose names are values, each with its row: of maps, or lists of pairs.

        The names are the texts that *steps* lead to in the *column* at *path*.
        """
        names = follow(column, steps)
        if names is None:
            return
        for row in map(int, np.flatnonzero(_true(pc.match_substring_regex(names, _ANY_HINT, ignore_case=True)))):
            said = self._values({path[-1]: column[row].as_py()}, path[:-1])
            yield from ((row, stated) for stated in self._by_column(said))

    def paths_in(self, value: Any) -> list[Path]:
        """Return the columns of a JSON value that state a license."""
        return list(dict.fromkeys(_bare(path) for path, text in self._values(value, ()) if _plain(text)))

    def words_in(self, value: Any) -> Iterator[str]:
        """Yield what columns of a JSON value that state a license hold."""
        yield from (text for _, text in self._values(value, ()))

    def _values(self, value: Any, path: Path) -> Iterator[tuple[Path, str]]:
        """Yield what columns that may state a license hold in a JSON value."""
        if len(path) > _MAX_DEPTH:
            return
        if isinstance(value, list | tuple):
            for inner in value:
                yield from _paired(inner, (*path, EVERY))
                if isinstance(inner, dict | list | tuple):
                    yield from self._values(inner, (*path, EVERY))
        elif isinstance(value, dict):
            for name, inner in value.items():
                if is_license_name(name) or (name in self._last_named and (*path, name) in self._named):
                    yield from _scalars(inner, (*path, name))
                elif isinstance(inner, dict | list | tuple):
                    yield from self._values(inner, (*path, name))
                elif isinstance(inner, str) and _START.match(inner) and EVERY not in path:
                    yield from self._written(inner, (*path, name))

    def _written(self, text: str, path: Path) -> Iterator[tuple[Path, str]]:
        """Yield the same of an object that is written as text; one with a license that cannot be read is its own."""
        if path in self._text or not _may_state(text):
            return
        value = _written_object(text)
        if value is not None:
            yield from self._values(value, path)
        elif _STATES.search(text):
            yield (*path, "license"), text


def license_of_document(text: bytes) -> str | None:
    """Return the license that a text which is a whole JSON document states; None where it is none or states none."""
    written = text.decode(errors="surrogateescape")
    if not _may_state(written):
        return None
    with suppress(ValueError, RecursionError):
        return LicenseColumns().in_document(json.loads(written))
    return None


def _may_state(text: str) -> bool:
    """Return whether a text has a hint in it: words are searched for ten times as fast as an expression."""
    lowered = text.lower()
    return any(hint in lowered for hint in _HINTS)


def stated_license(found: Iterable[Stated]) -> str | None:
    """Return what some columns of a row state together (schemas.license_statements), None if they state nothing."""
    said = [(column, text) for column, words in found if words is not None for text in _texts_of(words)]
    schemas = {column.of for column, text in said if column.of_schema or _is_of_schema(text)}
    said = [(column, text) for column, text in said if column.of not in schemas]
    own = [(column, text) for column, text in said if not column.describes] or said
    own.sort(key=lambda one: (one[0].of, one[1]))
    statements: dict[Path, dict[str, None]] = {}
    for column, text in own:
        statements.setdefault(column.of, {})[text] = None
    short = [tuple(w for w in words if len(w) <= LONGEST_WORDS) or tuple(words)[:1] for words in statements.values()]
    return join_statements(dict.fromkeys(short)) or None


def _texts_of(words: str) -> Iterator[str]:
    """Yield what the words of a license say: themselves, or the texts of the object that is written in them."""
    value = _written_object(words) if _START.match(words) else None
    texts = [words] if value is None else [text for _, text in _scalars(value, ())]
    yield from filter(None, map(_plain, texts))


def _is_of_schema(text: str) -> bool:
    """True for what only stands where a schema describes a license: a reference within a document, a type of JSON."""
    types = text.split(ALL_HOLD)
    return text.startswith("#/") or (_ANY_TYPE.issuperset(types) and not _TYPES.isdisjoint(types))


def licenses_of_rows(
    columns: Sequence[LicenseColumn], values: Sequence[pa.Array], written: Mapping[int, Sequence[Stated]], count: int
) -> pa.Array:
    """Return the license of each of *count* rows, as large_binary.

    *values* (large_binary) are what *columns* say, *written* is what objects written as text say, by the row.
    """
    first, same = _distinct_rows(values, count)
    distinct = [column.take(pa.array(first)).to_pylist() for column in values]
    rows = list(zip(*distinct, strict=True)) or [()] * len(first)
    found = _as_array(_stated_by(columns, row, ()) for row in rows).take(pa.array(same))
    if not written:
        return found
    there = np.zeros(count, bool)
    there[sorted(written)] = True
    more = _as_array(_stated_by(columns, rows[same[row]], written[row]) for row in sorted(written))
    return pc.replace_with_mask(found, pa.array(there), more)


def _distinct_rows(values: Sequence[pa.Array], count: int) -> tuple[Any, Any]:
    """Return where each different row stands first, and for each row which of those it is: of licenses, few differ."""
    codes = np.zeros(count, np.int64)
    for column in values:
        own = pc.fill_null(column.dictionary_encode().indices, -1).to_numpy(zero_copy_only=False) + 1
        _, codes = np.unique(codes * (int(own.max(initial=0)) + 1) + own, return_inverse=True)
    _, first, same = np.unique(codes, return_index=True, return_inverse=True)
    return first, same


def _stated_by(
    columns: Sequence[LicenseColumn], row: Sequence[bytes | None], written: Sequence[Stated]
) -> bytes | None:
    texts = (None if value is None else value.decode(errors="surrogateescape") for value in row)
    found = stated_license([*zip(columns, texts, strict=True), *written])
    return None if found is None else found.encode(errors="surrogateescape")


def _true(mask: pa.Array) -> Any:
    return pc.fill_null(mask, False).to_numpy(zero_copy_only=False)


def _as_array(found: Iterable[bytes | None]) -> pa.Array:
    return pa.array(found, pa.large_binary())


def _written_object(text: str) -> Any:
    """Return the object or list that a text is, in JSON or as Python prints it; None if it is neither."""
    for read in (json.loads, ast.literal_eval):
        with suppress(ValueError, SyntaxError, RecursionError, MemoryError):
            value = read(text.strip())
            if isinstance(value, str) and _START.match(value):  # it was written twice
                value = json.loads(value)
            return value if isinstance(value, dict | list) else None
    return None


def _plain(words: str) -> str:
    return without_separators(words).strip()


def names_of_entries(leaf: Path, kind: pa.DataType) -> bool:
    """True if values at the path *leaf* of a column of such a type may be the names of other values."""
    return (len(leaf) > 1 and leaf[-1] in _NAME_KEYS) or _holds_pairs(kind)


def _holds_pairs(kind: pa.DataType) -> bool:
    """True if lists of lists lie somewhere within a type."""
    kind = unwrapped_type(kind)
    if pa.types.is_struct(kind):
        return any(_holds_pairs(field.type) for field in kind)
    return is_list(kind) and (is_list(unwrapped_type(kind.value_type)) or _holds_pairs(kind.value_type))


def _paired(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield what an entry says that is the name of a license's column and its value."""
    if isinstance(value, dict):
        name, said = (next((value[key] for key in keys if key in value), None) for keys in (_NAME_KEYS, _VALUE_KEYS))
    elif isinstance(value, list | tuple) and len(value) == _PAIR:
        name, said = value
    else:
        return
    if isinstance(name, str) and is_license_name(name):
        yield from _scalars(said, (*path, name))


def _scalars(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the texts and numbers in a JSON value."""
    if len(path) > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _scalars(inner, (*path, name))
    elif isinstance(value, tuple):  # an entry of a map, by its key
        yield from _scalars(value[1], (*path, str(value[0])))
    elif isinstance(value, list):
        for inner in value:
            yield from _scalars(inner, (*path, EVERY))
    elif isinstance(value, str):
        yield path, value
    elif value is not None and not isinstance(value, bool):
        yield path, json.dumps(value)


def _bare(path: Path) -> Path:
    while len(path) > 1 and path[-1] == EVERY:
        path = path[:-1]
    return path
