"""The column rule itself: a role for each column, and the manifest fields that follow."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus_audit.corpus.field_roles.columns import EVERY, ColumnKind, DataColumn, Path, field_name
from corpus_audit.corpus.field_roles.conversations import is_speaker
from corpus_audit.corpus.field_roles.names import license_column, normal_name, telling_name
from corpus_audit.corpus.field_roles.tables import (
    CODE_SIGNS,
    ENDINGS,
    EXCHANGE,
    FEWEST_LABELS,
    MOST_LABELS,
    NAMES,
    NEVER_TEXT,
    PROGRAMMING_LANGUAGES,
    PROPOSED,
    PROPOSED_ROLES,
    TEXTS,
    VALUES,
    FieldRole,
)
from corpus_audit.corpus.field_roles.text_choice import choose_text

_BY_NAME: Mapping[str, FieldRole] = {name: role for role, names in reversed(list(NAMES.items())) for name in names}
_KINDLESS: Mapping[ColumnKind, FieldRole] = {
    **dict.fromkeys((ColumnKind.NUMBER, ColumnKind.BOOLEAN, ColumnKind.TIME), FieldRole.MEASURE),
    ColumnKind.BYTES: FieldRole.BYTES,
}


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

    def names(self, role: FieldRole) -> list[str]:
        """Return the names of the columns with a role."""
        return [column.name for column in self.columns if column.role is role]


def assign_roles(columns: Sequence[DataColumn]) -> AssignedRoles:
    """Return what each column is. Without any column that can be a text, none becomes one."""
    roles = {column.path: _role_of(column) for column in columns}
    if any(normal_name(column.path[-1]) in CODE_SIGNS for column in columns):
        roles |= dict.fromkeys(_languages_without_values(columns, roles), FieldRole.PROGRAMMING_LANGUAGE)
    text = choose_text(columns, roles)
    roles |= dict.fromkeys(text.repeated, FieldRole.COPY)
    roles |= {path: FieldRole.SPEAKER if is_speaker(path) else FieldRole.TEXT for path in text.paths}
    found = [ColumnRoleFound(column.path, roles[column.path]) for column in columns]
    # A column that is a text in one row and a list of texts in another has one name.
    names = list(dict.fromkeys(map(field_name, text.paths)))
    return AssignedRoles(found, names, _proposed(found), text.is_guess)


# --- one column -------------------------------------------------------------------------------------------------------


def _role_of(column: DataColumn) -> FieldRole:
    """Return what a column is by itself: by its name, else by its values; OTHER when it may be a text."""
    if column.is_empty:
        return FieldRole.EMPTY
    name = telling_name(column.path)
    named = _BY_NAME.get(name) or _license_role(column.path)
    named = named or next((role for role, form in ENDINGS if form.fullmatch(name)), None)
    if column.kind is not ColumnKind.TEXT:
        kindless = _KINDLESS.get(column.kind, FieldRole.OTHER)
        return named if named in (FieldRole.ID, FieldRole.LABEL, FieldRole.DATE, FieldRole.SPLIT) else kindless
    if named is FieldRole.LANGUAGE and _is_source_code(column.texts):
        return FieldRole.PROGRAMMING_LANGUAGE
    if name in TEXTS or name in EXCHANGE:
        return _role_of_values(column.texts, NEVER_TEXT) or _as_label(name, column.texts) or FieldRole.OTHER
    return named or _role_of_values(column.texts, VALUES) or _as_label(name, column.texts) or FieldRole.OTHER


def _license_role(path: Path) -> FieldRole | None:
    found = license_column(path)
    return None if found is None or found.describes else FieldRole.LICENSE


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


def _languages_without_values(columns: Iterable[DataColumn], roles: Mapping[Path, FieldRole]) -> list[Path]:
    return [c.path for c in columns if roles[c.path] is FieldRole.LANGUAGE and not c.texts]


# --- metadata ---------------------------------------------------------------------------------------------------------


def _proposed(columns: Sequence[ColumnRoleFound]) -> dict[str, str]:
    """Return the fields of a manifest beside the text: for each the likeliest column with its role."""
    found = {}
    for field, role in PROPOSED_ROLES.items():
        able = sorted((c for c in columns if c.role is role and _is_one(c.path)), key=lambda column: len(column.path))
        named = next((c for name in PROPOSED[field] for c in able if telling_name(c.path) == name), None)
        if named is None and role is FieldRole.LICENSE:
            named = next(iter(able), None)
        if named is not None:
            found[field] = named.name
    return found


def _is_one(path: Path) -> bool:
    """True if each row has one value there, or one list of values."""
    while path[-1] == EVERY:
        path = path[:-1]
    return EVERY not in path
