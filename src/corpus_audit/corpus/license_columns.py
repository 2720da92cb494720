"""The license of a row, from every column that states one: nested, in a struct, a list, or beside another license."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import pyarrow as pa

from corpus_audit.corpus.field_roles.names import LicenseColumn, is_license_name, license_column
from corpus_audit.corpus.fields import EVERY, Path, paths_of
from corpus_audit.corpus.listed import license_text
from corpus_audit.schemas.license_statements import join_statements, without_separators

LONGEST_WORDS = 200
"""Longer words are the text of a license; beside its id, name or address they say nothing more."""

_MAX_DEPTH = 32

Stated: TypeAlias = "tuple[LicenseColumn, str | None]"
"""A column and what it says in one row."""


class LicenseColumns:
    """Which columns of a file state licenses: those that a manifest names, and those that are called so."""

    def __init__(self, named: str | None = None, text_fields: Iterable[str] = ()) -> None:
        self._named = [] if named is None else paths_of(named)
        self._text = {_bare(path) for name in text_fields for path in paths_of(name)}

    def find(self, path: Path) -> LicenseColumn | None:
        """Return which license the column at *path* states, None if it states none."""
        if _bare(path) in self._text:
            return None
        found = license_column(path)
        named = next((name for name in self._named if path[: len(name)] == name), None)
        if named is None:
            return found
        return LicenseColumn(named if found is None else found.of, describes=False)

    def in_row(self, row: Any) -> str | None:
        """Return the license that a JSON row states, None without any."""
        values: dict[Path, list[str]] = {}
        for path, value in self._values(row, ()):
            values.setdefault(_bare(path), []).append(value)
        found = ((self.find(path), texts) for path, texts in values.items())
        return stated_license(tuple((c, t[0] if len(t) == 1 else license_text(t)) for c, t in found if c is not None))

    def _values(self, value: Any, path: Path) -> Iterator[tuple[Path, str]]:
        """Yield what columns that may state a license hold in a JSON value."""
        if len(path) > _MAX_DEPTH:
            return
        if isinstance(value, list):
            for inner in value:
                if isinstance(inner, dict | list):
                    yield from self._values(inner, (*path, EVERY))
        elif isinstance(value, dict):
            for name, inner in value.items():
                if is_license_name(name) or self._is_named((*path, name)):
                    yield from _scalars(inner, (*path, name))
                elif isinstance(inner, dict | list):
                    yield from self._values(inner, (*path, name))

    def _is_named(self, path: Path) -> bool:
        return path in self._named


def stated_license(found: Sequence[Stated]) -> str | None:
    """Return what some columns of a row state together (schemas.license_statements), None if they state nothing."""
    said = [(column, text) for column, words in found if words is not None and (text := _plain(words))]
    own = [(column, text) for column, text in said if not column.describes] or said
    statements: dict[Path, dict[str, None]] = {}
    for column, text in own:
        statements.setdefault(column.of, {})[text] = None
    short = [tuple(w for w in words if len(w) <= LONGEST_WORDS) or tuple(words)[:1] for words in statements.values()]
    return join_statements(dict.fromkeys(short)) or None


def licenses_of_rows(columns: Sequence[LicenseColumn], values: Sequence[pa.Array]) -> pa.Array | None:
    """Return the license that each row states by the *values* (large_binary) of some columns; None without columns."""
    if not columns:
        return None
    if len(values) == 1:
        distinct = values[0].dictionary_encode()  # of licenses, few differ
        rows = [(value,) for value in distinct.dictionary.to_pylist()]
        return _stated_by(columns, rows).take(distinct.indices)
    return _stated_by(columns, zip(*(column.to_pylist() for column in values), strict=True))


def _stated_by(columns: Sequence[LicenseColumn], rows: Iterable[tuple[bytes | None, ...]]) -> pa.Array:
    @lru_cache(maxsize=4096)
    def stated(row: tuple[bytes | None, ...]) -> bytes | None:
        texts = (None if value is None else value.decode(errors="surrogateescape") for value in row)
        found = stated_license(tuple(zip(columns, texts, strict=True)))
        return None if found is None else found.encode(errors="surrogateescape")

    return pa.array(map(stated, rows), pa.large_binary())


def _plain(words: str) -> str:
    return without_separators(words).strip()


def _scalars(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the texts and numbers in a JSON value."""
    if len(path) > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _scalars(inner, (*path, name))
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
