"""Files written anew: the rows that stay keep their bytes, the numbers are those of the readers."""

import gzip
import io
import json
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.formats import READERS
from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.locations.local import LocalFile
from corpus_audit.corpus.recognition import PLAIN, Dialect
from corpus_audit.corpus.rewriting.changes import FileChanges
from corpus_audit.corpus.rewriting.delimited import rewrite_delimited
from corpus_audit.corpus.rewriting.rewrite import refusal, rewrite_file
from corpus_audit.errors import RewriteError
from corpus_audit.vocabulary import ColumnNames, FileFormat


def entry_of(name, file_format, size, **more):
    names = ("license_field", "language_field", "url_field", "date_field", "subject_ids_field")
    fields = dict.fromkeys(names)
    return FileEntry("f", "s", name, file_format, ("text",), **fields, size_bytes=size, **more)


def rewrite(tmp_path: Path, name, file_format, content, dropped=(), masks=None, **more):
    path = tmp_path / name
    path.write_bytes(content)
    entry = entry_of(name, file_format, len(content), **more)
    source = FileInput(LocalFile(path, name, len(content)), len(content), entry.recognition.compression)
    target = tmp_path / f"new-{name}"
    changes = FileChanges(np.array(sorted(dropped), np.int64), masks or {})
    done = rewrite_file(source, entry, changes, target)
    return done, target, entry


def texts_of(path, entry):
    size = path.stat().st_size
    source = FileInput(LocalFile(path, path.name, size), size, entry.recognition.compression)
    pieces = READERS[entry.format](source, replace(entry, size_bytes=size), 1 << 20)
    return [text for piece in pieces if isinstance(piece, pa.RecordBatch) for text in piece["text"].to_pylist()]


LINES = b'{"text": "a", "n": 1.0}\r\n\n{broken\n{"text":"b \\u00e9","e":"x@y.org"}\n{"text": "c"}'


def test_lines_keep_their_bytes_and_their_numbers(tmp_path):
    done, target, _ = rewrite(tmp_path, "a.jsonl", FileFormat.JSONL, LINES, dropped=[0, 4])
    assert target.read_bytes() == b'\n{broken\n{"text":"b \\u00e9","e":"x@y.org"}\n'
    assert (done.dropped, done.masked) == (2, 0)


def test_a_line_is_masked_in_the_form_it_had(tmp_path):
    done, target, _ = rewrite(tmp_path, "a.jsonl", FileFormat.JSONL, LINES, masks={3: [("x@y.org", "[EMAIL_ADDRESS]")]})
    assert target.read_bytes() == LINES.replace(b"x@y.org", b"[EMAIL_ADDRESS]")
    assert done.masked == 1


def test_a_row_with_a_value_that_is_not_met_goes(tmp_path):
    done, target, _ = rewrite(
        tmp_path, "a.jsonl", FileFormat.JSONL, LINES, masks={3: [("gone", "[X]")], 2: [("x", "")]}
    )
    assert b"x@y.org" not in target.read_bytes()
    assert done.unmasked == 2


@pytest.mark.parametrize("codec", ["gzip", "zstd", "bz2", "xz", "lz4"])
def test_lines_stay_packed(tmp_path, codec):
    from corpus_audit.corpus.rewriting.packed import writing

    with writing(tmp_path / "packed", codec) as out:
        out.write(LINES)
    packed = (tmp_path / "packed").read_bytes()
    recognition = replace(PLAIN, compression=codec)
    _, target, entry = rewrite(tmp_path, "a", FileFormat.JSONL, packed, [0], recognition=recognition)
    assert texts_of(target, entry) == ["b é", "c"]
    if codec == "gzip":
        assert gzip.decompress(target.read_bytes()) == LINES.split(b"\n", 1)[1]


CSV = (
    b'title above\nid;text\r\n1;"a; ""quoted""\nin two lines"\r\n\r\n2;b\r\n3;bad;row\r\n4;it said "no", \r\n'
    b'5;"me@home.org; and"\r\n6;last'
)
DIALECT = replace(PLAIN, dialect=Dialect(delimiter=";", first_line=2))


