"""What two sources share, counted only where a record was verified against one of the other source."""

from corpus_audit.config import Parameters


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


def sentence(number: int) -> str:
    return f"sentence number {number} says that {words(number * 9, number * 9 + 8)}"


def add_sentences(corpus, source, first, last):
    for number in range(first, last):
        corpus.add(source, f"{source}-{number:03}", sentence(number))


def test_short_records_that_are_a_large_part_of_a_source_are_decisive(corpus):
    add_sentences(corpus, "large", 0, 1000)
    add_sentences(corpus, "small", 0, 90)
    (row,) = corpus.deduplicate().overlaps
    assert (row["records_a"], row["records_b"], row["exact_records"]) == (90, 90, 90)
    assert (row["share_records_a"], row["share_records_b"]) == (0.09, 1.0)
    assert row["is_large_part"]
    assert (row["decisive_bytes_a"], row["decisive_bytes_b"]) == (row["bytes_a"], row["bytes_b"])


def test_a_few_short_records_are_listed_and_are_not_decisive(corpus):
    add_sentences(corpus, "left", 0, 100)
    add_sentences(corpus, "right", 95, 195)
    (row,) = corpus.deduplicate().overlaps
    assert (row["records_a"], row["is_large_part"], row["decisive_bytes_a"], row["decisive_bytes_b"]) == (
        5,
        False,
        0,
        0,
    )
    assert row["bytes_a"] > 0


def test_a_share_of_bytes_makes_a_large_part_as_one_of_records_does(corpus):
    add_sentences(corpus, "left", 0, 20)
    corpus.add("left", "long", words(5000, 5045))
    add_sentences(corpus, "right", 100, 120)
    corpus.add("right", "long-too", words(5000, 5045))
    (row,) = corpus.deduplicate().overlaps
    assert row["share_records_a"] < 0.1 < row["share_a"]
    assert row["is_large_part"]


def test_from_which_share_records_are_decisive_is_a_parameter(corpus):
    add_sentences(corpus, "left", 0, 100)
    add_sentences(corpus, "right", 95, 195)
    (row,) = corpus.deduplicate(Parameters(overlap_min_share=0.05)).overlaps
    assert row["decisive_bytes_a"] == row["bytes_a"]


def test_of_a_small_part_only_the_long_records_are_decisive(corpus):
    add_sentences(corpus, "left", 0, 400)
    add_sentences(corpus, "right", 395, 795)
    corpus.add("left", "long", words(9000, 9060))
    corpus.add("right", "long-too", words(9000, 9060))
    (row,) = corpus.deduplicate().overlaps
    assert (row["records_a"], row["is_large_part"]) == (6, False)
    assert row["decisive_bytes_a"] == len(words(9000, 9060)) < row["bytes_a"]
