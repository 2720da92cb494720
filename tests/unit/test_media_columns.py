"""Pictures and recordings in Parquet and Arrow, as the datasets library writes them, and tables that are damaged."""

import base64
import io
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytest.importorskip("datasets")
Image = pytest.importorskip("PIL.Image")

from datasets import Audio, Dataset, Features, List, Value, Video  # noqa: E402
from datasets import Image as ImageFeature  # noqa: E402
from datasets.table import embed_table_storage  # noqa: E402

from corpus_audit.corpus.coverage import PartCoverage  # noqa: E402
from corpus_audit.corpus.entry import Defect  # noqa: E402
from corpus_audit.corpus.locations.local import LocalFolder  # noqa: E402
from corpus_audit.corpus.recognise import recognise_file  # noqa: E402
from corpus_audit.corpus.records import read_corpus  # noqa: E402
from corpus_audit.schemas import FILES  # noqa: E402
from corpus_audit.vocabulary import ColumnRole, DefectCode, FileFormat, FileState, SkipReason, Unit  # noqa: E402
from unit.record_reading import read, texts  # noqa: E402

COLOURS = [(255, 0, 0), (0, 128, 0), (0, 0, 255)]


def picture(colour: tuple[int, int, int], kind: str = "PNG") -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", (16, 16), colour).save(sink, kind)
    return sink.getvalue()


