"""The output of ingest: claims as tables, checked files, people, snapshots, license texts.

Here manifest and corpus meet.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit import schemas
from corpus_audit.config import Settings
from corpus_audit.corpus.entry import Defect, defect_table
from corpus_audit.corpus.left_out import Accounted
from corpus_audit.corpus.locations import Location, StoredFile
from corpus_audit.corpus.locations.base import LocationError
from corpus_audit.corpus.locations.local import LocalFile, LocalFolder
from corpus_audit.corpus.resolve import Resolution, resolve_files
from corpus_audit.corpus.shards import SMALLER, balanced_size, plan_shards
from corpus_audit.corpus.snapshots import read_snapshots
from corpus_audit.engine.base import Engine
from corpus_audit.engine.memory import give_back
from corpus_audit.errors import ManifestError, RefusedPathError
from corpus_audit.guard import Limits
from corpus_audit.manifest.claims import Claims, claim_tables
from corpus_audit.manifest.conversion.listing import Folder, RemoteFolder
from corpus_audit.manifest.description_tables import description_tables, stored_documents
from corpus_audit.manifest.dump import stored_manifest
from corpus_audit.manifest.loaded import LoadedManifest, Received
from corpus_audit.manifest.model import Manifest
from corpus_audit.manifest.people import ClaimTable
from corpus_audit.manifest.people_tables import FoundTable, People, TableProblem, write_people
from corpus_audit.measure.masking import Masker, keyed_masker, mask_claims, path_masks, real_names
from corpus_audit.pipeline.shard_parts import GROUP_ROWS
from corpus_audit.rights.description_statements import read_license_statements
from corpus_audit.rights.license_evidence import read_license_texts
from corpus_audit.schemas import Table
from corpus_audit.store import (
    OWN_NAMES,
    TEMPORARY_NAMES,
    Store,
    sha256_of_bytes,
    write_bytes,
    write_pieces,
    write_table,
)
from corpus_audit.vocabulary import CLAIMS_SOURCE, DefectCode, FileState

_CHUNK = 1 << 20

_OF_FILES = (schemas.CLAIMED_FILES, schemas.FILES, schemas.PARTS)

_NOT_THERE: Mapping[str, str] = {
    FileState.MISSING: "is not there",
    FileState.REFUSED: "leads out of the root",
    FileState.UNREADABLE: "cannot be opened",
}


def folder_described(location: Location) -> Folder:
    """Return a location as the folder that a manifest describes."""
    if isinstance(location, LocalFolder):
        return location.root

    def list_files() -> list[str] | None:
        try:
            return [found.path for found in location.walk(".") if found.is_file]
        except LocationError:
            return None

    return RemoteFolder(location.address, cache(list_files))


def write_claims_and_files(
    folder: Path,
    take: Callable[[], LoadedManifest],
    location: Location,
    settings: Settings,
    advance: Callable[[int], None],
    open_engine: Callable[[], Engine],
    limits: Limits,
    store: Path,
) -> None:
    """Write everything the later stages read of a manifest and of the files in *location* into *folder*.

    *take* hands the manifest over: once its claims are tables nothing should hold its files, of which there may be
    millions. *limits* are what a file may use while it is looked at. Raises ManifestError when a table that the
    manifest names cannot be used.
    """
    loaded = take()
    described = description_tables(loaded)
    for stored, document in stored_documents(loaded).items():
        write_bytes(folder / stored, document.content)
    license_statements = read_license_statements(loaded)
    is_accounted = _accounted(loaded, location, store)
    manifest = loaded.manifest
    del loaded  # and with it the bytes of all documents
    write_pieces(folder / "manifest.json", stored_manifest(manifest))
    claims = claim_tables(manifest)
    manifest = _with_evidence_only(manifest)
    give_back()
    with ThreadPoolExecutor(1) as beside:
        license_texts = beside.submit(read_license_texts, manifest.sources, location, limits)
        resolution = resolve_files(
            location,
            claims.files,
            claims.folders,
            part_bytes=max(1, settings.shard_bytes // SMALLER),
            threads=settings.workers,
            advance=advance,
            limits=limits,
            is_accounted=is_accounted,
        )
    with TemporaryDirectory(prefix=".fetched-", dir=folder) as fetched:
        people = _people(manifest, claims, resolution, location, Path(fetched))
        problems = write_people(folder, people, open_engine, limits)
    tables = {
        **described,
        schemas.CLAIMED_DATASET: claims.dataset,
        schemas.CLAIMED_SOURCES: claims.sources,
        schemas.CLAIMED_FILES: claims.files,
        schemas.CLAIMED_FOLDERS: claims.folders,
        schemas.CLAIMED_MODELS: claims.models,
        schemas.CLAIMED_OPT_OUTS: read_snapshots(location, claims.opt_outs),
        schemas.LICENSE_TEXTS: license_texts.result(),
        schemas.LICENSE_STATEMENTS: license_statements,
        schemas.CLAIMED_DISCLOSURE: claims.disclosure,
        schemas.CLAIMED_SOURCE_DISCLOSURES: claims.source_disclosures,
        schemas.CLAIMED_TRAINED_MODELS: claims.trained_models,
        schemas.FILES: resolution.files,
        schemas.LEFT_OUT: resolution.left_out,
        schemas.PARTS: _plan(resolution.parts, settings),
        schemas.DEFECTS: pa.concat_tables([defect_table(map(_as_defect, problems)), resolution.defects]),
    }
    del claims, resolution
    _write_masked(folder, tables, keyed_masker(lambda: Store(store).key()))


def _write_masked(folder: Path, tables: dict[Table, pa.Table], masker: Masker) -> None:
    """Write tables as they may be stored; they are taken one by one, so that memory is free soon."""
    # The same million paths are in each of these, and looking at one takes longer than reading it.
    paths = path_masks(masker, [tables[table] for table in _OF_FILES])
    tables[schemas.REAL_NAMES] = real_names(paths, tables[schemas.CLAIMED_FILES])
    for table in tuple(tables):
        masked = mask_claims(masker, table, tables.pop(table), paths if table in _OF_FILES else None)
        write_table(folder / f"{table.name}.parquet", table, _groups(masked))


def _groups(data: pa.Table) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a table in groups of GROUP_ROWS, of which only one is there twice at a time."""
    for first in range(0, data.num_rows, GROUP_ROWS):
        yield from data.slice(first, GROUP_ROWS).combine_chunks().to_batches()


