"""Several fields of one list's entries, read entry by entry: turns of a conversation, questions and answers.

'/messages/*/role' and '/messages/*/content' lie in one list, so that each message is 'user: …' rather than all roles
before all contents. What one entry says is joined with line breaks, and so are the entries.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.corpus.field_roles.tables import SPEAKERS
from corpus_audit.corpus.fields import (
    EVERY,
    JOINT,
    Path,
    follow,
    follow_entries,
    is_nested,
    join_entries,
    join_rows,
    paths_of,
    read_field,
    values_at,
)

_SAYS = ": "
"""What stands between a speaker and the words."""

_BYTES = pa.large_binary()
Group = tuple[Path, Sequence[Path]]
"""The path of a list, '*' at its end, and paths within its entries; or a path whole, and none."""


def groups_of(paths: Iterable[Path]) -> list[Group]:
    """Return the paths in the same list together, each group at the position of its first path."""
    together: dict[Path, list[Path]] = {}
    for path in paths:
        cut = path.index(EVERY) + 1 if EVERY in path else len(path)
        together.setdefault(path[:cut] if cut < len(path) else path, []).append(path[cut:])
    return [(prefix, rests) if len(rests) > 1 else (prefix + rests[0], ()) for prefix, rests in together.items()]


def groups_of_names(names: Sequence[str]) -> list[tuple[str, Group]]:
    """Return, for each separately read text, a name and its group."""
    whole = {paths_of(name)[0]: name for name in names}
    return [(whole.get(prefix, ""), (prefix, rests)) for prefix, rests in groups_of(whole)]


# --- in Arrow ---------------------------------------------------------------------------------------------------------


def read_texts(columns: Mapping[str, pa.Array], names: Sequence[str]) -> pa.Array | None:
    """Return the content of several fields as one text per row, None if the columns contain none of them.

    A row without any of them is null. The bytes are as they were, valid UTF-8 or not. Raises ArrowInvalid for values
    that are no text.
    """
    found = []
    for name, (prefix, rests) in groups_of_names(names):
        if rests:
            column = columns.get(prefix[0])
            values = None if column is None else _read_entries(column, prefix[1:], rests)
        else:
            values = read_field(columns, name)
        if values is not None:
            found.append(values)
    return join_rows(found)


def _read_entries(column: pa.Array, prefix: Path, rests: Sequence[Path]) -> pa.Array | None:
    """Return one text a row of what the entries of a list say at *rests*."""
    reached = follow_entries(column, prefix)
    if reached is None:
        return None
    entries, owners = reached
    texts = _read_entry(entries, rests)
    return None if texts is None else join_entries(texts, owners, len(column))


def _read_entry(entry: pa.Array, paths: Sequence[Path]) -> pa.Array | None:
    """Return one text an entry."""
    speaker, words = _speaker_apart(paths)
    found = []
    for prefix, rests in groups_of(words):
        if rests:
            values = _read_nested(entry, prefix, rests)
        else:
            values = None if _leads_on(entry, prefix, paths) else follow(entry, prefix)
        if values is not None:
            found.append(values)
    said = join_rows(found)
    who = None if speaker is None else follow(entry, speaker)
    if said is None or who is None:
        return said
    with_speaker = pc.binary_join_element_wise(who, said, pa.scalar(_SAYS.encode(), _BYTES))
    return pc.if_else(pc.and_(pc.is_valid(who), pc.is_valid(said)), with_speaker, said)


def _read_nested(entry: pa.Array, prefix: Path, rests: Sequence[Path]) -> pa.Array | None:
    if not pa.types.is_struct(entry.type) or entry.type.get_field_index(prefix[0]) < 0:
        return None
    return _read_entries(pc.struct_field(entry, [prefix[0]]), prefix[1:], rests)


def _leads_on(entry: pa.Array, path: Path, paths: Sequence[Path]) -> bool:
    """True if *path* ends at columns that another path enters."""
    is_above = any(len(other) > len(path) and other[: len(path)] == path for other in paths)
    return is_above and is_nested(entry, path)


# --- in JSON ----------------------------------------------------------------------------------------------------------


def texts_at(row: Any, names: Sequence[str]) -> str | None:
    """Return the content of several fields of a JSON row as one text, None without any.

    Raises ValueError for values that are no text.
    """
    found: list[str] = []
    for name, (prefix, rests) in groups_of_names(names):
        if rests:
            found += [text for entry in values_at(row, prefix) if (text := _entry_text(entry, rests)) is not None]
        else:
            found += _texts(next((values for path in paths_of(name) if (values := values_at(row, path))), []))
    return JOINT.join(found) if found else None


def _entry_text(entry: Any, paths: Sequence[Path]) -> str | None:
    speaker, words = _speaker_apart(paths)
    found: list[str] = []
    for prefix, rests in groups_of(words):
        if rests:
            found += [text for inner in values_at(entry, prefix) if (text := _entry_text(inner, rests)) is not None]
        else:
            is_above = any(len(other) > len(prefix) and other[: len(prefix)] == prefix for other in paths)
            values = values_at(entry, prefix)
            found += _texts([v for v in values if not (is_above and isinstance(v, dict))], is_turn=True)
    if not found:
        return None
    who = [] if speaker is None else _texts(values_at(entry, speaker), is_turn=True)
    return JOINT.join(who) + _SAYS + JOINT.join(found) if who else JOINT.join(found)


def _texts(values: Sequence[Any], *, is_turn: bool = False) -> Sequence[str]:
    """Return values as texts; the arguments and results of tools in a turn as JSON."""
    if is_turn:
        return [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values]
    if not all(isinstance(value, str) for value in values):
        message = "a text field holds something else than text"
        raise ValueError(message)
    return values


def _speaker_apart(paths: Sequence[Path]) -> tuple[Path | None, Sequence[Path]]:
    """Return the path of who speaks, None where no path is called so, and the other paths."""
    speaker = next((path for path in paths if len(path) == 1 and path[0].lower() in SPEAKERS), None)
    words = [path for path in paths if path != speaker]
    return (speaker, words) if words else (None, paths)