def test_rows_of_a_delimited_file_count_as_its_reader_counts(tmp_path):
    _, target, entry = rewrite(tmp_path, "a.csv", FileFormat.CSV, CSV, [0, 3], recognition=DIALECT)
    assert target.read_bytes() == (b'title above\nid;text\r\n\r\n2;b\r\n3;bad;row\r\n4;it said "no", \r\n6;last')
    kept = texts_of(tmp_path / "a.csv", entry)
    assert texts_of(target, entry) == [text for number, text in enumerate(kept) if number not in (0, 3)]


def test_a_masked_row_is_quoted_where_it_must_be(tmp_path):
    masks = {3: [("me@home.org", "[EMAIL_ADDRESS]")]}
    _, target, _ = rewrite(tmp_path, "a.csv", FileFormat.CSV, CSV, masks=masks, recognition=DIALECT)
    assert target.read_bytes() == CSV.replace(b"me@home.org", b"[EMAIL_ADDRESS]")


@pytest.mark.parametrize("size", range(1, 40))
def test_rows_are_the_same_however_a_file_comes(monkeypatch, tmp_path, size):
    monkeypatch.setattr("corpus_audit.corpus.rewriting.delimited.CHUNK", size)
    _, target, _ = rewrite(tmp_path, "a.csv", FileFormat.CSV, CSV, [1, 4], recognition=DIALECT)
    assert target.read_bytes() == CSV.replace(b"2;b\r\n", b"").replace(b"6;last", b"")


def test_a_table_without_a_header_begins_with_row_0(tmp_path):
    recognition = replace(PLAIN, dialect=Dialect(names=ColumnNames.GENERATED))
    _, target, _ = rewrite(tmp_path, "a.csv", FileFormat.CSV, b"1,a\n2,b\n", [0], recognition=recognition)
    assert target.read_bytes() == b"2,b\n"


def test_rows_that_cannot_be_told_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'text\n"a\nb\n')
    entry = entry_of("a.csv", FileFormat.CSV, 9, recognition=replace(PLAIN, dialect=Dialect()))
    source = FileInput(LocalFile(path, "a.csv", 9), 9)
    with pytest.raises(RewriteError, match=r"a\.csv has 2 rows"):
        rewrite_delimited(source, entry, FileChanges(np.array([0]), rows=2), tmp_path / "new")


def test_parquet_keeps_groups_metadata_and_compression(tmp_path):
    schema = pa.schema(
        [
            pa.field("text", pa.string(), metadata={"unit": "words"}),
            pa.field("turns", pa.list_(pa.struct({"content": pa.large_string(), "at": pa.timestamp("ns")}))),
            pa.field("n", pa.int64()),
            pa.field("kind", pa.dictionary(pa.int32(), pa.string())),
        ],
        metadata={"huggingface": '{"info": 1}'},
    )
    rows = [
        {"text": f"t{n} me@home.org", "turns": [{"content": f"c{n} me@home.org", "at": n}], "n": n, "kind": "k"}
        for n in range(10)
    ]
    pq.write_table(
        pa.Table.from_pylist(rows, schema), tmp_path / "w", row_group_size=4, compression={"text": "gzip", "n": "none"}
    )
    content = (tmp_path / "w").read_bytes()
    masks = {2: [("me@home.org", "[EMAIL_ADDRESS]")]}
    done, target, _ = rewrite(tmp_path, "a.parquet", FileFormat.PARQUET, content, [0, 4, 5, 6, 7, 9], masks)
    new = pq.ParquetFile(target)
    assert new.schema_arrow.equals(pq.read_schema(tmp_path / "a.parquet"), check_metadata=True)
    assert [new.metadata.row_group(n).num_rows for n in range(new.num_row_groups)] == [3, 1]
    group = new.metadata.row_group(0)
    assert {group.column(n).path_in_schema: group.column(n).compression for n in range(2)}["text"] == "GZIP"
    table = new.read()
    assert table["n"].to_pylist() == [1, 2, 3, 8]
    assert table["text"].to_pylist() == ["t1 me@home.org", "t2 [EMAIL_ADDRESS]", "t3 me@home.org", "t8 me@home.org"]
    assert table["turns"][1].as_py()[0]["content"] == "c2 [EMAIL_ADDRESS]"
    assert (done.dropped, done.masked) == (6, 1)