def recording(seconds: int = 1) -> bytes:
    sink = io.BytesIO()
    with wave.open(sink, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\1" * 8000 * seconds)
    return sink.getvalue()


PICTURES = [picture(colour) for colour in COLOURS]
CAPTIONED = Features({"image": ImageFeature(), "caption": Value("string"), "license": Value("string")})


def as_cells(contents: list[bytes]) -> list[dict[str, Any]]:
    return [{"bytes": content, "path": f"{number}.png"} for number, content in enumerate(contents)]


def captioned() -> Dataset:
    rows = {"image": as_cells(PICTURES), "caption": ["red", None, "blue"], "license": ["MIT", "MIT", "CC0-1.0"]}
    return Dataset.from_dict(rows, features=CAPTIONED)


def in_parquet(data: Dataset, folder: Path) -> Path:
    data.to_parquet(str(folder / "a.parquet"))
    return folder / "a.parquet"


def saved_to_disk(data: Dataset, folder: Path) -> Path:
    data.save_to_disk(str(folder / "saved"))
    return folder / "saved" / "data-00000-of-00001.arrow"


every_writer = pytest.mark.parametrize("write", [in_parquet, saved_to_disk])
Write = Callable[[Dataset, Path], Path]


def read_all(path: Path, *text_fields: str, **fields: Any) -> tuple[list[dict[str, Any]], list[Defect]]:
    kind = recognise_file(LocalFolder(path.parent).find(path.name)).format
    return read(path, kind, text_fields=list(text_fields), **fields)


def coverage_of(path: Path, *text_fields: str) -> PartCoverage:
    kind = recognise_file(LocalFolder(path.parent).find(path.name)).format
    file = {
        "file_id": "f", "source_id": "s", "file": path.name, "format": kind, "text_fields": list(text_fields),
        "observed_size_bytes": path.stat().st_size, "state": FileState.VERIFIED,
    }  # fmt: skip
    files = pa.Table.from_pylist([file], schema=FILES.schema)
    (found,) = (p for p in read_corpus(LocalFolder(path.parent), files, 1 << 20) if isinstance(p, PartCoverage))
    return found


def media(records: list[dict[str, Any]]) -> list[tuple[int, str, str, bytes]]:
    return [(r["row"], r["member"], r["modality"], r["content"]) for r in records if r["modality"]]


@every_writer
def test_pictures_are_records_beside_their_captions(write: Write, tmp_path: Path) -> None:
    records, defects = read_all(write(captioned(), tmp_path), "caption", license_field="license")
    assert texts([r for r in records if r["text"] is not None]) == {0: "red", 2: "blue"}
    assert media(records) == [(row, "image", "image", PICTURES[row]) for row in range(3)]
    assert [r["declared_license"] for r in records if r["modality"]] == ["MIT", "MIT", "CC0-1.0"]
    assert len({r["record_id"] for r in records}) == 5
    assert defects == []


@every_writer
def test_coverage_counts_rows_once_and_each_picture(write: Write, tmp_path: Path) -> None:
    found = coverage_of(write(captioned(), tmp_path), "caption")
    assert {name: found.counts[name] for name in ("rows", "rows_read", "members", "members_read")} == {
        "rows": 3, "rows_read": 3, "members": 3, "members_read": 3,
    }  # fmt: skip
    assert {row["column_name"]: row["role"] for row in found.columns} == {
        "/image/bytes": ColumnRole.MEDIA,
        "/image/path": ColumnRole.SCANNED,
        "caption": ColumnRole.TEXT,
        "license": ColumnRole.METADATA,
    }


@every_writer
def test_pictures_alone_are_read_rows(write: Write, tmp_path: Path) -> None:
    data = Dataset.from_dict({"image": as_cells(PICTURES)}, features=Features({"image": ImageFeature()}))
    path = write(data, tmp_path)
    records, defects = read_all(path, "text")
    assert ([content for *_, content in media(records)], defects) == (PICTURES, [])
    counts = coverage_of(path, "text").counts
    assert (counts["rows"], counts["rows_read"]) == (3, 3)


@every_writer
def test_lists_of_pictures_are_records_each(write: Write, tmp_path: Path) -> None:
    pages = [as_cells(PICTURES[:2]), [], as_cells(PICTURES)]
    features = Features({"pages": List(ImageFeature()), "text": Value("string")})
    data = Dataset.from_dict({"pages": pages, "text": ["a", "b", "c"]}, features=features)
    records, defects = read_all(write(data, tmp_path), "text")
    assert texts([r for r in records if r["text"] is not None]) == {0: "a", 1: "b", 2: "c"}
    places = [(row, member) for row, member, *_ in media(records)]
    assert places == [(0, "pages/0"), (0, "pages/1"), (2, "pages/0"), (2, "pages/1"), (2, "pages/2")]
    assert [r["record_id"].split(":")[1:] for r in records if r["modality"]] == [
        ["0", "1"], ["0", "2"], ["2", "1"], ["2", "2"], ["2", "3"],
    ]  # fmt: skip
    assert defects == []


@pytest.mark.parametrize(("feature", "modality"), [(Audio(), "audio"), (Video(), "video")])
@every_writer
def test_recordings_and_films_are_records(feature: Any, modality: str, write: Write, tmp_path: Path) -> None:
    content = recording() if modality == "audio" else b"\0\0\0\x18ftypisom" + bytes(64)
    storage = pa.table({"clip": [{"bytes": content, "path": "a"}], "text": ["said"]})
    data = Dataset.from_dict({"text": ["said"]})
    features = Features({"clip": feature, "text": Value("string")})
    data = Dataset(storage.cast(features.arrow_schema), info=data.info.__class__(features=features))
    records, defects = read_all(write(data, tmp_path), "text")
    assert (media(records), defects) == ([(0, "clip", modality, content)], [])


def test_pictures_that_lie_elsewhere_are_counted(tmp_path: Path) -> None:
    for number, content in enumerate(PICTURES):
        (tmp_path / f"{number}.png").write_bytes(content)
    paths = [str(tmp_path / f"{number}.png") for number in range(3)]
    features = Features({"image": ImageFeature(), "caption": Value("string")})
    data = Dataset.from_dict({"image": paths, "caption": ["a", "b", "c"]}, features=features)
    table = data.data.table.cast(features.arrow_schema)
    pq.write_table(table, tmp_path / "elsewhere.parquet")
    pq.write_table(embed_table_storage(table), tmp_path / "embedded.parquet")
    found = coverage_of(tmp_path / "elsewhere.parquet", "caption")
    assert (found.counts["rows_read"], found.counts["members"], found.counts["members_read"]) == (3, 3, 0)
    assert {(row["unit"], row["reason"], row["count"]) for row in found.unread} == {
        (Unit.MEMBER, SkipReason.EXTERNAL, 3)
    }
    assert [content for *_, content in media(read_all(tmp_path / "embedded.parquet", "caption")[0])] == PICTURES


def test_structs_and_binary_columns_need_no_metadata(tmp_path: Path) -> None:
    table = pa.table({"jpg": [picture(c, "JPEG") for c in COLOURS], "cell": as_cells(PICTURES), "raw": [b"x"] * 3})
    pq.write_table(table, tmp_path / "a.parquet")
    records, _ = read_all(tmp_path / "a.parquet", "text")
    assert [member for _, member, *_ in media(records)] == ["jpg", "cell"] * 3


def test_bytes_that_are_no_picture_are_a_defect(tmp_path: Path) -> None:
    data = Dataset.from_dict({"image": as_cells([b"no picture"])}, features=Features({"image": ImageFeature()}))
    records, (defect,) = read_all(in_parquet(data, tmp_path), "text")
    assert (len(records), defect.code, defect.place) == (1, DefectCode.MISLABELLED, "row 0, image")


# --- damage -----------------------------------------------------------------------------------------------------------


def test_a_page_that_fails_its_checksum_costs_its_row_group_only(tmp_path: Path) -> None:
    table = pa.table({"text": [f"text number {number}." * 5 for number in range(5000)]})
    options = {"compression": "none", "use_dictionary": False, "write_page_checksum": True}
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=1000, **options)
    content = bytearray((tmp_path / "a.parquet").read_bytes())
    content[content.find(b"text number 2500.")] ^= 1
    (tmp_path / "a.parquet").write_bytes(content)
    records, (defect,) = read(tmp_path / "a.parquet", FileFormat.PARQUET, text_fields=["text"])
    assert [record["row"] for record in records] == [*range(2000), *range(3000, 5000)]
    assert (defect.code, defect.rows_lost) == (DefectCode.DAMAGED, 1000)
    assert defect.place == "row group 2, after row 1999"
    counts = coverage_of(tmp_path / "a.parquet", "text").counts
    assert (counts["rows"], counts["rows_read"]) == (5000, 4000)


