"""Adding works to a store as a reference: read like a dataset, hashed, and discarded."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_audit.config import Parameters, Settings
from corpus_audit.corpus.entry import Defect
from corpus_audit.corpus.guarded_reading import read_guarded
from corpus_audit.corpus.limits import reading_limits
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.records import read_records
from corpus_audit.corpus.resolve import resolve_files
from corpus_audit.errors import StoreError
from corpus_audit.manifest.claims import claim_tables
from corpus_audit.manifest.draft import draft_manifest
from corpus_audit.manifest.model import Manifest
from corpus_audit.measure.batch import signature_lists
from corpus_audit.measure.fingerprints.contents import hash_contents
from corpus_audit.measure.fingerprints.fingerprint import fingerprint, shingle_hashes
from corpus_audit.references.reference_store import (
    KIND,
    TOO_SHORT,
    WORKS_SHA256,
    Reference,
    ReferenceStore,
    read_reference,
)
from corpus_audit.schemas import REFERENCE_ITEMS
from corpus_audit.store import locked_folder, sha256_of_json, write_table
from corpus_audit.vocabulary import FileFormat, ReferenceKind


@dataclass(frozen=True)
class AddedReference:
    """A reference just added, and what of the works given is not in it."""

    reference: Reference
    items_without_words: int = 0
    defects: Sequence[Defect] = field(default_factory=tuple)


def add_reference(
    store: Path,
    name: str,
    paths: Sequence[Path],
    kind: ReferenceKind | None = None,
    *,
    text_field: str | None = None,
    parameters: Parameters | None = None,
    settings: Settings | None = None,
) -> AddedReference:
    """Return a new reference made of files and folders, whose text is not kept.

    Each text file is an item, and each row of a table, with its text in *text_field* (by default what the field is
    usually called). A single file that is itself a reference of another store is taken over as it is.
    Raises StoreError when the name is taken, ManifestError when there is nothing to read.
    """
    shelf = ReferenceStore(store)
    place = shelf.path(name)
    shelf.refresh()
    if place.exists():
        message = f"There is a reference '{name}' already: remove it first, or choose another name."
        raise StoreError(message)
    place.parent.mkdir(parents=True, exist_ok=True)
    with locked_folder(place.parent / f".partial-{name}") as partial:
        written = partial / place.name
        shared = shared_reference(paths)
        if shared is not None:
            shutil.copyfile(shared.path, written)
            counted = NewItems()
            if kind not in (None, shared.kind):
                message = f"{shared.path} is a reference of kind {shared.kind}: leave --kind out."
                raise StoreError(message)
        else:
            works = Works(paths, kind or ReferenceKind.OTHER, text_field, parameters or Parameters())
            counted = works.hash_items(settings or Settings.from_environment())
            works.write(counted, written)
        with shelf.updating():
            written.rename(place)
    return AddedReference(shelf.open(name), counted.without_words, counted.defects)


def shared_reference(paths: Sequence[Path]) -> Reference | None:
    """Return the reference that the only path given is, or None."""
    if len(paths) != 1 or paths[0].suffix != ".parquet" or not paths[0].is_file():
        return None
    stored = pq.read_metadata(paths[0]).metadata or {}
    return read_reference(paths[0]) if KIND.encode() in stored else None


@dataclass
class NewItems:
    """Items as they are gathered, the same text once."""

    tables: list[pa.Table] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    without_words: int = 0

    def distinct(self) -> pa.Table:
        """Return the items by name, the same text under the first of its names."""
        items = pa.concat_tables([REFERENCE_ITEMS.empty(), *self.tables]).sort_by("item")
        positions = pa.array(range(len(items)), pa.int64())
        keyed = pa.table({"content": items["content_sha256"].cast(pa.binary()), "position": positions})
        grouped = keyed.group_by("content").aggregate([("position", "min"), ("position", "count")])
        grouped = grouped.sort_by("position_min")
        kept = items.take(grouped["position_min"])
        return kept.set_column(kept.schema.get_field_index("copies"), "copies", grouped["position_count"])


@dataclass(frozen=True)
class Works:
    """Files and folders that a reference is to be made of, as they are now; each is read as a dataset would be.

    Raises ManifestError when there is nothing to read.
    """

    paths: Sequence[Path]
    kind: ReferenceKind
    text_field: str | None
    parameters: Parameters

    @cached_property
    def _drafts(self) -> Sequence[Manifest]:
        return [draft_manifest(path) for path in self.paths]

    @cached_property
    def sha256(self) -> str:
        """One sha256 over everything that decides what the reference becomes."""
        files = [
            [path.name, [[file.path, file.sha256] for source in draft.sources for file in source.files]]
            for path, draft in zip(self.paths, self._drafts, strict=True)
        ]
        return sha256_of_json([files, self.kind, self.text_field, self.parameters.signature_settings()])

    def hash_items(self, settings: Settings) -> NewItems:
        """Return the items; raises StoreError when there is none."""
        gathered = NewItems()
        for path, draft in zip(self.paths, self._drafts, strict=True):
            for piece in _read(path, draft, self.text_field, self.parameters, settings):
                if isinstance(piece, Defect):
                    gathered.defects.append(piece)
                else:
                    items = _hash_batch(piece, self.parameters)
                    gathered.without_words += piece.num_rows - items.num_rows
                    gathered.tables.append(items)
        if not any(table.num_rows for table in gathered.tables):
            named = ", ".join(map(str, self.paths))
            message = f"{named}: no text with words in it was found, so there is nothing to refer to."
            raise StoreError(message)
        return gathered

    def write(self, gathered: NewItems, path: Path) -> None:
        """Write the reference."""
        items = gathered.distinct()
        too_short = pc.sum(pc.less(items["tokens"], self.parameters.shingle_size)).as_py() or 0
        described = {KIND: self.kind.value, TOO_SHORT: str(too_short), WORKS_SHA256: self.sha256}
        write_table(path, REFERENCE_ITEMS, items, self.parameters.signature_settings() | described)


def _read(
    path: Path, draft: Manifest, text_field: str | None, parameters: Parameters, settings: Settings
) -> Iterator[pa.RecordBatch | Defect]:
    """Yield the records of one file or folder as a dataset's would be read."""
    folder, limits = LocalFolder((path if path.is_dir() else path.parent).resolve()), reading_limits(parameters)
    claims = claim_tables(draft)
    files = claims.files
    if text_field is not None:
        named = pa.array([[text_field]] * files.num_rows, files.schema.field("text_fields").type)
        files = files.set_column(files.schema.get_field_index("text_fields"), "text_fields", named)
    resolution = resolve_files(
        folder,
        files,
        claims.folders.slice(0, 0),
        part_bytes=settings.shard_bytes,
        threads=settings.workers,
        advance=lambda _done: None,
        limits=limits,
    )
    readable = resolution.files.filter(pc.is_in(resolution.files["file_id"], resolution.parts["file_id"]))
    is_document = pc.equal(readable["format"], pa.scalar(FileFormat.TEXT))
    documents = readable.filter(is_document)["file"].combine_chunks()
    arguments = (folder, readable, settings.batch_bytes)
    pieces = read_guarded(read_records, *arguments, columns=("file", "row", "text"), limits=limits, address="")
    for piece in pieces:
        yield piece if isinstance(piece, Defect) else _with_names(piece, path, documents)


