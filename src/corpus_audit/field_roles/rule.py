"""The rule itself: a role for each column, and from the roles the fields of a manifest."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus_audit.field_roles.columns import EVERY, Column, ColumnKind, Path, field_name
from corpus_audit.field_roles.prose import copies_of, likeliest_prose
from corpus_audit.field_roles.tables import (
    ANSWERING,
    ASKING,
    CODE_SIGNS,
    CONVERSATIONS,
    ENDINGS,
    FEWEST_LABELS,
    MOST_LABELS,
    NAMES,
    NEVER_TEXT,
    PART_TEXTS,
    PROGRAMMING_LANGUAGES,
    PROPOSED,
    PROPOSED_ROLES,
    SPEAKERS,
    TEXTS,
    TURNS,
    VALUES,
    WRAPPERS,
    FieldRole,
)

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_WORD = re.compile(r"[\s.-]+")
_BY_NAME: Mapping[str, FieldRole] = {name: role for role, names in reversed(list(NAMES.items())) for name in names}
_EXCHANGE = (*CONVERSATIONS, *ASKING, *ANSWERING)
_KINDLESS = (ColumnKind.NUMBER, ColumnKind.BOOLEAN, ColumnKind.TIME)


@dataclass(frozen=True)
class ColumnRoleFound:
    """A column and the role that the rule gives to it."""

    path: Path
    role: FieldRole

    @property
    def name(self) -> str:
        """The name by which a manifest calls it."""
        return field_name(self.path)


@dataclass(frozen=True)
class AssignedRoles:
    """Roles of all columns, in their order, and the fields that follow: names that a manifest can hold as they are.

    *is_guess* says that no column is called like a text, and the one with the longest prose was taken.
    """

    columns: Sequence[ColumnRoleFound]
    text: Sequence[str]
    proposed: Mapping[str, str]
    is_guess: bool = False

    def below(self, above: Path) -> "AssignedRoles":
        """Return the same for rows that lie in the list that *above* leads to."""
        columns = [ColumnRoleFound((*above, *column.path), column.role) for column in self.columns]
        moved = {old.name: new.name for old, new in zip(self.columns, columns, strict=True)}
        proposed = {field: moved[name] for field, name in self.proposed.items()}
        return AssignedRoles(columns, [moved[name] for name in self.text], proposed, self.is_guess)

    def names(self, role: FieldRole) -> list[str]:
        """Return the names of the columns with a role."""
        return [column.name for column in self.columns if column.role is role]


def assign_roles(columns: Sequence[Column]) -> AssignedRoles:
    """Return what each column is. Without any column that can be a text, none becomes one."""
    roles = {column.path: _role_of(column) for column in columns}
    if any(normal_name(column.path[-1]) in CODE_SIGNS for column in columns):
        roles |= dict.fromkeys(_languages_without_values(columns, roles), FieldRole.PROGRAMMING_LANGUAGE)
    text, repeated, is_guess = _choose_text(columns, roles)
    roles |= dict.fromkeys(repeated, FieldRole.COPY)
    roles |= {path: FieldRole.SPEAKER if _is_speaker(path, text) else FieldRole.TEXT for path in text}
    found = [ColumnRoleFound(column.path, roles[column.path]) for column in columns]
    return AssignedRoles(found, [field_name(path) for path in text], _proposed(found), is_guess)


def normal_name(name: str) -> str:
    """Return a name in lower case with underscores between its words."""
    return _NO_WORD.sub("_", _HUMP.sub("_", name.strip())).lower()


# --- one column -------------------------------------------------------------------------------------------------------


def _role_of(column: Column) -> FieldRole:
    """Return what a column is by itself: by its name, else by its values; OTHER when it may be a text."""
    if column.is_empty:
        return FieldRole.EMPTY
    name = _telling_name(column.path)
    named = _BY_NAME.get(name) or next((role for role, form in ENDINGS if form.fullmatch(name)), None)
    if column.kind is not ColumnKind.TEXT:
        kindless = FieldRole.MEASURE if column.kind in _KINDLESS else FieldRole.OTHER
        return named if named in (FieldRole.ID, FieldRole.LABEL, FieldRole.DATE, FieldRole.SPLIT) else kindless
    if named is FieldRole.LANGUAGE and _is_source_code(column.texts):
        return FieldRole.PROGRAMMING_LANGUAGE
    if name in TEXTS or name in _EXCHANGE:
        return _role_of_values(column.texts, NEVER_TEXT) or _as_label(name, column.texts) or FieldRole.OTHER
    return named or _role_of_values(column.texts, VALUES) or _as_label(name, column.texts) or FieldRole.OTHER


def _telling_name(path: Path) -> str:
    """Return the last name on a path that says something: 'answers' for 'answers.text'."""
    steps = [normal_name(step) for step in path if step != EVERY and not step.isdigit()]
    while len(steps) > 1 and steps[-1] in WRAPPERS and (steps[-2] in _EXCHANGE or steps[-2] in TEXTS):
        steps.pop()
    if len(steps) > 1 and steps[-2] in ("translation", "translations"):
        return steps[-2]
    return steps[-1] if steps else ""


def _role_of_values(texts: Sequence[str], forms: Sequence[tuple[FieldRole, re.Pattern[str]]]) -> FieldRole | None:
    if not texts:
        return None
    return next((role for role, form in forms if all(form.fullmatch(text.strip()) for text in texts)), None)


def _as_label(name: str, texts: Sequence[str]) -> FieldRole | None:
    """Return LABEL for values that are single words and few different ones; what is called a text is none."""
    is_few = len(texts) >= FEWEST_LABELS and len(set(texts)) <= MOST_LABELS * len(texts)
    return (
        FieldRole.LABEL if is_few and name not in TEXTS and not any(len(text.split()) > 1 for text in texts) else None
    )


def _is_source_code(texts: Sequence[str]) -> bool:
    return bool(texts) and all("-".join(text.lower().split()) in PROGRAMMING_LANGUAGES for text in texts)


def _languages_without_values(columns: Iterable[Column], roles: Mapping[Path, FieldRole]) -> list[Path]:
    return [c.path for c in columns if roles[c.path] is FieldRole.LANGUAGE and not c.texts]


# --- the text ---------------------------------------------------------------------------------------------------------


def _choose_text(columns: Sequence[Column], roles: Mapping[Path, FieldRole]) -> tuple[list[Path], list[Path], bool]:
    """Return the paths of the text in the order in which they are joined, those that repeat it, and is it a guess?"""
    able = [column for column in columns if roles[column.path] is FieldRole.OTHER and column.kind is ColumnKind.TEXT]
    talks = _conversations(columns, roles)
    within = {path for paths in talks.values() for path in paths}
    single = [column for column in able if column.path not in within]
    blank = [c for c in columns if c.kind is ColumnKind.TEXT and c.is_empty and _telling_name(c.path) in _EXCHANGE]
    primary = _first_named(TEXTS, single)
    exchange = [c for c in _in_order(_EXCHANGE, single) if primary is None or c.path != primary.path]
    answers = any(_telling_name(c.path) in ANSWERING for c in exchange) or any(
        _outer_name(prefix) in ANSWERING for prefix in talks
    )
    if primary is not None and not answers and not talks:
        exchange = []
    units = [[column.path] for column in ([primary] if primary else []) + exchange] + list(talks.values())
    if not units:
        guessed = likeliest_prose([c for c in columns if c.kind is ColumnKind.TEXT and _may_be_guessed(roles[c.path])])
        return ([guessed.path] if guessed else []), [], guessed is not None
    repeated = copies_of(units, {column.path: column for column in columns}, _wholes(primary, talks))
    chosen = [unit for unit in units if not any(path in repeated for path in unit)]
    if any(_telling_name(unit[-1]) in _EXCHANGE for unit in chosen):
        # An input that is blank in the sampled rows may hold words in others.
        chosen += [[column.path] for column in blank]
    return [path for unit in sorted(chosen, key=_rank) for path in unit], sorted(repeated), False


def _may_be_guessed(role: FieldRole) -> bool:
    return role in (FieldRole.OTHER, FieldRole.TITLE)


def _wholes(primary: Column | None, talks: Mapping[Path, list[Path]]) -> list[Path]:
    """Return the paths of texts that may hold all others: a prompt with its answer, a conversation."""
    return ([primary.path] if primary else []) + [path for paths in talks.values() for path in paths]


def _rank(unit: Sequence[Path]) -> int:
    """Return where in the text a unit stands; what is in no table comes first."""
    names = [_telling_name(unit[-1]), _outer_name(unit[-1])]
    return next((_EXCHANGE.index(name) + 1 for name in names if name in _EXCHANGE), 0)


def _outer_name(path: Path) -> str:
    return normal_name(path[0])


def _first_named(names: Sequence[str], columns: Sequence[Column]) -> Column | None:
    """Return the column called by the first of *names* that is there, outer ones before nested ones."""
    outer_first = sorted(columns, key=lambda column: len(column.path))
    return next((c for name in names for c in outer_first if _telling_name(c.path) == name), None)


def _in_order(names: Sequence[str], columns: Sequence[Column]) -> list[Column]:
    return [c for name in names for c in columns if _telling_name(c.path) == name]


def _conversations(columns: Sequence[Column], roles: Mapping[Path, FieldRole]) -> dict[Path, list[Path]]:
    """Return for each list of turns the paths of who speaks and of what is said."""
    found: dict[Path, list[Path]] = {}
    for column in columns:
        if column.kind is not ColumnKind.TEXT or roles[column.path] is FieldRole.EMPTY:
            continue
        prefix = _turn_of(column.path)
        if prefix is not None:
            found.setdefault(prefix, []).append(column.path)
    return {prefix: turn for prefix, paths in found.items() if (turn := _speaker_first(prefix, paths))}


def _speaker_first(prefix: Path, paths: Sequence[Path]) -> list[Path]:
    """Return the paths of a turn when they make one: a speaker and words, or words in a list called like a talk."""
    speakers = [path for path in paths if normal_name(path[-1]) in SPEAKERS and len(path) == len(prefix) + 1]
    words = [path for path in paths if path not in speakers]
    is_talk = bool(speakers) or normal_name(prefix[-2]) in CONVERSATIONS
    return [*speakers[:1], *words] if words and is_talk else []


def _turn_of(path: Path) -> Path | None:
    """Return the list of turns that a path is a speaker or the words of."""
    if len(path) < 3 and EVERY not in path[1:]:
        return None
    for length in range(2, len(path)):
        prefix, rest = path[:length], [normal_name(step) for step in path[length:]]
        if prefix[-1] != EVERY or prefix[-2] == EVERY or rest[0] not in (*SPEAKERS, *TURNS):
            continue
        if len(rest) == 1 or (len(rest) == 2 and rest[1] == EVERY):
            return prefix
        if len(rest) == 3 and rest[1] == EVERY and rest[2] in PART_TEXTS:
            return prefix
    return None


def _is_speaker(path: Path, text: Sequence[Path]) -> bool:
    return EVERY in path and normal_name(path[-1]) in SPEAKERS and len(text) > 1


# --- metadata ---------------------------------------------------------------------------------------------------------


def _proposed(columns: Sequence[ColumnRoleFound]) -> dict[str, str]:
    """Return the fields of a manifest beside the text: for each the likeliest column with its role."""
    found = {}
    for field, role in PROPOSED_ROLES.items():
        able = sorted((c for c in columns if c.role is role and _is_one(c.path)), key=lambda column: len(column.path))
        named = next((c for name in PROPOSED[field] for c in able if _telling_name(c.path) == name), None)
        if named is None and role is FieldRole.LICENSE:
            named = next(iter(able), None)
        if named is not None:
            found[field] = named.name
    return found


def _is_one(path: Path) -> bool:
    """Has a row one value there, or one list of values?"""
    while path[-1] == EVERY:
        path = path[:-1]
    return EVERY not in path
