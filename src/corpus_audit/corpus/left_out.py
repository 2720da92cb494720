"""What lies in a source's folders beside its declared files: undeclared, ignored, behind links, in closed folders.

None of it is read, so all of it is counted: a verdict vouches for what was looked at, and says what was not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.locations.base import Listed, Location, LocationError
from corpus_audit.corpus.paths import path_matcher
from corpus_audit.errors import RefusedPathError
from corpus_audit.schemas import LEFT_OUT
from corpus_audit.vocabulary import LeftOutKind

MOST_EXAMPLES = 50
"""Paths of one kind that are listed."""

_VERSION_CONTROL = frozenset({".git", ".hg", ".svn"})
_COMPILED = ".pyc"

Accounted = Callable[[str], bool]
"""Whether a path is accounted for elsewhere: declared, read as a description, or this program's own."""

_ORDER = (LeftOutKind.IGNORED, LeftOutKind.UNDECLARED, LeftOutKind.FOLDER, LeftOutKind.LINK)
"""The later decides where the folders of two sources hold the same entry."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One entry of a source's folder that is no part of the audit."""

    source_id: str
    kind: LeftOutKind
    path: str
    size_bytes: int | None
    pattern: str = ""
    detail: str = ""
    """Why a folder cannot be listed, in words that hold none of the data."""


@dataclass(frozen=True)
class _Ignore:
    """The patterns that one source ignores by."""

    patterns: Sequence[str]
    matches: Callable[[str], bool] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "matches", path_matcher(self.patterns))

    def pattern_of(self, path: str) -> str | None:
        """Return the first pattern that matches a path, or None."""
        if not self.matches(path):
            return None
        return next(pattern for pattern in self.patterns if path_matcher([pattern])(path))


def find_left_out(
    location: Location, folders: Sequence[Mapping[str, Any]], is_accounted: Accounted
) -> tuple[LeftOut, ...]:
    """Return what lies in *folders* (rows of schema CLAIMED_FOLDERS) and is not accounted for, sorted by path."""
    found: dict[str, LeftOut] = {}
    for folder in folders:
        for entry in _walk(location, folder, is_accounted):
            known = found.get(entry.path)
            if known is None or _ORDER.index(entry.kind) > _ORDER.index(known.kind):
                found[entry.path] = entry
    return tuple(found[path] for path in sorted(found))


def _walk(location: Location, folder: Mapping[str, Any], is_accounted: Accounted) -> Iterator[LeftOut]:
    ignore = _Ignore(folder["ignore"] or ())
    entry = partial(LeftOut, folder["source_id"])
    try:
        for listed in location.walk(folder["folder"]):
            if not is_accounted(listed.path):
                kind, pattern = _kind(listed, ignore)
                detail = "the folder cannot be listed" if listed.is_folder else ""
                yield entry(kind, listed.path, listed.size_bytes, pattern, detail)
    except RefusedPathError:
        yield entry(LeftOutKind.LINK, folder["folder"], None)
    except OSError as error:
        reason = (
            str(error)
            if isinstance(error, LocationError)
            else f"the folder cannot be listed ({error.strerror or error})"
        )
        yield entry(LeftOutKind.FOLDER, folder["folder"], None, detail=reason)


def _kind(listed: Listed, ignore: _Ignore) -> tuple[LeftOutKind, str]:
    """Return why an entry is left out; no pattern makes known what lies behind a link or in a closed folder."""
    if listed.is_link:
        return LeftOutKind.LINK, ""
    if listed.is_folder:
        return LeftOutKind.FOLDER, ""
    pattern = ignore.pattern_of(listed.path)
    return (LeftOutKind.UNDECLARED, "") if pattern is None else (LeftOutKind.IGNORED, pattern)


def left_out_table(entries: Iterable[LeftOut], declared: Mapping[str, Set[str]]) -> pa.Table:
    """Return entries as counts (schema LEFT_OUT); *declared* are the files of sources that ignore others.

    A pattern that matches declared files too cannot tell what is data from what is not, so they are counted beside.
    """
    groups: dict[tuple[str, str, str], list[LeftOut]] = defaultdict(list)
    for entry in entries:
        groups[entry.source_id, entry.kind, entry.pattern].append(entry)
    rows = [_row(key, groups[key], declared.get(key[0], frozenset())) for key in sorted(groups)]
    return pa.Table.from_pylist(rows, schema=LEFT_OUT.schema)


def _row(key: tuple[str, str, str], entries: Sequence[LeftOut], declared: Set[str]) -> dict[str, Any]:
    pattern = key[2]
    is_matched = path_matcher([pattern]) if pattern else path_matcher(())
    return {
        **dict(zip(LEFT_OUT.key, key, strict=True)),
        "files": len(entries),
        "size_bytes": sum(entry.size_bytes or 0 for entry in entries),
        "data_bytes": sum(entry.size_bytes or 0 for entry in entries if _may_be_data(entry.path)),
        "declared_files": sum(map(is_matched, declared)),
        "examples": [shown(entry.path) for entry in entries[:MOST_EXAMPLES]],
    }


def _may_be_data(path: str) -> bool:
    """True unless a path is one of a version control system's own, or of Python's compiler."""
    return not path.endswith(_COMPILED) and _VERSION_CONTROL.isdisjoint(path.split("/"))


def shown(path: str) -> str:
    """Return a path as text; bytes that are no UTF-8, which no table can hold, are written out."""
    return path.encode(errors="surrogateescape").decode(errors="backslashreplace")
