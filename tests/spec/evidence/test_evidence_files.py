"""A file's evidence, and the kinds of defects met in it."""


def test_a_file_keeps_its_claims_beside_what_was_read(corpus):
    corpus.file("a", "x", "size-mismatch", size=10, declared_size_bytes=12, declared_sha256=None)
    corpus.record("r1", "a", 4, "x")
    corpus.record("r2", "a", 5, "x")
    corpus.defect("a", "x", "bad-row", "row 3")
    row = corpus.row_of("files")
    assert (row["declared_size_bytes"], row["observed_size_bytes"], row["state"]) == (12, 10, "size-mismatch")
    assert row["declared_sha256"] is None
    assert (row["records"], row["text_bytes"], row["defects"]) == (2, 9, 1)


def test_a_path_in_two_sources_is_two_files(corpus):
    corpus.file("a", "x")
    corpus.file("b", "x", "missing")
    corpus.record("r1", "a", 4, "x")
    assert [(row["source_id"], row["records"]) for row in corpus.rows_of("files")] == [("a", 1), ("b", 0)]


def test_a_file_that_was_not_read_has_no_records(corpus):
    corpus.file("a", "gone", "missing")
    row = corpus.row_of("files")
    assert (row["records"], row["text_bytes"], row["defects"]) == (0, 0, 0)
    assert row["observed_sha256"] is None


def test_defects_are_counted_by_kind_with_the_first_ten_places(corpus):
    for number in reversed(range(25)):
        corpus.defect("a", "x", "bad-row", f"row {number}", f"line {number}")
    corpus.defect("a", "x", "not-utf8", "", "byte 0xff")
    bad_rows, encoding = corpus.rows_of("defects")
    assert (bad_rows["code"], bad_rows["count"]) == ("bad-row", 25)
    assert bad_rows["places"] == [f"row {number}" for number in range(10)]
    assert bad_rows["detail"] == "line 0"
    assert (encoding["count"], encoding["places"], encoding["detail"]) == (1, [""], "byte 0xff")


def test_defects_of_ingest_and_of_shards_are_one_table(corpus):
    corpus.shards = 3
    for place in ("row 1", "row 2", "row 3"):
        corpus.defect("a", "x", place=place)
    assert corpus.row_of("defects")["count"] == 3


def test_content_is_summed_by_source_and_kind(corpus):
    corpus.record("r1", "a", 4, modality="text", tokens=2, characters=3)
    corpus.record("r2", "a", 6, modality="text", tokens=5)
    corpus.record("r3", "a", 9, modality="image", tokens=0)
    corpus.record("r4", "b", 1, modality="text", tokens=1)
    assert corpus.rows_of("content") == [
        {"source_id": "a", "modality": "image", "records": 1, "size_bytes": 9, "characters": 9, "tokens": 0},
        {"source_id": "a", "modality": "text", "records": 2, "size_bytes": 10, "characters": 9, "tokens": 7},
        {"source_id": "b", "modality": "text", "records": 1, "size_bytes": 1, "characters": 1, "tokens": 1},
    ]
