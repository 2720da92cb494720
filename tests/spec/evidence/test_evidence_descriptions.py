"""What is wrong with descriptions, and what they leave open, as evidence."""


def test_problems_of_one_kind_with_one_field_are_one_row(corpus):
    for number in (10, 2, 1):
        corpus.claim_problem("s", "file.sha256", f"/distribution/{number}/sha256", detail=f"number {number}")
    corpus.claim_problem("s", "file.path", "/distribution/1/contentUrl", code="remote")
    by_field = {row["field"]: row for row in corpus.rows_of("claim_problems")}
    assert by_field["file.sha256"]["count"] == 3
    assert by_field["file.sha256"]["places"] == [
        "croissant.json /distribution/1/sha256",
        "croissant.json /distribution/2/sha256",
        "croissant.json /distribution/10/sha256",
    ]
    assert by_field["file.sha256"]["detail"] == "number 1"
    assert by_field["file.path"]["count"] == 1


def test_no_more_than_ten_places_are_named(corpus):
    for number in range(25):
        corpus.claim_problem("s", "file.sha256", f"/{number}")
    row = corpus.row_of("claim_problems")
    assert (row["count"], len(row["places"])) == (25, 10)


def test_problems_of_two_sources_are_two_rows(corpus):
    corpus.claim_problem("(dataset)", "dataset.license", "")
    corpus.claim_problem("s", "dataset.license", "")
    assert [row["source_id"] for row in corpus.rows_of("claim_problems")] == ["(dataset)", "s"]


def test_every_gap_is_a_question(corpus):
    corpus.claim_gap(
        "s", "source.collector", reason="cannot-say", question="Who collected it?", question_zh="由谁收集？"
    )
    assert corpus.row_of("questions") == {
        "source_id": "s",
        "field": "source.collector",
        "reason": "cannot-say",
        "question": "Who collected it?",
        "question_zh": "由谁收集？",
    }
