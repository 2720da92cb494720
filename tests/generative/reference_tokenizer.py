"""Tokens, shingles and their hashes as they are defined, in plain Python: the truth the kernel must agree with."""

import re
import unicodedata

MASK_64 = (1 << 64) - 1
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


def hash_token(token: str) -> int:
    """Return a token's 64-bit hash, from its UTF-8 eight bytes at a time."""
    content, value = token.encode(), 0
    for at in range(0, len(content), 8):
        value = ((value << 23) | (value >> 41)) & MASK_64
        value ^= int.from_bytes(content[at : at + 8], "little")
        value = value * 0x9E3779B97F4A7C15 & MASK_64
        value ^= value >> 32
        value = value * 0xD6E8FEB86659FD93 & MASK_64
        value ^= value >> 29
    return value


def hash_shingle(tokens: list[str]) -> int:
    """Return the 64-bit hash of neighbouring tokens."""
    value = 0
    for token in tokens:
        value = (value * 0xC2B2AE3D27D4EB4F + hash_token(token)) & MASK_64
    value ^= value >> 33
    value = value * 0xFF51AFD7ED558CCD & MASK_64
    value ^= value >> 33
    value = value * 0xC4CEB9FE1A85EC53 & MASK_64
    value ^= value >> 33
    return value or 1


def shingle(text: str, size: int) -> list[int]:
    """Return the sorted distinct shingle hashes of a text; one shingle when it has fewer tokens than *size*."""
    tokens = tokenize(text)
    windows = [tokens[i : i + size] for i in range(max(1, len(tokens) - size + 1))] if tokens else []
    return sorted({hash_shingle(window) for window in windows})
