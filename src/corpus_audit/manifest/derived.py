"""The manifest of a dataset that was made from another one by leaving records out."""

from collections.abc import Iterator, Mapping
from typing import Any

from corpus_audit.manifest.model import DataFile, Manifest, Source
from corpus_audit.manifest.rebase_paths import recorded_fields
from corpus_audit.vocabulary import NOT_RECORDED

FileContent = tuple[int, str]
"""Size in bytes and sha256 of a file."""

_Files = Mapping[tuple[str, str], FileContent | None]

_SUFFIX = "cleaned"


def derived_manifest(
    manifest: Manifest, files: _Files, derived_from: str, steps: Mapping[str, str], gone: frozenset[str] = frozenset()
) -> Manifest:
    """Return a manifest of the same claims about the files that stayed.

    *files* are those that were written, by source and path: None for one of which nothing stayed; a file that is not
    among them stays declared as it was. *steps* say for each source what was done, *gone* are people who are in no
    record any more. A source of which no file stayed is no longer one.
    """
    changed = [_source(source, files, derived_from, steps.get(source.id), gone) for source in manifest.sources]
    version = manifest.dataset.version
    named = _SUFFIX if version == NOT_RECORDED else f"{version}-{_SUFFIX}"
    return manifest.model_copy(
        update={
            "dataset": manifest.dataset.model_copy(update={"version": named}),
            "sources": tuple(source for source in changed if source is not None),
            "subjects": tuple(person for person in manifest.subjects if person.id not in gone),
            "include": (),
        }
    )


def _source(source: Source, files: _Files, derived_from: str, step: str | None, gone: frozenset[str]) -> Source | None:
    kept = [_file(source, file, files, gone) for file in source.files]
    left = tuple(file for file in kept if file is not None)
    if source.files and not left:
        return None
    return source.model_copy(
        update={
            "files": left,
            "derived_from": (*source.derived_from, derived_from),
            "processing": (*source.processing, *([step] if step else ())),
        }
    )


def _file(source: Source, file: DataFile, files: _Files, gone: frozenset[str]) -> DataFile | None:
    if (source.id, file.path) not in files:
        return file
    content = files[source.id, file.path]
    if content is None:
        return None
    people = tuple(person for person in file.subjects if person not in gone)
    return file.model_copy(update={"size_bytes": content[0], "sha256": content[1], "subjects": people})


def supporting_files(manifest: Manifest) -> list[str]:
    """Return the paths that a manifest names beside its data: license texts, snapshots, tables of people; sorted."""
    return sorted(set(_named(recorded_fields(manifest.model_copy(update={"sources": _bare(manifest)})))))


def _bare(manifest: Manifest) -> tuple[Source, ...]:
    return tuple(source.model_copy(update={"files": ()}) for source in manifest.sources)


def _named(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _named(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner, name)
    elif name in ("file", "path") and isinstance(value, str):
        yield value
