"""What two sources share, counted only where a record was verified against one of the other source."""

import pytest

from corpus_audit.config import Parameters
from corpus_audit.dedup import overlaps
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.schemas import COMMON_SOURCES
from spec.dedup.conftest import Corpus


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


def test_joins_in_many_parts_count_the_same(corpus, monkeypatch):
    for number in range(6):
        corpus.add("left", f"a{number}", words(100 * number, 100 * number + 90))
        corpus.add("right", f"b{number}", words(100 * number, 100 * number + 90 - number % 2))
        corpus.add("other", f"c{number}", words(100 * number, 100 * number + 90))
    whole = corpus.deduplicate().overlaps
    monkeypatch.setattr(DuckDBEngine, "rows_of_a_join", 2)
    assert corpus.deduplicate().overlaps == whole
    assert [row["records_a"] for row in whole] == [6, 6, 6]


def test_where_no_text_is_common_no_statement_looks_for_its_followers(corpus, monkeypatch):
    for source in ("left", "right", "other"):
        corpus.add(source, f"{source}-a", words(0, 100))
        corpus.add(source, f"{source}-b", words(200, 300 - len(source)))
    asked = []
    execute = DuckDBEngine.execute

    def listen(engine, sql):
        asked.append(sql)
        execute(engine, sql)

    monkeypatch.setattr(DuckDBEngine, "execute", listen)
    found = corpus.deduplicate().overlaps
    assert [sql for sql in asked if "followers" in sql and "DROP" not in sql] == []
    monkeypatch.setattr(overlaps, "_OF_COMMON_TEXTS", frozenset())
    assert corpus.deduplicate().overlaps == found
    assert any("followers" in sql for sql in asked)


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


COMMON, FOLLOWING = words(0, 100), COMMON_SOURCES + 6
"""A text of three sources that lead, and of so many that follow."""


@pytest.fixture(scope="module")
def common(tmp_path_factory):
    """Return a text in 73 sources of three licenses; 11 and 12 share two other texts, one of them near it."""
    corpus = Corpus(tmp_path_factory.mktemp("common"))
    licenses = {f"{number:02}": "MIT" for number in range(FOLLOWING + 1)}
    licenses |= {"apache": "Apache-2.0", "closed": "Proprietary"}
    for source in licenses:
        corpus.add(source, source, COMMON)
        if source != "07":
            corpus.add(source, f"own-{source}", sentence(len(corpus.texts)))
    for source in ("11", "12"):
        corpus.add(source, f"both-{source}", words(500, 560))
        corpus.add(source, f"near-{source}", words(1, 100))
    return corpus.deduplicate(licenses=licenses)


def test_a_text_of_very_many_sources_is_beside_one_of_each_license(common):
    """The smallest source of a license leads; all others are set beside it, so every pair of licenses is judged."""
    pairs = {(row["source_a"], row["source_b"]) for row in common.overlaps}
    sources = {*(f"{number:02}" for number in range(FOLLOWING + 1)), "apache", "closed"}
    hubs = {"07", "apache", "closed", "11", "12"}
    assert pairs == {tuple(sorted((hub, source))) for hub in hubs for source in sources if hub != source}


def test_the_pairs_that_are_not_listed_are_counted(common):
    (text,) = common.common_texts
    assert text == {
        "record_id": "00:0",
        "sources": FOLLOWING + 3,
        "records": FOLLOWING + 3,
        "following": FOLLOWING,
        "unlisted_pairs": FOLLOWING * (FOLLOWING - 1) // 2,
    }


def test_two_sources_that_share_other_texts_too_share_the_common_one_as_well(common):
    (row,) = (row for row in common.overlaps if (row["source_a"], row["source_b"]) == ("11", "12"))
    assert (row["records_a"], row["exact_records"], row["near_records"]) == (3, 3, 0)
    (row,) = (row for row in common.overlaps if (row["source_a"], row["source_b"]) == ("07", "11"))
    assert (row["records_a"], row["records_b"], row["exact_records"], row["near_records"]) == (1, 2, 1, 0)


def test_what_two_sources_share_in_common_texts_adds_up_in_one_row(corpus):
    """Of each license the source that holds most of such texts leads too, not only the smallest of each text."""
    licenses = {"large-closed": "Proprietary", "large-free": "MIT"}
    for number in range(3):
        few = {f"{number}-{small:02}": "MIT" for small in range(COMMON_SOURCES)} | {f"{number}-closed": "Proprietary"}
        licenses |= few
        for source in ("large-closed", "large-free", *few):
            corpus.add(source, f"{source}-{number}", words(1000 * number, 1000 * number + 100))
    rows = {(row["source_a"], row["source_b"]): row for row in corpus.deduplicate(licenses=licenses).overlaps}
    assert rows["large-closed", "large-free"]["records_a"] == 3
    assert rows["0-05", "large-closed"]["records_a"] == rows["0-05", "0-closed"]["records_a"] == 1
