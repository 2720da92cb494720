"""A manifest in this program's own format, checked part by part, or all of its problems."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.model import LISTED_FILES, DataFile, Manifest, Source
from corpus_audit.manifest.packed import AT_ONCE
from corpus_audit.manifest.parts import describe_repeat, find_repeats
from corpus_audit.manifest.problems import describe_errors, places_of, render_problems
from corpus_audit.manifest.streaming import stream_manifest
from corpus_audit.manifest.syntax import locate_in_json, read_json, read_yaml
from corpus_audit.manifest.tree import MAX_PROBLEMS, Place, Problem, Reading, UnreadableError

_BEGINS_LIKE_JSON = re.compile(r"\s*[{\[]")
_ModelT = TypeVar("_ModelT", bound=BaseModel)


def parse_manifest(received: bytes, suffix: str = "") -> Manifest:
    """Return the manifest in some bytes; raises ManifestError, which lists every problem.

    *suffix* is that of the file they came from; one that is neither .json nor .yaml leaves the choice to the text.
    """
    text = decode(received)
    is_json = is_like_json(text, suffix)
    streamed = stream_manifest(text) if is_json else None
    del text  # which may be as large as everything else of it
    return parse_as_tree(received, is_json=is_json) if streamed is None else streamed


def parse_as_tree(received: bytes, *, is_json: bool) -> Manifest:
    """Return what ``parse_manifest`` does, from a tree of everything, which every problem has its place in."""
    text = decode(received)
    try:
        reading = read_json(text) if is_json else read_yaml(text)
    except UnreadableError as error:
        raise manifest_error([error.problem]) from None
    del text
    validation = _Validation(reading.problems)
    manifest = validation.check_manifest(reading.value)
    if manifest is None:
        text, wanted = decode(received), places_of(validation.problems)
        located = locate_in_json(text, wanted) if is_json else read_yaml(text, wanted)
        raise manifest_error(validation.problems, located)
    return manifest


def is_like_json(text: str, suffix: str = "") -> bool:
    """True if a text is JSON, by the suffix of its file, or else by its first characters."""
    return suffix == ".json" or (suffix not in (".yaml", ".yml") and _BEGINS_LIKE_JSON.match(text) is not None)


def decode(received: bytes) -> str:
    """Return a document as text; raises ManifestError when it is not UTF-8."""
    try:
        return received.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = received.count(b"\n", 0, error.start) + 1
        raise manifest_error([Problem((), "is not UTF-8: save the file as UTF-8", line)]) from None


def manifest_error(problems: Sequence[Problem], located: Reading | None = None) -> ManifestError:
    """Return the error that lists problems in the order of their lines, which *located* may know."""
    rendered = render_problems(problems, located.lines if located else {})
    count = "1 problem" if len(rendered) == 1 else f"{len(rendered):,} problems"
    more = " at least" if len(problems) >= MAX_PROBLEMS else ""
    message = f"The manifest has{more} {count}. Correct each at its place, then run the same command again."
    return ManifestError(message, rendered)


class _Validation:
    """Checks a tree part by part, so that a hostile list of millions never becomes millions of errors at once."""

    def __init__(self, problems: Sequence[Problem] = ()) -> None:
        self.problems = list(problems)
        self._refused = {problem.place for problem in problems}

    def check_manifest(self, tree: Any) -> Manifest | None:
        """Return the manifest, or None when there are problems; takes *tree* apart meanwhile."""
        manifest = None if self._is_full() else self._check_parts(tree)
        return None if self.problems else manifest

    def _check_parts(self, tree: Any) -> Manifest | None:
        listed = tree.get("sources") if isinstance(tree, dict) else None
        if not isinstance(listed, list):
            return self._check(Manifest, tree, ())
        sources = self._check_sources(listed)
        return self._check(Manifest, {**tree, "sources": sources}, ())

    def _check_sources(self, listed: list[Any]) -> tuple[Source, ...]:
        checked, names = [], _names_in(listed, "id")
        for index, item in enumerate(listed):
            checked.append(self._check_source(item, ("sources", index)))
            listed[index] = None  # the tree takes as much memory as what it is checked into
            if self._is_full():
                break
        return self._all_or_none(checked, names, "id", ("sources",))

    def _check_source(self, item: Any, place: Place) -> Source | None:
        listed = item.get("files") if isinstance(item, dict) else None
        if not isinstance(listed, list):
            return self._check(Source, item, place)
        checked: list[DataFile | None] = []
        for start in range(0, len(listed), AT_ONCE):
            checked += self._check_files(listed[start : start + AT_ONCE], (*place, "files"), start)
            if self._is_full():
                break
        files = self._all_or_none(checked, _names_in(listed, "path"), "path", (*place, "files"))
        source = self._check(Source, {**item, "files": files}, place)
        return source if len(files) == len(listed) else None

    def _check_files(self, chunk: list[Any], place: Place, start: int) -> Sequence[DataFile | None]:
        try:
            return LISTED_FILES.validate_python(chunk)
        except ValidationError as error:
            found = describe_errors(error, model=DataFile)
            self._report(Problem((*place, start + int(p.place[0]), *p.place[1:]), p.message) for p in found)
            return [None]

    def _check(self, model: type[_ModelT], value: Any, place: Place) -> _ModelT | None:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            self._report(describe_errors(error, place, model))
            return None

    def _all_or_none(
        self, checked: Sequence[_ModelT | None], names: Sequence[Any], key: str, place: Place
    ) -> tuple[_ModelT, ...]:
        """Return all parts, or nothing if one is wrong, after checking the valid ones' *names* for repeats."""
        parts = tuple(part for part in checked if part is not None)
        if len(parts) == len(names):
            return parts
        repeats = find_repeats(name if isinstance(name, str) else object() for name in names)
        self._report(Problem((*place, index, key), describe_repeat(key, earlier)) for index, earlier in repeats)
        return ()

    def _report(self, problems: Iterable[Problem]) -> None:
        """Add problems, except where reading already refused the value."""
        new = (problem for problem in problems if problem.place not in self._refused)
        self.problems += islice(new, max(0, MAX_PROBLEMS - len(self.problems)))

    def _is_full(self) -> bool:
        return len(self.problems) >= MAX_PROBLEMS


def _names_in(listed: Sequence[Any], key: str) -> list[Any]:
    return [item.get(key) if isinstance(item, dict) else None for item in listed]
