"""Real text to measure on: every text and source file under some folders of this machine, as Parquet shards."""

import hashlib
import os
import random
import re
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

SCHEMA = pa.schema([("record_id", pa.string()), ("source_id", pa.string()), ("text", pa.large_string())])
TEXT_FILE = re.compile(
    r".*\.(c|css|csv|h|hpp|html|js|json|md|pl|pm|po|py|pyi|rb|rs|rst|sh|tcl|tex|toml|ts|txt|vim|xml|yaml|yml)"
)
LONGEST_FILE = 2_000_000
SHARD_BYTES = 64_000_000
SEED = 1

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{4,}")
_NOT_CHINESE = re.compile(r"[^\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")


def default_roots() -> list[Path]:
    """Return folders that commonly hold text: Python's own, documentation, headers, other toolchains."""
    installed = [sysconfig.get_path("purelib"), sysconfig.get_path("stdlib")]
    common = ["/usr/share", "/usr/include", "/usr/lib/python3", "/usr/lib/node_modules", "~/.rustup", "~/.pyenv"]
    return [path for name in (*installed, *common) if (path := Path(name).expanduser()).is_dir()]


def write_corpus(roots: Sequence[Path], folder: Path, megabytes: int) -> list[Path]:
    """Return Parquet shards with *megabytes* of the files found, in an order that is random but always the same."""
    found = [(root, path) for root in roots for path in _files(root)]
    random.Random(SEED).shuffle(found)
    rows: list[dict[str, str]] = []
    shards: list[Path] = []
    taken = size = 0
    for root, path in found:
        text = _read(path)
        if not text:
            continue
        digest = hashlib.sha256(str(path).encode()).hexdigest()[:16]
        source = f"{root.name}/{path.relative_to(root).parts[0]}"
        rows.append({"record_id": f"{digest}:0", "source_id": source, "text": text})
        taken += len(text.encode())
        size += len(text.encode())
        if size >= SHARD_BYTES or taken >= megabytes * 1_000_000:
            shards.append(_write(folder / f"corpus-{len(shards):03}.parquet", rows))
            rows, size = [], 0
        if taken >= megabytes * 1_000_000:
            break
    return [*shards, _write(folder / f"corpus-{len(shards):03}.parquet", rows)] if rows else shards


def write_chinese(shards: Sequence[Path], folder: Path, megabytes: int) -> Path | None:
    """Return a shard of Chinese documents made of the lines found in the corpus, or None where there are too few."""
    lines = {line for text in texts(shards) if _HAN_RUN.search(text) for line in text.split("\n")}
    chinese = [kept for line in sorted(lines) if len(kept := _NOT_CHINESE.sub("", line)) >= 8]
    if sum(map(len, chinese)) < 20_000:
        return None
    choice = random.Random(SEED)
    rows: list[dict[str, str]] = []
    size = 0
    while size < megabytes * 1_000_000:
        text = "。".join(choice.choices(chinese, k=200))
        rows.append({"record_id": f"{len(rows):016x}:0", "source_id": "chinese", "text": text})
        size += len(text.encode())
    return _write(folder / "chinese.parquet", rows)


def texts(shards: Sequence[Path]) -> Iterator[str]:
    """Yield every text of some shards."""
    for shard in shards:
        with pq.ParquetFile(shard) as file:
            for batch in file.iter_batches(1000, columns=["text"]):
                yield from batch["text"].to_pylist()


def text_bytes(shards: Sequence[Path]) -> int:
    """Return how many bytes of UTF-8 text some shards hold."""
    return sum(len(text.encode()) for text in texts(shards))


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            if TEXT_FILE.fullmatch(name):
                yield path


def _read(path: Path) -> str:
    try:
        if path.is_symlink() or path.stat().st_size > LONGEST_FILE:
            return ""
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return ""


def _write(path: Path, rows: list[dict[str, str]]) -> Path:
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), path, row_group_size=2000, compression="zstd")
    return path