def _with_evidence_only(manifest: Manifest) -> Manifest:
    """Return a manifest with what is read of it after its claims are tables: no files, few sources."""
    kept = (source.model_copy(update={"files": ()}) for source in manifest.sources if source.license.evidence)
    return manifest.model_copy(update={"sources": tuple(kept)})


def _plan(parts: pa.Table, settings: Settings) -> pa.Table:
    total = pc.sum(parts["size_bytes"]).as_py() or 0
    size = balanced_size(total, settings.workers, settings.shard_bytes)
    return plan_shards(parts, size, settings.max_shards)


def _accounted(loaded: LoadedManifest, location: Location, store: Path) -> Accounted:
    """Return a test for paths that no source declares and that are no data: descriptions read as such, the store."""
    documents = {found.name for found in loaded.documents if _is_there(found, location)}
    is_own = _store_matcher(location, store)
    return lambda path: path in documents or is_own(path)


def _is_there(document: Received, location: Location) -> bool:
    """True if a document lies at its path below the root as well, with the bytes that were read."""
    try:
        file = location.find(document.name)
        if file.size_bytes != len(document.content):
            return False
        with file.stream(0, file.size_bytes) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256_of_bytes(document.content)
    except (OSError, RefusedPathError):
        return False


def _store_matcher(location: Location, store: Path) -> Accounted:
    """Return a test for paths below the root that this program itself wrote into its store."""
    if not isinstance(location, LocalFolder) or not store.resolve().is_relative_to(location.root.resolve()):
        return lambda _path: False
    steps = store.resolve().relative_to(location.root.resolve()).parts

    def is_own(path: str) -> bool:
        found = PurePosixPath(path).parts
        if found[: len(steps)] != steps or len(found) == len(steps):
            return False
        name = found[len(steps)]
        return name in OWN_NAMES or name.startswith(TEMPORARY_NAMES)

    return is_own


def _people(manifest: Manifest, claims: Claims, resolution: Resolution, location: Location, fetched: Path) -> People:
    def find(declared: ClaimTable | None) -> FoundTable | None:
        return None if declared is None else _find(declared, resolution, location, fetched)

    return People(
        subjects=claims.subjects,
        authorisations=claims.authorisations,
        subjects_table=find(manifest.subjects_table),
        authorisations_table=find(manifest.authorisations_table),
    )


def _find(declared: ClaimTable, resolution: Resolution, location: Location, fetched: Path) -> FoundTable:
    is_it = pc.and_(
        pc.equal(resolution.files["source_id"], CLAIMS_SOURCE), pc.equal(resolution.files["file"], declared.path)
    )
    (state,) = resolution.files.filter(is_it)["state"].to_pylist()
    if state in _NOT_THERE:
        message = f"The table {declared.path} {_NOT_THERE[state]}: without it, the people in the data are unknown."
        raise ManifestError(message)
    file = location.find(declared.path)
    return FoundTable(declared, file.path if isinstance(file, LocalFile) else _fetch(file, fetched))


def _fetch(file: StoredFile, folder: Path) -> Path:
    """Return a copy of a table in *folder*: it is read more than once."""
    copy = folder / sha256_of_bytes(file.name.encode())
    with file.stream(0, file.size_bytes) as stream, copy.open("wb") as target:
        shutil.copyfileobj(stream, target, _CHUNK)
    return copy


def _as_defect(problem: TableProblem) -> Defect:
    return Defect(CLAIMS_SOURCE, problem.file, DefectCode.BAD_CLAIM, f"column {problem.column}", problem.detail)
