"""Where a text is in the audited datasets of a store."""

import json
import random
import re
import shutil
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from corpus_audit import audit
from corpus_audit.cli import app
from corpus_audit.config import Parameters
from corpus_audit.errors import CorpusAuditError, DecisionError, StoreError
from corpus_audit.pipeline.tracing.reference_works import trace_reference
from corpus_audit.pipeline.tracing.trace import TraceOptions, trace_text
from corpus_audit.references import ReferenceStore
from corpus_audit.references.adding import add_reference
from corpus_audit.vocabulary import TraceCoverage, TraceState

MANIFEST = """manifest_version: '1'
dataset: {{id: {dataset}, version: '{version}'}}
sources:
- id: pages
  license: {{expression: CC-BY-4.0}}
  files: [{{path: data/{file}}}]
"""


def text(seed, count=80):
    generator = random.Random(seed)
    return " ".join("".join(generator.choices("abcdefghijk", k=generator.randint(2, 7))) for _ in range(count))


KEPT, ONLY_IN_NEWS = text("kept", 300), text("news", 200)


def audited(folder, dataset, version, texts, **options):
    file = f"{dataset}-{version}.jsonl"
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / file).write_text("".join(json.dumps({"text": t}) + "\n" for t in texts))
    manifest = folder / f"{dataset}-{version}.yaml"
    manifest.write_text(MANIFEST.format(dataset=dataset, version=version, file=file))
    return audit(manifest, folder / "store", workers=1, **options).folder.audit_id


@pytest.fixture(scope="module")
def two_datasets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("datasets")
    others = [text(n) for n in range(30)]
    news = audited(folder, "news", "1", [*others[:20], KEPT, ONLY_IN_NEWS, KEPT])
    talk = audited(folder, "talk", "1", [*others[20:], KEPT])
    unindexed = audited(folder, "old", "1", [KEPT], parameters=Parameters(passage_window=0))
    return SimpleNamespace(folder=folder, store=folder / "store", news=news, talk=talk, unindexed=unindexed)


@pytest.fixture
def settings():
    return TraceOptions()


def copied(two_datasets, folder):
    """Return a copy of the store and the data whose files may be changed."""
    shutil.copytree(two_datasets.folder, folder, dirs_exist_ok=True)
    for run in (folder / "store" / "audits").glob("*/run.json"):
        run.write_text(run.read_text().replace(str(two_datasets.folder), str(folder)))
    return folder / "store", folder / "data"


def test_a_text_is_found_in_every_dataset_with_what_is_known_of_it(two_datasets):
    found = trace_text(two_datasets.store, f"Before it. {KEPT.upper()} And after.")
    (hit,) = found.hits
    assert hit.passages[0].tokens == 300
    assert {(place.dataset_id, place.row) for place in hit.places} == {("news", 20), ("news", 22), ("talk", 10)}
    first = next(place for place in hit.places if place.row == 20)
    assert (first.license_expression, first.source_id, first.audits) == ("CC-BY-4.0", "pages", (two_datasets.news,))
    assert [copy.kind for copy in first.copies] == ["exact"]
    assert found.unverified == ()
    assert found.guaranteed == (20, 28)


def test_a_passage_is_found_with_its_bytes(two_datasets):
    words = ONLY_IN_NEWS.split()
    passage = " ".join(words[70:120])
    (hit,) = trace_text(two_datasets.store, passage).hits
    (one,) = hit.passages
    assert ONLY_IN_NEWS.encode()[one.record_start : one.record_end].decode() == passage
    assert hit.containment == 1


def test_what_was_not_looked_through_is_said(two_datasets):
    found = trace_text(two_datasets.store, text("nowhere"))
    assert found.hits == ()
    coverage = {traced.audit_id: traced.coverage for traced in found.audits}
    assert coverage == {
        two_datasets.news: TraceCoverage.ALL,
        two_datasets.talk: TraceCoverage.ALL,
        two_datasets.unindexed: TraceCoverage.NO_INDEX,
    }


def test_a_record_whose_file_is_gone_is_no_hit(two_datasets, tmp_path):
    store, data = copied(two_datasets, tmp_path / "copy")
    (data / "news-1.jsonl").unlink()
    found = trace_text(store, ONLY_IN_NEWS)
    assert found.hits == ()
    assert [one.state for one in found.unverified] == [TraceState.NOT_AT_HAND]
    # The same bytes at hand in another dataset are what the record was: its sha256 says so.
    assert len(trace_text(store, KEPT).hits[0].places) == 3


def test_a_record_that_changed_is_no_hit(two_datasets, tmp_path):
    store, data = copied(two_datasets, tmp_path / "copy")
    lines = (data / "news-1.jsonl").read_text().splitlines(keepends=True)
    (data / "news-1.jsonl").write_text("".join(line.replace(ONLY_IN_NEWS, ONLY_IN_NEWS[:-1] + "x") for line in lines))
    found = trace_text(store, ONLY_IN_NEWS)
    assert found.hits == ()
    assert [one.state for one in found.unverified] == [TraceState.CHANGED]


