"""Nothing personal is written: details stand in names, keys, addresses, claims and damage, and nowhere afterwards.

One audit, its report, its exports and its bundle are made on the command line, and all that they wrote and printed is
searched for every detail that was planted.
"""

import gzip
import io
import json
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from PIL import Image, PngImagePlugin

from preloaded import run_command

WORDS = "One text with some words in it, written for this test."
AS_RECEIVED = ("manifest.json", "received", "real_names.parquet")
"""What a store keeps as it was handed in: the manifest, and the paths that files are opened by."""


@dataclass
class Planted:
    """A dataset full of addresses, each in a carrier of its own, and what came of it."""

    root: Path
    carriers: dict[str, str] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)
    printed: str = ""

    def detail(self, carrier: str) -> str:
        """Return an address that stands nowhere but in this carrier."""
        return self.carriers.setdefault(carrier, f"q{len(self.carriers):02}canary@contoso.com")

    def write(self, name: str, content: bytes, **claims: Any) -> None:
        path = self.root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.files.append({"path": f"data/{name}", **claims})

    def rows(self, name: str, *rows: Any, **claims: Any) -> None:
        self.write(name, "".join(f"{json.dumps(row)}\n" for row in rows).encode(), **claims)


def plant(planted: Planted) -> None:
    _plant_names(planted)
    _plant_values(planted)
    _plant_archives(planted)
    _plant_metadata(planted)
    _plant_damage(planted)
    _plant_claims(planted)


def _plant_names(planted: Planted) -> None:
    of = planted.detail
    planted.write(f"{of('file name')}.txt", WORDS.encode())
    planted.write(f"{of('folder name')}/a.txt", WORDS.encode())
    planted.write(f"{of('name of an undeclared file')}.txt", WORDS.encode())
    planted.write(f"old/{of('name of an ignored file')}.bak", WORDS.encode())
    del planted.files[-2:]
    (planted.root / "data" / f"{of('name of a link')}").symlink_to("/etc")
    planted.rows("keys.jsonl", {"text": WORDS, of("key"): "x", "meta": {of("nested key"): {"a": "b"}}})
    planted.rows("lists.jsonl", {"text": WORDS, "turns": [{of("key in a list"): "x"}]})
    planted.write("head.csv", f"text,{of('column of a CSV')}\n{WORDS},x\n".encode(), fields={"text": "text"})
    table = pa.table(
        {"text": [WORDS], of("column of Parquet"): ["x"], "s": [{of("field of a struct"): "x"}], of("of numbers"): [1]}
    )
    pq.write_table(table.replace_schema_metadata({of("key of schema metadata"): "x"}), planted.root / "data/a.parquet")
    planted.files.append({"path": "data/a.parquet"})
    keyed = {of("key of a record"): {"text": WORDS}, "b": {"text": WORDS}}
    planted.write("keyed.json", json.dumps(keyed).encode())


def _plant_values(planted: Planted) -> None:
    of = planted.detail
    host = f"https://{of('user of an address')}:pw@example.org"
    row = {
        "text": WORDS,
        "url": f"{host}/{of('path of an address')}/?m={of('query')}#{of('end')}",
        "license": f"ask {of('license')} for it",
        "lang": of("language"),
        "date": of("date"),
        "people": [of("id of a person")],
    }
    fields = {"text": "text", "url": "url", "license": "license", "language": "lang", "date": "date"}
    planted.rows("values.jsonl", row, fields=fields | {"subject_ids": "people"})
    licensed = f"https://{of('user of a license address')}@creativecommons.org/licenses/by/4.0/"
    planted.rows("licensed.jsonl", {"text": WORDS, "license": licensed})
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/{of('address in a crawl')}\r\n"
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-From: {of('header in a crawl')}\r\n\r\n<p>{WORDS}</p>"
    record = (
        f"{head}Content-Type: application/http;msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n{body}\r\n\r\n"
    )
    planted.write("crawl.warc", record.encode())


