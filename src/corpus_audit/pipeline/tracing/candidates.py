"""The records that may hold a text, by the passage indexes of a store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from corpus_audit import schemas
from corpus_audit.measure.fingerprints.token_places import PlacedTokens, place_tokens
from corpus_audit.passages.alignment import AskedText
from corpus_audit.passages.index_file import FILE_NAME, Guarantee, IndexRecipe, open_index
from corpus_audit.passages.lookup import find_postings
from corpus_audit.pipeline.tracing.audits import TracedShard

RECORD_COLUMNS = (
    "record_id", "source_id", "file", "row", "size_bytes", "content_sha256", "declared_license", "url", "subject_ids",
)  # fmt: skip
"""What is read of the records table of a shard."""


@dataclass(frozen=True)
class TraceCandidate:
    """A record that the index names: its facts, the shard it is in, and how many of the text's shingles led to it."""

    shard: TracedShard
    record: Mapping[str, Any]
    shingles: int

    @property
    def sha256(self) -> str:
        """The sha256 of the record's text, in hex."""
        digest: bytes = self.record["content_sha256"]
        return digest.hex()


@dataclass(frozen=True)
class CandidateList:
    """The likeliest records for a text, how many more there are, and how long passages are that are never missed."""

    found: tuple[TraceCandidate, ...]
    left: int
    guaranteed: Guarantee


@dataclass
class AskedShingles:
    """The shingles of a text, made once for each way that indexes were made."""

    text: bytes
    tokens: dict[str, PlacedTokens] = field(default_factory=dict)
    shingles: dict[tuple[str, int], NDArray[np.uint64]] = field(default_factory=dict)

    def of(self, recipe: IndexRecipe) -> NDArray[np.uint64]:
        """Return the distinct shingles, made as an index's were."""
        key = recipe.tokenizer, recipe.shingle_size
        if key not in self.shingles:
            if recipe.tokenizer not in self.tokens:
                self.tokens[recipe.tokenizer] = place_tokens(self.text, recipe.tokenizer)
            self.shingles[key] = np.unique(AskedText(self.tokens[recipe.tokenizer], recipe.shingle_size).shingles)
        return self.shingles[key]


def find_candidates(
    shards: Sequence[TracedShard], shingles_for: Callable[[IndexRecipe], NDArray[np.uint64]], most: int
) -> CandidateList:
    """Return the *most* likeliest records for some shingles, given as each index has them: those that most lead to."""
    guaranteed = Guarantee(0, 0)
    rows = [np.zeros((0, 3), np.int64)]
    for number, shard in enumerate(shards):
        index = open_index(shard.index_path) if shard.has_index else None
        if index is None:
            continue
        guaranteed = max(guaranteed, index.recipe.guaranteed)
        postings = find_postings(index, shingles_for(index.recipe))
        if postings.records.size:
            records, counts = np.unique(postings.records, return_counts=True)
            rows.append(np.column_stack([np.full(records.size, number), records, counts]))
    every = np.concatenate(rows)
    likeliest = every[np.lexsort((every[:, 1], every[:, 0], -every[:, 2]))][:most]
    return CandidateList(tuple(_read(shards, likeliest)), len(every) - len(likeliest), guaranteed)


def _read(shards: Sequence[TracedShard], rows: NDArray[np.int64]) -> list[TraceCandidate]:
    """Return candidates with the facts of their records, in the order of *rows*: shard, record, shingles."""
    facts: dict[tuple[int, int], Mapping[str, Any]] = {}
    for number in np.unique(rows[:, 0]).tolist():
        shards[number].path(FILE_NAME)  # raises where the index that led here was changed
        wanted = np.sort(rows[rows[:, 0] == number, 1])
        found = read_rows(shards[number], wanted)
        facts |= {(number, row): fact for row, fact in zip(wanted.tolist(), found.to_pylist(), strict=True)}
    return [TraceCandidate(shards[number], facts[number, row], count) for number, row, count in rows.tolist()]


def read_rows(shard: TracedShard, rows: NDArray[np.int64]) -> pa.Table:
    """Return some rows, ascending, of a shard's records; only the row groups that hold them are read."""
    with pq.ParquetFile(shard.path(f"{schemas.RECORDS.name}.parquet")) as file:
        sizes = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
        bounds = np.concatenate([[0], np.cumsum(sizes)])
        groups = np.searchsorted(bounds, rows, side="right") - 1
        pieces = [
            file.read_row_group(group, columns=list(RECORD_COLUMNS)).take(
                pa.array(rows[groups == group] - bounds[group])
            )
            for group in np.unique(groups).tolist()
        ]
    return pa.concat_tables(pieces)
