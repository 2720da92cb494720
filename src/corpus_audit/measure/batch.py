"""All measures of a batch of records, in one pass over its text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.config import Parameters
from corpus_audit.measure.detection.installed import detectors_in_use
from corpus_audit.measure.detection.scan import kept_scanner
from corpus_audit.measure.fingerprints.containment import ItemIndex, find_contained
from corpus_audit.measure.fingerprints.contents import hash_contents
from corpus_audit.measure.fingerprints.fingerprint import ChosenShingles, Fingerprints, fingerprint
from corpus_audit.measure.fingerprints.hash_filter import NOTHING
from corpus_audit.measure.media.aigc import read_carried_labels
from corpus_audit.measure.media.measuring import MediaMeasurer
from corpus_audit.measure.own_statements import read_own_statements
from corpus_audit.measure.prose.compressibility import compressed_shares
from corpus_audit.measure.prose.keywords import KeywordList, KeywordScanner
from corpus_audit.measure.prose.language import identify_languages
from corpus_audit.measure.prose.quality import measure_quality
from corpus_audit.measure.prose.sampling import Positions, sample_positions
from corpus_audit.measure.prose.writing import describe_writing
from corpus_audit.schemas import KEYWORD_HITS, RECORDS, REFERENCE_HITS, SPANS
from corpus_audit.vocabulary import Modality


@dataclass(frozen=True)
class Measured:
    """The facts of one batch, each in the schema of its table, and what its records choose for their passages."""

    records: pa.Table
    spans: pa.Table
    media: pa.Table
    labels: pa.Table
    opt_out_statements: pa.Table
    reference_hits: pa.Table
    keyword_hits: pa.Table
    defects: pa.Table
    passages: ChosenShingles


class BatchMeasurer:
    """Measures batches of schema RECORD_TEXTS; compiled patterns are kept from one batch to the next."""

    def __init__(
        self,
        parameters: Parameters,
        key: bytes,
        items: ItemIndex | None = None,
        keyword_lists: Sequence[KeywordList] = (),
    ) -> None:
        self._parameters = parameters
        self.scanner = kept_scanner(key, detectors_in_use(parameters.detectors_off))
        self._keywords = KeywordScanner(keyword_lists)
        self._media = MediaMeasurer(key, self.scanner)
        self._items = items

    def measure(self, batch: pa.RecordBatch) -> Measured:
        """Return what the batch's records are and hold; their text and content stay behind."""
        texts = batch["text"]
        prints = fingerprint(texts, self._parameters, self._items.watch if self._items else NOTHING)
        positions = sample_positions(batch["record_id"], self._parameters.sample_seed)
        described = _describe(texts) | {"sample_position": pa.array(positions)}
        media = self._media.measure(batch)
        return Measured(
            records=_records(batch, prints, described),
            spans=pa.concat_tables([_spans(batch, self.scanner.scan(texts)), media.spans]),
            media=media.media,
            labels=pa.concat_tables([media.labels, read_carried_labels(batch)]),
            opt_out_statements=read_own_statements(batch),
            reference_hits=self._reference_hits(batch, prints),
            keyword_hits=self._keyword_hits(batch, positions),
            defects=media.defects,
            passages=prints.chosen,
        )

    def _keyword_hits(self, batch: pa.RecordBatch, positions: Positions) -> pa.Table:
        if not self._keywords.has_words:
            return KEYWORD_HITS.empty()  # nothing is searched: do not copy what would be
        return self._keywords.scan(batch.filter(pa.array(positions < self._parameters.keyword_share)))

    def _reference_hits(self, batch: pa.RecordBatch, prints: Fingerprints) -> pa.Table:
        """Return what the texts contain that hold at least one of the shingles watched for."""
        suspects = np.flatnonzero(prints.watched)
        if self._items is None or not suspects.size:
            return REFERENCE_HITS.empty()
        found = find_contained(batch["text"].take(pa.array(suspects)), self._items, self._parameters)
        rows = pa.array(suspects).take(found["position"].combine_chunks())
        items = found["item"].combine_chunks()
        sizes = self._items.shingles[items.to_numpy()]
        columns = {name: found[name] for name in found.column_names} | {
            "record_id": batch["record_id"].take(rows),
            "source_id": batch["source_id"].take(rows),
            "reference": self._items.references.take(items),
            "item": self._items.names.take(items),
            "item_shingles": pa.array(sizes),
            "containment": pa.array(found["shared_shingles"].to_numpy() / sizes),
        }
        return pa.table({name: columns[name] for name in REFERENCE_HITS.schema.names}).cast(REFERENCE_HITS.schema)


def _describe(texts: pa.Array) -> dict[str, pa.ChunkedArray | pa.Array]:
    """Return how texts are written, in what language, and how well: columns by their names."""
    writing = describe_writing(texts)
    tables = (writing, identify_languages(texts), measure_quality(texts, writing["script"].combine_chunks()))
    columns = {name: table[name] for table in tables for name in table.schema.names}
    return columns | {"compressed_share": compressed_shares(texts)}


def _records(batch: pa.RecordBatch, prints: Fingerprints, described: dict[str, pa.Array]) -> pa.Table:
    hashes, sizes = _hash_records(batch)
    known = {name: batch[name] for name in batch.schema.names if name not in ("text", "content")} | described
    columns = known | {
        "modality": pc.fill_null(batch["modality"], Modality.TEXT.value),
        "size_bytes": sizes,
        "characters": prints.characters,
        "tokens": prints.tokens,
        "shingles": prints.shingles,
        "content_sha256": hashes,
        "signature": signature_lists(prints),
    }
    return pa.table({name: columns[name] for name in RECORDS.schema.names}).cast(RECORDS.schema)


def signature_lists(prints: Fingerprints) -> pa.ListArray:
    """Return signatures as lists, null where a text has no shingles, without a Python object a value."""
    has = prints.has_shingles
    num_perm = prints.signatures.shape[1]
    lengths = np.where(has, num_perm, 0)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    # As nearly always all have one: choosing would copy half a kilobyte for each text.
    kept = prints.signatures if has.all() else prints.signatures[has]
    values = pa.array(kept.reshape(-1))
    return pa.ListArray.from_arrays(pa.array(offsets), values, mask=pa.array(~has))


def _hash_records(batch: pa.RecordBatch) -> tuple[pa.Array, pa.Array]:
    """Return the sha256 of each record's text or content and its length, both in bytes."""
    of_texts = hash_contents(batch["text"])
    if batch["content"].null_count == batch.num_rows:
        return of_texts
    is_text = pc.is_valid(batch["text"])
    hashes, sizes = zip(of_texts, hash_contents(batch["content"]), strict=True)
    return pc.if_else(is_text, *hashes), pc.if_else(is_text, *sizes)


def _spans(batch: pa.RecordBatch, found: pa.Table) -> pa.Table:
    """Return the scanner's spans with the record and source they lie in."""
    index = found["index"]
    named = found.append_column("record_id", batch["record_id"].take(index.combine_chunks()))
    named = named.append_column("source_id", batch["source_id"].take(index.combine_chunks()))
    named = named.append_column("field", pa.repeat("", len(index)))
    return named.select(SPANS.schema.names).cast(SPANS.schema)
