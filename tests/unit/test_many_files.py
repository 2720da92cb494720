"""Ingest holds very many files as rows of tables, not as Python objects."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from corpus_audit.corpus import resolve
from corpus_audit.corpus.guarded_look import GuardedLook
from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.engine.ahead import map_ahead
from corpus_audit.manifest.dump import stored_manifest
from corpus_audit.manifest.model import Manifest, Source
from corpus_audit.schemas import CLAIMED_FILES, CLAIMED_FOLDERS, FILES
from corpus_audit.store import sha256_of_json
from corpus_audit.store.identity import files_digest

FILES_CLAIMED = 20_000
MOST_BYTES_A_FILE = 1_200
"""As dictionaries, claims and files take some 2,300."""


@pytest.fixture
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


def test_what_is_held_of_a_file_is_bounded(
    claimed_files: pa.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GuardedLook, "_in_worker", lambda look, claims: look.look(claims))
    tracemalloc.start()
    try:
        before = pa.total_allocated_bytes()
        found = resolve.resolve_files(
            LocalFolder(tmp_path), claimed_files, CLAIMED_FOLDERS.empty(), part_bytes=1 << 20, threads=2, advance=int
        )
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found.files.num_rows == FILES_CLAIMED
    assert peak + pa.total_allocated_bytes() - before < MOST_BYTES_A_FILE * FILES_CLAIMED


def test_no_more_is_begun_than_asked_for() -> None:
    begun: list[int] = []

    def given() -> Iterator[int]:
        for number in range(100):
            begun.append(number)
            yield number

    found = map_ahead(lambda number: number * 2, given(), workers=2, ahead=3)
    assert next(found) == 0
    assert len(begun) <= 4
    assert list(found) == [number * 2 for number in range(1, 100)]


def test_the_digest_of_files_is_that_of_all_rows_at_once() -> None:
    rows = [{"file_id": str(number), "file": f"é{number}"} for number in range(25_000)]
    files, none = pa.Table.from_pylist(rows, schema=FILES.schema), FILES.empty()
    assert files_digest(files, none) == sha256_of_json([files.to_pylist(), []])
    assert files_digest(none, files.slice(0, 2)) == sha256_of_json([[], files.slice(0, 2).to_pylist()])


def test_a_manifest_is_stored_source_by_source_with_the_same_bytes() -> None:
    none = Manifest.model_validate({"manifest_version": "1", "dataset": {"id": "d", "title": 'a\n "sources": []'}})
    one = {"id": "a", "title": "line\nbreak", "files": [{"path": "x"}, {"path": "y"}]}
    some = none.model_copy(update={"sources": tuple(map(Source.model_validate, (one, {"id": "b"})))})
    for manifest in (none, some):
        assert b"".join(stored_manifest(manifest)) == manifest.model_dump_json(by_alias=True, indent=1).encode()
