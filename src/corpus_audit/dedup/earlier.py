"""Copies of an audit's records in earlier audits, found in the stored signatures of all of them at once.

What is there byte for byte needs no text. Of the rest, those that collide in a band and look alike by their sketches
are read again on both sides, so that every pair is verified on the two texts as they were when they were audited. Only
audits that share a key are opened, each of them once for its candidates and once for its texts.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.dedup.bands import least_agreement
from corpus_audit.dedup.pairing import (
    CandidateFeatures,
    Pairs,
    check_packable,
    distinct,
    keep_plausible,
    unpack_pairs,
)
from corpus_audit.dedup.shared_records import AuditSide, SharedContents, SharedRecords, SharedRecordsWriter
from corpus_audit.dedup.shingle_file import ShingleFile, join_files, write_shingles
from corpus_audit.dedup.signature_index import SignatureIndex
from corpus_audit.dedup.store_index.matches import by_audit
from corpus_audit.dedup.verify import VerifiedPairs, verify_pairs
from corpus_audit.engine.base import Engine
from corpus_audit.engine.exchange import Exchange


class EarlierAudits(Protocol):
    """Earlier audits by their ids; one that is open is not deleted."""

    def signatures(self, audit_id: str) -> AbstractContextManager[SignatureIndex]:
        """Open what an audit keeps of its signatures."""
        ...

    def side(self, audit_id: str) -> AbstractContextManager[AuditSide]:
        """Open an audit with its records and texts."""
        ...


@dataclass(frozen=True)
class _Candidates:
    """What an audit may share, before texts are compared: pairs in files, so that no audit's are held for long."""

    audit_id: str
    exact: Path
    near: Path


def compare_audits(  # noqa: PLR0913 - options that are given by name
    engine: Engine,
    mine: AuditSide,
    matches: Exchange,
    audit_ids: Sequence[str],
    earlier: EarlierAudits,
    parameters: Parameters,
    workdir: Path,
    *,
    workers: int,
    tell: Callable[[int, int], None] = lambda _done, _steps: None,
) -> SharedRecords:
    """Return what an audit shares with earlier ones of the same signature settings, by records.

    *matches* are keys in common, *audit_ids* the audits by the numbers that are used there. The pairs come out of the
    engine as they are gone through. *tell* is called with the steps that are done, and their number.
    """
    found = [
        _find_candidates(audit_ids[number], rows, mine.index, earlier, parameters, workdir)
        for number, rows in by_audit(matches)
    ]
    matches.delete()
    wanted = _distinct_contents(found)
    tell(1, len(found) + 2)
    hashed = _hash_again(wanted, mine, parameters, workdir / "mine.u64", workers)
    tell(2, len(found) + 2)
    with SharedRecordsWriter(engine, mine, workdir) as shared:
        for done, candidates in enumerate(found, 3):
            with earlier.side(candidates.audit_id) as theirs:
                contents = _verify(candidates, hashed, theirs, parameters, workdir, workers)
                shared.add(candidates.audit_id, contents, theirs)
            tell(done, len(found) + 2)
    return shared.result()


def _find_candidates(
    audit_id: str,
    rows: pa.Table,
    mine: SignatureIndex,
    earlier: EarlierAudits,
    parameters: Parameters,
    workdir: Path,
) -> _Candidates:
    """Write the equal contents of another audit, and the pairs of others that might be near copies, ascending."""
    is_exact = rows["is_exact"].to_numpy()
    pairs = np.stack([rows["content"].to_numpy(), rows["other"].to_numpy()], axis=1)
    with earlier.signatures(audit_id) as theirs:
        exact = _equal(pairs[is_exact], mine, theirs)
        near = pairs[~is_exact]
        near = near[~np.isin(near[:, 0], exact[:, 0])]
        plausible = _plausible(near, mine, theirs, parameters)
    found = _Candidates(audit_id, workdir / f"{audit_id}.exact.npy", workdir / f"{audit_id}.near.npy")
    np.save(found.exact, exact)
    np.save(found.near, plausible)
    return found


def _equal(pairs: Pairs, mine: SignatureIndex, theirs: SignatureIndex) -> Pairs:
    """Return the pairs of the same bytes, ascending; what matched were 64 bits of their digests."""
    if not len(pairs):
        return pairs
    sides = []
    for column, index in enumerate((mine, theirs)):
        contents = np.unique(pairs[:, column])
        digests = index.take(contents)["content_sha256"].combine_chunks()
        sides.append(digests.take(pa.array(np.searchsorted(contents, pairs[:, column]))))
    found: Pairs = pairs[pc.equal(*sides).to_numpy(zero_copy_only=False)]
    ordered: Pairs = found[np.lexsort((found[:, 1], found[:, 0]))]
    return ordered


def _plausible(pairs: Pairs, mine: SignatureIndex, theirs: SignatureIndex, parameters: Parameters) -> Pairs:
    if not len(pairs):
        return pairs
    one, other = (CandidateFeatures(side.sketches(parameters.num_perm), side.shingles()) for side in (mine, theirs))
    check_packable(max(len(one.shingles), len(other.shingles)))
    ones, others = (np.ascontiguousarray(pairs[:, column]) for column in (0, 1))
    least = least_agreement(parameters.num_perm, parameters.jaccard_threshold)
    return unpack_pairs(distinct(keep_plausible(ones, others, one, other, least, parameters.jaccard_threshold)))


def _distinct_contents(found: Sequence[_Candidates]) -> NDArray[np.int64]:
    """Return this audit's contents that are in a pair to be verified, ascending."""
    wanted = np.empty(0, np.int64)
    for candidates in found:
        wanted = np.union1d(wanted, np.load(candidates.near)[:, 0])
    return wanted


def _verify(
    candidates: _Candidates,
    mine: ShingleFile,
    theirs: AuditSide,
    parameters: Parameters,
    workdir: Path,
    workers: int,
) -> SharedContents:
    """Return what is shared with one audit; pairs with a text that could not be read again are counted."""
    exact, near = np.load(candidates.exact), np.load(candidates.near)
    if not len(near):
        nothing = np.empty(0)
        return SharedContents(exact, VerifiedPairs(near, nothing, nothing, nothing), 0)
    other = _hash_again(np.unique(near[:, 1]), theirs, parameters, workdir / "theirs.u64", workers)
    size = mine.path.stat().st_size
    stored, shift = join_files(mine, other), np.array([0, len(mine.counts)])
    verified = verify_pairs(near + shift, stored, parameters.jaccard_threshold, workers)
    with mine.path.open("r+b") as file:
        file.truncate(size)
    unverified = int((stored.counts[near + shift] == 0).any(axis=1).sum())
    pairs = verified.pairs - shift
    measures = (verified.jaccard, verified.containment_a, verified.containment_b)
    return SharedContents(exact, VerifiedPairs(pairs, *measures), unverified)


def _hash_again(
    wanted: NDArray[np.int64], side: AuditSide, parameters: Parameters, path: Path, workers: int
) -> ShingleFile:
    rows = side.index.take(wanted)
    return write_shingles(
        wanted,
        rows["record_id"].combine_chunks(),
        side.index.shingles(),
        side.read_texts,
        parameters,
        path,
        workers,
        digests=rows["content_sha256"].combine_chunks(),
    )
