"""What lies in a source's folders beside its declared files, and what it makes of the source's coverage."""

UNDECLARED = {"kind": "undeclared"}
LINK = {"kind": "link-not-followed"}
CLOSED = {"kind": "folder-not-listed"}


def ignored(data_bytes, declared_files=0, pattern="*.bak"):
    return {"kind": "ignored", "pattern": pattern, "data_bytes": data_bytes, "declared_files": declared_files}


LYING_BESIDE = [
    ([], "read", "none"),
    ([UNDECLARED], "left-out", "none"),
    ([LINK], "left-out", "not-looked-at"),
    ([CLOSED], "left-out", "not-looked-at"),
    ([ignored(100)], "read", "ignored"),
    ([ignored(0)], "read", "ignored"),
    ([ignored(101)], "left-out", "ignored-too-much"),
    ([ignored(60), ignored(60, pattern="*.tmp")], "left-out", "ignored-too-much"),
    ([ignored(1, declared_files=1)], "left-out", "ignored-too-much"),
    ([ignored(101), LINK, UNDECLARED], "left-out", "not-looked-at"),
]


def test_what_is_there_and_not_looked_at_keeps_a_source_from_being_read(corpus):
    for number, (beside, _state, _left_out) in enumerate(LYING_BESIDE):
        source_id = f"s{number:02}"
        corpus.source(source_id)
        corpus.file(source_id, "x", size=100)
        corpus.record(f"r{number}", source_id, 100, "x")
        corpus.reads(source_id, "x", 1)
        for row in beside:
            corpus.left_out(source_id, **row)
    found = [(row["state"], row["left_out"]) for row in corpus.rows_of("coverage")]
    assert found == [(state, left_out) for _beside, state, left_out in LYING_BESIDE]


def test_counts_and_bytes_stand_in_the_coverage_and_among_the_gaps(corpus):
    corpus.source("a")
    corpus.file("a", "x", size=100)
    corpus.left_out("a", kind="undeclared", files=3, size_bytes=30)
    corpus.left_out("a", kind="ignored", pattern="*.bak", files=2, size_bytes=20)
    corpus.left_out("a", kind="ignored", pattern="*.tmp", files=1, size_bytes=5)
    corpus.left_out("a", kind="link-not-followed", files=4)
    evidence = corpus.gather_named("coverage", "coverage_gaps")
    (row,) = evidence["coverage"].to_pylist()
    assert (row["files_undeclared"], row["undeclared_bytes"]) == (3, 30)
    assert (row["files_ignored"], row["ignored_bytes"], row["links_not_followed"]) == (3, 25, 4)
    gaps = {(gap["unit"], gap["reason"]): gap["count"] for gap in evidence["coverage_gaps"].to_pylist()}
    assert gaps[("file", "undeclared")] == gaps[("file", "ignored")] == 3
    assert gaps[("link", "link-not-followed")] == 4


def test_all_of_it_is_evidence(corpus):
    corpus.left_out("a", kind="undeclared", files=1, examples=["a/hidden.jsonl"])
    assert corpus.row_of("left_out")["examples"] == ["a/hidden.jsonl"]
