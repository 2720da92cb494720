"""Measuring in this process: the whole of it as a worker does it, and each of its parts alone."""

import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from corpus_audit import pipeline
from corpus_audit.config import Parameters, Settings
from corpus_audit.config.garbage import collect_seldom
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.scan import Scanner
from corpus_audit.measure.fingerprints.contents import hash_contents
from corpus_audit.measure.fingerprints.fingerprint import fingerprint
from corpus_audit.measure.prose.compressibility import compressed_shares
from corpus_audit.measure.prose.language import identify_languages
from corpus_audit.measure.prose.quality import measure_quality
from corpus_audit.measure.prose.writing import describe_writing
from corpus_audit.pipeline.context import RunContext
from corpus_audit.pipeline.measured_parts import MeasuringTask, measure_parts
from corpus_audit.pipeline.stages import STAGES

_BATCH_RECORDS = 2000


def measure_whole(path: Path, size_bytes: int) -> float:
    """Return the MB/s of processor time at which a worker reads, measures and writes the records of a file."""
    with tempfile.TemporaryDirectory(prefix="corpus-audit-benchmark-") as work:
        manifest = Path(work, "manifest.yaml")
        manifest.write_text(yaml.safe_dump(manifest_of(path.name)))
        settings = Settings(workers=1)
        audit = STAGES[0].run(
            manifest, Path(work, "store"), root=str(path.parent.resolve()), packs=(), context=RunContext(settings)
        )
        seconds = 0.0
        for times in range(2):  # the first compiles
            collect_seldom()  # as guard/forking.py has it for workers
            gc.freeze()
            started = time.process_time()
            for shard in pipeline.shard_sizes(audit):
                folder = Path(work, f"{times}-{shard}")
                folder.mkdir()
                measure_parts(folder, MeasuringTask(audit, shard, settings))
            seconds = time.process_time() - started
    return size_bytes / seconds / 1e6


def measure_parts_of(parquet: Path) -> Iterator[tuple[str, float]]:
    """Yield what measuring consists of, and the MB/s of each part alone."""
    parameters, scanner = Parameters(), Scanner(b"benchmark", DETECTORS)

    def describe(texts: pa.Array) -> None:
        measure_quality(texts, describe_writing(texts)["script"].combine_chunks())

    parts: dict[str, Callable[[pa.Array], object]] = {
        "fingerprints": lambda texts: fingerprint(texts, parameters),
        "personal information, secrets, notices": scanner.scan,
        "scripts, entropy, quality": describe,
        "language": identify_languages,
        "compressibility": compressed_shares,
        "sha256": hash_contents,
    }
    with pq.ParquetFile(parquet) as file:
        batches = [batch["text"].cast(pa.large_string()) for batch in file.iter_batches(_BATCH_RECORDS)]
    size = sum(batch.nbytes for batch in batches)
    for name, work in parts.items():
        work(batches[0])
        started = time.process_time()
        for batch in batches:
            work(batch)
        yield name, size / (time.process_time() - started) / 1e6


def manifest_of(name: str) -> dict[str, object]:
    """Return a manifest of one file."""
    source = {
        "id": "all", "title": "All", "kind": "self-collected", "origin": {"description": "Made by a benchmark."},
        "collector": "The corpus-audit developers", "license": {"expression": "MIT"},
        "collection": {"method": "made", "from": "2026-01-01", "until": "2026-01-01", "ongoing": "no"},
        "personal_information": {"present": "not-recorded"}, "opt_outs": {"checked": "not-applicable"},
        "synthetic": {"generated": "no"}, "files": [{"path": name}],
    }  # fmt: skip
    dataset = {
        "id": "benchmark", "version": "1", "title": "Benchmark", "description": "Made by a benchmark.",
        "issuer": "The corpus-audit developers", "intended_uses": ["internal-training"], "release": "no",
    }  # fmt: skip
    return {"manifest_version": "1", "dataset": dataset, "sources": [source]}
