"""What pictures, recordings and films say about themselves, and what becomes of those that are wrong."""

import json
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from PIL import Image, PngImagePlugin

from corpus_audit.corpus.records import RECORD_TEXTS
from corpus_audit.measure.detection.scan import Scanner
from corpus_audit.measure.media import libraries, measuring
from corpus_audit.measure.media.measuring import MediaMeasurer, measure_media
from corpus_audit.vocabulary import DefectCode, FileFormat, MediaState, Modality
from unit.media_files import XMP, bomb, encode, measure, melody, picture, said, save
from unit.record_reading import read

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "c2pa"
AIGC = json.dumps({"AIGC": {"Label": "2", "ContentProducer": "x", "ProduceID": "1"}})
SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
DMI = "http://ns.useplus.org/ldf/vocab/DMI-"


@pytest.mark.parametrize(
    ("properties", "statement"),
    [
        (f"<TC260:AIGC>{AIGC}</TC260:AIGC>", ("aigc-label", "Label 2", "possibly-generated")),
        ('<TC260:AIGC>{"Label": "AIGC"}</TC260:AIGC>', ("aigc-label", "does not conform", "not-conforming")),
        (f"<e:DigitalSourceType>{SOURCE_TYPE}trainedAlgorithmicMedia</e:DigitalSourceType>",
         ("digital-source-type", "trainedAlgorithmicMedia", "generated")),
        (f"<e:DigitalSourceType>{SOURCE_TYPE}digitalCapture</e:DigitalSourceType>",
         ("digital-source-type", "digitalCapture", "not-generated")),
        ("<e:DigitalSourceType>Jane Doe's camera</e:DigitalSourceType>", ("digital-source-type", "other", "stated")),
        (f"<plus:DataMining>{DMI}PROHIBITED-AIMLTRAINING</plus:DataMining>",
         ("data-mining", "DMI-PROHIBITED-AIMLTRAINING", "reserved")),
        (f"<plus:DataMining>{DMI}PROHIBITED-SEECONSTRAINT</plus:DataMining>",
         ("data-mining", "DMI-PROHIBITED-SEECONSTRAINT", "constrained")),
        ('<cc:license rdf:resource="https://creativecommons.org/licenses/by-nc/4.0/"/>',
         ("license", "CC-BY-NC-4.0", "stated")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_xmp_in_pictures(properties, statement, kind):
    packet = XMP.format(properties).encode()
    if kind == "PNG":
        chunks = PngImagePlugin.PngInfo()
        chunks.add_itxt("XML:com.adobe.xmp", packet.decode(), zip=True)
        content = save(picture(), kind, pnginfo=chunks)
    else:
        content = save(picture(), kind, xmp=packet)
    assert said(measure(content)) == {("xmp", *statement)}


@pytest.mark.parametrize("hostile", ["<!DOCTYPE a [<!ENTITY b 'c'>]>", "<unclosed>"])
def test_xmp_that_is_hostile_or_broken_says_nothing(hostile):
    packet = hostile.encode() + XMP.format("<plus:DataMining>DMI-PROHIBITED</plus:DataMining><a>&b;</a>").encode()
    assert said(measure(save(picture(), xmp=packet))) <= {("xmp", "data-mining", "DMI-PROHIBITED", "reserved")}


@pytest.mark.parametrize(("keyword", "kind"), [("parameters", "generator-data"), ("AIGC", "aigc-label")])
def test_text_chunks_of_png(keyword, kind):
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text(keyword, AIGC)
    ((carrier, found, _value, meaning),) = said(measure(save(picture(), "PNG", pnginfo=chunks)))
    assert (carrier, found) == ("png-text", kind)
    assert meaning in ("generated", "possibly-generated")


@pytest.mark.parametrize(
    ("kind", "codec", "options"),
    [
        ("mp3", "libmp3lame", {}),
        ("flac", "flac", {}),
        ("mp4", "aac", {"movflags": "use_metadata_tags"}),
    ],
)
def test_tags_of_recordings(kind, codec, options):
    content = encode(melody(1, 1.0), kind, codec, {"AIGC": AIGC}, options=options)
    facts = measure(content, Modality.AUDIO)
    assert said(facts) == {("tags", "aigc-label", "Label 2", "possibly-generated")}
    assert facts.seconds == pytest.approx(1.0, abs=0.2)


def test_exif_holds_personal_information_and_its_values_stay_out_of_sight():
    exif = Image.Exif()
    exif[0x013B] = "Jane Doe"
    exif.get_ifd(0x8769)[0xA430] = "Jane Doe"
    exif.get_ifd(0x8825).update({1: "N", 2: (57.0, 1.0, 2.0), 3: "E", 4: (11.0, 3.0, 4.0)})
    content = save(picture(), exif=exif)
    assert [p.entity_type for p in measure(content).personal] == ["PERSON", "GPS_COORDINATES"]
    measured = MediaMeasurer(b"key", Scanner(b"key")).measure(_batch(content))
    shown = str(measured.spans.drop_columns(["keyed_hash"]).to_pylist()) + repr(measure(content))
    assert measured.spans["masked"].to_pylist() == ["J***", "***"]
    assert "Jane" not in shown
    assert "57" not in shown


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs the shared samples")
@pytest.mark.parametrize(
    ("file", "meanings"),
    [
        ("A.jpg", set()),
        ("C.jpg", {"intact", "generated"}),
        ("C_with_CAWG_data.jpg", {"intact", "reserved", "stated", "not-generated"}),
        ("E-sig-CA.jpg", {"broken"}),
        ("XCA.jpg", {"broken"}),
        ("sample1_signed.wav", {"intact", "reserved", "stated"}),
        ("sample_c2pa.png", {"intact", "reserved", "stated"}),
        ("video1.mp4", {"intact"}),
    ],
)
def test_content_credentials(file, meanings):
    facts = measure((SAMPLES / file).read_bytes())
    assert {meaning for carrier, _, _, meaning in said(facts) if carrier == "c2pa"} == meanings
    assert (facts.state, facts.problems) == (MediaState.MEASURED, [])


@pytest.mark.parametrize(
    ("content", "state", "code", "place"),
    [
        (save(picture())[:4000], MediaState.DAMAGED, DefectCode.DAMAGED, "pixels"),
        (b"\xff\xd8\xff and then nothing of the kind", MediaState.DAMAGED, DefectCode.DAMAGED, ""),
        (bomb(60_000), MediaState.TOO_LARGE, DefectCode.LIMIT_EXCEEDED, ""),
        (bomb(13_000), MediaState.TOO_LARGE, DefectCode.LIMIT_EXCEEDED, ""),
        (b"RIFF\x10\0\0\0WAVEfmt nonsense", MediaState.DAMAGED, DefectCode.DAMAGED, ""),
    ],
)
def test_what_is_wrong_with_a_file_is_a_problem_with_its_place(content, state, code, place):
    facts = measure(content)
    assert facts.state == state
    assert [(problem.code, problem.place) for problem in facts.problems] == [(code, place)]


def test_a_recording_that_breaks_off_says_when():
    whole = encode(melody(1, 6.0), "flac", "flac")
    facts = measure(whole[: len(whole) // 2])
    assert facts.state == MediaState.DAMAGED
    assert 2 < float(facts.problems[0].place.removeprefix("after ").removesuffix(" s")) < 4
    assert facts.speech == "not-recorded"


@pytest.mark.parametrize(
    "content", [b"\xff\xd8\xff", b"ID3", b"\0\0\0\x18ftypmp42", b"GIF89a", b"fLaC", b"OggS", b"II*\0"]
)
def test_the_mere_beginning_of_a_file_breaks_nothing(content):
    assert measure(content).state == MediaState.DAMAGED


@pytest.mark.parametrize(
    ("name", "content", "detail"),
    [
        ("a.jpg", save(picture(), "PNG"), "its name says JPEG, its bytes are PNG"),
        ("a.png", b"<html>not found</html>", "its bytes are not those of a known kind of image"),
        ("a.wav", encode(melody(1, 0.5)), "its name says WAV, its bytes are MP3"),
    ],
)
def test_a_name_that_says_another_kind_is_a_defect(tmp_path, name, content, detail):
    (tmp_path / name).write_bytes(content)
    kind = FileFormat.AUDIO if name.endswith("wav") else FileFormat.IMAGE
    (record,), (defect,) = read(tmp_path / name, kind)
    assert (defect.code, defect.detail) == (DefectCode.MISLABELLED, detail)
    assert (record["modality"], record["content"], record["text"]) == (kind.value, content, None)


def test_checks_whose_libraries_are_missing_are_named(monkeypatch):
    for name in ("cv2", "c2pa"):
        monkeypatch.setitem(sys.modules, name, None)
    caches = (libraries.checks_to_run, libraries.checks_not_run, libraries._is_there)
    try:
        for cached in caches:
            cached.cache_clear()
        measured = MediaMeasurer(b"key", Scanner(b"key")).measure(_batch(save(picture())))
        assert measured.media["checks_not_run"].to_pylist() == [["content-credentials", "faces"]]
        assert measured.media["faces"].to_pylist() == [None]
        assert measured.media["state"].to_pylist() == ["measured"]
    finally:
        monkeypatch.undo()
        for cached in caches:
            cached.cache_clear()


def _batch(content: bytes) -> pa.RecordBatch:
    row = {"record_id": "f:0", "source_id": "s", "file": "a.jpg", "row": 0, "modality": "image", "content": content}
    return pa.RecordBatch.from_pylist([row], schema=RECORD_TEXTS)


@pytest.mark.parametrize("failure", [OSError("seek"), RuntimeError("lost"), MemoryError()])
def test_whatever_a_parser_raises_is_a_defect_of_its_file(monkeypatch, failure):
    def fail(*_):
        raise failure

    monkeypatch.setitem(measuring._STEPS, Modality.AUDIO, fail)
    facts = measure_media(Modality.AUDIO, pa.py_buffer(b"ID3\4\0\0\0\0\0\0" + bytes(100)))
    assert facts.state == MediaState.DAMAGED
    assert [problem.code for problem in facts.problems] == [DefectCode.DAMAGED]
