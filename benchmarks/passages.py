"""Print what the passage index costs and what it finds, on the texts of this environment's own packages.

Run it with the environment's own Python: .venv/bin/python benchmarks/passages.py. Texts of packages repeat themselves,
which helps; made-up words and characters repeat nothing. Passages are cut out of records at random, unchanged and with
one word in twenty changed; one is found when the index names its record and a common run of ten tokens (or all of them)
is there on the texts themselves. A Chinese word is taken to have 1.6 characters, and two of 32 are changed.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from corpus_audit.config import Parameters
from corpus_audit.measure.fingerprints.fingerprint import TOKENIZER, fingerprint
from corpus_audit.measure.fingerprints.token_places import place_tokens
from corpus_audit.passages.alignment import AskedText
from corpus_audit.passages.index_file import IndexRecipe, PassageIndex, PassageWriter, open_index
from corpus_audit.passages.lookup import find_postings
from corpus_audit.pipeline.tracing.trace import LEAST_TOKENS

WINDOWS = (46, 24, 16, 12)
LENGTHS = (10, 25, 50, 100, 200)
CHANGED = {" ": (20, 1), "": (32, 2)}
"""By what stands between tokens: of how many, how many neighbours are changed."""
TRIALS = 300
MOST_BYTES = 40_000_000
MEGABYTE = 1_000_000


def main() -> None:
    """Print cost, size and recall."""
    made_up = list(made_up_texts())
    print(f"{len(made_up)} texts of made-up words, nothing repeated")
    for window in WINDOWS:
        report(made_up, pa.array(made_up, pa.large_string()), Parameters(passage_window=window))
    for characters in (2000, 250):
        chinese = list(chinese_texts(characters))
        print(f"{len(chinese)} texts of {characters} Chinese characters at random")
        report(chinese, pa.array(chinese, pa.large_string()), Parameters())
    texts = list(read_texts(Path(sys.prefix)))
    size = sum(len(text.encode()) for text in texts)
    column = pa.array(texts, pa.large_string())
    print(f"{size / MEGABYTE:.1f} MB in {len(texts)} texts")
    with_index, without = (cpu_of(column, Parameters(passage_window=window)) for window in (16, 0))
    print(
        f"fingerprints {without / size * 1e9:.2f} ns a byte, with the choice of passages {with_index / size * 1e9:.2f}"
    )
    for window in WINDOWS:
        report(texts, column, Parameters(passage_window=window))


def report(texts: Sequence[str], column: pa.Array, parameters: Parameters) -> None:
    """Print the size and the recall of the index of one window."""
    size = sum(len(text.encode()) for text in texts)
    with tempfile.TemporaryDirectory(prefix="corpus-audit-benchmark-") as folder:
        index = write(Path(folder) / "passages.index", column, parameters)
        share = index.path.stat().st_size / size
        a_megabyte = index.postings / size * MEGABYTE
        print(f"window {parameters.passage_window}: {share:.1%} of the text, {a_megabyte:.0f} postings a MB")
        for name, is_changed in (("unchanged", False), ("one word in twenty changed", True)):
            found = "  ".join(f"{length}: {recall(texts, index, length, is_changed):.3f}" for length in LENGTHS)
            print(f"  recall, {name}  {found}")


def made_up_texts() -> Iterator[str]:
    """Yield texts of random words, as long as English ones are."""
    generator = random.Random(1)
    for _ in range(400):
        yield " ".join("".join(generator.choices("abcdefghij", k=generator.randint(2, 8))) for _ in range(2000))


def chinese_texts(characters: int) -> Iterator[str]:
    """Yield texts of random Han characters, two million in all."""
    generator = random.Random(2)
    for _ in range(2_000_000 // characters):
        yield "".join(map(chr, generator.choices(range(0x4E00, 0x9FA0), k=characters)))


def read_texts(root: Path) -> Iterator[str]:
    """Yield texts of Python and documentation files below *root*, at most MOST_BYTES in all."""
    left = MOST_BYTES
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".md", ".rst", ".txt"} and path.is_file():
            text = path.read_text("utf-8", errors="replace")
            left -= len(text)
            if left < 0:
                return
            if text.strip():
                yield text


def cpu_of(column: pa.Array, parameters: Parameters) -> float:
    """Return the processor seconds of fingerprinting, the least of five runs."""
    fingerprint(column[:10], parameters)
    return min(_timed(column, parameters) for _ in range(5))


def _timed(column: pa.Array, parameters: Parameters) -> float:
    start = time.process_time()
    fingerprint(column, parameters)
    return time.process_time() - start


def write(path: Path, column: pa.Array, parameters: Parameters) -> PassageIndex:
    """Return the index of a column of texts."""
    chosen = fingerprint(column, parameters).chosen
    with PassageWriter(path, IndexRecipe.of(parameters)) as writer:
        writer.add(len(column), chosen.positions, chosen.hashes)
    index = open_index(path)
    assert index is not None
    return index


def recall(texts: Sequence[str], index: PassageIndex, length: int, is_changed: bool) -> float:
    """Return the share of random passages of *length* tokens whose record is found."""
    generator = random.Random(length)
    between = " " if " " in texts[0] else ""
    found = 0
    least = 20 * length if between else length
    for number in generator.choices([n for n, text in enumerate(texts) if len(text) > least], k=TRIALS):
        passage = _passage(texts[number].encode(), length, generator)
        if is_changed:
            every, neighbours = CHANGED[between]
            first = generator.randrange(min(every, length))
            passage = [
                "changed" if (place - first) % every < neighbours else word for place, word in enumerate(passage)
            ]
        found += _is_found(texts, index, number, between.join(passage))
    return found / TRIALS


def _passage(text: bytes, length: int, generator: random.Random) -> list[str]:
    tokens = place_tokens(text, TOKENIZER)
    first = generator.randrange(max(1, tokens.hashes.size - length))
    places = zip(tokens.starts[first : first + length], tokens.ends[first : first + length], strict=True)
    return [text[start:end].decode(errors="replace") for start, end in places]


def _is_found(texts: Sequence[str], index: PassageIndex, number: int, passage: str) -> bool:
    asked = AskedText(place_tokens(passage.encode(), TOKENIZER), index.recipe.shingle_size)
    if number not in find_postings(index, np.unique(asked.shingles)).records:
        return False
    return bool(asked.align(place_tokens(texts[number].encode(), TOKENIZER), LEAST_TOKENS).passages)


if __name__ == "__main__":
    main()
