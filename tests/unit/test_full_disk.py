"""A full disk is recognised whatever library meets it, and named."""

import errno
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.config import Settings
from corpus_audit.errors import StoreError
from corpus_audit.pipeline import RunContext
from corpus_audit.pipeline.measure import MEASURE
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.store.full_disk import full_disk_error

FULL = "/dev/full"


def write_bytes() -> None:
    Path(FULL).write_bytes(b"x" * 100_000)


def write_parquet() -> None:
    with pa.OSFile(FULL, "wb") as file:  # not by its path, which the library removes after an error
        pq.write_table(pa.table({"n": list(range(100_000))}), file)


def spill() -> None:
    """Raise what DuckDB raises: a real run of it would put a file into the place of the device."""
    raise duckdb.IOException('IO Error: Could not write all bytes to file "/spill/x": No space left on device')


@pytest.mark.parametrize("write", [write_bytes, write_parquet, spill])
def test_a_full_disk_is_named(write: Callable[[], None], tmp_path: Path) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011 - of each library its own
        write()
    error = full_disk_error(raised.value, tmp_path / "store")
    assert error is not None
    assert str(error).startswith("The disk at /")
    assert "it goes on where it stopped" in str(error)


def test_the_disk_of_the_file_is_named_where_it_is_known(tmp_path: Path) -> None:
    error = full_disk_error(OSError(errno.ENOSPC, "full", "/dev/shm/file"), tmp_path)
    assert "The disk at /dev/shm is full; it holds /dev/shm/file." in str(error)


def test_other_errors_are_left_alone(tmp_path: Path) -> None:
    assert full_disk_error(OSError(errno.EACCES, "no"), tmp_path) is None
    assert full_disk_error(ValueError("a disk"), tmp_path) is None


def test_a_stage_that_meets_a_full_disk_says_so(tmp_path: Path) -> None:
    context = RunContext(Settings(), sends_lineage=False)
    with pytest.raises(StoreError, match="The disk at"), StageRun(MEASURE, context, tmp_path):
        write_bytes()
