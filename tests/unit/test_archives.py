"""Tar and zip: members that hold text are records, members that are a trick are refused."""

import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus import compression
from corpus_audit.corpus.compression import TooLargeError
from corpus_audit.corpus.formats import archive, html
from corpus_audit.corpus.formats import zip as zip_format
from corpus_audit.corpus.inputs import read_whole
from corpus_audit.schemas.license_statements import split_statements
from corpus_audit.vocabulary import DefectCode, FileFormat
from unit.record_reading import read, texts

MEMBERS = {
    "0001.txt": b"first",
    "0001.png": b"\x89PNG\r\n\x1a\n\0",
    "0001.bin": b"\0\1\2",
    "0001.json": b'[{"text": "a row"}, {"text": "another"}]',
    "deep/0002.txt": b"second",
    "deep/page.html": b"<title>T</title><p>shown</p>",
    "rows.jsonl.gz": gzip.compress(b'{"text": "one"}\n{"text": "two"}\n', mtime=0),
}


def make_tar(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def make_zip(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return packed.getvalue()


def as_parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def read_bytes(content: bytes, name: str, tmp_path: Path, **fields: Any) -> Any:
    (tmp_path / name).write_bytes(content)
    return read(tmp_path / name, FileFormat.ZIP if name.endswith(".zip") else FileFormat.TAR, **fields)


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.tar", make_tar),
        ("a.tar.gz", lambda members: make_tar(members, "w:gz")),
        ("a.txz", lambda members: lzma.compress(make_tar(members))),
        ("a.tar.zst", lambda members: pa.compress(make_tar(members), "zstd", asbytes=True)),
        ("a.zip", make_zip),
    ],
)
def test_members_that_hold_text_or_media_are_records(name: str, pack: Callable[..., bytes], tmp_path: Path) -> None:
    records, defects = read_bytes(pack(MEMBERS), name, tmp_path)
    assert list(texts(records).values()) == ["first", None, "a row", "another", "second", "T\n\nshown", "one", "two"]
    assert list(texts(records)) == list(range(8))
    assert [(record["member"], record["content"]) for record in records if record["modality"] == "image"] == [
        ("0001.png", MEMBERS["0001.png"])
    ]
    assert defects == []


@pytest.mark.parametrize(("name", "pack"), [("a.tar", make_tar), ("a.zip", make_zip)])
def test_fields_that_are_named_are_those_of_all_tables(name: str, pack: Callable[..., bytes], tmp_path: Path) -> None:
    members = {"a.csv": b"body,text\nlong prose of a body,t\n", "b.jsonl": b'{"text": "u", "body": "v"}\n'}
    records, defects = read_bytes(pack(members), name, tmp_path, text_fields=["text"])
    assert (texts(records), defects) == ({0: "t", 1: "u"}, [])


PROSE = [f"Sentence {number} of the harbour, which has not been written before." for number in range(300)]
TABLES = {
    "jsonl": ("a.jsonl", "".join(json.dumps({"body": text, "license": "CC-BY-NC-4.0"}) + "\n" for text in PROSE)),
    "csv": ("a.csv", "body,license\n" + "".join(f'"{text}",CC-BY-NC-4.0\n' for text in PROSE)),
    "json list": ("a.json", json.dumps([{"body": text, "license": "CC-BY-NC-4.0"} for text in PROSE])),
    "rows behind other values": (
        "a.json", json.dumps({"about": "x" * 70_000, "data": [{"body": t, "license": "CC-BY-NC-4.0"} for t in PROSE]})
    ),
    "parquet": ("a.parquet", pa.table({"body": PROSE, "license": ["CC-BY-NC-4.0"] * len(PROSE)})),
}  # fmt: skip


@pytest.mark.parametrize(("name", "pack"), [("a.tar", make_tar), ("a.zip", make_zip)])
@pytest.mark.parametrize("table", TABLES)
def test_tables_whose_fields_nobody_named_are_rows(
    table: str, name: str, pack: Callable[..., bytes], tmp_path: Path
) -> None:
    member, content = TABLES[table]
    packed = pack({member: content.encode() if isinstance(content, str) else as_parquet(content), "b.txt": b"last"})
    records, defects = read_bytes(packed, name, tmp_path)
    assert (list(texts(records).values()), defects) == ([*PROSE, "last"], [])
    assert [record["declared_license"] for record in records] == ["CC-BY-NC-4.0"] * len(PROSE) + [None]


def test_a_document_in_an_archive_is_one_text(tmp_path: Path) -> None:
    members = {"a.json": b'{"name": "x", "parts": [1, 2]}', "b.csv": b"year,count\n2019,5\n2020,6\n"}
    records, defects = read_bytes(make_zip(members), "a.zip", tmp_path)
    assert (list(texts(records).values()), defects) == ([content.decode() for content in members.values()], [])


