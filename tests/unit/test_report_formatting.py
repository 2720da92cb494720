import pytest

from corpus_audit.report.formatting import (
    format_bytes,
    format_limit,
    format_share,
    format_value,
    listed_values,
    shorten,
    shorten_pair,
)
from corpus_audit.report.sections import Limit, LimitCode
from corpus_audit.report.translator import words_in

ENGLISH = words_in("en")


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.00 kB"),
        (9_994, "9.99 kB"),
        (9_996, "10.0 kB"),
        (99_960, "100 kB"),
        (999_499, "999 kB"),
        (999_500, "1.00 MB"),
        (1_290_000_000, "1.29 GB"),
        (10**18, "1000 PB"),
    ],
)
def test_sizes_have_three_significant_digits(size, shown):
    assert format_bytes(size) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "0 %"), (1e-9, "< 0.1 %"), (0.0005, "0.1 %"), (0.146, "14.6 %"), (0.9996, "100 %"), (1, "100 %")],
)
def test_a_share_that_is_there_never_shows_as_nothing(share, shown):
    assert format_share(share, ENGLISH) == shown


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("license_declared", "not-recorded", "not recorded"),
        ("license_expression", "NOASSERTION", "not known (NOASSERTION)"),
        ("observed_sha256", None, "not recorded"),
        ("encoding", None, "–"),
        ("encoding_basis", "detectors-disagree", "a guess: two detectors disagree"),
        ("csv_delimiter", "\t", "tab"),
        ("csv_delimiter", ";", ";"),
        ("csv_delimiter", "\x01", "U+0001"),
        ("csv_escape", "", "none: quotes are doubled"),
        ("observed_sha256", "0123456789abcdef", "0123456789ab…"),
        ("declared", True, "yes"),
        ("declared", False, "no"),
        ("text_bytes", 1_500, "1.50 kB"),
        ("records", 1_500, "1,500"),
        ("near_duplicate_share", 0.25, "25.0 %"),
        ("share_a", 0.25, "25.0 %"),
        ("max_jaccard", 0.912345, "0.912"),
        ("personal_information_observed", ["EMAIL_ADDRESS", "CN_ID"], "email address, CN ID"),
        ("personal_information_observed", [], "none"),
        ("languages", [], "not recorded"),
        ("state", "checksum-mismatch", "checksum differs"),
        ("kind", "software-package", "software package"),
        ("collector", "a-hyphenated-name", "a-hyphenated-name"),
        ("anything", {"b": 1, "a": None}, "a: not recorded; b: 1"),
    ],
)
def test_values_are_shown_by_what_their_column_holds(column, value, shown):
    assert format_value(column, value, ENGLISH) == shown


@pytest.mark.parametrize(
    ("label", "limit", "cut"),
    [
        ("short", 10, "short"),
        ("exactly-10", 10, "exactly-10"),
        ("abcdefghijklm", 7, "abc…klm"),
        ("新闻语料库", 7, "新…库"),
    ],
)
def test_long_labels_are_cut_in_the_middle(label, limit, cut):
    assert shorten(label, limit) == cut


def test_a_short_name_leaves_its_room_to_the_other():
    assert shorten_pair(("six", "apache-airflow-providers"), " × ", 20) == "six × apache…viders"
    assert shorten_pair(("a" * 30, "b" * 30), " × ", 20) == "aaa…aaa × bbbb…bbbb"


@pytest.mark.parametrize(
    ("count", "start"), [(1, "One file (1.00 kB) is neither"), (1_200, "1,200 files (1.00 kB) are")]
)
def test_a_limit_is_one_sentence_for_one_and_for_several(count, start):
    limit = Limit(code=LimitCode.FILES_NOT_READ_AS_TEXT, count=count, size_bytes=1_000)
    assert format_limit(limit, ENGLISH).startswith(start)


def test_types_of_information_are_listed_by_their_names_below_the_sentence():
    limit = Limit(code=LimitCode.DETECTORS_COVER_ONLY, count=2, values=("UK_NHS", "EMAIL_ADDRESS", "US_SSN"))
    assert "SSN" not in format_limit(limit, ENGLISH)
    heading, listed = listed_values(limit, ENGLISH)
    assert heading == "The types that were looked for"
    assert listed == "British health service number (NHS), email address, US social security number"
    assert listed_values(Limit(code=LimitCode.FILES_NOT_READ, count=1), ENGLISH) == ("", "")


@pytest.mark.parametrize("code", LimitCode)
def test_every_limit_has_a_sentence(code):
    for count in (None, 1, 2):
        sentence = format_limit(Limit(code=code, count=count, size_bytes=1, values=("0.8",)), ENGLISH)
        assert sentence.endswith(".")
        assert "{" not in sentence
