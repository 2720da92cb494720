"""The records of a JSON file, found piece by piece while it is read."""

from collections.abc import Generator, Iterator
from itertools import chain
from typing import Any

from corpus_audit.corpus.field_roles.names import normal_name
from corpus_audit.corpus.fields import Path, values_at
from corpus_audit.corpus.json_shapes import ROW_LISTS, rows_in_object
from corpus_audit.corpus.json_stream import JsonStream, object_of
from corpus_audit.corpus.recognition import DEFAULT_TEXT_FIELD

_DEEPEST_LIST = 3
"""Rows are looked for in objects within objects to this depth, all under usual keys."""

_NONE = object()

Member = tuple[str, Any]


class JsonRecords:
    """Iterates over what the records of a file are made of, in its order; memory holds one entry of a list.

    *list_path* leads to the list that the fields of a manifest name, '*' at its end; () when they name none.
    """

    def __init__(self, stream: JsonStream, list_path: Path = ()) -> None:
        self._stream = stream
        self._named = list_path[:-1]
        self._finds_lists = not self._named or normal_name(self._named[0]) not in ROW_LISTS
        self.beside: list[Member] = []
        """What stands beside the lists that were read, by their keys."""
        self.is_named = False
        """True if the last record is an entry of the list that *list_path* leads to, to which fields are relative."""
        self.is_document = False
        """True while all that was read is one object that is a record as a whole."""

    @property
    def position(self) -> int:
        """How many characters of the file were taken so far."""
        return self._stream.position

    @property
    def depth(self) -> int:
        """How many steps of a field's path lead to an entry of the named list."""
        return len(self._named) + 1 if self._named else 0

    def __iter__(self) -> Iterator[Any]:
        if not self._stream.peek():
            self._stream.value()  # no JSON at all: raises
        # Values may stand behind each other, as lines of JSON do.
        for number, sign in enumerate(iter(self._stream.peek, "")):
            self.is_document = False
            if sign == "[" and not self._named:
                yield from map(as_row, self._stream.entries())
            elif sign == "{":
                yield from self._of_object(is_first=not number)
            else:
                yield from self._of_value(self._stream.value(), is_first=not number)

    def _of_object(self, *, is_first: bool) -> Iterator[Any]:
        has_rows, members = yield from self._in_lists(())
        if has_rows:
            self.beside += members
        else:
            yield from self._of_value(object_of(members), is_first=is_first)

    def _in_lists(self, above: Path) -> Generator[Any, None, tuple[bool, list[Member]]]:
        """Yield the entries of the lists of rows in an object; return whether there were any, and all else."""
        members: list[Member] = []
        has_rows = False
        for key in self._stream.members():
            path = (*above, key)
            sign = self._stream.peek()
            is_named = bool(self._named) and path == self._named
            if sign == "[" and (is_named or self._is_usual(path)):
                self.is_named = is_named
                is_list, value = yield from self._entries()
            elif sign == "{" and (path == self._named[: len(path)] or self._is_usual(path)):
                is_list, within = yield from self._in_lists(path)
                value = object_of(within) if within or not is_list else _NONE
            else:
                is_list, value = False, self._stream.value()
            has_rows = has_rows or is_list
            if value is not _NONE:
                members.append((key, value))
        return has_rows, members

    def _is_usual(self, path: Path) -> bool:
        """True if all keys on a path are such as lists of rows have."""
        return self._finds_lists and len(path) <= _DEEPEST_LIST and all(normal_name(key) in ROW_LISTS for key in path)

    def _entries(self) -> Generator[Any, None, tuple[bool, Any]]:
        """Yield the entries of a list of objects; return False and the list where it holds something else."""
        entries = self._stream.entries()
        first = next(entries, _NONE)
        if isinstance(first, dict):
            yield from chain([first], entries)
            return True, _NONE
        return False, [] if first is _NONE else [first, *entries]

    def _of_value(self, value: Any, *, is_first: bool) -> Iterator[Any]:
        if self._named:
            self.is_named = True
            yield from values_at(value, self._named)
            return
        rows = rows_in_object(value)
        self.is_document = is_first and rows is None
        yield from [value] if rows is None else rows


def as_row(value: Any) -> Any:
    """Return a value as a row: a bare string is the text of one."""
    return {DEFAULT_TEXT_FIELD: value} if isinstance(value, str) else value
