"""Copies in earlier audits of the same store: found without measuring those again, and verified on both texts."""

import importlib
import json
import random
import shutil

import pytest

from corpus_audit import pipeline, schemas
from corpus_audit.config import Parameters
from corpus_audit.errors import StoreError
from corpus_audit.ledger import open_ledger
from corpus_audit.pipeline.garbage import collect_garbage
from corpus_audit.pipeline.indexed_audits import index_problems
from corpus_audit.pipeline.retention import delete_audit
from corpus_audit.vocabulary import GarbageKind
from generative.reference_tokenizer import shingle

pytestmark = pytest.mark.slow

compare_module = importlib.import_module("corpus_audit.pipeline.compare")


def text(seed):
    return " ".join(random.Random(seed).choices("abcdefghijklmnop", k=120))


def audited(folder, dataset, texts, license_name="MIT", until="compare", **options):
    """Return an audit of a dataset that has a folder of its own, up to a stage."""
    root = folder / dataset
    root.mkdir(exist_ok=True)
    (root / "a.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in texts))
    (root / "manifest.yaml").write_text(
        f"manifest_version: '1'\ndataset: {{id: {dataset}}}\nsources:\n- id: {dataset}-source\n"
        f"  files: [{{path: a.jsonl}}]\n  license: {{expression: {license_name}}}\n"
    )
    audit = pipeline.ingest(root / "manifest.yaml", folder / "store", **options)
    for shard in pipeline.shard_numbers(audit):
        pipeline.measure(audit, shard)
    for stage in (pipeline.deduplicate, pipeline.compare):
        stage(audit)
    return audit


def overlaps(audit):
    return audit.read("compare", schemas.DATASET_OVERLAPS).to_pylist()


def pairs(audit):
    return [
        (row["record_a"].split(":")[1], row["record_b"].split(":")[1], row["kind"], row["jaccard"])
        for row in audit.read("compare", schemas.AUDIT_PAIRS).to_pylist()
    ]


def jaccard(one, other):
    a, b = set(shingle(one, 5)), set(shingle(other, 5))
    return len(a & b) / len(a | b)


def test_copies_in_another_dataset_are_found_and_verified(tmp_path):
    shared, nearly = text(1), text(2)
    changed = nearly + " q r s"
    first = audited(tmp_path, "first", [text(3), shared, nearly, shared], "CC-BY-4.0")
    assert overlaps(first) == []
    second = audited(tmp_path, "second", [shared, text(4), changed])
    assert pairs(second) == [("0", "1", "exact", 1.0), ("2", "2", "near", jaccard(nearly, changed))]
    (overlap,) = overlaps(second)
    assert (overlap["audit_b"], overlap["relation"], overlap["state"]) == (first.audit_id, "other-dataset", "compared")
    assert (overlap["records_a"], overlap["exact_records"], overlap["near_records"]) == (2, 1, 1)
    assert (overlap["records_b"], overlap["bytes_b"]) == (3, 2 * len(shared) + len(nearly))
    assert overlap["share_a"] == (len(shared) + len(changed)) / (len(shared) + len(changed) + len(text(4)))
    assert (overlap["licenses_a"], overlap["licenses_b"]) == (["MIT"], ["CC-BY-4.0"])
    assert (overlap["sources_b"], overlap["unverified"]) == (["first-source"], 0)


@pytest.mark.parametrize(
    "spoil", [shutil.rmtree, lambda root: (root / "a.jsonl").write_text(json.dumps({"text": "x"}))]
)
def test_without_the_other_text_there_is_no_near_copy_but_a_count(tmp_path, spoil):
    shared, nearly = text(1), text(2)
    audited(tmp_path, "first", [shared, nearly])
    spoil(tmp_path / "first")
    second = audited(tmp_path, "second", [shared, nearly + " q r s"])
    assert pairs(second) == [("0", "0", "exact", 1.0)], "equal bytes need no text"
    (overlap,) = overlaps(second)
    assert (overlap["records_a"], overlap["near_records"], overlap["unverified"]) == (1, 0, 1)


def test_each_state_of_each_dataset_is_compared_once_and_later_audits_change_nothing(tmp_path):
    audited(tmp_path, "first", [text(1)])
    audited(tmp_path, "second", [text(1), text(2)])
    third = audited(tmp_path, "second", [text(1), text(2), text(3)])
    before = overlaps(third)
    assert [
        (row["dataset_b"], row["relation"], row["records_a"]) for row in sorted(before, key=lambda r: r["dataset_b"])
    ] == [
        ("first", "other-dataset", 1),
        ("second", "other-version", 2),
    ]
    audited(tmp_path, "fourth", [text(3)])
    again = audited(tmp_path, "second", [text(1), text(2), text(3)])
    assert (again.audit_id, overlaps(again)) == (third.audit_id, before)


def test_other_settings_are_named_and_not_compared(tmp_path):
    audited(tmp_path, "first", [text(1)], parameters=Parameters(shingle_size=3))
    (overlap,) = overlaps(audited(tmp_path, "second", [text(1)]))
    assert (overlap["state"], overlap["records_a"], overlap["licenses_a"]) == ("other-settings", None, None)


def test_an_audit_that_is_gone_is_an_error_that_says_what_to_do(tmp_path):
    first = audited(tmp_path, "first", [text(1)])
    second = audited(tmp_path, "second", [text(1)])
    shutil.rmtree(first.path)
    pipeline.compare(second)  # what was compared stays
    (second.path / "markers" / "compare.json").unlink()
    with pytest.raises(StoreError, match=r"is gone from .*Delete compared_audits.json"):
        pipeline.compare(second)


@pytest.mark.parametrize("when", ["_described", "compared_audits", "_licenses"])
def test_an_audit_that_goes_meanwhile_is_the_same_error(tmp_path, monkeypatch, when):
    first = audited(tmp_path, "first", [text(1)])
    second = audited(tmp_path, "second", [text(1)])
    (second.path / "markers" / "compare.json").unlink()
    original = getattr(compare_module, when)

    def while_another_deletes(*given):
        shutil.rmtree(first.path, ignore_errors=True)
        return original(*given)

    monkeypatch.setattr(compare_module, when, while_another_deletes)
    with pytest.raises(StoreError, match=r"is gone from .*Delete compared_audits.json"):
        pipeline.compare(second)


def runs_of(folder):
    return sorted((folder / "store" / "signatures").glob("*/[!.]*"))


def compared_again(audit):
    """Return what comparing an audit once more gives, as bytes."""
    (audit.path / "markers" / "compare.json").unlink()
    pipeline.compare(audit)
    return [audit.table_path("compare", t).read_bytes() for t in (schemas.AUDIT_PAIRS, schemas.DATASET_OVERLAPS)]


def test_the_index_of_the_store_is_made_again_wherever_it_is_gone_or_changed(tmp_path):
    first = audited(tmp_path, "first", [text(1), text(2)])
    second = audited(tmp_path, "second", [text(1), text(2) + " q r s"])
    assert (len(runs_of(tmp_path)), list(index_problems(tmp_path / "store"))) == (2, [])
    before = compared_again(second)
    shutil.rmtree(tmp_path / "store" / "signatures")
    assert compared_again(second) == before
    for run in runs_of(tmp_path):
        rows = run / "bands.rows"
        rows.write_bytes(bytes(rows.stat().st_size))
    assert all("was changed" in problem for problem in index_problems(tmp_path / "store"))
    assert compared_again(second) == before
    assert list(index_problems(tmp_path / "store")) == []
    ledger = open_ledger(tmp_path / "store", environ={})
    delete_audit(ledger, first, "The contract ended.", "A. Keeper", even_if_compared=True)
    (run,) = runs_of(tmp_path)
    assert first.audit_id not in (run / "run.json").read_text()
    shutil.rmtree(second.path)
    removed = {found.path: found.kind for found in collect_garbage(tmp_path / "store")}
    assert (removed[run], runs_of(tmp_path)) == (GarbageKind.SIGNATURES, [])


def test_an_audit_whose_signatures_are_damaged_is_named_and_not_passed_over(tmp_path):
    first = audited(tmp_path, "first", [text(1)])
    shutil.rmtree(tmp_path / "store" / "signatures")
    (first.folder("deduplicate") / "index" / "bands.parquet").write_bytes(b"")
    (overlap,) = overlaps(audited(tmp_path, "second", [text(1)]))
    assert (overlap["audit_b"], overlap["state"], overlap["records_a"]) == (first.audit_id, "not-compared", None)


def test_nothing_can_be_shared_by_records_without_words(tmp_path):
    audited(tmp_path, "first", ["--", ""])
    (overlap,) = overlaps(audited(tmp_path, "second", ["--", "..."]))
    assert (overlap["records_a"], overlap["sources_a"], overlap["example_a"]) == (0, [], None)


def test_many_near_copies_on_both_sides_cost_little(tmp_path):
    stem = text(7)
    audited(tmp_path, "first", [f"{stem} number{n}" for n in range(400)])
    second = audited(tmp_path, "second", [f"{stem} other{n}" for n in range(400)])
    (overlap,) = overlaps(second)
    assert overlap["records_a"] == 400
    assert len(pairs(second)) <= 64 * 21 * 400
