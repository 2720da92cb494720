import numpy as np
import pyarrow as pa
import pytest

from corpus_audit.measure.prose.gates import KEYWORD_GATE, MANUAL_GATE, SOURCE_GATE
from corpus_audit.measure.prose.sampling import SourceSampler, records_per_source, sample_positions


def test_a_position_depends_on_seed_and_identifier_alone():
    ids = pa.array([f"file:{row}" for row in range(4000)])
    positions = sample_positions(ids, 7)
    assert 900 < (positions < 0.25).sum() < 1100
    assert positions.min() >= 0
    assert positions.max() < 1
    assert (sample_positions(ids.slice(100), 7) == positions[100:]).all()
    assert (sample_positions(ids, 8) != positions).all()


@pytest.mark.parametrize("batch", [1, 7, 60])
def test_the_first_of_each_source_are_kept_however_they_come(batch):
    sources = np.array([f"source-{number % 3}" for number in range(60)] + ["small"] * 2)
    positions = sample_positions(pa.array([f"record-{number}" for number in range(62)]), 1)
    sampler, admitted = SourceSampler(5), np.zeros(62, bool)
    for first in range(0, 62, batch):
        part = slice(first, first + batch)
        admitted[part] = sampler.admit(pa.array(sources[part]), positions[part])
    chosen = np.flatnonzero(admitted)
    kept = chosen[sampler.keeps(pa.array(sources[chosen]), positions[chosen])]
    wanted = [
        sorted(np.flatnonzero(sources == name), key=lambda row: positions[row])[:5] for name in np.unique(sources)
    ]
    assert sorted(kept) == sorted(np.concatenate(wanted))


@pytest.mark.parametrize(("sources", "sampled"), [(0, 8_192), (1, 8_192), (4, 2_048), (174, 100)])
def test_a_sample_is_spread_over_the_sources(sources, sampled):
    assert records_per_source(sources, in_all=10_000, least=100) == sampled


@pytest.mark.parametrize(
    ("gate", "records", "sample", "most_rejected"),
    [
        (SOURCE_GATE, 200, 20, 1),
        (MANUAL_GATE, 100_000, 4000, 160),
        (MANUAL_GATE, 50, 50, 2),
        (KEYWORD_GATE, 1005, 101, 2),
    ],
)
def test_gates(gate, records, sample, most_rejected):
    assert gate.sample_size(records) == sample
    assert gate.judge(records, sample, most_rejected) == "holds"
    assert gate.judge(records, sample, most_rejected + 1) == "fails"
    assert gate.judge(records, sample - 1, 0) == "too-few"
    assert gate.judge(records, 0, 0) == "not-recorded"
