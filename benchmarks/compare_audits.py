"""Time of the stage ``compare`` as the number of earlier audits in the store grows.

Earlier audits are made by a seed: what each keeps of its signatures is written directly, 1,000 texts of its own, and
one audit in twenty has ten texts that the next audit has too, five as they are and five changed in a word. Of every
size two audits are compared: one that finds the new audits missing in the index, and the one after that.

    .venv/bin/python benchmarks/compare_audits.py --folder /tmp/compare --earlier 10 100 1000
"""

import argparse
import json
import os
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from corpus_audit import pipeline, schemas
from corpus_audit.dedup.signature_index import CONTENTS, SignatureIndex
from corpus_audit.pipeline.deduplicate import index_folder
from corpus_audit.store import AuditFolder, read_json, write_json, write_table
from corpus_audit.store.contents import folder_digests
from corpus_audit.store.identity import read_identity

SEED = 16
TEXTS = 1_000
SHARED = 10
ONE_IN = 20
_LINKED = ("ingest", "measure-00000")


def _text(seed: str) -> str:
    return " ".join(f"w{number}" for number in random.Random(f"{SEED}-{seed}").choices(range(5_000), k=80))


def _template_texts() -> list[str]:
    return [_text(f"shared-{number}") for number in range(SHARED)] + [
        _text(f"first-{n}") for n in range(TEXTS - SHARED)
    ]


def _next_texts(name: str) -> list[str]:
    shared = [_text(f"shared-{number}") + (" changed" if number % 2 else "") for number in range(SHARED)]
    return shared + [_text(f"{name}-{number}") for number in range(TEXTS - SHARED)]


def begin(folder: Path, dataset: str, texts: Sequence[str]) -> AuditFolder:
    """Return an audit of some texts, up to its copies."""
    root = folder / dataset
    root.mkdir()
    (root / "a.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    (root / "manifest.yaml").write_text(
        f"manifest_version: '1'\ndataset: {{id: {dataset}}}\nsources:\n- id: texts\n  files: [{{path: a.jsonl}}]\n"
    )
    audit = pipeline.ingest(root / "manifest.yaml", folder / "store")
    for shard in pipeline.shard_numbers(audit):
        pipeline.measure(audit, shard)
    pipeline.deduplicate(audit)
    return audit


def add_earlier(template: AuditFolder, number: int) -> None:
    """Add an audit of another dataset to the store: the template's files, and signatures of its own."""
    identity = replace(read_identity(template), dataset_id=f"earlier-{number}", files_sha256=f"{number:064x}")
    audit = AuditFolder(template.path.parent / identity.audit_id)
    (audit.path / "markers").mkdir(parents=True)
    started = read_json(template.path / "audit.json")["started_at"]
    write_json(audit.path / "audit.json", asdict(identity) | {"started_at": started})
    for name in ("run.json", *(f"markers/{stage}.json" for stage in _LINKED)):
        os.link(template.path / name, audit.path / name)
    for stage in (*_LINKED, "deduplicate"):
        shutil.copytree(template.folder(stage), audit.folder(stage), copy_function=os.link)
    shutil.rmtree(index_folder(audit))
    index_folder(audit).mkdir()
    _write_signatures(SignatureIndex(index_folder(template)), SignatureIndex(index_folder(audit)), number)
    marker = read_json(template.path / "markers" / "deduplicate.json")
    write_json(
        audit.path / "markers" / "deduplicate.json", marker | {"outputs": folder_digests(audit.folder("deduplicate"))}
    )


def _write_signatures(template: SignatureIndex, own: SignatureIndex, number: int) -> None:
    """Write signatures by chance; of one audit in ONE_IN the first texts are those of the template."""
    chance, kept = np.random.default_rng([SEED, number]), SHARED if number % ONE_IN == 0 else 0
    contents, bands = pq.read_table(template.contents_path), pq.read_table(template.bands_path)
    new = contents.num_rows - kept
    digests = [*contents["content_sha256"].to_pylist()[:kept], *(chance.bytes(32) for _ in range(new))]
    columns = [contents["content"], contents["record_id"], contents["shingles"], pa.array(digests, pa.binary(32))]
    write_table(own.contents_path, CONTENTS, pa.table(columns, schema=CONTENTS.schema))
    keys = np.stack([bands[name].to_numpy() for name in bands.column_names[1:]])
    keys[:, kept:] = chance.integers(-(2**63), 2**63 - 1, (len(keys), new))
    pq.write_table(pa.table([bands["content"], *keys], schema=bands.schema), own.bands_path, compression="none")
    sketches = np.fromfile(template.sketches_path, np.uint8).reshape(contents.num_rows, -1)
    sketches[kept:] = chance.integers(0, 256, (new, sketches.shape[1]))
    sketches.tofile(own.sketches_path)


def compared(folder: Path, name: str) -> tuple[float, float, int]:
    """Return the seconds and processor seconds of comparing one more audit, and how many audits share its texts."""
    audit = begin(folder, name, _next_texts(name))
    started, used = time.perf_counter(), time.process_time()
    pipeline.compare(audit)
    seconds, processor = time.perf_counter() - started, time.process_time() - used
    overlaps = audit.read("compare", schemas.DATASET_OVERLAPS).to_pylist()
    assert all(overlap["state"] == "compared" for overlap in overlaps)
    return seconds, processor, sum(overlap["records_a"] > 0 for overlap in overlaps)


def grow(folder: Path, sizes: Sequence[int]) -> Iterator[str]:
    """Yield a line for each number of earlier audits."""
    template = begin(folder, "template", _template_texts())
    pipeline.compare(template)
    compared(folder, "warm-up")  # compiles what is compiled
    made, smallest = 0, None
    for size in sizes:
        for number in range(made, size):
            add_earlier(template, number)
        made = size
        catching_up, *_ = compared(folder, f"first-{size}")
        seconds, processor, sharing = compared(folder, f"next-{size}")
        smallest = smallest or seconds
        yield (
            f"{size:>6,} earlier  {seconds:6.2f} s  {processor:6.2f} s of processors  {seconds / smallest:5.2f} times  "
            f"{sharing:>4} share texts  {catching_up:6.2f} s with the index to be brought up to date"
        )


def main() -> None:
    """Print the figures of each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("build/compare"))
    parser.add_argument("--earlier", type=int, nargs="+", default=[10, 100, 1000])
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    for line in grow(options.folder, options.earlier):
        print(line, flush=True)


if __name__ == "__main__":
    main()
