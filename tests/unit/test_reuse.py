"""What some audit of a store measured is taken over by the next: only new and changed shards are measured."""

import random

import pytest

from corpus_audit import pipeline, schemas
from corpus_audit.pipeline.context import measured
from corpus_audit.references.adding import add_reference
from corpus_audit.store import AuditFolder

pytestmark = pytest.mark.slow

SHARD_BYTES = 4_000


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.setenv("CORPUS_AUDIT_SHARD_BYTES", str(SHARD_BYTES))
    folder = tmp_path / "corpus"
    (folder / "texts").mkdir(parents=True)
    for n in range(100):
        (folder / "texts" / f"{n:03}.txt").write_text(text_of(n))
    return folder


def text_of(seed):
    return " ".join(random.Random(seed).choices("abcdefghij", k=250))


def measure_all(corpus, version="1") -> AuditFolder:
    files = "".join(f"  - {{path: texts/{path.name}}}\n" for path in sorted((corpus / "texts").iterdir()))
    manifest = corpus / "manifest.yaml"
    dataset = f"manifest_version: '1'\ndataset: {{id: letters, version: '{version}'}}\n"
    manifest.write_text(f"{dataset}sources:\n- id: texts\n  files:\n{files}")
    audit = pipeline.ingest(manifest, corpus.parent / "store")
    for shard in pipeline.shard_numbers(audit):
        pipeline.measure(audit, shard)
    return audit


def measured_files(audit):
    return {path.stat().st_ino: path.read_bytes() for path in measured(audit, schemas.RECORDS)}


def test_shards_without_a_change_are_taken_over_and_are_what_measuring_gives(corpus, tmp_path):
    first = measure_all(corpus)
    (corpus / "texts" / "050.txt").write_text(text_of("changed"))
    (corpus / "texts" / "100.txt").write_text(text_of(100))
    second = measure_all(corpus, "2")
    before, after = measured_files(first), measured_files(second)
    fresh = after.keys() - before.keys()
    assert 1 <= len(fresh) <= 4 < len(after) // 2
    assert second.audit_id != first.audit_id
    (tmp_path / "store").rename(tmp_path / "put-away")
    alone = measure_all(corpus, "2")
    assert sorted(measured_files(alone).values()) == sorted(after.values())


def test_what_was_spoiled_or_deleted_is_measured_again(corpus, tmp_path):
    first = measure_all(corpus)
    spoiled, *_ = measured(first, schemas.RECORDS)
    spoiled.write_bytes(b"")
    second = measure_all(corpus, "2")
    assert len(measured_files(second).keys() - measured_files(first).keys()) == 1
    (tmp_path / "store" / "audits" / second.audit_id).rename(tmp_path / "put-away")
    third = measure_all(corpus, "3")
    assert all(measured_files(third).values())


def test_new_references_make_all_shards_new(corpus, tmp_path):
    first = measure_all(corpus)
    add_reference(tmp_path / "store", "letters", [corpus / "texts" / "001.txt"])
    second = measure_all(corpus)
    assert not measured_files(second).keys() & measured_files(first).keys()
