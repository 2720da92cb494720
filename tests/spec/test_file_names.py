"""Names that are not UTF-8, longer than the system allows, or that differ by case only."""

import os
from pathlib import Path

import pytest
import yaml

from corpus_audit import pipeline, schemas
from corpus_audit.config import Settings
from corpus_audit.errors import CorpusAuditError
from corpus_audit.pipeline import RunContext
from corpus_audit.vocabulary import DefectCode, FileState

LONG = f"s/{'n' * 300}.txt"
DEEP = f"s/{'d/' * 1500}x.txt"
CONTEXT = RunContext(Settings(workers=1))


def write(root: Path) -> Path:
    folder = os.fsencode(root / "s")
    Path(os.fsdecode(folder + b"/sub\xfe")).mkdir(parents=True)
    for name in (b"A.txt", b"a.txt", b"bad\xff.txt", b"sub\xfe/x.txt"):
        Path(os.fsdecode(folder + b"/" + name)).write_text(f"the text of a file that is called {name!r}")
    files = [{"path": path} for path in ("s/A.txt", "s/a.txt", LONG, DEEP)]
    document = {
        "manifest_version": "1",
        "dataset": {"id": "d", "title": "D"},
        "sources": [{"id": "s", "folders": ["s"], "files": files}],
    }
    (root / "manifest.yaml").write_text(yaml.safe_dump(document))
    return root / "manifest.yaml"


def test_each_name_is_a_file_or_a_defect(tmp_path: Path) -> None:
    audit = pipeline.ingest(write(tmp_path), tmp_path / "store", context=CONTEXT)
    pipeline.measure(audit, 0, context=CONTEXT)
    states = {row["file"]: row["state"] for row in audit.read("ingest", schemas.FILES).to_pylist()}
    assert states == {
        "s/A.txt": FileState.NO_CHECKSUM,
        "s/a.txt": FileState.NO_CHECKSUM,
        LONG: FileState.UNREADABLE,
        DEEP: FileState.MISSING,
        "s/bad\\xff.txt": FileState.UNDECLARED,
        "s/sub\\xfe/x.txt": FileState.UNDECLARED,
    }
    defects = {row["file"]: row["code"] for row in audit.read("ingest", schemas.DEFECTS).to_pylist()}
    assert defects == dict.fromkeys(set(states) - {"s/A.txt", "s/a.txt", DEEP}, DefectCode.FILE_UNREADABLE)
    records = audit.read("measure-00000", schemas.RECORDS)
    assert sorted(records["file"].to_pylist()) == ["s/A.txt", "s/a.txt"]


@pytest.mark.parametrize("of", ["root", "store"])
def test_a_root_or_store_that_no_library_can_open_is_an_error_of_the_user(tmp_path: Path, of: str) -> None:
    manifest = write(tmp_path)
    strange = tmp_path / os.fsdecode(b"r\xff")
    given = {"store": tmp_path / "store"} | {of: strange}
    with pytest.raises(CorpusAuditError, match=r"r\\xff is not UTF-8: rename it"):
        pipeline.ingest(manifest, context=CONTEXT, **given)
