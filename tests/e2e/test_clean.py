"""A dataset cleaned by its audit: what was found is gone from the audit of the result, and all else is there."""

import csv
import hashlib
import io
import json
import tarfile
from dataclasses import dataclass
from pathlib import Path

import prov.model
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from corpus_audit import Audit, audit
from corpus_audit.cli import app
from corpus_audit.errors import CorpusAuditError, StoreError
from corpus_audit.manifest.load import load_manifest
from corpus_audit.pipeline.clean import clean, count_exclusions
from corpus_audit.vocabulary import Verdict
from e2e.small_corpus import standing_clock

pytestmark = pytest.mark.slow

USED = "commercial-training"
MAIL = "klara.lindqvist@brevhuset-i-norr.se"
SECRET = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
SEEDS = ("harbour", "mill", "orchard", "railway", "lantern", "glacier", "market", "violin", "desert", "garden")


def story(number: int) -> str:
    """Return a text that is like no other."""
    word = SEEDS[number % len(SEEDS)]
    return " ".join(f"{word} {number} {place} of tale {number * 7 + place}" for place in range(40))


def rows_of(first: int) -> list[dict[str, str]]:
    """Return ten rows: a copy of one of them, a forbidden license, a mail address in the text and in another column."""
    rows = [{"text": story(first + n), "license": "CC0-1.0", "note": f"n{n}"} for n in range(10)]
    rows[3] = dict(rows[1])
    rows[5]["license"] = "CC-BY-NC-4.0"
    rows[7]["text"] += f" write to {MAIL} soon"
    rows[8]["note"] = f"from {MAIL}"
    return rows


GOING = {3, 5}


def write_files(root: Path) -> list[str]:
    files: dict[str, bytes] = {}
    files["rows.jsonl"] = b"".join(json.dumps(row).encode() + b"\n" for row in rows_of(0))
    packed = b"".join(json.dumps(row).encode() + b"\n" for row in rows_of(100))
    out = pa.BufferOutputStream()
    with pa.CompressedOutputStream(out, "zstd") as stream:
        stream.write(packed)
    files["more.jsonl.zst"] = out.getvalue().to_pybytes()
    table = io.StringIO()
    writer = csv.DictWriter(table, ["text", "license", "note"])
    writer.writeheader()
    writer.writerows(rows_of(200))
    files["rows.csv"] = table.getvalue().encode()
    shard = io.BytesIO()
    with tarfile.open(fileobj=shard, mode="w") as archive:
        for number, row in enumerate(rows_of(300)):
            for suffix, content in (("txt", row["text"]), ("json", json.dumps({"license": row["license"]}))):
                info = tarfile.TarInfo(f"{number:04}.{suffix}")
                info.size = len(content.encode())
                archive.addfile(info, io.BytesIO(content.encode()))
    files["shard.tar"] = shard.getvalue()
    for name, content in files.items():
        (root / name).write_bytes(content)
    groups = pa.Table.from_pylist(rows_of(400)).replace_schema_metadata({"huggingface": "{}"})
    pq.write_table(groups, root / "rows.parquet", row_group_size=4, compression="zstd")
    (root / "single.txt").write_text(story(500), "utf-8")
    (root / "copy.txt").write_text(story(500), "utf-8")
    (root / "terms.txt").write_text("The terms of these tales.", "utf-8")
    return [*files, "rows.parquet"]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def declared(root: Path, *names: str) -> list[dict[str, object]]:
    return [{"path": name, "size_bytes": (root / name).stat().st_size, "sha256": digest(root / name)} for name in names]


@dataclass(frozen=True)
class Both:
    """A dataset and its audit, what it was cleaned to, what the command said, and the audit of that."""

    root: Path
    before: Audit
    folder: Path
    said: str
    after: Audit


DESCRIBED = {
    "kind": "public-dataset",
    "origin": {"url": "https://example.org/tales"},
    "collector": "Tale collectors",
    "collection": {"method": "download", "from": "2025-01-01", "until": "2025-02-01"},
    "synthetic": {"generated": "no"},
    "personal_information": {"present": "no"},
}
"""What a manifest says of every source."""


def write_manifest(root: Path, *sources: dict[str, object]) -> Path:
    """Write the manifest of a dataset for training, with what is DESCRIBED of each source besides."""
    dataset = {"id": "tales", "version": "1", "issuer": "Tale collectors", "release": "no", "intended_uses": [USED]}
    described = [{**DESCRIBED, **source} for source in sources]
    path = root / "manifest.json"
    path.write_text(json.dumps({"manifest_version": "1", "dataset": dataset, "sources": described}), "utf-8")
    return path


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    root = tmp_path_factory.mktemp("dataset")
    of_rows = write_files(root)
    terms = {"kind": "text", "file": "terms.txt", "sha256": digest(root / "terms.txt")}
    (root / "closed.txt").write_text(story(600), "utf-8")
    sources = [
        {"id": name, "license": {"expression": license_, "evidence": [dict(terms)]}, "files": files}
        for name, license_, files in (
            ("tales", "per-record", declared(root, *of_rows)),
            ("texts", "CC0-1.0", declared(root, "single.txt", "copy.txt")),
            ("closed", "CC-BY-NC-4.0", declared(root, "closed.txt")),
        )
    ]
    manifest = write_manifest(root, *sources)
    store = tmp_path_factory.mktemp("store")
    before = audit(manifest, store, clock=standing_clock)
    folder = store.parent / f"{store.name}-cleaned"
    arguments = ["clean", before.folder.audit_id, "--store", str(store), "-o", str(folder), "--mask"]
    result = CliRunner().invoke(app, arguments)
    assert result.exception is None, (result.output, result.exception)
    after = audit(folder / "dataset" / "manifest.yaml", store, clock=standing_clock)
    return Both(root, before, folder, result.output, after)


