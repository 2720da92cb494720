"""Ingest holds very many files as rows of tables, not as Python objects."""

import gc
import random
import subprocess
import sys
import weakref
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus_audit.engine.ahead import map_ahead
from corpus_audit.manifest.description_tables import description_tables
from corpus_audit.manifest.dump import stored_manifest
from corpus_audit.manifest.load import load_manifest
from corpus_audit.manifest.model import Manifest, Source
from corpus_audit.rights.description_statements import read_license_statements
from corpus_audit.schemas import FILES
from corpus_audit.schemas.assembling import join_sorted
from corpus_audit.store import sha256_of_json
from corpus_audit.store.identity import files_digest

MOST_BYTES_A_FILE = 1_200
"""As dictionaries, claims and files take some 2,300."""


def test_what_is_held_of_a_file_is_bounded(tmp_path: Path) -> None:
    """In a process of its own: other threads of this one would be counted."""
    script = Path(__file__).with_name("held_of_files.py")
    ran = subprocess.run([sys.executable, script, tmp_path], capture_output=True, check=True, text=True)
    assert 100 < float(ran.stdout) < MOST_BYTES_A_FILE


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
    assert files_digest(files.to_batches(10_000), none) == sha256_of_json([files.to_pylist(), []])
    assert files_digest(none.to_batches(), files.slice(0, 2)) == sha256_of_json([[], files.slice(0, 2).to_pylist()])


def test_tables_are_joined_in_the_order_of_a_stable_sort() -> None:
    dice = random.Random(1)
    schema = pa.schema({"key": pa.string(), "more": pa.int64(), "listed": pa.list_(pa.string())})
    choices: dict[str, Any] = {"key": "0123456789", "more": [None, 1, 2], "listed": [None, [], ["a", "b"]]}
    rows = [{name: dice.choice(some) for name, some in choices.items()} for _ in range(200)]
    parts = [pa.Table.from_pylist(rows[first : first + 30], schema=schema) for first in range(0, 200, 30)]
    joined = join_sorted(parts, ["key"])
    assert joined.to_pylist() == sorted(rows, key=itemgetter("key"))
    assert (joined.schema, parts) == (schema, [])
    assert join_sorted([pa.Table.from_batches([], schema)], ["key"]).num_rows == 0


def test_nothing_holds_a_manifest_that_was_read(tmp_path: Path) -> None:
    """Its files and the bytes of its documents are to be free before a million files are looked at."""
    (tmp_path / "manifest.json").write_text('{"manifest_version": 1, "dataset": {"id": "d"}, "sources": [{"id": "s"}]}')
    loaded = load_manifest(tmp_path / "manifest.json")
    held = weakref.ref(loaded)
    gc.disable()
    try:
        assert read_license_statements(loaded).num_rows == 1
        assert description_tables(loaded)
        del loaded
        assert held() is None
    finally:
        gc.enable()


def test_a_manifest_is_stored_source_by_source_with_the_same_bytes() -> None:
    none = Manifest.model_validate({"manifest_version": "1", "dataset": {"id": "d", "title": 'a\n "sources": []'}})
    one = {"id": "a", "title": "line\nbreak", "files": [{"path": "x"}, {"path": "y"}]}
    some = none.model_copy(update={"sources": tuple(map(Source.model_validate, (one, {"id": "b"})))})
    for manifest in (none, some):
        assert b"".join(stored_manifest(manifest)) == manifest.model_dump_json(by_alias=True, indent=1).encode()
