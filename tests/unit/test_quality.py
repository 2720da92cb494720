import random

import numpy as np
import pyarrow as pa
import pytest

from corpus_audit.measure.prose.plain_prose import read_plainly
from corpus_audit.measure.prose.prose_kernel import COUNTS, read_prose
from corpus_audit.measure.prose.quality import measure_quality
from corpus_audit.measure.prose.word_kernel import PADDING
from corpus_audit.measure.prose.writing import describe_writing

pytestmark = pytest.mark.usefixtures("everything_compiled")

PROSE = (
    "The harbour lay quiet in the morning, and nobody had come down to the boats yet. "
    "A gull walked along the wall with great care. Somebody in one of the houses began to sing, badly, "
    "and then stopped. It would be another hour before the nets were mended, the old man thought, "
    "so there was time to have coffee. He went back up the hill slowly."
)


def rejects(text: str) -> tuple[list[str] | None, list[str] | None]:
    array = pa.array([text])
    (row,) = measure_quality(array, describe_writing(array)["script"].combine_chunks()).to_pylist()
    return row["gopher_rejects"], row["c4_rejects"]


def test_prose_is_kept():
    assert rejects(PROSE) == ([], [])


@pytest.mark.parametrize(
    ("text", "gopher", "c4"),
    [
        ("Too short.", "too-few-words", "too-few-sentences"),
        (PROSE + " {", None, "curly-bracket"),
        (PROSE + " Lorem ipsum.", None, "lorem-ipsum"),
        (PROSE + " #" * 20, "hash-signs", "too-few-sentences"),
        (PROSE.replace(".", "..."), "ellipsis-lines", None),
        ("\n".join("- " + word for word in PROSE.split()), "bullet-lines", "too-few-sentences"),
        ("\n".join([PROSE] * 3), "repeated-lines", None),
        (PROSE.replace("the", "xx").replace(" to ", " xx "), None, None),
        ("12 34 " * 60, "words-without-letters", "too-few-sentences"),
        ("a b c d " * 20, "words-too-short", "too-few-sentences"),
        ("extraordinarily " * 60, "words-too-long", "too-few-sentences"),
    ],
)
def test_each_rule_rejects_what_it_is_for(text, gopher, c4):
    by_gopher, by_c4 = rejects(text)
    assert gopher is None or gopher in by_gopher
    assert c4 is None or c4 in by_c4


def test_rules_about_words_say_nothing_where_words_have_no_spaces():
    assert rejects("这是一个很长的句子，用来测试。" * 20) == (None, None)


def test_reading_stops_where_the_rules_call_a_text_too_long():
    array = pa.array(["word " * 150_000])
    (row,) = measure_quality(array, pa.array(["latin"])).to_pylist()
    assert row["words"] == 100_001
    assert "too-many-words" in row["gopher_rejects"]


def test_words_are_the_same_whether_whole_windows_or_single_bytes_are_read():
    chance = random.Random(1)
    pieces = [
        *" \n\t.,#{-*'aéß中日。”…",
        " the ",
        " and ",
        "javascript",
        "lorem ipsum ",
        "...",
        "\n\n- ",
        "to-be",
        "x" * 70,
    ]
    texts = ["".join(chance.choices(pieces, k=chance.choice([1, 5, 40, 200]))) for _ in range(300)]
    texts += ["word " * 12 + "y" * size for size in range(70)]
    behind = "z" * 200  # nothing may be read behind the last text, so its last bytes are read one by one
    for text in texts:
        alone = measure_quality(pa.array([text]), pa.array(["latin"])).to_pylist()
        assert measure_quality(pa.array([text, behind]), pa.array(["latin"] * 2)).to_pylist()[:1] == alone


def test_known_words_are_known_in_any_case_and_beside_any_sign():
    words = ["the", "BE,", "(to)", '"of"', "and.", "That's", "t-h-a-t", "have", "With"]
    text = " ".join(words) + " " * 80
    assert measure_quality(pa.array([text]), pa.array(["latin"])).to_pylist()[0]["stop_words"] == 8


def test_counts_are_those_of_plain_python():
    chance = random.Random(2)
    pieces = [
        *" \n\t.#{-*'aéß中”…",
        " the ",
        "t-h中e",
        "lorem ipsum ",
        "...",
        "....",
        "javascript",
        "b" * 70,
        "中" * 30,
        "…" * 9,
    ]
    texts = ["".join(chance.choices(pieces, k=chance.choice([1, 5, 40, 200]))) for _ in range(400)]
    sizes = np.array([len(text.encode()) for text in texts])
    ends, data = np.cumsum(sizes), np.frombuffer("".join(texts).encode() + bytes(PADDING), np.uint8)
    compiled, plain = np.zeros((len(texts), COUNTS)), np.zeros((len(texts), COUNTS))
    read_prose(data, ends - sizes, ends, compiled)
    read_plainly(data, ends - sizes, ends, plain)
    for text, row, expected in zip(texts, compiled.tolist(), plain.tolist(), strict=True):
        assert row == expected, text


@pytest.mark.parametrize("words", [1, 2, 511, 512, 513, 1500])
def test_lines_of_any_number_of_words_are_told_apart_by_each_word(words):
    line = [f"word{number}" for number in range(words)]
    other = [*line[:-1], "other"]
    texts = pa.array([f"{' '.join(line)}\n{' '.join(second)}\n" for second in (line, other, line[:-1] or other)])
    shares = measure_quality(texts, pa.array(["latin"] * 3))["repeated_line_share"].to_pylist()
    assert shares == [0.5, 0, 0]


@pytest.mark.parametrize("length", [15, 16, 17, 63, 64, 65, 128, 200])
def test_a_long_word_is_the_same_wherever_it_stands(length):
    word = "x" * length
    texts = pa.array([f"{word}\n{'a' * ahead}\n{word}" for ahead in range(1, 70)])
    shares = measure_quality(texts, pa.array(["latin"] * len(texts)))["repeated_line_share"].to_pylist()
    assert set(shares) == {round(1 / 3, 6)}