@pytest.mark.parametrize(("name", "pack"), [("a.tar", make_tar), ("a.zip", make_zip)])
def test_a_damaged_member_costs_itself_only(name: str, pack: Callable[..., bytes], tmp_path: Path) -> None:
    members = {"a.jsonl": b'{"text": "good"}\n{bad\n', "b.parquet": b"PAR1 not", "c.txt": b"good too"}
    records, defects = read_bytes(pack(members), name, tmp_path, text_fields=["text"])
    assert list(texts(records).values()) == ["good", "good too"]
    assert [(d.code, d.place) for d in defects] == [
        (DefectCode.BAD_ROW, "a.jsonl row 1"),
        (DefectCode.FILE_UNREADABLE, "b.parquet after 0 rows"),
    ]


NAMES = ["../up.txt", "a/../../up.txt", "/etc/passwd", "C:/x.txt", "a\\b.txt", "turned\u202etxt.exe", "bell\x07.txt"]


@pytest.mark.parametrize("member", NAMES)
@pytest.mark.parametrize(("name", "pack"), [("a.tar", make_tar), ("a.zip", make_zip)])
def test_a_name_that_leads_elsewhere_is_refused(
    name: str, pack: Callable[..., bytes], member: str, tmp_path: Path
) -> None:
    records, (defect,) = read_bytes(pack({member: b"trick", "good.txt": b"good"}), name, tmp_path)
    assert list(texts(records).values()) == ["good"]
    assert defect.code is DefectCode.MEMBER_REFUSED
    assert not any(character in defect.place for character in "\x07\u202e")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar_are_refused(kind: bytes, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        info = tarfile.TarInfo("trick")
        info.type, info.linkname = kind, "/etc/passwd"
        tar.addfile(info)
    records, (defect,) = read_bytes(packed.getvalue(), "a.tar", tmp_path)
    assert (records, defect.code) == ([], DefectCode.MEMBER_REFUSED)


def test_links_in_a_zip_are_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        info = zipfile.ZipInfo("trick.txt")
        info.external_attr = 0o120777 << 16
        zipped.writestr(info, "/etc/passwd")
    records, (defect,) = read_bytes(packed.getvalue(), "a.zip", tmp_path)
    assert (records, defect.code, defect.detail) == ([], DefectCode.MEMBER_REFUSED, "it is a link")


@pytest.mark.parametrize(("name", "pack"), [("a.tar", make_tar), ("a.zip", make_zip)])
def test_an_archive_within_an_archive_is_not_opened(name: str, pack: Callable[..., bytes], tmp_path: Path) -> None:
    _, (defect,) = read_bytes(pack({"inner.zip": make_zip({"a.txt": b"x"})}), name, tmp_path)
    assert (defect.code, defect.place) == (DefectCode.MEMBER_REFUSED, "inner.zip")


@pytest.mark.parametrize(("name", "pack"), [("a.tar", make_tar), ("a.zip", make_zip)])
def test_too_many_members_are_not_read(
    name: str, pack: Callable[..., bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 5)
    monkeypatch.setattr(zip_format, "MAX_MEMBERS", 5)
    _, defects = read_bytes(pack({f"{n}.txt": b"x" for n in range(6)}), name, tmp_path)
    assert [defect.code for defect in defects] == [DefectCode.LIMIT_EXCEEDED]


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.tar.gz"])
def test_a_bomb_is_stopped(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "FREE_BYTES", 1 << 20)
    monkeypatch.setattr(compression, "MAX_RATIO", 10)
    members = {f"{number}.txt": b"0" * 500_000 for number in range(10)}
    content = make_zip(members) if name.endswith("zip") else make_tar(members, "w:gz")
    records, defects = read_bytes(content, name, tmp_path)
    assert len(records) < 5
    assert DefectCode.LIMIT_EXCEEDED in {defect.code for defect in defects}


def test_a_tar_header_that_would_fill_memory_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 1 << 40
    content = info.tobuf(tarfile.GNU_FORMAT) + b"\0" * 4096
    records, defects = read_bytes(content, "a.tar", tmp_path)
    assert records == []
    assert [defect.code for defect in defects] == [DefectCode.FILE_UNREADABLE]


def test_a_sparse_member_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("sparse.txt")
    info.type = tarfile.GNUTYPE_SPARSE
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[483:495] = b"%011o\0" % (1 << 32)
    header[148:156] = b"        "
    header[148:156] = b"%06o\0 " % sum(header)
    records, (defect,) = read_bytes(bytes(header) + b"\0" * 1024, "a.tar", tmp_path)
    assert (records, defect.code) == ([], DefectCode.MEMBER_REFUSED)


def test_a_zip_of_a_later_version_is_unreadable(tmp_path: Path) -> None:
    content = bytearray(make_zip({"a.txt": b"text"}))
    struct.pack_into("<H", content, content.index(b"PK\x01\x02") + 6, 99)
    records, (defect,) = read_bytes(bytes(content), "a.zip", tmp_path)
    assert (records, defect.code) == ([], DefectCode.FILE_UNREADABLE)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    content = bytearray(make_zip({"a.txt": b"secret"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(mark) + offset
        struct.pack_into("<H", content, place, struct.unpack_from("<H", content, place)[0] | 1)
    _, (defect,) = read_bytes(bytes(content), "a.zip", tmp_path)
    assert (defect.code, defect.detail) == (DefectCode.MEMBER_REFUSED, "it is encrypted")


@pytest.mark.parametrize("cut", [10, 700, -30])
@pytest.mark.parametrize(("name", "pack"), [("a.tar", make_tar), ("a.zip", make_zip)])
def test_an_archive_that_breaks_off_is_a_defect(
    name: str, pack: Callable[..., bytes], cut: int, tmp_path: Path
) -> None:
    words = " ".join(str(number * 7919 % 10_007) for number in range(300)).encode()
    content = pack({"a.txt": words, "b.txt": words[::-1]})
    _, defects = read_bytes(content[:cut], name, tmp_path)
    assert defects or (name == "a.tar" and cut == -30), "a tar may lack its last empty blocks"


# --- samples ----------------------------------------------------------------------------------------------------------

SAMPLES = {
    "s/0001.json": b'{"url": "https://e.org/1", "meta": {"rights": "MIT"}, "who": ["a", "b"], "caption": "one"}',
    "s/0001.txt": b"first",
    "s/0002.cls.txt": b"second",
    "s/0002.json": b'{"url": "https://e.org/2"}',
    "s/0003.txt": b"third",
    "s/0004.json": b"[1, 2]",
    "s/0004.txt": b"fourth",
}
SAID = {"url_field": "url", "license_field": "meta.rights", "subject_ids_field": "who"}


@pytest.mark.parametrize(("name", "pack"), [("a.tar", make_tar), ("a.zip", make_zip)])
def test_a_sample_is_described_by_its_json(name: str, pack: Callable[..., bytes], tmp_path: Path) -> None:
    records, defects = read_bytes(pack(SAMPLES), name, tmp_path, **SAID)
    assert [(r["text"], r["url"], r["declared_license"], r["subject_ids"]) for r in records] == [
        ("first", "https://e.org/1", "MIT", ["a", "b"]),
        ("second", "https://e.org/2", None, None),
        ("third", None, None, None),
        ("[1, 2]", None, None, None),
        ("fourth", None, None, None),
    ]
    assert [r["row"] for r in records] == [0, 1, 2, 3, 4]
    assert defects == []


def test_a_description_is_a_record_too_where_it_holds_the_text(tmp_path: Path) -> None:
    records, _ = read_bytes(make_tar(SAMPLES), "a.tar", tmp_path, text_fields=["caption"], **SAID)
    assert [(r["text"], r["url"]) for r in records[:2]] == [("one", "https://e.org/1"), ("first", "https://e.org/1")]


def test_a_sample_that_breaks_off_is_not_lost(tmp_path: Path) -> None:
    content = make_tar({"a.txt": b"kept", "b.txt": b"x" * 5000})
    records, defects = read_bytes(content[:3000], "a.tar", tmp_path, **SAID)
    assert (records[0]["text"], bool(defects)) == ("kept", True)


def test_many_small_bombs_are_stopped_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "FREE_BYTES", 1 << 20)
    monkeypatch.setattr(compression, "MAX_RATIO", 10)
    bombs = {f"{number}.txt.gz": gzip.compress(b"0" * 600_000) for number in range(5)}
    records, defects = read_bytes(make_tar(bombs), "a.tar", tmp_path)
    assert len(records) < 3
    assert [defect.code for defect in defects] == [DefectCode.LIMIT_EXCEEDED]


def test_a_member_too_large_for_its_format_costs_itself_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_PAGE_BYTES", 1000)
    members = {"a.html": b"<p>" + b"x" * 5000, "b.txt": b"good"}
    records, defects = read_bytes(make_tar(members), "a.tar", tmp_path)
    assert list(texts(records).values()) == ["good"]
    assert [(defect.code, defect.place) for defect in defects] == [(DefectCode.LIMIT_EXCEEDED, "a.html")]


@pytest.mark.parametrize("packed", [bytes, gzip.compress])
@pytest.mark.timeout(20)
def test_a_member_that_says_it_is_larger_than_the_archive_ends_it(
    packed: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.PAX_FORMAT) as tar:
        first = tarfile.TarInfo("a.txt")
        first.size = 4
        tar.addfile(first, io.BytesIO(b"kept"))
        info = tarfile.TarInfo("b.txt")
        info.pax_headers = {"size": str(1 << 62)}
        tar.addfile(info)
    records, defects = read_bytes(packed(whole.getvalue()), "a.tar", tmp_path)
    assert [record["text"] for record in records] == ["kept"]
    assert {defect.code for defect in defects} == {DefectCode.MEMBER_REFUSED, DefectCode.LIMIT_EXCEEDED}


@pytest.mark.parametrize("long", [{"name": "a" * (2 << 20)}, {"pax_headers": {"comment": "a" * (2 << 20)}}])
@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_header_that_is_read_into_memory_whole_is_bounded(long: dict[str, Any], form: int, tmp_path: Path) -> None:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=form) as tar:
        first = tarfile.TarInfo("a.txt")
        first.size = 4
        tar.addfile(first, io.BytesIO(b"kept"))
        info = tarfile.TarInfo("b.txt")
        for field, value in long.items():
            setattr(info, field, value)
        tar.addfile(info)
    records, defects = read_bytes(whole.getvalue(), "a.tar", tmp_path)
    assert [record["text"] for record in records] == ["kept"]
    is_written = form == tarfile.PAX_FORMAT or "name" in long  # the older format has no comments
    assert [defect.code for defect in defects] == [DefectCode.FILE_UNREADABLE] * is_written


def test_a_sample_states_its_license_without_a_manifest_that_says_where(tmp_path: Path) -> None:
    about = b'{"license": "CC-BY-NC-4.0", "url": "https://e.org/1.jpg", "caption": "a boat", "width": 8}'
    samples = {"000.jpg": b"\xff\xd8\xff\xe0", "000.json": about, "000.txt": b"a boat", "001.txt": b"a quay"}
    records, _ = read_bytes(make_tar(samples), "a.tar", tmp_path)
    found = {record["member"]: (record["declared_license"], record["url"]) for record in records}
    said = ("CC-BY-NC-4.0", "https://e.org/1.jpg")
    assert found == {"000.jpg": said, "000.json": said, "000.txt": said, "001.txt": (None, None)}


def test_members_are_recognised_by_their_content(tmp_path: Path) -> None:
    rows = "id;text\n1;Größe eins\n2;Größe zwei\n"
    members = {
        "packed": gzip.compress(b'{"text": "one"}\n{"text": "two"}\n'),
        "wide.csv": rows.encode("utf-16"),
        "inner": make_zip({"a.txt": b"never read"}),
    }
    records, (defect,) = read_bytes(make_tar(members), "a.tar", tmp_path, text_fields=["text"])
    assert [record["text"] for record in records] == ["one", "two", "Größe eins", "Größe zwei"]
    assert (defect.code, defect.place) == (DefectCode.MEMBER_REFUSED, "inner")


def test_a_member_of_its_own_states_the_license_of_its_sample(tmp_path: Path) -> None:
    members = {"1.json": b'{"url": "https://example.org/a"}', "1.license": b"CC-BY-NC-4.0\n", "1.txt": b"a"}
    members |= {"2.txt": b"b", "3.json": b'{"license": "MIT"}', "3.license": b"CC-BY-NC-4.0", "3.txt": b"c"}
    records, _ = read_bytes(make_tar(members), "a.tar", tmp_path)
    said = {record["text"]: (record["declared_license"], record["url"]) for record in records}
    assert said["a"] == ("CC-BY-NC-4.0", "https://example.org/a")
    assert said["b"] == (None, None)
    assert sorted(split_statements(said["c"][0] or "")) == [["CC-BY-NC-4.0"], ["MIT"]]


class Asked(io.BytesIO):
    """A stream that notes how much it was asked for at most."""

    most = 0

    def read(self, size: int | None = -1) -> bytes:
        self.most = max(self.most, size or 0)
        return super().read(size)


def test_little_is_set_aside_for_a_small_content() -> None:
    stream = Asked(b"small")
    assert read_whole(stream) == b"small"
    assert stream.most <= 4 * 2**20
    assert read_whole(Asked(bytes(9 * 2**20))) == bytes(9 * 2**20)
    with pytest.raises(TooLargeError):
        read_whole(Asked(bytes(5 * 2**20)), 4 * 2**20)
