"""Entity types found in a source, beside what the source declares."""

from corpus_audit.config import Parameters

TYPES_DECLARED = [
    ("yes", ["EMAIL_ADDRESS"], "yes", "declared"),
    ("yes", [], "yes", "declared"),
    ("yes", ["PHONE_NUMBER"], "yes", "undeclared"),
    ("no", [], "no", "undeclared"),
    ("not-applicable", [], "not-applicable", "undeclared"),
    ("not-recorded", [], "not-recorded", "not-recorded"),
    ("not-recorded", ["EMAIL_ADDRESS"], "yes", "declared"),
]


def test_state_of_a_type(corpus):
    for number, (answer, types, _declared, _state) in enumerate(TYPES_DECLARED):
        corpus.source(f"s{number}", personal_information=answer, personal_information_types=types)
        corpus.span(f"r{number}", f"s{number}", "EMAIL_ADDRESS")
    found = [(row["declared"], row["state"]) for row in corpus.rows_of("personal_information")]
    assert found == [(declared, state) for _answer, _types, declared, state in TYPES_DECLARED]


def test_figures_of_a_type(corpus):
    corpus.source("a")
    for number in range(4):
        corpus.record(f"r{number}", "a", 10)
    corpus.span("r0", "a", value="x", score=1.0)
    corpus.span("r0", "a", value="y", score=0.5)
    corpus.span("r1", "a", value="x", score=0.6)
    row = corpus.row_of("personal_information")
    assert (row["records"], row["spans"], row["distinct_values"]) == (2, 3, 2)
    assert row["record_share"] == 0.5
    assert row["mean_score"] == 0.7


def test_other_kinds_of_spans_are_left_out(corpus):
    corpus.source("a")
    corpus.span("r1", "a", "API_KEY", kind="secret")
    assert corpus.rows_of("personal_information") == []


def test_a_span_without_a_hash_has_no_distinct_value(corpus):
    corpus.source("a")
    corpus.span("r1", "a", keyed_hash=None)
    assert corpus.row_of("personal_information")["distinct_values"] == 0


def test_a_type_declared_twice_is_one_row(corpus):
    corpus.source("a", personal_information="yes", personal_information_types=["EMAIL_ADDRESS", "EMAIL_ADDRESS"])
    corpus.span("r1", "a", "EMAIL_ADDRESS")
    assert len(corpus.rows_of("personal_information")) == 1


def test_spans_below_the_minimum_score_are_counted_and_judged_nowhere(corpus):
    corpus.parameters = Parameters(minimum_score=0.9)
    corpus.source("a", personal_information="no")
    for number in range(3):
        corpus.record(f"r{number}", "a", 10)
    corpus.span("r0", "a", score=0.9, value="x")
    corpus.span("r0", "a", score=0.899999, value="y")
    corpus.span("r1", "a", score=0.3, value="z")
    corpus.span("r2", "a", "AWS_ACCESS_KEY", kind="secret", score=0.5)
    evidence = corpus.gather_named("personal_information", "secrets", "sources", "below_minimum_score")
    (row,) = evidence["personal_information"].to_pylist()
    assert (row["records"], row["spans"], row["distinct_values"], row["mean_score"]) == (1, 1, 1, 0.9)
    assert evidence["secrets"].num_rows == 0
    assert evidence["sources"]["personal_information_records"].to_pylist() == [1]
    assert evidence["below_minimum_score"].to_pylist() == [
        {"source_id": "a", "kind": "personal_information", "entity_type": "EMAIL_ADDRESS", "records": 2, "spans": 2},
        {"source_id": "a", "kind": "secret", "entity_type": "AWS_ACCESS_KEY", "records": 1, "spans": 1},
    ]


def test_by_default_every_span_is_judged(corpus):
    corpus.source("a")
    corpus.span("r0", "a", score=0.0)
    evidence = corpus.gather_named("personal_information", "below_minimum_score")
    assert (evidence["personal_information"].num_rows, evidence["below_minimum_score"].num_rows) == (1, 0)


def test_labelled_values_are_counted_apart_from_confirmed_ones(corpus):
    corpus.source("a", personal_information="no")
    corpus.record("r0", "a", 10)
    corpus.span("r0", "a", "PHONE_NUMBER", score=0.5, value="x", status="labelled")
    corpus.span("r0", "a", "PHONE_NUMBER", score=0.5, value="y", status="labelled")
    corpus.span("r1", "a", "PHONE_NUMBER", score=0.2, value="z", status="labelled")
    evidence = corpus.gather_named("labelled_information", "personal_information", "sources")
    assert evidence["labelled_information"].to_pylist() == [
        {
            "source_id": "a",
            "entity_type": "PHONE_NUMBER",
            "declared": "no",
            "records": 2,
            "spans": 3,
            "distinct_values": 3,
            "records_looked_at": 1,
            "mean_score": 0.4,
        }
    ]
    assert evidence["personal_information"].num_rows == 0
    assert evidence["sources"]["personal_information_state"].to_pylist() == ["none"]
