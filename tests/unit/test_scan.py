import tracemalloc
from dataclasses import dataclass, replace

import pyarrow as pa
import pytest

from corpus_audit.measure import text_windows
from corpus_audit.measure.detection import anchors, confirming, spans
from corpus_audit.measure.detection.detector import Candidate, Detector, Match, mask_all_but_first, propose
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.digit_windows import find_digit_windows
from corpus_audit.measure.detection.international import email_address
from corpus_audit.measure.detection.scan import Scanner, kept_scanner
from corpus_audit.measure.detection.spans import SCHEMA
from corpus_audit.measure.detection.validation import find_candidate
from corpus_audit.schemas import SPANS
from corpus_audit.vocabulary import SpanKind

MAIL = "zoe@posteo.de"
SCANNER = Scanner(b"key")


def word_detector(entity_type: str, shape: str, score: float, kind: SpanKind = SpanKind.SECRET) -> Detector:
    def confirm(candidate: Candidate) -> Match:
        return Match(candidate.value, score, "shape")

    return Detector(kind, entity_type, (propose(shape),), confirm, mask_all_but_first)


@dataclass
class Work:
    """What the scanner does for a text: the bytes that are matched where digits are dense, and those around hits."""

    in_windows: int = 0
    around_hits: int = 0
    candidates: int = 0


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    done = Work()

    def counted_windows(*given):
        starts, ends, counts = find_digit_windows(*given)
        done.in_windows += int((ends - starts)[: counts[-1]].sum())
        return starts, ends, counts

    def counted_candidate(record, anchor_end, proposal, seen_until=0):
        low = max(0, seen_until, anchor_end - proposal.before)
        done.around_hits += min(len(record), anchor_end + proposal.after) - low
        found = find_candidate(record, anchor_end, proposal, seen_until)
        done.candidates += found is not None
        return found

    monkeypatch.setattr(anchors, "find_digit_windows", counted_windows)
    monkeypatch.setattr(confirming, "find_candidate", counted_candidate)
    return done


def places(table: pa.Table) -> list[tuple[int, int, int]]:
    return [(row["index"], row["start_byte"], row["end_byte"]) for row in table.to_pylist()]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_every_array_layout_gives_places_in_the_record(kind):
    texts = pa.array(["not seen " + MAIL, None, "", "é " + MAIL, "nothing", MAIL + " " + MAIL], kind)
    expected = [(2, 3, 16), (4, 0, 13), (4, 14, 27)]
    assert places(SCANNER.scan(texts.slice(1))) == expected
    assert places(SCANNER.scan(pa.array(texts.to_pylist()[1:], kind))) == expected


@pytest.mark.parametrize(
    "texts", [pa.array([], pa.string()), pa.array([None, None], pa.string()), pa.array(["", ""]), pa.array(["x"])]
)
def test_texts_without_spans_give_an_empty_table(texts):
    assert SCANNER.scan(texts).equals(SCHEMA.empty_table())


def test_columns_are_those_of_the_spans_table():
    schema = SCANNER.scan(pa.array([MAIL])).schema
    assert schema.names == [
        "index",
        *(name for name in SPANS.schema.names if name not in ("record_id", "source_id", "field")),
    ]
    assert all(schema.field(name).type == SPANS.schema.field(name).type for name in schema.names[1:])


def test_a_value_never_spans_two_records():
    assert places(SCANNER.scan(pa.array(["zoe@pos", "teo.de", "zoe", "@posteo.de"]))) == []


def test_other_arrays_are_refused_without_showing_their_content():
    with pytest.raises(TypeError, match="int64"):
        SCANNER.scan(pa.array([4111111111111111]))


def test_a_span_on_a_window_border_is_found_once():
    for shift in range(-20, 8):
        text = " " * (text_windows.PIECE_BYTES + shift) + MAIL + " " * text_windows.PIECE_BYTES
        start = text_windows.PIECE_BYTES + shift
        assert places(SCANNER.scan(pa.array([text]))) == [(0, start, start + len(MAIL))]


