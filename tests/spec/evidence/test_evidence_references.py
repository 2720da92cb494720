"""What of each reference each source's records contain."""


def test_every_source_was_held_against_every_reference(corpus):
    corpus.source("a")
    corpus.source("b")
    corpus.reference("exam", "evaluation-set")
    corpus.reference("poems")
    rows = corpus.rows_of("references")
    assert [(row["reference"], row["source_id"], row["records"]) for row in rows] == [
        ("exam", "a", 0), ("exam", "b", 0), ("poems", "a", 0), ("poems", "b", 0),
    ]  # fmt: skip
    assert {row["max_containment"] for row in rows} == {None}
    assert rows[0]["reference_kind"] == "evaluation-set"


def test_records_and_items_count_once_and_the_longest_stretch_is_the_example(corpus):
    corpus.source("a")
    corpus.source("b")
    corpus.reference("poems")
    for record in ("r1", "r2", "r3", "r4"):
        corpus.record(record, "a", 100)
    corpus.hit("r1", "a", "poems", "one", 0, 10, containment=0.9)
    corpus.hit("r2", "a", "poems", "one", 5, 35, containment=0.8)
    corpus.hit("r2", "a", "poems", "two", 40, 50, containment=1.0)
    found, nothing = corpus.rows_of("references")
    assert (found["records"], found["items_found"], found["record_share"]) == (2, 2, 0.5)
    assert (found["shared_bytes"], found["max_containment"]) == (50, 1.0)
    assert (found["example_record"], found["example_item"]) == ("r2", "one")
    assert (found["example_start"], found["example_end"]) == (5, 35)
    assert (nothing["source_id"], nothing["records"], nothing["example_record"]) == ("b", 0, None)


def test_without_references_there_is_nothing_to_say(corpus):
    corpus.source("a")
    assert corpus.rows_of("references") == []
