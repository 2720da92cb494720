"""Files of every format, damaged at random: none ends or stalls an audit, and each is counted.

The damage is seeded. ``CORPUS_AUDIT_TEST_FILES=10000`` runs the full campaign; some hundred files are the default.
"""

import os
import random
import resource
import time
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import yaml

from corpus_audit import guard, pipeline, schemas
from corpus_audit.config import Parameters, Settings
from corpus_audit.pipeline import RunContext
from corpus_audit.vocabulary import FileState
from generative.test_any_file import FILES_BY_NAME, damaged
from unit import media_files
from unit.test_record_formats import pdf

FILES = int(os.environ.get("CORPUS_AUDIT_TEST_FILES", "600"))
SECONDS_A_FILE = 0.5
MEMORY = 1_024
DAMAGE = ("set", "cut", "insert", "repeat")


def originals() -> Mapping[str, bytes]:
    picture, sound = media_files.picture(), media_files.melody(1, seconds=1)
    media = {
        "a.jpg": media_files.save(picture),
        "a.png": media_files.save(picture, "PNG"),
        "a.webp": media_files.save(picture, "WEBP"),
        "a.gif": media_files.save(picture, "GIF"),
        "a.tiff": media_files.save(picture, "TIFF"),
        "a.wav": media_files.encode(sound, "wav", "pcm_s16le"),
        "a.mp3": media_files.encode(sound),
        "a.flac": media_files.encode(sound, "flac", "flac"),
    }
    texts = {name: content for name, (_, content) in FILES_BY_NAME.items()}
    return texts | media | {"a.pdf": pdf("High water at six")}


def write_damaged(folder: Path, count: int) -> list[str]:
    chance, written = random.Random(14), []
    samples = list(originals().items())
    for number in range(count):
        name, content = samples[number % len(samples)]
        damage = [
            (chance.random(), chance.choice(DAMAGE), chance.randbytes(chance.randint(1, 8)))
            for _ in range(chance.randint(1, 6))
        ]
        path = folder / f"{number:05}" / name
        path.parent.mkdir()
        path.write_bytes(damaged(content, damage))
        written.append(path.relative_to(folder.parent).as_posix())
    return written


@pytest.mark.slow
def test_no_damage_ends_an_audit_and_each_file_is_counted(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    names = write_damaged(tmp_path / "s", FILES)
    source = {"id": "s", "folders": ["s"], "files": [{"path": name} for name in names]}
    document = {"manifest_version": "1", "dataset": {"id": "d", "title": "D"}, "sources": [source]}
    (tmp_path / "manifest.yaml").write_text(yaml.safe_dump(document))
    context = RunContext(Settings(workers=2, shard_bytes=8 << 20))
    limits = Parameters(file_seconds=20, file_memory=MEMORY)
    began = time.monotonic()
    audit = pipeline.ingest(tmp_path / "manifest.yaml", tmp_path / "store", parameters=limits, context=context)
    for shard in pipeline.shard_numbers(audit):
        pipeline.measure(audit, shard, context=context)
    seconds = time.monotonic() - began
    guard.stop_idle()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    files = audit.read("ingest", schemas.FILES)
    counts = pa.concat_tables(map(pa.parquet.read_table, pipeline.measured(audit, schemas.READ_COUNTS)))
    unreadable = files.filter(pc.equal(files["state"], FileState.UNREADABLE))
    binary = files.filter(pc.equal(files["format"], "binary"))
    seen = set(counts["file"].to_pylist()) | set(unreadable["file"].to_pylist()) | set(binary["file"].to_pylist())
    figures = f"{FILES} files in {seconds:.0f} s, {peak:.0f} MiB at most, {unreadable.num_rows} unreadable at once"
    print(figures)  # noqa: T201 - the figures of the campaign
    assert set(names) == seen
    assert seconds < 60 + FILES * SECONDS_A_FILE
    assert peak < 2048
