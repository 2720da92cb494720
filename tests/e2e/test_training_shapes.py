"""Shapes of real training data, drafted and audited as a user would: counts and texts are those that were written."""

import hashlib
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit import Audit, audit
from corpus_audit.manifest.load import load_manifest
from e2e.small_corpus import standing_clock
from preloaded import run_command
from unit.training_shapes import ROWS, SHAPES, words

pytestmark = pytest.mark.slow

SNAPSHOT = "snapshot/data/train-0000{}-of-00002.parquet"
CARD = """---\r
license: cc-by-4.0\r
language: [en]\r
configs:\r
- config_name: default\r
  data_files:\r
  - {split: train, path: "data/train-*"}\r
---\r
# Notes\r
"""


def init(*arguments: object) -> str:
    done = run_command("manifest", "init", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stderr


def write_snapshot(root: Path) -> None:
    (root / "snapshot" / "data").mkdir(parents=True)
    (root / "snapshot" / "README.md").write_bytes(b"\r\n" + CARD.encode())
    for number in range(2):
        texts = [words(row, f"page {number}") for row in range(ROWS)]
        columns = {"id": [f"x{row}" for row in range(ROWS)], "text": texts, "url": ["https://example.org"] * ROWS}
        pq.write_table(pa.table(columns), root / SNAPSHOT.format(number))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with all shapes and a snapshot, drafted from above, and what was told of the draft."""
    root = tmp_path_factory.mktemp("shapes")
    folder = root / "corpus"
    (folder / "instructions").mkdir(parents=True)
    for shape in SHAPES:
        shape.write(folder / "instructions" / shape.file, shape.rows)
    (folder / "instructions" / "numbers.csv").write_text("id,label\n1,0\n2,1\n")
    write_snapshot(folder)
    return root / "manifest.yaml", init(folder, "-o", root / "manifest.yaml")


@pytest.fixture(scope="module")
def finished(told: tuple[Path, str]) -> Audit:
    manifest, _ = told
    return audit(manifest, manifest.parent / "store", clock=standing_clock)


def test_init_tells_what_it_took_for_what(told: tuple[Path, str]) -> None:
    _, shown = told
    assert "Drafted from snapshot/README.md." in shown
    assert (
        "snapshot/data/train-00000-of-00002.parquet and 1 more like it:\n  text: text\n  url: url\n  id: id\n" in shown
    )
    assert "instructions/numbers.csv:\n  NO TEXT FOUND" in shown
    assert "  license: max_stars_repo_licenses\n  programming language: lang\n" in shown


def test_the_snapshot_is_one_source_and_its_card_no_record(told: tuple[Path, str]) -> None:
    loaded = load_manifest(told[0])
    (snapshot,) = (source for source in loaded.manifest.sources if source.id == "snapshot")
    assert [file.path for file in snapshot.files] == [f"corpus/{SNAPSHOT.format(number)}" for number in range(2)]
    assert snapshot.license.expression == "cc-by-4.0"
    assert all(file.sha256 and file.size_bytes for file in snapshot.files)
    assert loaded.manifest.dataset.title == "corpus"
    assert loaded.problems == ()


def records_of(finished: Audit) -> pa.Table:
    paths = sorted(finished.folder.path.rglob("records.parquet"))
    return pa.concat_tables(
        pq.read_table(path, columns=["file", "content_sha256", "declared_license"]) for path in paths
    )


def test_every_record_is_there_with_its_text(finished: Audit) -> None:
    found = Counter(
        (row["file"], row["content_sha256"], row["declared_license"]) for row in records_of(finished).to_pylist()
    )
    written = Counter(
        (f"corpus/instructions/{shape.file}", hashlib.sha256(text.encode()).digest(), license_)
        for shape in SHAPES
        for text, license_ in zip(shape.texts, shape.licenses or [None] * ROWS, strict=True)
    )
    for number in range(2):
        for row in range(ROWS):
            digest = hashlib.sha256(words(row, f"page {number}").encode()).digest()
            written[(f"corpus/{SNAPSHOT.format(number)}", digest, None)] += 1
    assert found == written


def test_a_draft_written_elsewhere_says_its_root(told: tuple[Path, str], tmp_path: Path) -> None:
    corpus = told[0].parent / "corpus"
    assert f"audit it with --root {corpus}" in init(corpus, "-o", tmp_path / "elsewhere" / "m.yaml")
    inside = init(corpus / "snapshot", "-o", tmp_path / "m.yaml")
    assert f"--root {corpus / 'snapshot'}" in inside