def test_keyed_hash_depends_on_the_key_and_the_value_alone():
    one, other = ([*Scanner(key).scan(pa.array([MAIL, "x " + MAIL]))["keyed_hash"].to_pylist()] for key in (b"a", b"b"))
    assert one[0] == one[1]
    assert one[0] != other[0]
    assert len(one[0]) == 16


def test_of_overlapping_values_the_surer_then_the_longer_stays():
    low, high = word_detector("LOW", r"\bab\b", 0.5), word_detector("HIGH", r"\bab cd\b", 0.9)
    longer = word_detector("LONGER", r"\bcd ef gh\b", 0.5)
    table = Scanner(b"key", (low, high, longer)).scan(pa.array(["ab cd ef gh", "ab", "cd ef gh ab cd"]))
    assert list(zip(table["index"].to_pylist(), table["entity_type"].to_pylist(), strict=True)) == [
        (0, "HIGH"),
        (1, "LOW"),
        (2, "LONGER"),
        (2, "HIGH"),
    ]


def test_a_notice_and_a_value_in_it_both_stay():
    notice = word_detector("COPYRIGHT", r"\bby [a-z@.]+\b", 0.9, SpanKind.NOTICE)
    table = Scanner(b"key", (email_address.DETECTOR, notice)).scan(pa.array(["by " + MAIL]))
    assert table["entity_type"].to_pylist() == ["COPYRIGHT", "EMAIL_ADDRESS"]


def test_a_scanner_gives_the_same_table_again():
    scanner, texts = Scanner(b"key"), pa.array([MAIL, "x " * 99 + MAIL] * 9)
    assert scanner.scan(texts).equals(scanner.scan(texts))


@pytest.mark.slow
def test_work_grows_with_hits_and_python_memory_does_not(monkeypatch, work):
    monkeypatch.setattr(text_windows, "PIECE_BYTES", 50_000)
    monkeypatch.setattr(text_windows, "_PIECES_A_GROUP", 1)
    monkeypatch.setattr(spans, "_ROWS_PER_CHUNK", 1000)
    scanner, done, peaks = Scanner(b"key"), [], []
    for count in (5_000, 40_000):
        texts = pa.array(["zoé@posteo.de " * count])
        before = replace(work)
        tracemalloc.start()
        assert len(scanner.scan(texts)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        done.append((work.around_hits - before.around_hits, work.candidates - before.candidates))
    # What crosses a cut between pieces is seen from both sides, and the longer text has more cuts.
    assert all(more < 10 * few for few, more in zip(*done, strict=True))
    assert peaks[1] < 2 * peaks[0]


@pytest.mark.parametrize(
    "fragment",
    [
        "4929 ",
        "a@b.c@",
        "12-",
        "eyJaaaaaaaaaaaaaaa.",
        "-----BEGIN PRIVATE KEY-----",
        "AIGC:{",
        ";Password=abcdefg",
        "住址：",
    ],
)
def test_near_matches_without_end_take_linear_work(fragment, work):
    done = []
    for size in (20_000, 160_000):
        before = replace(work)
        SCANNER.scan(pa.array([fragment * (size // len(fragment.encode()))]))
        done.append([getattr(work, name) - getattr(before, name) for name in vars(work)])
    few, more = done
    assert max(few) > 0
    # Eightfold, and some more where the shorter text is hardly longer than what is looked at around one hit.
    assert all(eightfold <= 16 * once for once, eightfold in zip(few, more, strict=True)), (few, more)


def test_no_value_is_in_the_repr_of_what_detectors_pass_around():
    candidate = Candidate(b"4111111111111111", 0, 16, b"4111111111111111")
    confirmed = Match(b"4111111111111111", 1.0, "checksum")
    assert "4111" not in repr((candidate, confirmed))


def test_a_kept_scanner_is_that_of_the_key_and_the_detectors():
    texts = pa.array(["Write to ann@example.org."])
    for key, detectors in ((b"a", DETECTORS), (b"b", DETECTORS), (b"b", DETECTORS[:3]), (b"a", DETECTORS)):
        kept = kept_scanner(key, detectors)
        assert kept_scanner(bytes(key), tuple(detectors)) is kept
        assert kept.scan(texts).equals(Scanner(key, detectors).scan(texts))
