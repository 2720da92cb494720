"""Base64 in texts is counted; what only looks long is not."""

import base64
import json
import random
from pathlib import Path

import pyarrow as pa
import pytest

from corpus_audit.corpus.encoded_contents import count_encoded, is_encoded
from corpus_audit.vocabulary import FileFormat, SkipReason, Unit
from unit.record_reading import read_all

BYTES = random.Random(1).randbytes(3000)
PACKED = base64.b64encode(BYTES).decode()
PROSE = "The tide turns at six, and the boats leave. "

ENCODED = {
    "alone": PACKED,
    "data URI": f"<img src='data:image/png;base64,{PACKED}'>",
    "in prose": PROSE * 100 + PACKED + PROSE * 100,
    "for addresses": base64.urlsafe_b64encode(BYTES).decode(),
    "mail": PROSE + "\r\n" + base64.encodebytes(BYTES).decode().replace("\n", "\r\n"),
    "notebook": json.dumps({"image/png": base64.encodebytes(BYTES).decode()}),
    "a text": base64.b64encode((PROSE + "Zoe: zoe@posteo.de ").encode() * 40).decode(),
}
PLAIN = {
    "short": PACKED[:1000],
    "prose": PROSE * 200,
    "hexadecimal": BYTES.hex(),
    "genes": "ACGT" * 1000,
    "gene lines": "\n".join(["ACGTTGCAAC" * 7] * 60),
    "names": "\n".join(f"Name{number}" for number in range(2000)),
    "lines of unequal length": "\n".join("aB3dE5gH7j" * (6 + number % 3) for number in range(60)),
    "Chinese": "潮水在六点转向" * 400,
    "spaces": " " * 5000,
}


@pytest.mark.parametrize("name", ENCODED)
def test_base64_is_found(name: str) -> None:
    assert count_encoded(pa.array([ENCODED[name], None, PROSE], pa.large_string())) == 1
    assert is_encoded(ENCODED[name].encode())


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_only_long_is_not(name: str) -> None:
    assert count_encoded(pa.array([PLAIN[name]], pa.large_string())) == 0
    assert not is_encoded(PLAIN[name].encode())


def test_values_are_counted_once_wherever_they_lie_in_an_array() -> None:
    texts = pa.array([PROSE * 30, ENCODED["alone"], ENCODED["in prose"] * 2, PACKED[:1100], None], pa.large_string())
    assert [count_encoded(texts), count_encoded(texts.slice(1)), count_encoded(texts.slice(2, 1))] == [3, 3, 1]
    hashes = pa.array([BYTES[at : at + 32].hex() for at in range(0, 2000, 32)] * 20, pa.large_string())
    assert count_encoded(hashes) == 0


def test_values_beside_each_other_are_no_run() -> None:
    long = "x" + " word" * 300
    assert count_encoded(pa.array([long + PACKED[:600], PACKED[600:1200] + long], pa.large_string())) == 0


def test_coverage_counts_texts_and_columns(tmp_path: Path) -> None:
    rows = [{"text": PROSE, "page": ENCODED["data URI"]}, {"text": ENCODED["mail"], "page": PROSE}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    _, coverage = read_all(tmp_path / "a.jsonl", FileFormat.JSONL, text_fields=["text"])
    assert [(row["unit"], row["reason"], row["count"]) for row in coverage.unread] == [
        (Unit.ENCODED, SkipReason.BASE64, 2)
    ]
    assert (coverage.counts["rows"], coverage.counts["rows_read"]) == (2, 2)