def _with_names(batch: pa.RecordBatch, path: Path, documents: pa.Array) -> pa.RecordBatch:
    """Return a batch whose *file* names the item: 'folder/file' or 'file', and ':row' in a file of several."""
    files = pc.binary_join_element_wise(f"{path.name}/" if path.is_dir() else "", batch["file"], "")
    rows = pc.binary_join_element_wise(files, batch["row"].cast(pa.string()), ":")
    is_alone = pc.and_(pc.is_in(batch["file"], documents), pc.equal(batch["row"], 0))
    named = pc.if_else(is_alone, files, rows)
    return batch.set_column(batch.schema.get_field_index("file"), "file", named)


def _hash_batch(batch: pa.RecordBatch, parameters: Parameters) -> pa.Table:
    """Return the items among some records, in schema REFERENCE_ITEMS; a record without words is none."""
    texts = batch["text"]
    prints = fingerprint(texts, parameters)
    offsets, hashes = shingle_hashes(texts, parameters)
    contents, sizes = hash_contents(texts)
    columns = {
        "item": batch["file"],
        "copies": pa.repeat(pa.scalar(1, pa.int64()), len(texts)),
        "size_bytes": sizes,
        "tokens": prints.tokens,
        "shingles": prints.shingles,
        "content_sha256": contents,
        "signature": signature_lists(prints),
        "shingle_hashes": pa.ListArray.from_arrays(pa.array(offsets.astype("int32")), pa.array(hashes)),
    }
    table = pa.table([pa.array(columns[f.name]).cast(f.type) for f in REFERENCE_ITEMS.schema], REFERENCE_ITEMS.schema)
    return table.filter(pa.array(prints.has_shingles))
