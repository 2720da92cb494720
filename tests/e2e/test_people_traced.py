"""Where a person is in the audited datasets, what a withdrawal does, and what is stated of both."""

import json
import random
from datetime import date
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from corpus_audit import audit
from corpus_audit.cli import app
from corpus_audit.errors import CorpusAuditError, DecisionError
from corpus_audit.export.bundle.keys import create_keys, read_public_key
from corpus_audit.export.bundle.person_statement import read_person_statement
from corpus_audit.ledger import open_ledger
from corpus_audit.pipeline.tracing.people import trace_subject, trace_value
from corpus_audit.pipeline.withdrawals import read_withdrawals
from corpus_audit.store import read_json

MANIFEST = """manifest_version: '1'
dataset: {{id: {dataset}, version: '{version}'}}
sources:
- id: pages
  files:
  - {{path: data/{file}, fields: {{text: text, subject_ids: people}}}}
  - {{path: data/letter.txt, subjects: [p9]}}
"""
EMAIL = "maria.keller@keller-druck.de"


def text(seed, count=60):
    generator = random.Random(seed)
    return " ".join("".join(generator.choices("abcdefghijk", k=generator.randint(2, 7))) for _ in range(count))


def audited(folder, dataset, version, rows):
    file = f"{dataset}-{version}.jsonl"
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "letter.txt").write_text(text("letter"))
    (folder / "data" / file).write_text("".join(json.dumps({"text": t, "people": p}) + "\n" for t, p in rows))
    manifest = folder / f"{dataset}-{version}.yaml"
    manifest.write_text(MANIFEST.format(dataset=dataset, version=version, file=file))
    return audit(manifest, folder / "store", workers=1).folder


def two(folder):
    """Audit two datasets that share a text of one person; one of them does not say whose it is."""
    theirs = f"{text('theirs')} Write to {EMAIL} for more."
    news = audited(folder, "news", "1", [(text(1), ["p1"]), (theirs, ["p1", "p2"]), (theirs, None), (text(2), None)])
    talk = audited(folder, "talk", "1", [(text(3), ["p2"]), (theirs, ["p1"])])
    return SimpleNamespace(folder=folder, store=folder / "store", news=news, talk=talk)


@pytest.fixture(scope="module")
def datasets(tmp_path_factory):
    return two(tmp_path_factory.mktemp("datasets"))


def run(store, *arguments, **options):
    return CliRunner().invoke(app, [*arguments, "--store", str(store)], **options)


def test_a_person_is_found_by_their_id_in_every_dataset_with_copies(datasets):
    found = trace_subject(datasets.store, "p1")
    assert {(place.dataset_id, place.row) for place in found.places} == {("news", 0), ("news", 1), ("talk", 1)}
    (copied,) = [place for place in found.places if (place.dataset_id, place.row) == ("news", 1)]
    assert [copy.record_id.endswith(":2") for copy in copied.copies] == [True]
    assert copied.consent == {"p1": "not-recorded", "p2": "not-recorded"}
    assert trace_subject(datasets.store, "nobody").places == ()


def test_a_person_is_found_in_files_declared_as_theirs(datasets):
    assert {place.file for place in trace_subject(datasets.store, "p9").places} == {"data/letter.txt"}


def test_a_value_is_found_by_its_hash_alone(datasets):
    found = trace_value(datasets.store, f"  {EMAIL.upper()} ")
    assert {(place.dataset_id, place.row) for place in found.places} == {("news", 1), ("news", 2), ("talk", 1)}
    assert trace_value(datasets.store, "someone.else@keller-druck.de").places == ()


def test_what_is_no_value_of_a_person_is_refused(datasets):
    with pytest.raises(CorpusAuditError, match="not looked for"):
        trace_value(datasets.store, "hello")


def test_the_command_asks_for_the_value_and_never_repeats_it(datasets):
    result = run(datasets.store, "trace", "--value", input=EMAIL)
    assert result.exit_code == 0, result.output
    assert "FOUND  in 3 records of news, talk." in result.output
    assert "keller" not in result.output
    assert all(b"keller" not in path.read_bytes() for path in datasets.store.rglob("*") if path.is_file())
    assert run(datasets.store, "trace", "--subject", "p7").exit_code == 1


