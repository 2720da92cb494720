"""Corrections by an including manifest, which replace an included description's statements on a source.

A correction never hides anything: the bytes corrected stay as received, the origin of each value says what it took
the place of, and where it contradicts what was stated, both statements become a problem for a person to settle.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import ValidationError

from corpus_audit.manifest.conversion.node import pointer_of
from corpus_audit.manifest.conversion.result import ClaimOrigin, ClaimProblem
from corpus_audit.manifest.includes import Correction
from corpus_audit.manifest.model import Source
from corpus_audit.manifest.problems import describe_errors
from corpus_audit.manifest.rebase_paths import moved_fields, recorded_fields
from corpus_audit.manifest.tree import Place, Problem
from corpus_audit.vocabulary import NOT_RECORDED, ClaimProblemCode


class _Change(NamedTuple):
    place: Place
    before: Any
    after: Any


class CorrectedSource:
    """A source of an included description; *origins* say where its fields came from, by their pointers within it."""

    def __init__(self, source: Source, origins: dict[str, ClaimOrigin]) -> None:
        self.origins = origins
        self.contradictions: list[ClaimProblem] = []
        self._source = source
        self._corrected: dict[Place, Any] = {}

    @property
    def id(self) -> str:
        """Its id in the included description."""
        return self._source.id

    @cached_property
    def tree(self) -> dict[str, Any]:
        """What it records, as plain values."""
        return recorded_fields(self._source)

    def apply(self, correction: Correction, place: Place, document: str) -> Iterator[Problem]:
        """Apply the correction at *place* in *document* to the source, and yield its problems."""
        at = (*place, "set")
        if "id" in correction.set:
            yield Problem((*at, "id"), "cannot be corrected: give the include a 'prefix'")
            return
        for change in list(_overlay(self.tree, correction.set)):
            if self._corrected.setdefault(change.place, change.after) != change.after:
                yield Problem((*at, *change.place), "is set to something else by a correction before: keep one")
            self._report_contradiction(change)
            self._note_origin(change, correction, at, document)
        try:
            self._source = Source.model_validate(self.tree)
        except ValidationError as error:
            yield from describe_errors(error, at, Source)

    def finish(self, ids: Mapping[str, str], folder: str) -> Source:
        """Return the source under its id in the mixture, with its paths below *folder*."""
        if ids[self.id] == self.id and not folder:
            return self._source
        tree = moved_fields(self.tree, folder) if folder else dict(self.tree)
        tree["id"] = ids[self.id]
        if "derived_from" in tree:
            tree["derived_from"] = [ids.get(name, name) for name in tree["derived_from"]]
        return Source.model_validate(tree)

    def _report_contradiction(self, change: _Change) -> None:
        stated = next(iter(self._under(change.place)), None)
        if stated is None:
            return
        origin = self.origins[stated]
        detail = "is stated otherwise by the manifest that includes it: find out which statement holds"
        name = ".".join(("source", *map(str, change.place)))
        self.contradictions.append(
            ClaimProblem(ClaimProblemCode.CONFLICT, origin.received_pointer, name, detail, self.id, origin.document)
        )

    def _note_origin(self, change: _Change, correction: Correction, place: Place, document: str) -> None:
        """Remember where a value comes from now, and what it took the place of."""
        replaced = [self.origins.pop(pointer) for pointer in self._under(change.place)]
        pointer = pointer_of(change.place)
        self.origins[pointer] = ClaimOrigin(
            pointer,
            document,
            pointer_of((*place, *change.place)),
            corrected_document=replaced[0].document if replaced else None,
            corrected_pointer=replaced[0].received_pointer if replaced else None,
            reason=None if correction.reason == NOT_RECORDED else correction.reason,
        )

    def _under(self, place: Place) -> list[str]:
        """Return the pointers of what has an origin at *place* or below it."""
        pointer = pointer_of(place)
        return sorted(known for known in self.origins if known == pointer or known.startswith(f"{pointer}/"))


def _overlay(tree: dict[str, Any], changes: Mapping[str, Any], place: Place = ()) -> Iterator[_Change]:
    """Put every value of *changes* into *tree*, and yield each that is another one than before."""
    for key, after in changes.items():
        before = tree.get(key)
        if isinstance(after, Mapping) and isinstance(before, dict | None):
            yield from _overlay(tree.setdefault(key, {}), after, (*place, key))
        elif before != after and str(before) != str(after):  # 2024 and "2024" are the same version
            tree[key] = after
            yield _Change((*place, key), before, after)