def _plant_archives(planted: Planted) -> None:
    of = planted.detail
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name in (f"{of('member of a tar')}.txt", f"../{of('refused member of a tar')}", f"{of('odd member')}.bin"):
            info = tarfile.TarInfo(name)
            info.size = len(WORDS)
            archive.addfile(info, io.BytesIO(WORDS.encode() if name.endswith("txt") else b"\0" * len(WORDS)))
    planted.write("a.tar", packed.getvalue())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{of('member of a zip')}.txt", WORDS)
        archive.writestr(f"../{of('refused member of a zip')}.txt", WORDS)
        archive.comment = of("comment of a zip").encode()
    planted.write("a.zip", packed.getvalue())
    zipped = io.BytesIO()
    with gzip.GzipFile(of("name in a gzip header"), "wb", fileobj=zipped) as stream:
        stream.write(WORDS.encode())
    planted.write("b.txt.gz", zipped.getvalue())


def _plant_metadata(planted: Planted) -> None:
    of = planted.detail
    picture, exif = io.BytesIO(), Image.Exif()
    exif[0x013B], exif[0x010E] = of("artist of a picture"), of("description of a picture")
    Image.new("RGB", (32, 32)).save(picture, "JPEG", exif=exif)
    planted.write("a.jpg", picture.getvalue())
    drawn, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("Comment", of("comment of a picture"))
    Image.new("RGB", (32, 32)).save(drawn, "PNG", pnginfo=info)
    planted.write("a.png", drawn.getvalue())
    head = f'<meta name="author" content="{of("author of a page")}"><title>{of("title of a page")}</title>'
    link = f'<link rel="license" href="https://{of("license link of a page")}@example.org/terms">'
    planted.write("a.html", f"<html><head>{head}{link}</head><body>{WORDS}</body></html>".encode(), format="html")
    document = f"%PDF-1.4\n1 0 obj<</Author({of('author of a PDF')})/Title({of('title of a PDF')})>>endobj\n"
    planted.write("a.pdf", f"{document}trailer<</Info 1 0 R>>\n%%EOF".encode())


def _plant_damage(planted: Planted) -> None:
    of = planted.detail
    bad = f'{{"text": "{WORDS}"}}\n{{"text": "{of("row that is no JSON")}" "}}\n'
    twice = f'{{"{of("key that stands twice")}": 1, "{of("key that stands twice")}": 2, "text": "x"}}\n'
    planted.write("bad.jsonl", (bad + twice).encode(), fields={"text": "text"})
    planted.write("bad.json", f'[{{"text": "{of("JSON that breaks off")}"'.encode(), format="json")
    planted.write("bad.csv", f'id,text\n1,a\n2,"{of("row of a CSV")}\n'.encode(), fields={"text": "text"})
    named = json.dumps({"text": WORDS, of("column with no UTF-8"): "?"}).encode().replace(b'"?"', b'"\xff"')
    planted.write("bytes.jsonl", named + b"\n")
    planted.write("bad.parquet", b"PAR1" + of("damaged Parquet").encode() * 9 + b"PAR1", format="parquet")
    planted.write("bad.arrow", b"ARROW1\0\0" + of("damaged Arrow").encode() * 9, format="arrow")
    planted.write("bad.jpg", b"\xff\xd8\xff\xe1" + of("damaged picture").encode() * 9)
    planted.write("bad.wav", b"RIFF\x99\0\0\0WAVEfmt " + of("damaged recording").encode() * 9)


