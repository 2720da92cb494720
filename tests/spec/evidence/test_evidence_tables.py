"""Every evidence table is there, in its schema, sorted by its key, whatever was measured."""

import pytest

from corpus_audit.config import Parameters
from corpus_audit.evidence import tables
from spec.evidence.small_corpus import SmallCorpus

TABLES = [pytest.param(table, id=table.name) for table in tables.EVIDENCE]
STATE_COLUMNS = ("_state", "state", "permitted", "intended", "terms_conflict", "conflict_reason", "declared")


@pytest.fixture(scope="module")
def busy_corpus(tmp_path_factory):
    """Return a corpus with something in every input, its ids out of order and in several scripts."""
    corpus = SmallCorpus(tmp_path_factory.mktemp("busy"))
    corpus.shards = 3
    corpus.keyword_lists = ["bad"]
    corpus.parameters = Parameters(minimum_score=0.5)
    corpus.dataset = {"intended_uses": ["model-release"], "languages": ["zh"]}
    for source_id in ("网页", "b", "a", "é"):
        corpus.source(source_id, license_declared="MIT" if source_id == "a" else "cc-by-4.0")
        corpus.source_disclosure(source_id)
        corpus.claim_problem(source_id, "file.sha256", "/sha256")
        corpus.claim_gap(source_id, "source.collector")
        for path in ("z.txt", "ä.txt", "a.txt"):
            corpus.file(source_id, path, split="test" if path == "z.txt" else "train")
            corpus.record(
                f"{source_id}/{path}",
                source_id,
                10,
                path,
                script="latin",
                entropy_bits=4.0,
                shingles=60,
                declared_license=None,
                language_observed="zh" if path == "z.txt" else "und",
                gopher_rejects=[],
                subject_ids=["p1", "Zhang San"],
            )
            corpus.statement(f"{source_id}/{path}", source_id, "robots-tag", "noai")
            corpus.keyword_hit(f"{source_id}/{path}", source_id)
            corpus.name_sample(f"{source_id}/{path}", source_id)
            corpus.name(f"{source_id}/{path}", source_id)
            corpus.span(f"{source_id}/{path}", source_id, "PRIVATE_KEY", kind="secret")
            corpus.span(f"{source_id}/{path}", source_id, "LICENSE_NOTICE", kind="notice", masked="BSD")
            corpus.span(f"{source_id}/{path}", source_id, "PHONE_NUMBER")
            corpus.span(f"{source_id}/{path}", source_id, "CREDIT_CARD", score=0.5, status="labelled")
            corpus.span(f"{source_id}/{path}", source_id, "IP_ADDRESS", score=0.2)
            corpus.span(f"{source_id}/{path}", source_id, "CRYPTO", score=0.2)
            corpus.span(f"{source_id}/{path}", source_id, "EMAIL_ADDRESS")
            corpus.defect(source_id, path, "not-utf8", "byte 1")
        corpus.unread(source_id, "z.txt", "bad-row", 3)
        corpus.reads(source_id, "z.txt", 4, read=1)
        corpus.column(source_id, "z.txt", "url")
        corpus.medium(f"{source_id}/face", source_id, faces=1)
        corpus.medium(f"{source_id}/voice", source_id, "audio", speech="no")
        corpus.label(f"{source_id}/face", source_id, "xmp", "data-mining", "DMI-ALLOWED", "allowed")
    corpus.copy("b/z.txt", "b", "near", 10)
    corpus.pair("a/z.txt", "b/z.txt", jaccard=0.93)
    corpus.pair("a/a.txt", "b/a.txt", "exact", jaccard=1.0)
    corpus.pair("a/a.txt", "é/a.txt", "near", jaccard=0.9)
    for number in range(10):
        corpus.span("a/a.txt", "a", "IBAN_CODE", value=str(number % 4), score=0.5 + number / 19)
    for source_id in ("é", "b"):
        corpus.license_text(source_id, "LICENSE", "MIT")
    corpus.overlap("b", "网页")
    corpus.overlap("a", "b")
    corpus.common_text("b/a.txt", 80)
    corpus.common_text("a/z.txt", 70)
    corpus.earlier_audit("b")
    corpus.earlier_audit("a")
    corpus.reference("poems")
    corpus.reference("exam")
    for subject_id in ("p2", "p1"):
        corpus.subject(subject_id)
        corpus.authorisation(subject_id)
    for host in ("b.example.org", "a.example.org"):
        corpus.snapshot("b", "robots.txt", "", host=host)
    corpus.left_out("b", "undeclared")
    corpus.left_out("a", "undeclared")
    corpus.model("m2")
    corpus.model("m1")
    corpus.trained_model("z")
    corpus.trained_model("a")
    return corpus


@pytest.fixture(scope="module")
def busy(busy_corpus):
    """Return the evidence of the busy corpus."""
    return busy_corpus.gather()


@pytest.mark.parametrize("table", TABLES)
def test_a_full_table_has_its_schema_and_is_sorted(busy, table):
    found = busy[table.name]
    assert found.schema.equals(table.schema, check_metadata=True)
    assert found.num_rows > 0
    keys = list(zip(*(found[column].to_pylist() for column in table.key), strict=True))
    assert keys == sorted(keys, key=lambda key: [part.encode() if isinstance(part, str) else part for part in key])
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("table", TABLES)
def test_states_are_never_null(busy, table):
    for column in table.schema.names:
        if column.endswith(STATE_COLUMNS) or column in table.key:
            assert busy[table.name][column].null_count == 0, column


def test_people_whom_no_manifest_describes_are_named_nowhere(busy):
    assert [table.name for table in tables.EVIDENCE if "Zhang" in str(busy[table.name].to_pylist())] == []


@pytest.mark.parametrize("table", TABLES)
def test_a_table_alone_is_as_among_all(busy, busy_corpus, table):
    """What several tables share is made for the one that reads it."""
    assert busy_corpus.gather([table])[table.name].equals(busy[table.name])


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """Return the evidence of a corpus with nothing in it."""
    return SmallCorpus(tmp_path_factory.mktemp("empty")).gather()


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_audit_has_every_table(empty, table):
    found = empty[table.name]
    assert found.schema.equals(table.schema, check_metadata=True)
    is_about_the_whole = table in (tables.DATASET, tables.DISCLOSURE, tables.QUALITY)
    always = {tables.GATES.name: 2, tables.CHECKS.name: 4}
    assert found.num_rows == (1 if is_about_the_whole else always.get(table.name, 0))


def test_there_is_no_other_table(empty):
    assert set(empty) == {table.name for table in tables.EVIDENCE}


def test_shards_do_not_matter(busy, busy_corpus, monkeypatch):
    monkeypatch.setattr(busy_corpus, "shards", 1)
    whole = busy_corpus.gather()
    assert [name for name in whole if not whole[name].equals(busy[name])] == []
