"""References: works kept as hashes, passed on without their text, and looked for by every audit of the store."""

import json

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from corpus_audit import audit, pipeline
from corpus_audit.cli import app
from corpus_audit.config import Parameters
from corpus_audit.errors import ManifestError, ParametersMismatchError, StoreError
from corpus_audit.references import ReferenceStore
from corpus_audit.references.adding import add_reference
from corpus_audit.vocabulary import ReferenceKind

POEM = "The evening star rises over hill and valley while nobody at all is looking up at the wide sky"
QUESTION = "Which river flows through the old town before it reaches the lake in the north?"


@pytest.fixture
def works(tmp_path):
    folder = tmp_path / "works"
    folder.mkdir()
    (folder / "poem.txt").write_text(POEM)
    (folder / "same.txt").write_text(POEM)
    (folder / "short.txt").write_text("Dear all,")
    (folder / "empty.txt").write_text(" -- \n")
    rows = [{"question": QUESTION, "answer": "x"}, {"question": "How many days has the month of March in this book?"}]
    (tmp_path / "exam.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return folder


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "pages").mkdir(parents=True)
    texts = ["Nothing to see.", f"My page. {POEM.upper()}! {'More of my own words. ' * 30}", f"Q: {QUESTION}"]
    lines = "\n".join(json.dumps({"text": text}) for text in texts)
    (folder / "pages" / "dump.jsonl").write_text(lines)
    (folder / "manifest.yaml").write_text(
        "manifest_version: '1'\ndataset: {id: pages}\nsources:\n- {id: pages, files: [{path: pages/dump.jsonl}]}\n"
    )
    return folder / "manifest.yaml"


def test_a_reference_holds_hashes_and_no_text(works, tmp_path):
    added = add_reference(tmp_path / "store", "poems", [works], ReferenceKind.PROTECTED_WORKS)
    reference = added.reference
    assert (reference.items, reference.items_too_short, added.items_without_words) == (2, 1, 1)
    assert b"evening" not in reference.path.read_bytes()
    items = pq.read_table(reference.path).to_pylist()
    assert [(row["item"], row["copies"]) for row in items] == [("works/poem.txt", 2), ("works/short.txt", 1)]
    again = add_reference(tmp_path / "other", "poems", [works], ReferenceKind.PROTECTED_WORKS)
    assert again.reference.sha256 == reference.sha256


def test_a_reference_is_passed_on_as_a_file(works, tmp_path):
    first = add_reference(tmp_path / "store", "poems", [works], ReferenceKind.OPT_OUT).reference
    second = add_reference(tmp_path / "other", "theirs", [first.path]).reference
    assert (second.name, second.kind, second.sha256) == ("theirs", ReferenceKind.OPT_OUT, first.sha256)
    with pytest.raises(StoreError, match="of kind opt-out"):
        add_reference(tmp_path / "other", "again", [first.path], ReferenceKind.OTHER)


def test_names_that_are_taken_unknown_or_no_names_are_refused(works, tmp_path):
    store = tmp_path / "store"
    add_reference(store, "poems", [works])
    with pytest.raises(StoreError, match="remove it first"):
        add_reference(store, "poems", [works])
    with pytest.raises(StoreError, match="Known references: poems"):
        ReferenceStore(store).open("novels")
    with pytest.raises(StoreError, match="is no name for a reference"):
        add_reference(store, "../poems", [works])
    with pytest.raises(ManifestError):
        add_reference(store, "none", [tmp_path / "absent"])
    (tmp_path / "wordless.txt").write_text("...")
    with pytest.raises(StoreError, match="nothing to refer to"):
        add_reference(store, "none", [tmp_path / "wordless.txt"])
    assert ReferenceStore(store).names() == ["poems"]


@pytest.mark.slow
def test_an_audit_reports_each_work_with_the_bytes_it_stands_at(works, corpus, tmp_path):
    store = tmp_path / "store"
    add_reference(store, "poems", [works], ReferenceKind.PROTECTED_WORKS)
    add_reference(store, "exam", [tmp_path / "exam.jsonl"], ReferenceKind.EVALUATION_SET, text_field="question")
    finished = audit(corpus, store, workers=1)
    evidence = {row["reference"]: row for row in finished.tables["evidence.references"].to_pylist()}
    poem, exam = evidence["poems"], evidence["exam"]
    assert (poem["records"], poem["items_found"], poem["max_containment"]) == (1, 1, 1.0)
    assert (poem["example_item"], poem["example_record"][-2:]) == ("works/poem.txt", ":1")
    assert (poem["example_start"], poem["example_end"]) == (9, 9 + len(POEM))
    assert (exam["records"], exam["items"], exam["example_item"]) == (1, 2, "exam.jsonl:0")
    broken = {row["rule_id"] for row in finished.findings.to_pylist() if row["evidence_table"] == "references"}
    assert broken == {"baseline.no-protected-works", "baseline.no-evaluation-items"}
    page = finished.report.read_text()
    assert "works/poem.txt" in page
    assert "evening" not in page


def test_other_references_make_another_audit(works, corpus, tmp_path):
    store = tmp_path / "store"
    before = pipeline.ingest(corpus, store)
    reference = add_reference(store, "poems", [works]).reference
    after = pipeline.ingest(corpus, store)
    assert before.audit_id != after.audit_id
    reference.path.write_bytes(reference.path.read_bytes() + b" ")
    with pytest.raises(StoreError, match="changed since this audit began"):
        pipeline.measure(after, 0)


def test_a_reference_of_other_settings_is_refused(works, corpus, tmp_path):
    add_reference(tmp_path / "store", "poems", [works], parameters=Parameters(shingle_size=3))
    with pytest.raises(ParametersMismatchError, match=r"'poems' was made with other settings .shingle_size 3 instead"):
        pipeline.ingest(corpus, tmp_path / "store")


def test_the_command_adds_lists_and_removes(works, tmp_path):
    def run(*arguments):
        return CliRunner().invoke(app, ["reference", *arguments, "--store", str(tmp_path / "store")])

    added = run("add", "poems", str(works), "--kind", "protected-works")
    assert "Added poems: 2 items of kind protected-works." in added.stdout
    assert "1 items have fewer words than a shingle" in added.stderr
    assert run("list").stdout.split()[:3] == ["poems", "protected-works", "2"]
    assert run("remove", "poems").stdout == "Removed poems.\n"
    assert run("list").stdout == ""