def found(one: Audit, table: str) -> list[dict[str, object]]:
    return one.tables[f"evidence.{table}"].to_pylist()


def rules_of(one: Audit) -> set[str]:
    return set(one.findings["rule_id"].to_pylist())


def test_the_audit_of_the_result_has_none_of_what_was_cleaned(both: Both) -> None:
    assert both.before.verdict == Verdict.FAIL
    assert both.after.verdict == Verdict.PASS
    gone = rules_of(both.before) - rules_of(both.after)
    assert {"baseline.record-licenses-permit-use", "baseline.intended-use-permitted"} <= gone
    assert rules_of(both.after) < rules_of(both.before)
    assert both.before.tables["clusters"].num_rows
    labels = both.after.tables["clusters"]
    assert labels["size_bytes"].to_pylist() == [22] * 8, "only descriptions of samples that are no copies"
    forbidden = {row["license_expression"] for row in found(both.before, "record_licenses")}
    left = {row["license_expression"] for row in found(both.after, "record_licenses")}
    assert forbidden - left == {"CC-BY-NC-4.0"}
    assert found(both.before, "personal_information")
    assert not found(both.after, "personal_information")


def test_rows_that_stay_are_the_same(both: Both) -> None:
    dataset = both.folder / "dataset"
    for name, first in (("rows.jsonl", 0), ("rows.csv", 200), ("rows.parquet", 400)):
        expected = [row for number, row in enumerate(rows_of(first)) if number not in GOING]
        masked = json.loads(json.dumps(expected).replace(MAIL, "[EMAIL_ADDRESS]"))
        assert _read(dataset / name) == masked, name
    assert pq.read_schema(dataset / "rows.parquet").metadata[b"huggingface"] == b"{}"
    with tarfile.open(dataset / "shard.tar") as archive:
        names = [info.name for info in archive]
    assert names == [f"{n:04}.{kind}" for n in range(10) if n not in GOING for kind in ("txt", "json")]


def _read(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    if path.suffix == ".csv":
        return list(csv.DictReader(path.open(newline="")))
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_the_manifest_of_the_result(both: Both) -> None:
    manifest = load_manifest(both.folder / "dataset" / "manifest.yaml").manifest
    assert manifest.dataset.version == "1-cleaned"
    assert [source.id for source in manifest.sources] == ["tales", "texts"]
    tales, texts = manifest.sources
    assert [file.path for file in texts.files] in (["single.txt"], ["copy.txt"])
    assert both.before.folder.audit_id in tales.derived_from[0]
    assert "rows left out" in tales.processing[-1]
    assert (both.folder / "dataset" / "terms.txt").is_file()
    assert {row["state"] for row in found(both.after, "files")} == {"verified"}


def test_what_is_told_of_it(both: Both) -> None:
    assert "license-forbids" in both.said
    assert MAIL not in both.said
    listed = pq.read_table(both.folder / "exclusions.parquet")
    assert f"Records to leave out: {listed.num_rows} " in both.said
    document = prov.model.ProvDocument.deserialize(both.folder / "prov.json", format="json")
    derived = list(document.get_records(prov.model.ProvDerivation))
    assert any("dataset" in str(record.args[0]) for record in derived)
    card = (both.folder / "dataset-card.md").read_text()
    assert f"Records to leave out: {listed.num_rows}." in card
    for name in ("prov.json", "dataset-card.md", "dataset/manifest.yaml"):
        assert MAIL not in (both.folder / name).read_text()


def test_a_folder_in_use_and_another_list_are_refused(both: Both, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "file").touch()
    with pytest.raises(CorpusAuditError, match="is there already"):
        clean(both.before.folder, tmp_path / "there")
    with pytest.raises(CorpusAuditError, match="no longer what was approved"):
        clean(both.before.folder, tmp_path / "new", approved_sha256="0" * 64)
    assert count_exclusions(both.before.folder, mask=True).records == 21
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_file_that_changed_since_the_audit_is_refused(both: Both, tmp_path: Path) -> None:
    file = both.root / "single.txt"
    content = file.read_bytes()
    file.write_bytes(content[::-1])
    try:
        with pytest.raises(StoreError, match=r"single\.txt has changed since the audit"):
            clean(both.before.folder, tmp_path / "new")
    finally:
        file.write_bytes(content)
    assert not list(tmp_path.iterdir())
