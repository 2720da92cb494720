"""What two sources share, counted only where a record was verified against one of the other source."""


def words(first: int, last: int) -> str:
    return " ".join(f"w{i}" for i in range(first, last))


def test_exact_and_near_copies_are_counted_on_both_sides(corpus):
    corpus.add("left", "a", words(0, 100))
    corpus.add("left", "b", words(200, 300))
    corpus.add("left", "c", words(500, 550))
    corpus.add("right", "d", words(0, 100))
    corpus.add("right", "e", words(0, 100))
    corpus.add("right", "f", words(200, 299))
    (row,) = corpus.deduplicate().overlaps
    sizes = {record: len(text) for (_, record), text in corpus.texts.items()}
    assert (row["source_a"], row["source_b"]) == ("left", "right")
    assert (row["records_a"], row["records_b"]) == (2, 3)
    assert row["bytes_a"] == sizes["a:0"] + sizes["b:0"]
    assert row["bytes_b"] == sizes["d:0"] + sizes["e:0"] + sizes["f:0"]
    assert row["share_a"] == row["bytes_a"] / (row["bytes_a"] + sizes["c:0"])
    assert row["share_b"] == 1.0
    assert (row["exact_records"], row["near_records"], row["max_jaccard"]) == (1, 1, 1.0)
    assert (row["example_a"], row["example_b"]) == ("b:0", "f:0"), "the largest copy is the example"


def test_likeness_to_a_third_record_counts_for_nothing(corpus):
    corpus.add("middle", "m", words(7, 107))
    corpus.add("left", "a", words(0, 100))
    corpus.add("right", "b", words(14, 114))
    pairs = {(row["source_a"], row["source_b"]) for row in corpus.deduplicate().overlaps}
    assert pairs == {("left", "middle"), ("middle", "right")}


def test_a_record_with_an_exact_and_a_near_copy_counts_once_as_exact(corpus):
    corpus.add("left", "a", words(0, 100))
    corpus.add("right", "b", words(0, 100))
    corpus.add("right", "c", words(0, 99))
    (row,) = corpus.deduplicate().overlaps
    assert (row["records_a"], row["records_b"]) == (1, 2)
    assert (row["exact_records"], row["near_records"]) == (1, 0)


def test_copies_within_one_source_are_no_overlap(corpus):
    corpus.add("left", "a", words(0, 100))
    corpus.add("left", "b", words(0, 100))
    corpus.add("left", "c", words(0, 99))
    assert corpus.deduplicate().overlaps == []


def test_a_copy_in_many_sources_overlaps_each_with_each(corpus):
    for i in range(12):
        corpus.add(f"source-{i:02}", f"{i:02}", words(0, 100))
    rows = corpus.deduplicate().overlaps
    assert len(rows) == 12 * 11 // 2
    assert rows == sorted(rows, key=lambda row: (row["source_a"], row["source_b"]))
