"""Tokens as Unicode's own names and categories define them, without a table: the truth the kernel must agree with."""

import re
import unicodedata

from corpus_audit.measure.fingerprints.plain_fingerprint import hash_shingles

UNSPACED_NAMES = (
    "CJK", "HIRAGANA", "KATAKANA", "HENTAIGANA", "HANGUL", "BOPOMOFO", "HANGZHOU", "VERTICAL KANA", "MASU",
    "HALFWIDTH KATAKANA", "HALFWIDTH HANGUL", "COMBINING KATAKANA", "IDEOGRAPHIC", "VERTICAL IDEOGRAPHIC",
    "OLD CHINESE", "VIETNAMESE ALTERNATE", "THAI", "LAO", "KHMER", "MYANMAR", "TANGUT", "NUSHU", "KHITAN",
)  # fmt: skip
NAMELESS_TANGUT = range(0x17000, 0x18D09)  # Python 3.11 knows these letters, but not their names


def kind_of(character: str) -> str:
    """Return what a folded character is: word, single, mark, skip or break."""
    category = unicodedata.category(character)
    name = unicodedata.name(character, "")
    if (category == "Cf" and character != "\u200b") or "VARIATION SELECTOR" in name:
        return "skip"
    if category in ("Mn", "Lm") and name.startswith(("ARABIC", "HEBREW")) and not re.search("HAMZA|MADDAH", name):
        return "word" if category == "Lm" and "TATWEEL" not in name else "skip"
    is_unspaced = name.startswith(UNSPACED_NAMES) or ord(character) in NAMELESS_TANGUT
    if category[0] in "LMN" and is_unspaced and "TALLY" not in name:
        return "single"
    return {"L": "word", "N": "word", "M": "mark"}.get(category[0], "break")


def tokenize(text: str) -> list[str]:
    """Return the tokens of a text."""
    tokens, run = [], ""
    for character in unicodedata.normalize("NFC", text).casefold():
        kind = kind_of(character)
        if kind == "word" or (kind == "mark" and run):
            run += character
        if kind in ("single", "break"):
            tokens += [run] if run else []
            run = ""
        if kind == "single":
            tokens.append(character)
    return tokens + ([run] if run else [])


def shingle(text: str, size: int) -> list[int]:
    """Return the sorted distinct shingle hashes of a text; one shingle when it has fewer tokens than *size*."""
    return sorted(set(hash_shingles(tokenize(text), size).tolist()))