def tar_of(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), 7
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def test_packed_lines_that_break_off_are_refused(tmp_path):
    recognition = replace(PLAIN, compression="gzip")
    with pytest.raises(RewriteError, match=r"a\.jsonl\.gz is damaged, and not all of it can be kept"):
        rewrite(tmp_path, "a.jsonl.gz", FileFormat.JSONL, gzip.compress(LINES)[:-12], [0], recognition=recognition)


def test_samples_of_a_shard_go_whole(tmp_path):
    members = [(f"{n:04}.{kind}", f"{kind} of {n}".encode()) for n in range(3) for kind in ("txt", "cls")]
    members.append(("0003.txt", b"mail me@home.org now"))
    masks = {6: [("me@home.org", "[EMAIL_ADDRESS]")]}
    done, target, _ = rewrite(tmp_path, "a.tar", FileFormat.TAR, tar_of(members), [2], masks)
    with tarfile.open(target) as archive:
        found = [(info.name, archive.extractfile(info).read(), info.mtime) for info in archive]
    kept = [(name, content.replace(b"me@home.org", b"[EMAIL_ADDRESS]"), 7) for name, content in members]
    assert found == [member for member in kept if not member[0].startswith("0001")]
    assert (done.dropped, done.masked) == (2, 1)


def test_a_sample_goes_as_a_copy_where_all_of_it_is_one(tmp_path):
    members = [(f"{n:04}.{kind}", b"same") for n in range(3) for kind in ("txt", "cls")]
    content = tar_of(members)
    path = tmp_path / "a.tar"
    path.write_bytes(content)
    entry = entry_of("a.tar", FileFormat.TAR, len(content))
    source = FileInput(LocalFile(path, "a.tar", len(content)), len(content))
    going = np.array([2, 3, 5])
    done = rewrite_file(source, entry, FileChanges(going, copies=going), tmp_path / "new")
    with tarfile.open(tmp_path / "new") as archive:
        assert archive.getnames() == ["0000.txt", "0000.cls", "0002.txt", "0002.cls"]
    assert (done.dropped, done.copies_kept) == (2, 1)


@pytest.mark.parametrize("kind", [FileFormat.TAR, FileFormat.ZIP])
def test_a_copy_that_stays_with_its_sample_is_masked(tmp_path, kind):
    members = [
        (f"{n}.{part}", f"{part} of me@home.org {n * (part == 'cls')}") for n in range(2) for part in ("txt", "cls")
    ]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    content = tar_of([(n, c.encode()) for n, c in members]) if kind is FileFormat.TAR else packed.getvalue()
    path = tmp_path / "a"
    path.write_bytes(content)
    source = FileInput(LocalFile(path, "a", len(content)), len(content))
    masks = {row: [("me@home.org", "[EMAIL_ADDRESS]")] for row in range(4)}
    changes = FileChanges(np.array([2]), masks, copies=np.array([2]))
    done = rewrite_file(source, entry_of("a", kind, len(content)), changes, tmp_path / "new")
    assert done.copies_kept == 1
    with tarfile.open(tmp_path / "new") if kind is FileFormat.TAR else zipfile.ZipFile(tmp_path / "new") as archive:
        read = archive.read if kind is FileFormat.ZIP else lambda name: archive.extractfile(name).read()
        found = {name: read(name).decode() for name, _ in members}
    assert found == {name: text.replace("me@home.org", "[EMAIL_ADDRESS]") for name, text in members}


def test_a_member_goes_where_a_value_of_one_of_its_rows_was_not_met_again(tmp_path):
    rows = b"".join(json.dumps({"text": f"{text} me@home.org"}).encode() + b"\n" for text in "ab")
    masks = {0: [("me@home.org", "[EMAIL_ADDRESS]")], 1: []}
    done, target, _ = rewrite(tmp_path, "a.tar", FileFormat.TAR, tar_of([("rows.jsonl", rows)]), masks=masks)
    with tarfile.open(target) as archive:
        assert archive.getnames() == []
    assert (done.dropped, done.masked, done.unmasked) == (1, 0, 1)


