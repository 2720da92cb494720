import pyarrow as pa
import pytest

from corpus_audit.measure.prose.gates import KEYWORD_GATE, MANUAL_GATE, SOURCE_GATE
from corpus_audit.measure.prose.sampling import sample_positions


def test_a_position_depends_on_seed_and_identifier_alone():
    ids = pa.array([f"file:{row}" for row in range(4000)])
    positions = sample_positions(ids, 7)
    assert 900 < (positions < 0.25).sum() < 1100
    assert positions.min() >= 0
    assert positions.max() < 1
    assert (sample_positions(ids.slice(100), 7) == positions[100:]).all()
    assert (sample_positions(ids, 8) != positions).all()


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
