import random

import pyarrow as pa
import pytest

from corpus_audit.measure.prose.compressibility import compressed_shares
from corpus_audit.measure.prose.language import identify_languages
from corpus_audit.measure.prose.writing import MIXED, describe_writing


def described(text: str) -> dict:
    (row,) = describe_writing(pa.array([text])).to_pylist()
    return row


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Hello", "latin"),
        ("naïve Ångström", "latin"),
        ("中文字", "han"),
        ("ひらがなカタカナ", "kana"),
        ("한국어", "hangul"),
        ("Привет", "cyrillic"),
        ("Ελληνικά", "greek"),
        ("العربية", "arabic"),
        ("עברית", "hebrew"),
        ("हिन्दी", "devanagari"),
        ("ไทย", "thai"),
        ("ქართული", "other"),
        ("𠀀𠀁", "han"),
        ("ab 中 ви", MIXED),
        ("12 + 3 = 😀", None),
    ],
)
def test_script(text, script):
    assert described(text)["script"] == script


@pytest.mark.parametrize(
    ("text", "column", "count"),
    [
        ("a\ufffdb\ufffd", "replacement_characters", 2),
        ("\tline\r\n\x00\x07\x9f", "control_characters", 3),
        ("Ã©tÃ©", "mojibake", 2),
        ("itâ€™s", "mojibake", 1),
        ("São Paulo, ÂNGELA, âme, été", "mojibake", 0),
        ("żółw 中文 😀", "mojibake", 0),
    ],
)
def test_damage(text, column, count):
    assert described(text)[column] == count


@pytest.mark.parametrize(("text", "bits"), [("aaaa", 0), ("ab" * 9, 1), ("abcdefgh", 3)])
def test_entropy(text, bits):
    assert described(text)["entropy_bits"] == bits


def test_what_repeats_compresses():
    repeating, short, *without = compressed_shares(pa.array(["again and " * 500, "x9Kq2LmWz7Rt", "", None])).to_pylist()
    assert repeating < 0.05 < 1 < short
    assert without == [None, None]


def test_null_and_empty_texts_have_null_rows():
    array = pa.array([None, "a", ""], pa.large_string())
    assert [row["letters"] for row in describe_writing(array).to_pylist()] == [None, 1, None]
    assert [row["language_observed"] is None for row in identify_languages(array).to_pylist()] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The boats were tied up in the harbour when we came down to see them.", "en"),
        ("Die Boote lagen noch im Hafen, als wir am Morgen hinunterkamen.", "de"),
        ("我们早上下去的时候，船还停在港口里。", "zh"),
        ("私たちが朝に降りていくと、船はまだ港にありました。", "ja"),
        ("1 2 3 4", "und"),
    ],
)
def test_language(text, language):
    assert identify_languages(pa.array([text]))["language_observed"].to_pylist() == [language]


def test_a_language_is_told_from_whole_characters():
    text = "中" * 1000
    assert identify_languages(pa.array(["a" + text, text]))["language_observed"].null_count == 0


def test_letters_of_a_text_are_those_of_its_characters():
    chance = random.Random(3)
    signs = [*"aZ 1\n\x01\x85éßж中䷀丿龥鿿㐀かカ한ไก。”\ufffd😀𠀀"]
    for size in (1, 5, 21, 22, 63, 64, 65, 200):
        text = "".join(chance.choices(signs, k=size))
        rows = describe_writing(pa.array([*text, text])).to_pylist()
        for column in ("letters", "replacement_characters", "control_characters"):
            assert rows[-1][column] == sum(row[column] for row in rows[:-1])
