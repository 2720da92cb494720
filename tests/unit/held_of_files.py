"""Print how many bytes are held of each file that ingest looks at, at most; the files are in a folder that has none."""

import sys
import tracemalloc
from pathlib import Path

import pyarrow as pa

from corpus_audit.corpus import resolve
from corpus_audit.corpus.guarded_look import GuardedLook
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.schemas import CLAIMED_FILES, CLAIMED_FOLDERS

FILES_CLAIMED = 20_000


def claimed_files() -> pa.Table:
    """Return claims of files that are not there: what is held of a file is the same, and no worker is needed."""
    numbers = range(FILES_CLAIMED)
    columns = {
        "source_id": [f"source-{number // 20:05}" for number in numbers],
        "file": [f"folder/source-{number // 20:05}/file-{number:06}.txt" for number in numbers],
        "sha256": [f"{number:064x}" for number in numbers],
        "text_fields": [[]] * FILES_CLAIMED,
    }
    rest = {field.name: pa.nulls(FILES_CLAIMED, field.type) for field in CLAIMED_FILES.schema}
    return pa.table(rest | columns).select(CLAIMED_FILES.schema.names).cast(CLAIMED_FILES.schema)


def bytes_held_of_a_file(folder: Path) -> float:
    """Return the most bytes that were held at a time, by Python and Arrow, for each file."""
    GuardedLook._in_worker = lambda look, claims: look.look(claims)
    location, claims = LocalFolder(folder), claimed_files()
    before = pa.total_allocated_bytes()
    tracemalloc.start()
    found = resolve.resolve_files(location, claims, CLAIMED_FOLDERS.empty(), part_bytes=1 << 20, threads=2, advance=int)
    _, peak = tracemalloc.get_traced_memory()
    if found.files.num_rows != FILES_CLAIMED:
        raise RuntimeError
    return (peak + pa.total_allocated_bytes() - before) / FILES_CLAIMED


if __name__ == "__main__":
    sys.stdout.write(str(bytes_held_of_a_file(Path(sys.argv[1]))))
