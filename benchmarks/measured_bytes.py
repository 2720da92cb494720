"""Print a digest of every table that measuring writes of a varied corpus: the same where two commits measure alike.

    .venv/bin/python benchmarks/measured_bytes.py --work .benchmarks/bytes > before.txt      # then, on another commit:
    .venv/bin/python benchmarks/measured_bytes.py --work .benchmarks/bytes | diff before.txt -

The working folder keeps the corpus and the store's key, so that both commits hash personal values alike.
"""

import argparse
import base64
import hashlib
import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from speed_corpus import write_corpora
from speed_parts import manifest_of

from corpus_audit import pipeline
from corpus_audit.config import Settings
from corpus_audit.pipeline.context import RunContext
from corpus_audit.pipeline.measured_parts import MeasuringTask, measure_parts
from corpus_audit.pipeline.stages import STAGES

SEED = 1
_MEGABYTES = 4
_ROWS = 3000
_KEY_FILE = "key"


def main() -> None:
    """Measure each file of the corpus alone, and print a line a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path(".benchmarks/bytes"), help="folder, kept between runs")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    for corpus in write_corpora(options.work, _MEGABYTES).values():
        print("\n".join(digests(corpus.parquet)))
        print("\n".join(digests(corpus.lines)))
    for path in write_odd_files(options.work):
        print("\n".join(digests(path)))


def digests(path: Path) -> Iterator[str]:
    """Yield the sha256 of each file that measuring writes of *path*."""
    settings = Settings(workers=1)
    with tempfile.TemporaryDirectory(prefix="corpus-audit-bytes-") as work:
        manifest, store = Path(work, "manifest.yaml"), Path(work, "store")
        manifest.write_text(yaml.safe_dump(manifest_of(path.name)))
        store.mkdir()
        Path(store, _KEY_FILE).write_bytes(bytes(32))
        root = str(path.parent.resolve())
        audit = STAGES[0].run(manifest, store, root=root, packs=(), context=RunContext(settings))
        for shard in pipeline.shard_sizes(audit):
            folder = Path(work, str(shard))
            folder.mkdir()
            measure_parts(folder, MeasuringTask(audit, shard, settings))
            for table in sorted(folder.iterdir()):
                yield f"{hashlib.sha256(table.read_bytes()).hexdigest()}  {path.name} {shard} {table.name}"


def write_odd_files(folder: Path) -> Iterator[Path]:
    """Yield files whose rows take the seldom ways through reading: nulls, blanks, encoded contents, odd bytes."""
    texts = list(odd_texts())
    strings = [text for text in texts if text is None or isinstance(text, str)]
    tables = {
        "odd.parquet": pa.table(
            {"text": strings, "note": [f"row {row}: a@example.org" for row in range(len(strings))]}
        ),
        "odd-binary.parquet": pa.table({"text": pa.array(map(_as_bytes, texts), pa.binary())}),
    }
    for name, table in tables.items():
        pq.write_table(table, folder / name, row_group_size=700)
        yield folder / name
    lines = folder / "odd.jsonl"
    rows = ({"text": text, "url": f"https://example.org/{row}"} for row, text in enumerate(strings))
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows))
    yield lines
    plain = folder / "odd.txt"
    plain.write_text("\n\n".join(text or "" for text in strings))
    yield plain


def odd_texts() -> Iterator[str | bytes | None]:
    """Yield texts of all kinds, by a seed."""
    chance = random.Random(SEED)
    words = "the delivery of every order was noted on Thursday and Straße naïve 许可证 поиск".split()  # noqa: SIM905
    for row in range(_ROWS):
        prose = " ".join(chance.choices(words, k=chance.randrange(1, 400)))
        encoded = base64.b64encode(chance.randbytes(chance.randrange(600, 9000)))
        wrapped = base64.encodebytes(chance.randbytes(3000)).decode()
        kinds: tuple[str | bytes | None, ...] = (
            prose, prose, prose, None, "", " \n\u200b", prose + encoded.decode(), encoded.decode(),
            f"{prose}\n{wrapped}{prose}", wrapped.replace("\n", "\\n"), "a\0b" * 9, b"caf\xe9 " + prose.encode(),
            prose + "\ufffd" * chance.randrange(1, 90),
            f"tel. +44 20 7946 0{chance.randrange(1000):03}, mail ann{row} [at] example.org or ann{row}@posteo.de",
            "Lorem " * chance.randrange(1, 9000), "ab" * 4000,
        )  # fmt: skip
        yield chance.choice(kinds)


def _as_bytes(text: str | bytes | None) -> bytes | None:
    return text.encode() if isinstance(text, str) else text


if __name__ == "__main__":
    main()