@pytest.mark.parametrize("name", ["records.parquet", "passages.index"])
def test_nothing_is_shown_of_a_table_or_an_index_that_was_changed(two_datasets, tmp_path, name):
    store, _ = copied(two_datasets, tmp_path)
    (changed,) = (store / "audits" / two_datasets.talk).glob(f"measure-*/{name}")
    with changed.open("ab") as file:
        file.write(changed.read_bytes()[-400:])
    with pytest.raises(StoreError, match=f"{name} was changed"):
        trace_text(store, KEPT)


def test_what_is_left_unread_is_counted(two_datasets):
    found = trace_text(two_datasets.store, f"{KEPT} {ONLY_IN_NEWS}", TraceOptions(most_records=1))
    assert found.left == 3


@pytest.mark.parametrize("asked", ["", " ,. !\n"])
def test_a_text_without_a_word_is_refused(two_datasets, asked):
    with pytest.raises(CorpusAuditError, match="no word"):
        trace_text(two_datasets.store, asked)


def test_a_folder_that_is_no_store_is_refused(tmp_path):
    with pytest.raises(StoreError, match="no folder of audits"):
        trace_text(tmp_path, "some words")


def run(two_datasets, *arguments, **options):
    return CliRunner().invoke(app, ["trace", "--store", str(two_datasets.store), *arguments], **options)


def test_the_command_tells_found_from_not_found(two_datasets, tmp_path):
    passage = " ".join(ONLY_IN_NEWS.split()[10:70])
    (tmp_path / "asked.txt").write_text(passage)
    by_words, by_file, by_stdin = (
        run(two_datasets, *passage.split()),
        run(two_datasets, "--file", str(tmp_path / "asked.txt")),
        run(two_datasets, "-", input=passage),
    )
    assert by_words.exit_code == 0, by_words.output
    assert by_words.output == by_file.output == by_stdin.output
    for line in (
        "FOUND  in 1 records",
        "news 1, source pages: data/news-1.jsonl, row 21",
        "CC-BY-4.0",
        "Looked through 2 of 3",
    ):
        assert line in by_words.output
    nowhere = run(two_datasets, "--format", "json", text("nowhere"))
    assert nowhere.exit_code == 1
    assert json.loads(nowhere.output)["found"] is False


def test_the_command_needs_one_text(two_datasets):
    for arguments in ([], ["word", "--file", "also"], ["--file", "/nowhere/at/all"]):
        result = run(two_datasets, *arguments)
        assert isinstance(result.exception, CorpusAuditError), arguments


@pytest.fixture(scope="module")
def works(two_datasets):
    """Return a reference that was added after the audits: a work of one, one of none, one of few words."""
    folder = two_datasets.folder / "works"
    folder.mkdir()
    (folder / "mine.txt").write_text(" ".join(ONLY_IN_NEWS.split()[30:90]))
    (folder / "elsewhere.txt").write_text(text("elsewhere", 90))
    (folder / "few.txt").write_text(" ".join(ONLY_IN_NEWS.split()[100:109]))
    add_reference(two_datasets.store, "poems", [folder])
    yield two_datasets
    ReferenceStore(two_datasets.store).remove("poems")


def test_a_reference_is_looked_for_in_earlier_audits_without_measuring(works):
    found = trace_reference(works.store, "poems")
    mine = next(work for work in found.works if work.item == "works/mine.txt")
    assert mine.containment == 1
    (place,) = mine.places
    assert (place.dataset_id, place.audits) == ("news", (works.news,))
    assert ONLY_IN_NEWS[mine.record_start : mine.record_end].split() == ONLY_IN_NEWS.split()[30:90]
    assert "works/elsewhere.txt" not in {work.item for work in found.works}
    assert (found.items_short, found.guaranteed, found.left) == (1, (20, 28), 0)


def test_the_command_says_which_works_are_found_for_certain(works):
    result = run(works, "--reference", "poems")
    assert result.exit_code == 0
    assert "FOUND" in result.output
    assert "works/mine.txt: 100%" in result.output
    assert "of 1 shorter works, and of changed ones, only some" in result.output
    assert f"Not looked through: {works.unindexed} was measured without a passage index." in result.output
    assert json.loads(run(works, "--reference", "poems", "--format", "json").output)["items"] == 3
    assert "one thing at a time" in str(run(works, "--reference", "poems", "some", "words").exception)
    assert isinstance(run(works, "--reference", "absent").exception, StoreError)


def test_models_that_were_noted_are_named(two_datasets):
    def lines():
        return run(two_datasets, *ONLY_IN_NEWS.split()).output

    assert "models    not recorded" in lines()
    noted = (
        "trained",
        two_datasets.news,
        "--store",
        str(two_datasets.store),
        "--author",
        "A. Trainer",
        "--model",
        "news-7b",
    )
    for _ in range(2):
        result = CliRunner().invoke(app, [*noted, "--run", "https://runs.example.org/1"])
        assert result.output == f"Entry 1 of the ledger: news-7b is trained on {two_datasets.news}.\n"
    assert re.search(r"models +news-7b$", lines(), re.MULTILINE)
    assert isinstance(CliRunner().invoke(app, [*noted[:-1], "=evil"]).exception, DecisionError)