def encrypted(path: Path, *, plaintext_footer: bool) -> None:
    encryption = pytest.importorskip("pyarrow.parquet.encryption")

    class Keys(encryption.KmsClient):  # type: ignore[misc,name-defined]
        def wrap_key(self, key: bytes, name: str) -> bytes:
            return base64.b64encode(key)

        def unwrap_key(self, key: bytes, name: str) -> bytes:
            return base64.b64decode(key)

    table = pa.table({"text": ["a", "b"], "n": [1, 2]})
    settings = encryption.EncryptionConfiguration(
        footer_key="k", column_keys={"c": ["text"]}, plaintext_footer=plaintext_footer
    )
    factory = encryption.CryptoFactory(lambda _: Keys())
    properties = factory.file_encryption_properties(encryption.KmsConnectionConfig(), settings)
    with pq.ParquetWriter(path, table.schema, encryption_properties=properties) as writer:
        writer.write_table(table)


@pytest.mark.parametrize("plaintext_footer", [True, False])
def test_an_encrypted_file_is_said_to_be_encrypted(plaintext_footer: bool, tmp_path: Path) -> None:
    encrypted(tmp_path / "a.parquet", plaintext_footer=plaintext_footer)
    assert recognise_file(LocalFolder(tmp_path).find("a.parquet")).format is FileFormat.PARQUET
    records, (defect,) = read(tmp_path / "a.parquet", FileFormat.PARQUET, text_fields=["text"])
    assert (records, defect.code) == ([], DefectCode.ENCRYPTED)
