"""Whatever the text, the scanner answers, and its answers do not depend on how the text came."""

import random
import re

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_audit.measure import text_windows
from corpus_audit.measure.detection.code_windows import find_code_windows
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.digit_windows import find_digit_windows
from corpus_audit.measure.detection.international import eastern_cards
from corpus_audit.measure.detection.scan import Scanner

pytestmark = pytest.mark.usefixtures("everything_compiled")

SCANNER = Scanner(b"key")

VALUES = (
    "zoe@posteo.de", "4929834911424945", "4929 8349 1142 4945", "GB29NWBK60161331926819", "11010519491231002X",
    "手机13812345678", "SSN: 536-90-4399", "BSN 111222333", "207.155.150.156", "+44 20 8366 1177", "tel: 622 2141",
    "住址：北京市海淀区中关村大街27号", "DOB 1987-02-28", "postgres://app:x9Kq2LmW@db.host.com", "CC BY-SA 4.0",
    "Copyright 2019 Zoe Li", "SPDX-License-Identifier: MIT", "车牌京A12345", "-----BEGIN RSA PRIVATE KEY-----",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1LTE3In0.", "AIGC:\n  Label: '1'",
)  # fmt: skip
FRAGMENTS = (*VALUES, *'@:-. \n07aé中。="\0', "://", "4929", "\\n", "x" * 70)

texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))


@settings(deadline=None)
@given(st.lists(st.none() | texts, max_size=6))
def test_spans_lie_in_their_records_sorted_and_masked(records):
    rows = SCANNER.scan(pa.array(records, pa.large_string())).to_pylist()
    keys = [(row["index"], row["start_byte"], row["end_byte"], row["entity_type"]) for row in rows]
    assert keys == sorted(set(keys))
    for row in rows:
        content = records[row["index"]].encode()
        assert 0 <= row["start_byte"] < row["end_byte"] <= len(content)
        value = content[row["start_byte"] : row["end_byte"]].decode()
        assert row["kind"] in ("notice", "ai_label", "opt_out") or value not in row["masked"]
        assert 0 < row["score"] <= 1


@settings(deadline=None)
@given(st.lists(texts, min_size=1, max_size=5))
def test_a_record_is_scanned_as_if_it_were_alone(records):
    together = SCANNER.scan(pa.array(records)).drop_columns(["index"]).to_pylist()
    alone = [row for text in records for row in SCANNER.scan(pa.array([text])).drop_columns(["index"]).to_pylist()]
    assert together == alone


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_long_record_has_the_same_spans_however_it_is_cut(seed):
    chooser = random.Random(seed)
    text = "".join(chooser.choice(FRAGMENTS) + " " * chooser.choice((1, 3, 60)) for _ in range(600))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_windows, "PIECE_BYTES", 5000)
        cut = SCANNER.scan(pa.array([text]))
    assert cut.equals(SCANNER.scan(pa.array([text])))


PROMISING = [
    (detector.entity_type, proposal)
    for detector in DETECTORS
    for proposal in detector.proposals
    # What an IBAN of one country holds in letters, or an IPv6 address by chance, may leave too few digits.
    if proposal.near_digits and detector.entity_type not in ("IBAN_CODE", "IP_ADDRESS")
]


def _texts_with(extent):
    """Return texts that hold what matches: in ASCII, or only that, where letters of another script belong to it."""
    if extent in (proposal.extent for detector in eastern_cards.DETECTORS for proposal in detector.proposals):
        return st.from_regex(extent, fullmatch=True)
    return st.from_regex(extent.pattern.decode(), alphabet=st.characters(max_codepoint=126)).map(str.encode)


@pytest.mark.parametrize(
    "proposal", [p for _, p in PROMISING], ids=[f"{name}-{i}" for i, (name, _) in enumerate(PROMISING)]
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_what_promises_digits_lies_in_a_digit_window(proposal, data):
    value = data.draw(_texts_with(proposal.extent))
    matches = [match.span() for match in proposal.extent.finditer(value)]
    content = memoryview(b" " * 99 + value + b" " * 99)
    bounds = np.array([0]), np.array([len(content)])
    starts, ends, counts = find_digit_windows(content, *bounds)
    windows = list(zip(starts[: counts[-1]], ends[: counts[-1]], strict=True))
    for start, end in matches:
        assert any(first <= start + 99 and end + 99 <= last for first, last in windows)


CODES = [
    (detector.entity_type, proposal) for detector in DETECTORS for proposal in detector.proposals if proposal.near_code
]


@pytest.mark.parametrize("proposal", [p for _, p in CODES], ids=[f"{name}-{i}" for i, (name, _) in enumerate(CODES)])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_promises_a_sign_of_a_code_lies_in_a_code_window(proposal, data):
    match = data.draw(st.from_regex(re.compile(proposal.anchor.encode()), fullmatch=True))
    before = data.draw(st.integers(0, 99))
    content = memoryview(b" " * before + match + b" " * 99)
    starts, ends, counts = find_code_windows(content, np.array([0]), np.array([len(content)]))
    first, last = before, before + len(match)
    windows = zip(starts[: counts[-1]], ends[: counts[-1]], strict=True)
    # With the byte on either side, so that a word begins and ends in the window where it does in the text.
    assert any(start <= max(0, first - 1) and last + 1 <= end for start, end in windows)
