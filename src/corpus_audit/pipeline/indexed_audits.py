"""Earlier audits in the store's index of signatures: brought into it, looked up there, and opened where they share.

The index is believed as far as it was checked: its runs by their digests as they are read, its rows by the outputs that
they were made from. What is missing or damaged is made again from the audits.
"""

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.errors import StoreError
from corpus_audit.pipeline.context import RunContext, measured, open_engine
from corpus_audit.pipeline.deduplicate import index_folder as own_index_folder
from corpus_audit.pipeline.deduplicate import license_files, texts_of
from corpus_audit.pipeline.progress import share_of
from corpus_audit.store import SIGNATURES, AuditFolder, Store, in_use, sha256_of_stored
from corpus_audit.store.bucket import pull, updating
from corpus_audit.store.identity import read_identity

if TYPE_CHECKING:
    from corpus_audit.dedup.shared_records import AuditSide, SharedRecords
    from corpus_audit.dedup.signature_index import SignatureIndex
    from corpus_audit.dedup.store_index import IndexedAudit, Run, StoreIndex
    from corpus_audit.engine.exchange import Exchange

_ADDED_AT_ONCE = 64
_TRIES = 5
"""Times that the index is looked into again because another process changed it, or a run was damaged."""


@dataclass(frozen=True)
class Compared:
    """What an audit shares with earlier ones, and the ids of those whose signatures are damaged or missing."""

    shared: "SharedRecords"
    damaged: tuple[str, ...]


@contextmanager
def compared_audits(
    audit: AuditFolder, earlier: Sequence["IndexedAudit"], context: RunContext, work: Path
) -> Iterator[Compared]:
    """Yield what *audit* shares with earlier ones of the same settings; afterwards the audit is in the index itself."""
    from corpus_audit.dedup.earlier import compare_audits
    from corpus_audit.dedup.signature_index import SignatureIndex
    from corpus_audit.dedup.store_index import IndexedAudit, StoreIndex, index_folder
    from corpus_audit.dedup.store_index.runs import write_run

    store, parameters = audit.store, read_identity(audit).parameters
    index = StoreIndex(index_folder(store, parameters))
    own_folder, itself = work / "own", IndexedAudit(audit.audit_id, audit.outputs_digest("deduplicate"))
    own_folder.mkdir()
    own = write_run(own_folder, {itself: SignatureIndex(own_index_folder(audit))})
    damaged, matches, found = _look_up(index, own, earlier, store, work)
    with open_engine(context, work) as engine:
        shared = compare_audits(
            engine,
            _side(audit, context),
            matches,
            [other.audit_id for other in found],
            _EarlierAudits(store, {other.audit_id: other.sha256 for other in found}, context),
            parameters,
            work,
            workers=context.settings.workers,
            tell=share_of(context.advance),
        )
        yield Compared(shared, damaged)
    publishing = partial(updating, store, SIGNATURES)
    with publishing():
        if index.missing([itself]):
            index.publish(own)
    index.merge(publishing)


def forget_indexed(store: Path, is_gone: Callable[["IndexedAudit"], bool]) -> None:
    """Write the runs of all indexes anew without some audits."""
    with updating(store, SIGNATURES):
        for index in all_indexes(store):
            index.forget(is_gone)


def remove_indexed(run: Path) -> None:
    """Delete one run of an index."""
    from corpus_audit.dedup.store_index.index import remove_run

    remove_run(run)


def index_problems(store: Path) -> Iterator[str]:
    """Yield a sentence for each run of an index that is not as it was made, or not what its audits' signatures give."""
    pull(store, SIGNATURES)
    from corpus_audit.dedup.signature_index import SignatureIndex
    from corpus_audit.dedup.store_index.runs import differing_audits

    for index in all_indexes(store):
        yield from (problem for _, problem in index.unreadable())
        for run in index.runs():
            indexes = {
                audit: SignatureIndex(own_index_folder(AuditFolder(store / "audits" / audit.audit_id)))
                for audit in run.audits
                if is_current(store, audit)
            }
            try:
                for audit in differing_audits(run, indexes):
                    yield f"{run.folder} has other signatures of the audit '{audit.audit_id}' than this audit itself."
            except (StoreError, OSError) as error:
                yield str(error)


def all_indexes(store: Path) -> list["StoreIndex"]:
    """Return the indexes of a store, one for each settings of signatures that its audits have."""
    from corpus_audit.dedup.store_index import StoreIndex

    return [StoreIndex(folder) for folder in sorted((store / SIGNATURES).glob("[!.]*")) if folder.is_dir()]


