"""Counted sizes against those that LZ4 itself makes."""

import random

import numpy as np
import pyarrow as pa
import pytest

from corpus_audit.measure.prose.compressibility import COMPRESSED_BYTES, compressed_shares

pytestmark = pytest.mark.usefixtures("everything_compiled")

SEED = 5
WORDS = "the delivery of every order was noted on Thursday and Straße naïve 许可证 поиск \n".split(" ")  # noqa: SIM905


def shares_by_lz4(texts: list[str | None]) -> list[float | None]:
    codec = pa.Codec("lz4_raw")
    cut = [text and text.encode()[:COMPRESSED_BYTES] for text in texts]
    return [round(len(codec.compress(text, asbytes=True)) / len(text), 6) if text else None for text in cut]


def prose(chance: random.Random, size: int) -> str:
    made = ""
    while len(made) < size:
        made += " ".join([*chance.choices(WORDS, k=chance.randrange(1, 90)), chance.randbytes(9).hex(), ""])
    return made[:size]


def test_short_texts_are_as_small_as_lz4_makes_them():
    chance = random.Random(SEED)
    texts = [prose(chance, size) for size in range(1, 400)]
    texts += ["".join(chance.choices("ab", k=size)) for size in range(1, 400)]
    texts += ["a" * size for size in range(1, 600)]
    texts += ["", None, *("x" * size + prose(chance, 20) + "x" * size for size in range(10, 300, 7))]
    chance.shuffle(texts)
    assert compressed_shares(pa.array(texts)).to_pylist() == shares_by_lz4(texts)


@pytest.mark.parametrize("size", [65_535, 65_536, 65_546, 65_547, 65_548, 70_000, 300_000, 3_000_000])
def test_long_texts_are_as_small_as_lz4_makes_them(size):
    chance = random.Random(size)
    texts = [prose(chance, 5000) * (size // 5000 + 1), prose(chance, size), chance.randbytes(size).hex()]
    texts = [text.encode()[:size].decode(errors="ignore") for text in texts]
    assert compressed_shares(pa.array(texts, pa.large_string())).to_pylist() == shares_by_lz4(texts)


def test_a_text_is_as_small_whatever_stands_around_it():
    chance = random.Random(SEED)
    texts = [prose(chance, chance.randrange(1, 9000)) for _ in range(60)]
    together = compressed_shares(pa.array(texts, pa.large_string()))
    assert together.to_pylist() == [compressed_shares(pa.array([text]))[0].as_py() for text in texts]


def test_shares_are_rounded_as_python_rounds_them():
    # So many bytes that a share ends in a half of the sixth digit, which no binary number has.
    texts = ["".join(map(chr, np.random.default_rng(size).integers(33, 126, size))) for size in range(128, 16_000, 128)]
    assert compressed_shares(pa.array(texts)).to_pylist() == shares_by_lz4(texts)
