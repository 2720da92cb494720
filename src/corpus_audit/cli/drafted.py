"""Messages of `corpus-audit manifest init` about its draft: the roles of columns, and the files without text."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus_audit.corpus.field_roles import AssignedRoles, FieldRole
from corpus_audit.manifest.draft import Draft

_MOST_NAMES = 12


def drafted_lines(draft: Draft) -> Iterator[str]:
    """Yield the messages about a draft, one per line."""
    if draft.description is not None:
        yield f"Drafted from {draft.description}."
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for file, roles in draft.roles.items():
        groups[_shape_of(roles)].append(file)
    for files in groups.values():
        yield from _group_lines(files, draft.roles[files[0]])


def _shape_of(roles: AssignedRoles) -> tuple[object, ...]:
    """Return the key that groups files: their columns and the roles of these."""
    return tuple(roles.text), tuple((column.name, column.role) for column in roles.columns)


def _group_lines(files: list[str], roles: AssignedRoles) -> Iterator[str]:
    more = f" and {len(files) - 1:,} more like it" if len(files) > 1 else ""
    yield f"{_shown(files[0])}{more}:"
    if not roles.text:
        yield "  NO TEXT FOUND: name it in 'fields', or its rows are not read"
    for role in FieldRole:
        names = roles.text if role is FieldRole.TEXT else roles.names(role)
        if names and role is not FieldRole.SPEAKER:
            guess = " (a guess: the longest prose)" if role is FieldRole.TEXT and roles.is_guess else ""
            yield f"  {role}: {_listed(names)}{guess}"


def _listed(names: Sequence[str]) -> str:
    shown = [_shown(name) for name in names]
    more = f", and {len(shown) - _MOST_NAMES:,} more" if len(shown) > _MOST_NAMES else ""
    return ", ".join(shown[:_MOST_NAMES]) + more


def _shown(name: str) -> str:
    """Return a name without terminal control characters: it comes from the data."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name)
