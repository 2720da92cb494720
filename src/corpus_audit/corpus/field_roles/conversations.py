"""Conversation columns of a dataset: lists of turns with a speaker and a message."""

from collections.abc import Iterable, Sequence

from corpus_audit.corpus.field_roles.columns import EVERY, DataColumn, Path
from corpus_audit.corpus.field_roles.names import normal_name
from corpus_audit.corpus.field_roles.tables import CONVERSATIONS, PART_TEXTS, SPEAKERS, TURNS


def conversations_in(columns: Iterable[DataColumn]) -> list[Sequence[Path]]:
    """Return the columns of each list of turns: who speaks, where that is said, then the words."""
    turns: dict[Path, list[Path]] = {}
    for column in columns:
        prefix = _turn_of(column.path)
        if prefix is not None:
            turns.setdefault(prefix, []).append(column.path)
    return [talk for prefix, paths in turns.items() if (talk := _speaker_first(prefix, paths))]


def is_speaker(path: Path) -> bool:
    """True if a column within a list names the speaker."""
    return EVERY in path and normal_name(path[-1]) in SPEAKERS


def _speaker_first(prefix: Path, paths: Sequence[Path]) -> Sequence[Path]:
    """Return the paths of a turn when they make one: a speaker and words, or words in a list called like a talk."""
    speakers = [path for path in paths if is_speaker(path) and len(path) == len(prefix) + 1]
    words = [path for path in paths if path not in speakers]
    is_talk = bool(speakers) or normal_name(prefix[-2]) in CONVERSATIONS
    return [*speakers[:1], *words] if words and is_talk else []


def _turn_of(path: Path) -> Path | None:
    """Return the list of turns that a path is a speaker or the words of."""
    lists = (length for length in range(2, len(path)) if path[length - 1] == EVERY and path[length - 2] != EVERY)
    return next((path[:length] for length in lists if _is_in_turn(path[length:])), None)


def _is_in_turn(rest: Path) -> bool:
    """True if it is a speaker, a message, or a part of a message."""
    first, *more = (normal_name(step) for step in rest)
    if first not in (*SPEAKERS, *TURNS):
        return False
    return more in ([], [EVERY]) or (len(more) == 2 and more[0] == EVERY and more[1] in PART_TEXTS)
