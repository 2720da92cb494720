"""Measures of sampled records only, because of their cost: language, compressibility, quality."""

import pyarrow as pa

from corpus_audit.measure.prose.language import identify_languages
from corpus_audit.measure.prose.quality import measure_quality
from corpus_audit.measure.prose.sampling import Positions, SourceSampler
from corpus_audit.measure.prose.writing import compressed_shares
from corpus_audit.schemas import SAMPLES


class SampleMeasurer:
    """Measures the first records of each source in the order of sampling, whichever batch they come in."""

    def __init__(self, most_per_source: int) -> None:
        self._sampler = SourceSampler(most_per_source)
        self._measured = [SAMPLES.empty()]

    def add(self, batch: pa.RecordBatch, positions: Positions, scripts: pa.Array) -> None:
        """Measure the batch's records (schema RECORD_TEXTS) that are, so far, among the first of their source."""
        chosen = pa.array(self._sampler.admit(batch["source_id"], positions))
        texts, scripts = batch["text"].filter(chosen), scripts.filter(chosen)
        languages, quality = identify_languages(texts), measure_quality(texts, scripts)
        columns = {
            "record_id": batch["record_id"].filter(chosen),
            "source_id": batch["source_id"].filter(chosen),
            "sample_position": pa.array(positions).filter(chosen),
            "compressed_share": compressed_shares(texts),
            **{name: table[name] for table in (languages, quality) for name in table.schema.names},
        }
        self._measured.append(pa.table({name: columns[name] for name in SAMPLES.schema.names}).cast(SAMPLES.schema))

    def table(self) -> pa.Table:
        """Return the sample of everything added (schema SAMPLES), sorted by source and position."""
        measured = pa.concat_tables(self._measured).combine_chunks()
        kept = self._sampler.keeps(measured["source_id"], measured["sample_position"].to_numpy())
        return measured.filter(pa.array(kept)).sort_by([("source_id", "ascending"), ("sample_position", "ascending")])
