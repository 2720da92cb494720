"""A manifest draft for a folder with a description, with sizes and checksums of its files."""

from dataclasses import replace
from glob import escape
from pathlib import Path

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.draft import (
    Draft,
    FileDescriber,
    draft_from_files,
    files_below,
    license_evidence,
    title_of,
    unreadable,
    visible,
)
from corpus_audit.manifest.file_fields import HOLD_RECORDS
from corpus_audit.manifest.formats import format_of_data
from corpus_audit.manifest.identifiers import make_identifier
from corpus_audit.manifest.ignored import IGNORED_AT_ROOT, saved_documents
from corpus_audit.manifest.joined_splits import join_splits
from corpus_audit.manifest.load import FOREIGN_DESCRIPTIONS, load_manifest
from corpus_audit.manifest.loaded import NATIVE, LoadedManifest
from corpus_audit.manifest.model import DataFile, Manifest, Source
from corpus_audit.manifest.rebase_paths import moved
from corpus_audit.manifest.shared_fields import share_fields
from corpus_audit.manifest.splits import with_splits
from corpus_audit.manifest.values import is_path
from corpus_audit.vocabulary import NOT_RECORDED

_ABOUT_DATA = ("dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json")
"""What the datasets package writes beside data: no records."""


def make_draft(path: Path) -> Draft:
    """Return a draft of a folder or a data file, from the description that lies in it where there is one.

    Raises ManifestError when there is nothing to describe, or it cannot be read.
    """
    loaded = _described(path) if path.is_dir() else None
    draft = _with_described_folders(path) if loaded is None else _complete(path, loaded)
    divided = (source.model_copy(update={"files": with_splits(source.files)}) for source in draft.manifest.sources)
    sources = tuple(share_fields(source) for source in divided)
    return replace(draft, manifest=draft.manifest.model_copy(update={"sources": sources}))


def _with_described_folders(path: Path) -> Draft:
    """Return a draft with each sub-folder drafted from the description in it, if any."""
    folders = [entry for entry in visible(path) if entry.is_dir() and is_path(entry.name)] if path.is_dir() else []
    found = {folder.name: loaded for folder in folders if (loaded := _described(folder))}
    described = {name: loaded for name, loaded in found.items() if _names_data(loaded)}
    draft = draft_from_files(path, described.keys())
    for name, loaded in described.items():
        draft = _join(draft, _complete(path / name, loaded), name)
    return replace(draft, manifest=join_splits(draft.manifest, path.resolve().name)) if described else draft


def _names_data(loaded: LoadedManifest) -> bool:
    """True if a description names tables or archives; documentation pages look like cards too, and are documents."""
    files = (file for source in loaded.manifest.sources for file in source.files)
    return any((file.format or format_of_data(file.path)) in HOLD_RECORDS for file in files)


def _join(draft: Draft, inner: Draft, folder: str) -> Draft:
    """Return a draft with the sources of that of a *folder* within it."""
    manifest, added = draft.manifest, moved(inner.manifest, folder)
    taken = {source.id for source in manifest.sources}
    sources = list(manifest.sources)
    for source in added.sources:
        renamed = source.model_copy(update={"id": make_identifier(source.id, taken)})
        taken.add(renamed.id)
        sources.append(renamed)
    languages = tuple(dict.fromkeys((*manifest.dataset.languages, *added.dataset.languages)))
    dataset = manifest.dataset.model_copy(update={"languages": languages})
    told = f"{folder}/{inner.description}"
    return Draft(
        manifest.model_copy(update={"dataset": dataset, "sources": tuple(sources)}),
        {**draft.roles, **{f"{folder}/{file}": roles for file, roles in inner.roles.items()}},
        told if draft.description is None else f"{draft.description}, {told}",
        (*draft.problems, *inner.problems),
    )


def _described(folder: Path) -> LoadedManifest | None:
    """Return what the first description in a folder says, None without one; a README that is no card is none."""
    for name in FOREIGN_DESCRIPTIONS:
        if (folder / name).is_file():
            try:
                loaded = load_manifest(folder / name)
            except ManifestError:
                continue
            if loaded.format != NATIVE and loaded.manifest.sources:
                return loaded
    return None


def _complete(folder: Path, loaded: LoadedManifest) -> Draft:
    describer = FileDescriber(folder)
    stated = loaded.manifest
    try:
        there = sorted(files_below(folder, folder))
        about = tuple(dict.fromkeys((loaded.name, *_ABOUT_DATA, *saved_documents(there))))
        sources = [_complete_source(source, describer) for source in stated.sources]
        declared = {path for source in sources for path in source.paths}
        left = [path for path in there if path not in declared and is_path(path)]
        rest = tuple(describer.describe(path) for path in left if not _is_about(path, about))
    except OSError as error:
        raise unreadable(error) from None
    name = folder.resolve().name
    title = title_of(name) if stated.dataset.title == NOT_RECORDED else stated.dataset.title
    manifest = stated.model_copy(
        update={
            "dataset": stated.dataset.model_copy(update={"title": title}),
            "sources": tuple(_with_rest(sources, rest, name, about)),
        }
    )
    # What was put together from checked parts is checked as a whole: no file may be there twice.
    checked = Manifest.model_validate(manifest.model_dump(by_alias=True, exclude_unset=False))
    return Draft(checked, describer.roles, loaded.name, loaded.problems)


def _is_about(path: str, about: tuple[str, ...]) -> bool:
    return path in IGNORED_AT_ROOT or path in about or path.startswith("audits/")


def _complete_source(source: Source, describer: FileDescriber) -> Source:
    return source.model_copy(update={"files": tuple(describer.complete(file) for file in source.files)})


def _with_rest(sources: list[Source], rest: tuple[DataFile, ...], name: str, about: tuple[str, ...]) -> list[Source]:
    """Return the sources with the files that the description does not name: of the only one, else of one of their own.

    Files that come later are noticed, but for the description itself.
    """
    if len(sources) > 1 and rest:
        sources = [*sources, Source(id=make_identifier(name, {source.id for source in sources}))]
    *others, last = sources
    known = {evidence.file for evidence in last.license.evidence}
    evidence = (*last.license.evidence, *(found for found in license_evidence(rest) if found.file not in known))
    seen = {
        "files": (*last.files, *rest),
        "folders": last.folders or (".",),
        "ignore": tuple(dict.fromkeys((*last.ignore, *IGNORED_AT_ROOT, *map(escape, about)))),
        "license": last.license.model_copy(update={"evidence": evidence}),
    }
    return [*others, last.model_copy(update=seen)]
