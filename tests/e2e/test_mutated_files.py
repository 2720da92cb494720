"""Files of every format and container, damaged at random: none ends or stalls an audit, and each is counted.

The damage is seeded. ``CORPUS_AUDIT_TEST_FILES=10000`` runs the full campaign; some hundred files are the default.
"""

import os
import random
import resource
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import yaml

from corpus_audit import guard, pipeline, schemas
from corpus_audit.config import Parameters, Settings
from corpus_audit.corpus.compression import COMPRESSIONS
from corpus_audit.corpus.formats import READERS, media
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.recognise import recognise_file
from corpus_audit.corpus.signatures import SNIFFED_BYTES, recognise_media
from corpus_audit.pipeline import RunContext
from corpus_audit.vocabulary import FileState
from e2e.sample_files import samples
from generative.test_any_file import damaged

FILES = int(os.environ.get("CORPUS_AUDIT_TEST_FILES", "600"))
SECONDS_A_FILE = 0.2
"""Of processor time: another process may have the machine meanwhile."""
SLOWEST = 3600 + 2 * FILES
MEMORY = 1_024
DAMAGE = ("set", "cut", "insert", "repeat")


def write_damaged(folder: Path, count: int) -> list[str]:
    chance, written = random.Random(14), []
    whole = list(samples().items())
    for number in range(count):
        name, content = whole[number % len(whole)]
        damage = [
            (chance.random(), chance.choice(DAMAGE), chance.randbytes(chance.randint(1, 8)))
            for _ in range(chance.randint(1, 6))
        ]
        path = folder / f"{number:05}" / name
        path.parent.mkdir()
        path.write_bytes(damaged(content, damage))
        written.append(path.relative_to(folder.parent).as_posix())
    return written


def claim(name: str) -> dict[str, str]:
    """Return what the manifest says of a file: a page of its own is one only where it says so."""
    return {"path": name} | ({"format": "html"} if name.endswith(".html") else {})


def test_there_is_a_file_for_every_reader(tmp_path: Path) -> None:
    for name, content in samples().items():
        (tmp_path / name).write_bytes(content)
    folder = LocalFolder(tmp_path)
    formats = {recognise_file(folder.find(name), claim(name).get("format")).format for name in samples()}
    assert formats == set(READERS)
    assert {Path(name).suffix for name in samples()} >= set(COMPRESSIONS)
    kinds = {recognise_media(content[:SNIFFED_BYTES]) for content in samples().values()}
    assert {kind.name for kind in kinds if kind} == {kind.name for kind in media._KINDS.values()}


@pytest.mark.slow
@pytest.mark.timeout(SLOWEST)
def test_no_damage_ends_an_audit_and_each_file_is_counted(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    names = write_damaged(tmp_path / "s", FILES)
    source = {"id": "s", "folders": ["s"], "files": [claim(name) for name in names]}
    document = {"manifest_version": "1", "dataset": {"id": "d", "title": "D"}, "sources": [source]}
    (tmp_path / "manifest.yaml").write_text(yaml.safe_dump(document))
    context = RunContext(Settings(workers=2, shard_bytes=8 << 20))
    limits = Parameters(file_seconds=20, file_memory=MEMORY)
    before = _processor_seconds()
    began = time.monotonic()
    audit = pipeline.ingest(tmp_path / "manifest.yaml", tmp_path / "store", parameters=limits, context=context)
    for shard in pipeline.shard_numbers(audit):
        pipeline.measure(audit, shard, context=context)
    seconds = time.monotonic() - began
    guard.stop_idle()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    processor = _processor_seconds() - before
    files = audit.read("ingest", schemas.FILES)
    counts = pa.concat_tables(map(pa.parquet.read_table, pipeline.measured(audit, schemas.READ_COUNTS)))
    unreadable = files.filter(pc.equal(files["state"], FileState.UNREADABLE))
    binary = files.filter(pc.equal(files["format"], "binary"))
    seen = set(counts["file"].to_pylist()) | set(unreadable["file"].to_pylist()) | set(binary["file"].to_pylist())
    figures = (
        f"{FILES} files in {seconds:.0f} s ({processor:.0f} s of workers' processor time), {peak:.0f} MiB at most, "
        f"{unreadable.num_rows} unreadable at once, {binary.num_rows} binary"
    )
    print(figures)  # noqa: T201 - the figures of the campaign
    assert set(names) == seen
    assert processor < 60 + FILES * SECONDS_A_FILE
    assert peak < 2048


def _processor_seconds() -> float:
    """Return what all children that ended used, those of other tests in this process too."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