def test_a_member_of_which_some_records_stay_is_refused(tmp_path):
    rows = b"".join(json.dumps({"text": text}).encode() + b"\n" for text in "ab")
    with pytest.raises(RewriteError, match=r"a\.tar holds a member of several records"):
        rewrite(tmp_path, "a.tar", FileFormat.TAR, tar_of([("rows.jsonl", rows)]), [0])


def test_other_formats_go_whole_or_are_refused():
    entry = entry_of("a.pdf", FileFormat.PDF, 1)
    assert refusal(entry, 0, 3) is None
    assert refusal(entry, 3, 3) is None
    assert "a.pdf (pdf): 2 of its 3 records" in refusal(entry, 2, 3)


def test_a_text_is_masked_in_its_own_encoding(tmp_path):
    content = "Schröder, me@home.org and me@home.org".encode("cp1252")
    recognition = replace(PLAIN, encoding="cp1252")
    masks = {0: [("me@home.org", "[EMAIL_ADDRESS]")]}
    done, target, _ = rewrite(tmp_path, "a.txt", FileFormat.TEXT, content, masks=masks, recognition=recognition)
    assert target.read_bytes().decode("cp1252") == "Schröder, [EMAIL_ADDRESS] and [EMAIL_ADDRESS]"
    done, target, _ = rewrite(tmp_path, "b.txt", FileFormat.TEXT, content, masks={0: []}, recognition=recognition)
    assert done.unmasked == 1
    assert not target.exists()


ARROW = pa.table(
    {
        "text": [f"story {number}" + " of me@home.org" * (number == 5) for number in range(9)],
        "kind": pa.array(["a", "b", "a"] * 3).dictionary_encode(),
    },
).replace_schema_metadata({"huggingface": "{}"})


def arrow_streams(*tables):
    out = io.BytesIO()
    for table in tables:
        with pa.ipc.new_stream(out, table.schema) as writer:
            writer.write_table(table, max_chunksize=2)
    return out.getvalue()


def test_an_arrow_file_keeps_its_form_without_the_rows_that_go(tmp_path):
    out = io.BytesIO()
    with pa.ipc.new_file(out, ARROW.schema, metadata={"made": "here"}) as writer:
        writer.write_table(ARROW, max_chunksize=4)
    masks = {5: [("me@home.org", "[EMAIL_ADDRESS]")]}
    done, target, entry = rewrite(tmp_path, "a.arrow", FileFormat.ARROW, out.getvalue(), [0, 4, 7], masks)
    assert (done.dropped, done.masked) == (3, 1)
    kept = pa.ipc.open_file(target)
    assert (kept.schema.metadata, kept.metadata[b"made"]) == (ARROW.schema.metadata, b"here")
    assert kept.read_all()["kind"].to_pylist() == [ARROW["kind"][row].as_py() for row in (1, 2, 3, 5, 6, 8)]
    assert texts_of(target, entry) == [
        "story 1", "story 2", "story 3", "story 5 of [EMAIL_ADDRESS]", "story 6", "story 8"
    ]  # fmt: skip


def test_streams_that_follow_each_other_stay_streams(tmp_path):
    content = arrow_streams(ARROW, ARROW)
    done, target, entry = rewrite(tmp_path, "a.arrow", FileFormat.ARROW, content, [8, 9, 10, 17])
    assert done.dropped == 4
    assert texts_of(target, entry) == [ARROW["text"][n % 9].as_py() for n in range(18) if n not in (8, 9, 10, 17)]


def test_a_file_that_cannot_be_cut_is_named_with_what_goes_and_what_stays():
    said = refusal(entry_of("a.pdf", FileFormat.PDF, 10), 3, 10)
    assert "3 of its 10 records go and 7 stay" in said
    assert refusal(entry_of("a.arrow", FileFormat.ARROW, 10), 3, 10) is None
