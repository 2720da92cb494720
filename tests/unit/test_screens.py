"""Screens decide plain cases as the detectors do: nothing that a scan finds depends on them."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pyarrow as pa
import pytest

from corpus_audit.measure.detection import confirming
from corpus_audit.measure.detection.confirming import Confirmer
from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.scan import Scanner

SCREENED = tuple(d for d in DETECTORS if any(pattern.screen for pattern in d.proposals))

ADDRESSES = (
    "zoe@posteo.de", "Zoe.Meyer+list@mail.posteo.de", "noreply@posteo.de", "john.doe@posteo.de", "zoé@posteo.de",
    "_zoe_@posteo.de", "'zoe@posteo.de'", "zoe..meyer@posteo.de", ".zoe@posteo.de", "zoe.@posteo.de", "zoe@example.com",
    "zoe@posteo.de.", "zoe@posteo.de..", "zoe@posteo", "zoe@posteo.local", "zoe@posteo.de.local", "git@github.com",
    "a@b.de", "icon@2x.png", "pkg@1.2.3.dev", "zoe@-posteo.de", "zoe@posteo-.de", "zoe@posteo.photography",
    "zoe@post.123.de", "x" * 64 + "@posteo.de", "x" * 65 + "@posteo.de", "zoe@" + "y" * 63 + ".de",
    "zoe@" + "y" * 64 + ".de", "zoe@" + "a." * 9 + "de", "zoe@a.b.c.de@posteo.de", "%3Czoe@posteo.de",
)  # fmt: skip
HOSTS = (
    "84.17.33.9", "184.217.233.209", "10.0.0.7", "192.168.1.77", "8.8.8.8", "1.2.3.4", "40.41.42.43", "77.77.77.77",
    "11.22.33.44", "3.4.12.1", "300.1.2.3", "84.017.33.9", "84.17.33.0009", "84.17.33", "84.17.33.9.1", "127.0.0.1",
    "203.0.113.9", "198.51.100.40", "224.0.0.251", "255.255.255.0", "84.17..33.9",
)  # fmt: skip
AHEAD = (
    "", " ", "\n\t",
    "a ", "é", "1", "-", "_", ":", "f:", "/", "v", "v ", "Version: ", 'kernel="', "server ", "x = ", "x == ", ">= ",
    "§ ", "§", "Section ", "oid 1 ", "X.509 for ", "asn.1 ", "ip ", "http://", "http://ann:pw", "Message-ID: <", "<",
    "References: <a@b> <", "In-Reply-To: '", ">", "> ", "\\", "\\n", "user@", "=", "(", "mailto:", "x.", "..",
)  # fmt: skip
BEHIND = (
    "", " ", ".", ". ", "..", ".x", ".x ", ".7", ".in-addr.arpa", ":", ":80", ":80 ", ":a:", ":12345678", "/24", "/x",
    "-", "-b", "_", "_b", "*", "x", "@x", "@x.de", "é", "(", "()", ":/srv", ":~", ":repo.git", ">", "0", ",84.17.33.8",
)  # fmt: skip
SIGNS = "az09.@:-_/<>\"' =%~+\\é§*x(\n"


def unscreened(detector: Detector) -> Detector:
    return replace(detector, proposals=tuple(replace(pattern, screen=None) for pattern in detector.proposals))


def around_values() -> Iterator[str]:
    chance = random.Random(5)
    for ahead, value, behind in product(AHEAD, (*ADDRESSES, *HOSTS), BEHIND):
        if not (ahead and behind) or chance.random() < 0.03:
            yield ahead + value + behind


def made_up() -> Iterator[str]:
    chance = random.Random(7)
    for _ in range(2000):
        values = [chance.choice((*ADDRESSES, *HOSTS)) for _ in range(3)]
        yield "".join(value + "".join(chance.choices(SIGNS, k=chance.randrange(4))) for value in values)


@pytest.mark.parametrize("texts", [around_values, made_up])
def test_a_scan_finds_the_same_with_screens_and_without(texts):
    batch = pa.array(list(texts()))
    plain = Scanner(b"key", tuple(map(unscreened, SCREENED))).scan(batch)
    assert Scanner(b"key", SCREENED).scan(batch).equals(plain)
    assert plain.num_rows > 1000


def test_plain_values_need_no_candidate(monkeypatch):
    monkeypatch.setattr(confirming, "find_candidate", None)
    text = "From: Zoe <zoe@posteo.de>, 84.17.33.9 and 10.0.0.70.\n"
    assert Scanner(b"key", SCREENED).scan(pa.array([text * 20])).num_rows == 60


def test_a_record_in_two_pieces_is_screened_in_each(monkeypatch):
    monkeypatch.setattr("corpus_audit.measure.text_windows.PIECE_BYTES", 1000)
    batch = pa.array(["zoe@posteo.de 84.17.33.9 " * 100])
    assert Scanner(b"key", SCREENED).scan(batch).num_rows == 200


def test_a_host_that_two_pieces_read_is_found(monkeypatch):
    """It is the last hit of the piece before a cut, and the first of the piece behind, whose own it is."""
    monkeypatch.setattr("corpus_audit.measure.text_windows.PIECE_BYTES", 20_000)
    text = ("84.17.33.9 " * 20).ljust(20_010) + "84.17.33.77"
    spans = Scanner(b"key", SCREENED).scan(pa.array([text]))
    assert spans["start_byte"].to_pylist()[20:] == [20_010]


def test_few_hits_load_no_compiled_code(monkeypatch):
    monkeypatch.setattr(confirming, "_screened", None)
    assert Scanner(b"key", SCREENED).scan(pa.array(["zoe@posteo.de 84.17.33.9"])).num_rows == 2


def test_a_pattern_that_two_detectors_have_is_not_screened():
    other = replace(SCREENED[0], entity_type="OTHER")
    scanner = Scanner(b"key", (SCREENED[0], other))
    assert isinstance(scanner._confirmer, Confirmer)
    assert not scanner._confirmer._screens
