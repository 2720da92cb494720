"""A file that ends or wears out its parser is a defect of its own; the other files are audited as if it were not there.

The parser of text is replaced, in workers only, by one that does what a text tells it to.
"""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import yaml

from corpus_audit import guard, pipeline, schemas
from corpus_audit.config import Parameters, Settings
from corpus_audit.corpus.entry import make_file_id
from corpus_audit.errors import GuardError, StoreError
from corpus_audit.guard import watch
from corpus_audit.pipeline import RunContext
from corpus_audit.pipeline.context import run_inputs
from corpus_audit.pipeline.reading_again import read_texts_again
from corpus_audit.review.excerpts import read_excerpt
from corpus_audit.store import AuditFolder, read_json
from corpus_audit.vocabulary import DefectCode, Unit

pytestmark = pytest.mark.slow

PARSER = """
import ctypes, os, signal
from corpus_audit.corpus.formats import READERS
from corpus_audit.vocabulary import FileFormat

read = READERS[FileFormat.TEXT]

def obedient(source, entry, batch_bytes):
    order = source.stream().read(20).split()[:1]
    if order == [b"crash"]:
        ctypes.string_at(0)
    while order == [b"spin"]:
        pass
    if order == [b"eat"]:
        held = bytearray(os.urandom(1 << 20)) * 3000
    if order == [b"stop"]:
        os.kill(os.getpid(), signal.SIGKILL)
    yield from read(source, entry, batch_bytes)

READERS[FileFormat.TEXT] = obedient
"""
TEXTS = {
    "a.txt": "a text of some words that stand before all others",
    "b.txt": "{crash} of a parser",
    "c.txt": "a text between two that are broken",
    "d.txt": "{spin} for ever",
    "e.txt": "{eat} all memory",
    "f.txt": "{stop} a process from outside, each time",
    "g.txt": "a text at the end",
}
EXPECTED = {
    "s/b.txt": (DefectCode.READER_DIED, "the process that read it crashed (SIGSEGV)"),
    "s/d.txt": (DefectCode.LIMIT_EXCEEDED, "reading it takes more than 1 seconds of processor time"),
    "s/e.txt": (DefectCode.LIMIT_EXCEEDED, "reading it takes more than 1,024 MiB of memory"),
    "s/f.txt": (DefectCode.READER_DIED, "the process that read it was ended from outside, or for want of memory"),
}


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AuditFolder]:
    """An audit, measured, of texts of which some give the parser orders."""
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "sitecustomize.py").write_text(PARSER)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        patch.setattr(watch, "WALL_FACTOR", 600)  # the machine may be busy
        guard.stop_idle()
        yield _measure(folder / "orders", str.format_map)
        guard.stop_idle()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> AuditFolder:
    return _measure(tmp_path_factory.mktemp("undisturbed"), lambda text, _: text)


class _Words(dict[str, str]):
    def __missing__(self, word: str) -> str:
        return word


def _measure(folder: Path, order: object) -> AuditFolder:
    (folder / "data" / "s").mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / "data" / "s" / name).write_text(order(text, _Words()))
    source = {"id": "s", "folders": ["s"], "files": [{"path": f"s/{name}"} for name in TEXTS]}
    manifest = folder / "data" / "manifest.yaml"
    manifest.write_text(
        yaml.safe_dump({"manifest_version": "1", "dataset": {"id": "d", "title": "D"}, "sources": [source]})
    )
    store = folder / "store"
    store.mkdir()
    (store / "key").write_bytes(bytes(32))
    context = RunContext(Settings(workers=1))
    audit = pipeline.ingest(manifest, store, parameters=Parameters(file_seconds=1, file_memory=1_024), context=context)
    pipeline.measure(audit, 0, context=context)
    return audit


def test_each_such_file_is_a_defect_with_its_reason(measured: AuditFolder) -> None:
    defects = measured.read("measure-00000", schemas.DEFECTS).to_pylist()
    assert {row["file"]: (row["code"], row["detail"]) for row in defects} == EXPECTED


def test_each_counts_as_unread(measured: AuditFolder) -> None:
    unread = measured.read("measure-00000", schemas.UNREAD).to_pylist()
    assert {(row["file"], row["unit"], row["reason"], row["count"]) for row in unread} == {
        (file, Unit.FILE, code, 1) for file, (code, _) in EXPECTED.items()
    }


def test_the_other_files_have_the_same_records(measured: AuditFolder, undisturbed: AuditFolder) -> None:
    found, expected = (audit.read("measure-00000", schemas.RECORDS) for audit in (measured, undisturbed))
    others = expected.filter(pc.invert(pc.is_in(expected["file"], pa.array(sorted(EXPECTED)))))
    assert others.num_rows == 3
    assert found.equals(others)


def test_what_was_given_up_is_not_taken_over_by_other_audits(measured: AuditFolder, undisturbed: AuditFolder) -> None:
    assert not list((measured.store / "measured").rglob("*.json"))
    hints = list((undisturbed.store / "measured").rglob("*.json"))
    assert read_json(hints[0])["audit"] == undisturbed.audit_id


def test_no_half_written_folder_is_left(measured: AuditFolder) -> None:
    assert not list(measured.path.glob(".*"))


def test_a_second_reading_that_ends_its_worker_ends_no_other_process(
    undisturbed: AuditFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(run_inputs(undisturbed)["root"]) / "s" / "b.txt"
    written, record = file.read_text(), make_file_id("s", "s/b.txt") + ":0"
    assert read_excerpt(undisturbed, record).text == written
    (tmp_path / "sitecustomize.py").write_text(PARSER)
    monkeypatch.syspath_prepend(tmp_path)
    guard.stop_idle()
    file.write_text("crash")
    with pytest.raises(GuardError, match="crashed \\(SIGSEGV\\)"):
        list(read_texts_again(undisturbed, [make_file_id("s", "s/b.txt")], Settings()))
    with pytest.raises(StoreError, match="cannot be shown"):
        read_excerpt(undisturbed, record)
    guard.stop_idle()
    file.write_text(written)
