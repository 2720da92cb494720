"""One manifest composed of several: the sources of each included description, with their corrections."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.conversion.result import ClaimOrigin, ClaimProblem
from corpus_audit.manifest.corrections import CorrectedSource
from corpus_audit.manifest.includes import Include
from corpus_audit.manifest.loaded import LoadedManifest, Received, Targets
from corpus_audit.manifest.model import Manifest, Source
from corpus_audit.manifest.native import manifest_error
from corpus_audit.manifest.rebase_paths import moved, origins_by_source
from corpus_audit.manifest.tree import MAX_PROBLEMS, Place, Problem
from corpus_audit.vocabulary import ClaimProblemCode

_TABLES = ("subjects_table", "authorisations_table")

Read = Callable[[Include], tuple[LoadedManifest, str]]
"""Loads what an include names, and says which folder its paths are relative to ('' for the root).

Raises ManifestError.
"""


def merge_includes(own: LoadedManifest, read: Read) -> LoadedManifest:
    """Return *own* with everything it includes; raises ManifestError with every problem of every part.

    Its own sources come first, then those of each include in their order. Languages, models and people are joined;
    what an included description says of its dataset as a whole is kept as received, and is no claim about the mixture.
    """
    mixture = _Mixture(own)
    mixture.join(own.manifest, own.name, ())
    for index, include in enumerate(own.manifest.include):
        mixture.add(include, ("include", index), read)
        if len(mixture.problems) >= MAX_PROBLEMS:
            break
    if mixture.problems:
        raise manifest_error(mixture.problems)
    return mixture.finish()


@dataclass
class _Mixture:
    """What has been put together so far, and what is wrong with it."""

    own: LoadedManifest
    problems: list[Problem] = field(default_factory=list)
    _sources: dict[str, Source] = field(default_factory=dict)
    _doubts: list[ClaimProblem] = field(default_factory=list)
    _origins: list[ClaimOrigin] = field(default_factory=list)
    _targets: dict[str, Targets] = field(default_factory=dict)
    _documents: dict[str, Received] = field(default_factory=dict)
    _languages: dict[str, None] = field(default_factory=dict)
    _models: dict[str, Any] = field(default_factory=dict)
    _subjects: dict[str, Any] = field(default_factory=dict)
    _tables: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sources |= {source.id: source for source in self.own.manifest.sources}

    def add(self, include: Include, place: Place, read: Read) -> None:
        """Add everything that an include names, or the problems with it."""
        try:
            loaded, folder = read(include)
        except ManifestError as error:
            told = error.problems or (str(error),)
            self.problems += [Problem(place, f"{include.path}: {problem}") for problem in told]
            return
        self._documents |= {document.name: document for document in loaded.documents}
        self._add_sources(include, place, loaded, folder)
        self.join(moved(loaded.manifest, folder), loaded.name, place)

    def join(self, manifest: Manifest, document: str, place: Place) -> None:
        """Add the languages, models and people that the part at *place* describes."""
        self._languages |= dict.fromkeys(manifest.dataset.languages)
        for index, model in enumerate(manifest.models):
            if self._models.setdefault(model.id, model) != model:
                detail = "describes a model otherwise than another part does: find out which of them holds"
                self._doubts.append(
                    ClaimProblem(ClaimProblemCode.CONFLICT, f"/models/{index}", "models", detail, document=document)
                )
        for subject in manifest.subjects:
            if self._subjects.setdefault(subject.id, subject) != subject:
                message = "gives a person the id that another part gives to another person: choose another id"
                self.problems.append(Problem(place, message))
        for name in _TABLES:
            table = getattr(manifest, name)
            if table is not None and self._tables.setdefault(name, table) != table:
                self.problems.append(Problem(place, f"has a '{name}' beside that of another part: make one of them"))

    def finish(self) -> LoadedManifest:
        """Return the mixture."""
        manifest = self.own.manifest
        # Every part was checked where it came from, and what parts can disagree on was checked here.
        whole = manifest.model_copy(
            update={
                "include": (),
                "dataset": manifest.dataset.model_copy(update={"languages": tuple(self._languages)}),
                "sources": tuple(self._sources.values()),
                "models": tuple(self._models.values()),
                "subjects": tuple(self._subjects.values()),
                **self._tables,
            }
        )
        origins = {origin.pointer: origin for origin in (*self.own.origins, *self._origins)}
        doubts = (*self.own.problems, *self._doubts, *_shared_files(whole, origins, self.own.name))
        return replace(
            self.own,
            manifest=whole,
            problems=tuple(dict.fromkeys(doubts)),
            origins=tuple(origins[pointer] for pointer in sorted(origins)),
            included=tuple(self._documents.values()),
            source_targets=self._targets,
        )

    def _add_sources(self, include: Include, place: Place, loaded: LoadedManifest, folder: str) -> None:
        found = len(self.problems)
        corrected = self._correct(include, place, loaded)
        if len(self.problems) > found:
            return
        ids = {source.id: _prefixed(include, source.id) for source in corrected}
        for old_id, source in zip(ids, corrected, strict=True):
            self._take(source.finish(ids, folder), source.origins, place)
            self._targets[ids[old_id]] = loaded.targets_of(old_id)
        doubts = (*loaded.problems, *(doubt for source in corrected for doubt in source.contradictions))
        self._doubts += [doubt._replace(source_id=ids.get(doubt.source_id, doubt.source_id)) for doubt in doubts]

    def _correct(self, include: Include, place: Place, loaded: LoadedManifest) -> list[CorrectedSource]:
        """Return the sources of an included description with the include's corrections."""
        origins = origins_by_source(loaded)
        sources = [
            CorrectedSource(source, found) for source, found in zip(loaded.manifest.sources, origins, strict=True)
        ]
        for number, correction in enumerate(include.corrections):
            at = (*place, "corrections", number)
            chosen = [source for source in sources if correction.source in (None, source.id)]
            if not chosen:
                self.problems.append(Problem((*at, "source"), f"is no source of {include.path}: correct the id"))
            for source in chosen:
                self.problems += source.apply(correction, at, self.own.name)
        return sources

    def _take(self, source: Source, origins: dict[str, ClaimOrigin], place: Place) -> None:
        if source.id in self._sources:
            message = f"has a source '{source.id}' like another part: give this include a 'prefix'"
            self.problems.append(Problem(place, message))
            return
        number = len(self._sources)
        self._sources[source.id] = source
        self._origins += [origin._replace(pointer=f"/sources/{number}{pointer}") for pointer, origin in origins.items()]


def _prefixed(include: Include, source_id: str) -> str:
    return source_id if include.prefix is None else f"{include.prefix}.{source_id}"


def _shared_files(manifest: Manifest, origins: dict[str, ClaimOrigin], document: str) -> Iterator[ClaimProblem]:
    """Yield a problem for each file that a second source claims too: its terms are ambiguous."""
    owners: dict[str, str] = {}
    for number, source in enumerate(manifest.sources):
        for index, path in enumerate(source.paths):
            if owners.setdefault(path, source.id) != source.id:
                pointer = f"/sources/{number}/files/{index}/path"
                origin = origins.get(pointer, ClaimOrigin(pointer, document, pointer))
                detail = "is a file of another source too: find out whose it is"
                yield ClaimProblem(
                    ClaimProblemCode.CONFLICT,
                    origin.received_pointer,
                    "source.files",
                    detail,
                    source.id,
                    origin.document,
                )
