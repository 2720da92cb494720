import pyarrow as pa
import pytest

from corpus_audit.errors import CorpusAuditError
from corpus_audit.measure.prose.keywords import KeywordList, KeywordScanner, read_keyword_list, read_keyword_lists
from corpus_audit.measure.text_windows import PIECE_BYTES


def scan(texts, *lists):
    listed = [KeywordList(name, dict(enumerate(words, start=1)), "") for name, words in lists]
    ids = [f"r{number}" for number in range(len(texts))]
    batch = pa.record_batch(
        {"record_id": ids, "source_id": ["a"] * len(texts), "text": pa.array(texts, pa.large_string())}
    )
    rows = KeywordScanner(listed).scan(batch).to_pylist()
    return [(row["record_id"], row["keyword_list"], row["words"], row["lines"]) for row in rows]


def test_lines_are_counted_once_each_as_words_of_their_own():
    words = ["forbidden", "违禁词", "two words"]
    texts = ["Forbidden FORBIDDEN two words", "unforbidden forbidden_", "这是违禁词吗", None, "", "two  words"]
    assert scan(texts, ("bad", words)) == [("r0", "bad", 2, [1, 3]), ("r2", "bad", 1, [2])]


def test_a_word_counts_for_every_list_and_line_that_has_it():
    found = scan(["one two"], ("first", ["one", "ONE".lower()]), ("second", ["two", "one"]))
    assert found == [("r0", "first", 2, [1, 2]), ("r0", "second", 2, [1, 2])]


def test_a_hit_names_ten_lines_and_counts_all():
    words = [f"word{number}" for number in range(30)]
    assert scan([" ".join(words)], ("many", words)) == [("r0", "many", 30, list(range(1, 11)))]


def test_without_a_list_nothing_is_found():
    assert scan(["anything"]) == []


@pytest.mark.parametrize("shift", range(-9, 2))
def test_a_word_is_found_wherever_a_long_record_is_cut(shift):
    filler = "." * (PIECE_BYTES + shift)
    assert scan([f"{filler}forbidden{filler}"], ("bad", ["forbidden"])) == [("r0", "bad", 1, [1])]
    assert scan([f"{filler}unforbidden{filler}"], ("bad", ["forbidden"])) == []


def test_lists_come_from_files(tmp_path):
    path = tmp_path / "harmful.txt"
    path.write_text("\ufeff# harmful\nBad.\n\n(worse  still)\n", encoding="utf-8")
    found = read_keyword_list(path)
    assert (found.name, found.words) == ("harmful", {2: "bad.", 4: "(worse still)"})
    path.write_text("# none\n")
    with pytest.raises(CorpusAuditError, match="empty"):
        read_keyword_list(path)
    with pytest.raises(CorpusAuditError, match="cannot be read"):
        read_keyword_list(tmp_path / "missing.txt")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CorpusAuditError, match="cannot be read"):
        read_keyword_list(path)


def test_two_lists_of_one_name_are_refused(tmp_path):
    paths = [tmp_path / folder / "words.txt" for folder in "ab"]
    for path in paths:
        path.parent.mkdir()
        path.write_text("word")
    with pytest.raises(CorpusAuditError, match="called words"):
        read_keyword_lists(paths)
