"""The columns that form a record's text: text-like names, questions with answers, conversations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus_audit.corpus.field_roles.columns import ColumnKind, DataColumn, Path
from corpus_audit.corpus.field_roles.conversations import conversations_in
from corpus_audit.corpus.field_roles.names import normal_name, telling_name
from corpus_audit.corpus.field_roles.prose import copies_of, likeliest_prose
from corpus_audit.corpus.field_roles.tables import ANSWERING, EXCHANGE, TEXTS, FieldRole

_ENOUGH_ROWS = 0.5
"""A column called like a text is the text when it fills so large a share of the rows that any such column fills."""

_MAY_BE_GUESSED = (FieldRole.OTHER, FieldRole.TITLE)

Unit = Sequence[Path]
"""One column of the text, or the columns of one conversation."""


@dataclass(frozen=True)
class ChosenText:
    """The columns of the text in the order in which they are joined, and those that repeat it.

    *is_guess* says that no column is called like a text, and the one with the longest prose was taken.
    """

    paths: Sequence[Path] = ()
    repeated: Sequence[Path] = ()
    is_guess: bool = False


def choose_text(columns: Sequence[DataColumn], roles: Mapping[Path, FieldRole]) -> ChosenText:
    """Return the text among columns whose *roles* by themselves are known; OTHER may become a part of it."""
    able = [c for c in columns if c.kind is ColumnKind.TEXT and roles[c.path] is not FieldRole.EMPTY]
    talks = conversations_in(able)
    in_talks = {path for talk in talks for path in talk}
    single = [c for c in able if c.path not in in_talks and roles[c.path] is FieldRole.OTHER]
    primary = _primary_columns(single)
    exchange = [c for c in _called(EXCHANGE, single) if c not in primary]
    if primary and not talks and not any(telling_name(c.path) in ANSWERING for c in exchange):
        exchange = []
    units: list[Unit] = [[c.path] for c in (*primary, *exchange)] + talks
    if not units:
        return _guess([c for c in able if roles[c.path] in _MAY_BE_GUESSED])
    wholes = [c.path for c in primary] + sorted(in_talks)
    repeated = copies_of(units, {c.path: c for c in columns}, wholes)
    chosen = [unit for unit in units if not repeated.intersection(unit)]
    chosen += _blank_parts(columns, chosen)
    return ChosenText([path for unit in sorted(chosen, key=_rank) for path in unit], sorted(repeated))


def _guess(columns: Sequence[DataColumn]) -> ChosenText:
    found = likeliest_prose(columns)
    return ChosenText() if found is None else ChosenText([found.path], is_guess=True)


def _primary_columns(columns: Sequence[DataColumn]) -> list[DataColumn]:
    """Return the column that is a text by itself, and such as have the text of the rows that it leaves empty."""
    named = list(_called(TEXTS, columns))
    most = max((len(_filled(c)) for c in named), default=0)
    first = next((c for c in named if len(_filled(c)) >= _ENOUGH_ROWS * most), None)
    if first is None:
        return []
    chosen, filled = [first], _filled(first)
    for column in named:
        rows = _filled(column)
        if rows and not rows & filled:
            chosen.append(column)
            filled |= rows
    return chosen


def _filled(column: DataColumn) -> set[int]:
    """Return the sampled rows in which a column has a value."""
    return {number for number, values in enumerate(column.sampled) if values}


def _blank_parts(columns: Sequence[DataColumn], chosen: Sequence[Unit]) -> list[Unit]:
    """Return columns that are blank in the sampled rows beside others of their kind: other rows may fill them."""
    if not any(telling_name(unit[-1]) in EXCHANGE for unit in chosen):
        return []
    blank = (c for c in columns if c.kind is ColumnKind.TEXT and c.is_empty)
    return [[c.path] for c in blank if telling_name(c.path) in EXCHANGE]


def _called(names: Sequence[str], columns: Sequence[DataColumn]) -> Iterator[DataColumn]:
    """Yield the columns called by *names*, in the order of these, outer ones before nested ones."""
    outer_first = sorted(columns, key=lambda column: len(column.path))
    called = [(telling_name(column.path), column) for column in outer_first]
    for name in names:
        yield from (column for own, column in called if own == name)


def _rank(unit: Unit) -> int:
    """Return the position of a unit in the text; units in no table come first."""
    names = (telling_name(unit[-1]), normal_name(unit[-1][0]))
    return next((EXCHANGE.index(name) + 1 for name in names if name in EXCHANGE), 0)
