"""What `corpus-audit manifest init` says of its draft: which columns it took for what, and which files have no text."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus_audit.corpus.field_roles import AssignedRoles, FieldRole
from corpus_audit.manifest.draft import Draft

_MOST_NAMES = 12


def drafted_lines(draft: Draft) -> Iterator[str]:
    """Yield what to tell of a draft, a line each."""
    if draft.description is not None:
        yield f"Drafted from {draft.description}."
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for file, roles in draft.roles.items():
        groups[_shape_of(roles)].append(file)
    for files in groups.values():
        yield from _group_lines(files, draft.roles[files[0]])


def _shape_of(roles: AssignedRoles) -> tuple[object, ...]:
    """Return what makes files one group: their columns and what these were taken for."""
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
    """Return a name without characters that a terminal obeys: data chose it."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name)
