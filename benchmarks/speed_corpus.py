"""Text to measure speed on, made by a seed: English, Chinese and short documents, and logs and mail rich in hits."""

import ast
import json
import random
import re
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from speed_hits import logs_and_mail

SEED = 1
SHORT = "short texts"
_SHORT_CHARACTERS = 300
_PROSE = (".md", ".rst", ".txt", ".py")
_LARGEST_FILE = 1_000_000
_ENGLISH_BYTES = 12_000_000
_CHINESE_CHARACTERS = 200_000
_HAN = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]{6,}")
_CONTACT = "Write to {name}.{number}@example{number}.com or call +44 20 7{number:03} {number:04}."
_IN_TWENTY = 20


@dataclass(frozen=True)
class Corpus:
    """The same documents as Parquet and as JSON lines."""

    parquet: Path
    lines: Path
    size_bytes: int


def write_corpora(folder: Path, megabytes: int) -> dict[str, Corpus]:
    """Return a corpus of each kind, by its name; one that is there already is kept."""
    wanted = {"English": megabytes} | dict.fromkeys(("Chinese", "logs and mail", SHORT), max(1, megabytes // 4))
    return {name: _write(folder / f"speed-{_slug(name)}-{size}", name, size) for name, size in wanted.items()}


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _write(path: Path, name: str, megabytes: int) -> Corpus:
    parquet, lines = path.with_suffix(".parquet"), path.with_suffix(".jsonl")
    if not (parquet.exists() and lines.exists()):
        texts = list(_texts(name, megabytes * 1_000_000))
        pq.write_table(pa.table({"text": texts}), parquet, row_group_size=1000, compression="zstd")
        lines.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts))
    column = pq.read_table(parquet)["text"]
    return Corpus(parquet, lines, sum(len(text.as_buffer()) for text in column))


def _texts(name: str, size_bytes: int) -> Iterator[str]:
    if name == "logs and mail":
        return logs_and_mail(size_bytes)
    if name == SHORT:
        return (part for text in _texts("English", size_bytes) for part in _cut(text))
    paragraphs = sorted({"English": _english, "Chinese": _chinese}[name]())
    return _documents(paragraphs, size_bytes, "\n\n" if name == "English" else "\n")


def _cut(text: str) -> Iterator[str]:
    """Yield a text in pieces, of the length of comments and of turns of a conversation."""
    return (text[start : start + _SHORT_CHARACTERS] for start in range(0, len(text), _SHORT_CHARACTERS))


def _documents(paragraphs: list[str], size_bytes: int, gap: str) -> Iterator[str]:
    """Yield documents whose lengths are spread as on the web: a median of 2,000 characters, a mean of 3,000."""
    chance = random.Random(SEED)
    written = 0
    while written < size_bytes:
        wanted, chosen = chance.lognormvariate(7.6, 0.9), [chance.choice(paragraphs)]
        while sum(map(len, chosen)) < wanted:
            chosen.append(chance.choice(paragraphs))
        if chance.randrange(_IN_TWENTY) == 0:
            chosen.append(_CONTACT.format(name=chance.choice(["ann", "bob", "li"]), number=chance.randrange(1000)))
        text = gap.join(chosen)
        written += len(text.encode())
        yield text


def _english() -> set[str]:
    found: set[str] = set()
    size = 0
    for path in _files():
        for block in re.split(r"\n\s*\n", "\n\n".join(_prose_of(path))):
            paragraph = block.strip()
            letters = sum(sign.isalpha() or sign == " " for sign in paragraph)
            if 80 < len(paragraph) < 1500 and letters > 0.85 * len(paragraph) and paragraph not in found:
                found.add(paragraph)
                size += len(paragraph)
        if size > _ENGLISH_BYTES:
            break
    return found


def _chinese() -> set[str]:
    """Return runs of Chinese in catalogues and other files: documents share them, one document seldom repeats them."""
    found: set[str] = set()
    size = 0
    for path in sorted(Path(sysconfig.get_path("purelib")).rglob("*")):
        is_named = any(mark in path.as_posix().lower() for mark in ("zh", "chinese", "cjk"))
        if is_named and path.suffix in (".po", ".json", ".py", ".txt", ".js", ".md") and path.is_file():
            runs = _HAN.findall(path.read_text(errors="ignore")[:_LARGEST_FILE])
            found.update(runs)
            size += sum(map(len, runs))
        if size > _CHINESE_CHARACTERS:
            break
    return found


def _files() -> Iterator[Path]:
    paths = sorted(Path(sysconfig.get_path("purelib")).rglob("*"))
    random.Random(SEED).shuffle(paths)
    for path in paths:
        if path.suffix in _PROSE and path.is_file() and path.stat().st_size < _LARGEST_FILE:
            yield path


def _prose_of(path: Path) -> Iterator[str]:
    """Yield a file's prose: all of it, or the docstrings of a module."""
    text = path.read_text(errors="ignore")
    if path.suffix != ".py":
        yield text
        return
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
            yield ast.get_docstring(node) or ""