def test_one_thing_is_looked_for_at_a_time(datasets, tmp_path):
    for arguments in (["word", "--subject", "p1"], ["--subject", "p1", "--value"], ["--subject", "p1", "--key", "k"]):
        assert isinstance(run(datasets.store, "trace", *arguments).exception, CorpusAuditError)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("id,day\np1,2026-01-01\n", "first line"),
        ("subject_id,withdrawn_on\np1,yesterday\n,2026-01-01\n", "line 2: withdrawn_on .*; line 3: subject_id"),
        ("subject_id,withdrawn_on\np1,2999-01-01\n", "line 2: .* future"),
    ],
)
def test_a_list_that_is_none_is_refused_with_its_lines(tmp_path, content, problem):
    (tmp_path / "list.csv").write_text(content)
    with pytest.raises(CorpusAuditError, match=problem):
        read_withdrawals(tmp_path / "list.csv", date(2026, 6, 1))


def test_a_withdrawal_is_carried_through_every_dataset(tmp_path):
    """One person withdraws: found in two datasets and their copies, left out, and stated to them."""
    datasets = two(tmp_path)
    verdicts = [read_json(folder.folder("conclude") / "verdict.json") for folder in (datasets.news, datasets.talk)]
    assert not any(reason["code"] == "consent-withdrawn" for verdict in verdicts for reason in verdict["reasons"])
    (tmp_path / "list.csv").write_text("subject_id,withdrawn_on\np1,2026-01-31\np77,2026-02-01\n")
    marking = ("withdrawals", str(tmp_path / "list.csv"), "--author", "A. Steward", "-o", str(tmp_path / "out"))
    result = run(datasets.store, *marking)
    assert result.exit_code == 1, result.output
    assert "In no dataset that was looked through: 1 people." in result.output
    for folder, rows in ((datasets.news, [0, 1, 2]), (datasets.talk, [1])):
        left_out = pq.read_table(tmp_path / "out" / f"{folder.audit_id}.parquet")
        assert left_out["row"].to_pylist() == rows
        assert set(left_out["reasons"].combine_chunks().flatten().to_pylist()) == {"consent-withdrawn"}
        verdict = read_json(folder.folder("conclude") / "verdict.json")
        assert verdict["verdict"] == "fail"
        assert {"code": "consent-withdrawn", "count": 1, "rules": {}} in verdict["reasons"]
        assert "withdrawn consent" in (folder.folder("report") / "report.html").read_text()
    entries = open_ledger(datasets.store).entries(action="withdraw-consent")
    assert [(e.finding_id, e.dataset_id) for e in entries] == [("p1", "news"), ("p1", "talk"), ("p77", "(store)")]
    assert open_ledger(datasets.store).verify().problems == ()

    run(datasets.store, *marking)
    assert open_ledger(datasets.store).count(action="withdraw-consent") == 3, "nothing is marked twice"

    create_keys(tmp_path / "steward.key", None)
    stated = tmp_path / "p1.dsse.json"
    key = ("--statement", str(stated), "--key", str(tmp_path / "steward.key"))
    assert run(datasets.store, "trace", "--subject", "p1", *key).exit_code == 0
    statement = read_person_statement(stated.read_bytes(), "p1", read_public_key(tmp_path / "steward.key.pub"))
    assert [(row["dataset_id"], row["records"], row["verdict"]) for row in statement["datasets_now"]] == [
        ("talk", 1, "fail"),
        ("news", 2, "fail"),
    ]
    assert len(statement["withdrawals"]) == 2
    assert "p2" not in stated.read_text()
    public_key = ("--public-key", str(tmp_path / "steward.key.pub"))
    assert CliRunner().invoke(app, ["verify", str(stated), *public_key]).exit_code == 0
    assert CliRunner().invoke(app, ["verify", str(stated)]).exit_code == 3
    create_keys(tmp_path / "other.key", None)
    other = CliRunner().invoke(app, ["verify", str(stated), "--public-key", str(tmp_path / "other.key.pub")])
    assert other.exit_code == 1

    # The next version without these records is free of it, and one that names the person later is not.
    cleaned = audited(tmp_path, "news", "2", [(text(2), None)])
    assert "consent-withdrawn" not in (cleaned.folder("conclude") / "verdict.json").read_text()
    later = audited(tmp_path, "more", "1", [(text(9), ["p77"])])
    assert "consent-withdrawn" in (later.folder("conclude") / "verdict.json").read_text()


def test_only_a_named_steward_marks(datasets, tmp_path):
    (tmp_path / "list.csv").write_text("subject_id,withdrawn_on\np55,2026-01-31\n")
    result = run(datasets.store, "withdrawals", str(tmp_path / "list.csv"), "--author", " ", "-o", str(tmp_path))
    assert isinstance(result.exception, DecisionError)
