"""A manifest under construction: each value is checked when it is set, and keeps its origin.

What does not have the form a manifest asks for is left out and becomes a problem with its place in the document, so
that the finished manifest is always valid.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.conversion.node import pointer_of
from corpus_audit.manifest.conversion.result import ClaimProblem, Conversion
from corpus_audit.manifest.identifiers import IdentifierSeries, make_identifier
from corpus_audit.manifest.model import DataFile, Dataset, Manifest, Source
from corpus_audit.manifest.problems import describe_errors
from corpus_audit.manifest.tree import Place, Problem
from corpus_audit.vocabulary import WHOLE_DATASET, ClaimProblemCode

MAX_PROBLEMS = 10_000
"""The most problems that are kept of one document; a description that has more is not worth reading to its end."""

_MAX_ROUNDS = 100
_LIST = "[]"
_AS_IN_PARTS = ConfigDict(coerce_numbers_to_str=True)


class _Leaf(NamedTuple):
    value: Any
    place: Place


class _Entries(list[_Leaf]):
    """A list that takes no value twice."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: set[str] = set()

    def add(self, leaf: _Leaf) -> bool:
        """Add a value; return True if it is new here."""
        shown = repr(leaf.value)
        if shown in self._seen:
            return False
        self._seen.add(shown)
        self.append(leaf)
        return True


class _Form(NamedTuple):
    adapter: TypeAdapter[Any]
    steps: tuple[str, ...]
    is_list: bool


@dataclass(frozen=True)
class ClaimFragment:
    """One part of the manifest under construction: the dataset, a source, a file."""

    builder: "Builder"
    kind: str
    model: type[BaseModel]
    fields: dict[str, Any]
    source_id: str = WHOLE_DATASET

    def put(self, target: str, value: Any, place: Place) -> bool:
        """Set *target* ('license.expression', 'processing[]') to *value*; return True if it is set.

        A list takes every value once, anything else the first; a value of the wrong form becomes a problem.
        """
        form = _form_of(self.model, target)
        parent = self._parent(form.steps)
        if form.steps[-1] in parent and not form.is_list:
            return False
        try:
            checked = form.adapter.validate_python(value)
        except ValidationError as error:
            message = describe_errors(error)[0].message
            self.report(ClaimProblemCode.INVALID, place, target.removesuffix(_LIST), message)
            return False
        leaf = _Leaf(value if isinstance(checked, BaseModel) else checked, place)
        if not form.is_list:
            parent[form.steps[-1]] = leaf
            return True
        entries: _Entries = parent.setdefault(form.steps[-1], _Entries())
        return entries.add(leaf)

    def has(self, target: str) -> bool:
        """True if *target* already has a value."""
        steps = _form_of(self.model, target).steps
        return bool(self._parent(steps).get(steps[-1]))

    def report(self, code: ClaimProblemCode, place: Place, target: str, detail: str) -> None:
        """Add a problem about one of this part's fields ('' for the part as a whole)."""
        name = f"{self.kind}.{target}" if target else self.kind
        self.builder.report(ClaimProblem(code, pointer_of(place), name, detail, self.source_id))

    def _parent(self, steps: tuple[str, ...]) -> dict[str, Any]:
        parent = self.fields
        for step in steps[:-1]:
            parent = parent.setdefault(step, {})
        return parent