def is_current(store: Path, indexed: "IndexedAudit") -> bool:
    """True if the store holds the audit, with the outputs that the index was made from."""
    try:
        return Store(store).open_audit(indexed.audit_id).outputs_digest("deduplicate") == indexed.sha256
    except StoreError:
        return False


def _look_up(
    index: "StoreIndex", own: "Run", earlier: Sequence["IndexedAudit"], store: Path, work: Path
) -> tuple[tuple[str, ...], "Exchange", list["IndexedAudit"]]:
    """Return the ids of damaged audits, the matches with the others, and these by their numbers."""
    from corpus_audit.dedup.store_index import find_matches
    from corpus_audit.dedup.store_index.rows import DamagedRowsError

    folder = work / "matches"
    for tries_left in reversed(range(_TRIES)):
        damaged = _complete(index, earlier, store)
        found = [other for other in earlier if other.audit_id not in damaged]
        try:
            numbers = {other: number for number, other in enumerate(found)}
            return damaged, find_matches(own, index.holding(found), numbers, folder), found
        except (DamagedRowsError, FileNotFoundError) as error:
            if not tries_left:
                message = f"{index.folder} cannot be read. Delete that folder and run the same command again."
                raise StoreError(message) from error
            if isinstance(error, DamagedRowsError):
                index.drop_damaged()
        shutil.rmtree(folder, ignore_errors=True)
    raise AssertionError


def _complete(index: "StoreIndex", earlier: Collection["IndexedAudit"], store: Path) -> tuple[str, ...]:
    """Bring audits into the index that are not in it, and return the ids of those that cannot be."""
    pull(store, SIGNATURES)
    return _add(index, index.missing(earlier), store)


def _add(index: "StoreIndex", missing: Sequence["IndexedAudit"], store: Path) -> tuple[str, ...]:
    from corpus_audit.dedup.signature_index import SignatureIndex

    damaged = []
    for first in range(0, len(missing), _ADDED_AT_ONCE):
        with ExitStack() as kept:
            sources = {}
            for other in missing[first : first + _ADDED_AT_ONCE]:
                folder = AuditFolder(store / "audits" / other.audit_id)
                kept.enter_context(in_use(folder.path))
                if _has_signatures(folder):
                    sources[other] = SignatureIndex(own_index_folder(folder))
                else:
                    damaged.append(other.audit_id)
            if sources:
                index.add(sources, partial(updating, store, SIGNATURES))
    return tuple(damaged)


def _has_signatures(audit: AuditFolder) -> bool:
    """True if all files of an audit's own index are as its marker says."""
    marker, folder = audit.marker("deduplicate"), own_index_folder(audit)
    outputs = {} if marker is None else marker.outputs
    names = [f"{folder.name}/{name}" for name in ("contents.parquet", "bands.parquet", "sketches.u8")]
    try:
        return all(sha256_of_stored(folder.parent / name) == outputs.get(name) for name in names)
    except StoreError:
        return False


@dataclass(frozen=True)
class _EarlierAudits:
    """Opens audits of a store, and keeps each from being deleted while it is open.

    Raises StoreError for one whose signatures are not those of *digests* any more.
    """

    store: Path
    digests: Mapping[str, str]
    context: RunContext

    @contextmanager
    def signatures(self, audit_id: str) -> Iterator["SignatureIndex"]:
        from corpus_audit.dedup.signature_index import SignatureIndex

        with self._opened(audit_id) as audit:
            yield SignatureIndex(own_index_folder(audit))

    @contextmanager
    def side(self, audit_id: str) -> Iterator["AuditSide"]:
        with self._opened(audit_id) as audit:
            yield _side(audit, self.context)

    @contextmanager
    def _opened(self, audit_id: str) -> Iterator[AuditFolder]:
        audit = AuditFolder(self.store / "audits" / audit_id)
        with in_use(audit.path):
            if audit.outputs_digest("deduplicate") != self.digests[audit_id]:
                message = f"The audit '{audit_id}' was made again meanwhile. Run the same command again."
                raise StoreError(message)
            yield audit


def _side(audit: AuditFolder, context: RunContext) -> "AuditSide":
    from corpus_audit.dedup.shared_records import AuditSide
    from corpus_audit.dedup.signature_index import SignatureIndex

    return AuditSide(
        index=SignatureIndex(own_index_folder(audit)),
        records=measured(audit, schemas.RECORDS),
        license_files=license_files(audit),
        read_texts=lambda files: _texts_still_there(audit, context, files),
    )


def _texts_still_there(audit: AuditFolder, context: RunContext, files: Collection[str]) -> Iterator[pa.RecordBatch]:
    """Return an audit's texts once more: none when its root is gone."""
    try:
        return texts_of(audit, context)(files)
    except StoreError:
        return iter(())