def _plant_claims(planted: Planted) -> None:
    of = planted.detail
    source = {
        "id": "s",
        "title": f"Letters of {of('title of a source')}",
        "kind": "licensed",
        "origin": {"url": f"https://example.org/{of('address of an origin')}", "contract": of("contract")},
        "collector": of("collector"),
        "supplier": of("supplier"),
        "collection": {"method": f"asked {of('method of collection')}"},
        "license": {"expression": f"by leave of {of('license expression')}"},
        "processing": [f"removed {of('processing step')}"],
        "derived_from": [of("what it derives from")],
        "personal_information": {"present": "no", "consent_reference": of("reference of consents")},
        "splits": [{"split": of("name of a split"), "files": ["data/keys.jsonl"]}],
        "folders": ["data"],
        "ignore": ["data/old/*", f"data/{of('pattern that is ignored')}*"],
        "files": planted.files,
    }
    described = {"title": f"T {of('title')}", "description": of("description"), "issuer": of("issuer")}
    model = {"id": "m", "name": of("name of a model"), "origin": {"description": of("origin of a model")}}
    document = {
        "manifest_version": "1",
        "dataset": {"id": "d", "version": of("version"), **described},
        "models": [model],
        "sources": [source | {"processed_by": ["m"]}],
    }
    (planted.root / "manifest.yaml").write_text(yaml.safe_dump(document))


def run(planted: Planted, *arguments: object) -> None:
    done = run_command(*arguments, timeout=600)
    assert done.returncode in (0, 1), done.stderr
    planted.printed += done.stdout + done.stderr


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    made = Planted(tmp_path_factory.mktemp("names"))
    plant(made)
    store, out = made.root / "store", made.root / "out"
    out.mkdir()
    run(made, "audit", made.root / "manifest.yaml", "--store", store, "--workers", 1)
    [audit] = (store / "audits").iterdir()
    run(made, "report", audit.name, "--store", store)
    run(made, "export", audit.name, "--store", store, "--output", out / "exports")
    run(made, "keys", "create", out / "key.pem")
    run(made, "bundle", audit.name, "--store", store, "--key", out / "key.pem", "--output", out / "audit.bundle.zip")
    return made


def contents(name: str, content: bytes) -> Iterator[bytes]:
    """Yield the readable bytes of a file: tables as text, archives by what is in them; names of files too."""
    yield name.encode()
    if name.endswith(".parquet"):
        yield str(pq.read_table(io.BytesIO(content)).to_pylist()).encode()
    elif zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                if not inner.rpartition("/")[2].startswith(AS_RECEIVED):
                    yield from contents(inner, archive.read(inner))
    else:
        yield content


def written(planted: Planted) -> Iterator[tuple[str, bytes]]:
    yield "(printed)", planted.printed.encode()
    for folder in (planted.root / "store", planted.root / "out"):
        for path in folder.rglob("*"):
            if path.is_file() and not path.name.startswith(AS_RECEIVED):
                for content in contents(path.name, path.read_bytes()):
                    yield path.relative_to(planted.root).as_posix(), content


def test_there_are_at_least_forty_carriers(planted: Planted) -> None:
    assert len(planted.carriers) >= 40


def test_nothing_personal_is_written_or_printed(planted: Planted) -> None:
    found = {
        (carrier, place)
        for place, content in written(planted)
        for carrier, detail in planted.carriers.items()
        if detail.partition("@")[0].encode() in content
    }
    assert found == set()


def test_names_of_columns_and_keys_are_counted_as_personal_information(planted: Planted) -> None:
    [spans] = (planted.root / "store" / "audits").glob("*/measure-00000/spans.parquet")
    rows = pq.read_table(spans).to_pylist()
    assert {row["entity_type"] for row in rows if row["field"] == "(column names)"} == {"EMAIL_ADDRESS"}


def test_a_masked_file_is_read_all_the_same_and_can_be_told(planted: Planted) -> None:
    [files] = (planted.root / "store" / "audits").glob("*/gather/files.parquet")
    rows = [row for row in pq.read_table(files).to_pylist() if "EMAIL_ADDRESS" in row["file"]]
    read = [row for row in rows if row["records"]]
    assert len(read) == len({row["file"] for row in read}) == 2
    assert all(row["file"].startswith("data/{EMAIL_ADDRESS-") for row in read)


def test_the_store_is_for_its_owner_only(planted: Planted) -> None:
    paths = [planted.root / "store", *(planted.root / "store").rglob("*")]
    assert {oct(stat.S_IMODE(path.stat().st_mode)) for path in paths} == {"0o700", "0o600"}