@dataclass
class Builder:
    """A manifest under construction."""

    problems: list[ClaimProblem] = field(default_factory=list)
    _tree: dict[str, Any] = field(default_factory=lambda: {"dataset": {}, "sources": []})
    _source_ids: IdentifierSeries = field(default_factory=IdentifierSeries)
    _paths: set[tuple[str, str]] = field(default_factory=set)

    def dataset(self, name: str, place: Place) -> ClaimFragment:
        """Return the dataset, with an id made from *name*."""
        piece = ClaimFragment(self, "dataset", Dataset, self._tree["dataset"])
        piece.put("id", make_identifier(name), place)
        return piece

    def source(self, name: str, place: Place) -> ClaimFragment:
        """Return a new source, with an id made from *name*."""
        source_id = self._source_ids.take(name)
        piece = ClaimFragment(self, "source", Source, {"files": []}, source_id)
        self._tree["sources"].append(piece.fields)
        piece.put("id", source_id, place)
        return piece

    def file(self, source: ClaimFragment) -> ClaimFragment:
        """Return a file of *source* that has no path yet: until it is placed, nothing but its problems remains."""
        return ClaimFragment(self, "file", DataFile, {}, source.source_id)

    def place_file(self, source: ClaimFragment, file: ClaimFragment, path: str, place: Place) -> bool:
        """Add *file* to *source*; return True if added, False if *path* cannot hold one or already does."""
        if (source.source_id, path) in self._paths:
            file.report(ClaimProblemCode.CONFLICT, place, "path", "is described twice: keep one description")
            return False
        if not file.put("path", path, place):
            return False
        self._paths.add((source.source_id, path))
        source.fields["files"].append(file.fields)
        return True

    def report(self, problem: ClaimProblem) -> None:
        """Add a problem, up to MAX_PROBLEMS."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)

    def finish(self, format_name: str) -> Conversion:
        """Return what was built; claims that contradict each other are left out and reported."""
        for _ in range(_MAX_ROUNDS):
            try:
                manifest = Manifest.model_validate({"manifest_version": "1", **_plain(self._tree)})
            except ValidationError as error:
                for place in sorted((p.place for p in self._refused(error)), key=_sort_key, reverse=True):
                    _drop(self._tree, place)
            else:
                origins = {pointer_of(at): pointer_of(came_from) for at, came_from in _origins(self._tree)}
                return Conversion(manifest, format_name, tuple(dict.fromkeys(self.problems)), origins)
        message = "The description contradicts itself in too many places: correct it, or write a manifest."
        raise ManifestError(message)

    def _refused(self, error: ValidationError) -> Iterator[Problem]:
        """Yield what is wrong with the whole where each value by itself was right, and report it."""
        for problem in describe_errors(error):
            origin = next((place for _, place in _origins(_find(self._tree, problem.place))), ())
            source = _find(self._tree, problem.place[:2]) if problem.place[:1] == ("sources",) else {}
            field_name = ".".join(step for step in problem.place if isinstance(step, str))
            source_id = source["id"].value if "id" in source else WHOLE_DATASET
            self.report(
                ClaimProblem(ClaimProblemCode.CONFLICT, pointer_of(origin), field_name, problem.message, source_id)
            )
            yield problem


@lru_cache(maxsize=512)
def _form_of(model: type[BaseModel], target: str) -> _Form:
    """Return the required form of a value at *target*, and the keys that lead there."""
    steps = tuple(target.removesuffix(_LIST).split("."))
    for step in steps[:-1]:
        model = _field(model, step).annotation  # type: ignore[assignment]
    found = _field(model, steps[-1])
    is_list = target.endswith(_LIST)
    annotation: Any = get_args(found.annotation)[0] if is_list else found.annotation
    kind = annotation if is_list else _annotated(annotation, found)
    # A model brings its own configuration, and pydantic refuses a second one.
    configured = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return _Form(TypeAdapter(kind, config=None if configured else _AS_IN_PARTS), steps, is_list)


def _field(model: type[BaseModel], name: str) -> FieldInfo:
    return next(found for key, found in model.model_fields.items() if name == (found.alias or key))


def _annotated(annotation: Any, found: FieldInfo) -> Any:
    return Annotated[annotation, *found.metadata] if found.metadata else annotation


def _plain(tree: Any) -> Any:
    if isinstance(tree, _Leaf):
        return tree.value
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    return [_plain(value) for value in tree]


def _origins(tree: Any, place: Place = ()) -> Iterator[tuple[Place, Place]]:
    """Yield the place of every value in the manifest, and where it came from."""
    if isinstance(tree, _Leaf):
        yield place, tree.place
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from _origins(value, (*place, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _origins(value, (*place, index))


def _find(tree: Any, place: Place) -> Any:
    """Return what is at *place*, or the nearest thing around it."""
    for step in place:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            return tree
        if isinstance(tree, _Leaf):
            return tree
    return tree


def _drop(tree: Any, place: Place) -> None:
    """Remove what is at *place*: the value itself, or the whole list entry around it."""
    parents = [tree]
    for step in place[:-1]:
        inner = parents[-1][step] if not isinstance(parents[-1], _Leaf) else None
        if inner is None or isinstance(inner, _Leaf):
            break
        parents.append(inner)
    del parents[-1][place[len(parents) - 1]]


def _sort_key(place: Place) -> tuple[tuple[str, int], ...]:
    return tuple(("", step) if isinstance(step, int) else (step, 0) for step in place)
