"""People and authorisations out of tables: what is read, what is told, what stops the audit."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest

from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.errors import ManifestError
from corpus_audit.guard import Limits
from corpus_audit.manifest.claims import claim_tables
from corpus_audit.manifest.model import Manifest
from corpus_audit.manifest.people import ClaimTable
from corpus_audit.manifest.people_tables import FoundTable, People, TableProblem, write_people
from corpus_audit.schemas import CLAIMED_AUTHORISATIONS, CLAIMED_SUBJECTS
from corpus_audit.vocabulary import NOT_RECORDED

LISTED = [{"id": "m1", "authorisations": [{"grantor": "M", "relation": "self", "scope": ["internal-training"]}]}]


class Written:
    """What write_people made of a manifest that lists m1 and of tables with more."""

    def __init__(self, root: Path, subjects: Path | None = None, authorisations: Path | None = None) -> None:
        tree = {"manifest_version": "1", "dataset": {"id": "d"}, "subjects": LISTED}
        claims = claim_tables(Manifest.model_validate(tree))
        people = People(claims.subjects, claims.authorisations, _found(subjects), _found(authorisations))
        self.folder = root / "out"
        self.folder.mkdir()
        self.problems = write_people(self.folder, people, lambda: DuckDBEngine(spill_root=root), Limits())
        self.subjects = pq.read_table(self.folder / "claimed_subjects.parquet")
        self.authorisations = pq.read_table(self.folder / "claimed_authorisations.parquet")


def _found(path: Path | None) -> FoundTable | None:
    return None if path is None else FoundTable(ClaimTable(path=path.name), path)


def parquet(path: Path, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_without_tables_the_listed_people_are_written(tmp_path: Path) -> None:
    written = Written(tmp_path)
    assert written.problems == []
    assert written.subjects["subject_id"].to_pylist() == ["m1"]
    assert written.authorisations.select(["subject_id", "number"]).to_pylist() == [{"subject_id": "m1", "number": 0}]


def test_rows_join_the_listed_people_sorted(tmp_path: Path) -> None:
    subjects = parquet(
        tmp_path / "s.parquet",
        subject_id=["z9", "a1"],
        deceased=[True, None],
        died_at=[date(1995, 5, 8), None],
        minor=["no", "Yes"],
        modalities=[["voice", "face"], None],
    )
    authorisations = parquet(
        tmp_path / "a.parquet",
        subject_id=["z9", "a1", "z9"],
        grantor=["D", " ", "E"],
        relation=["child", "not-recorded", "Other-Relative"],
        separate=[True, False, None],
        scope=["commercial-training; model-release", "", "internal-training"],
        signed_at=["2024-03", "2024-03-01T09:00:00Z", "2024"],
        evidence_sha256=["AB" * 32, None, None],
    )
    written = Written(tmp_path, subjects, authorisations)
    assert written.problems == []
    assert written.subjects.schema.equals(CLAIMED_SUBJECTS.schema)
    assert written.authorisations.schema.equals(CLAIMED_AUTHORISATIONS.schema)
    assert written.subjects["subject_id"].to_pylist() == ["a1", "m1", "z9"]
    a1, _, z9 = written.subjects.to_pylist()
    assert (z9["deceased"], z9["died_at"], z9["minor"], z9["modalities"]) == (
        "yes",
        "1995-05-08",
        "no",
        ["voice", "face"],
    )
    assert (a1["deceased"], a1["died_at"], a1["minor"], a1["modalities"]) == (NOT_RECORDED, NOT_RECORDED, "yes", [])
    assert a1["under_14"] == a1["identifiable"] == NOT_RECORDED
    keys = [(row["subject_id"], row["number"]) for row in written.authorisations.to_pylist()]
    assert keys == [("a1", 2), ("m1", 0), ("z9", 1), ("z9", 3)]
    first, _, child, other = written.authorisations.to_pylist()
    assert (first["grantor"], first["relation"], first["scope"], first["separate"]) == (
        NOT_RECORDED,
        NOT_RECORDED,
        [],
        "no",
    )
    assert (child["relation"], child["separate"], child["evidence_sha256"]) == ("child", "yes", "ab" * 32)
    assert child["scope"] == ["commercial-training", "model-release"]
    assert other["relation"] == "other-relative"
    assert child["evidence_file"] is None


def test_csv_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    pcsv.write_csv(pa.table({"subject_id": ["1001"], "minor": ["no"], "modalities": ["voice,face"]}), path)
    row = Written(tmp_path, subjects=path).subjects.to_pylist()[0]
    assert (row["subject_id"], row["minor"], row["modalities"]) == ("1001", "no", ["voice", "face"])


def test_values_that_cannot_be_read_are_told_without_being_repeated(tmp_path: Path) -> None:
    subjects = parquet(
        tmp_path / "s.parquet",
        subject_id=["a1", "Zhang San", None],
        deceased=["perhaps", "no", "no"],
        died_at=["yesterday", None, None],
        modalities=["voice;aura", "face", "face"],
    )
    authorisations = parquet(tmp_path / "a.parquet", subject_id=["a1", "nobody", "nobody"], relation=["cousin"] * 3)
    written = Written(tmp_path, subjects, authorisations)
    gap = "values cannot be read and count as not-recorded"
    assert written.problems == [
        TableProblem("s.parquet", "deceased", f"1 {gap}"),
        TableProblem("s.parquet", "died_at", f"1 {gap}"),
        TableProblem("s.parquet", "modalities", f"1 {gap}"),
        TableProblem("s.parquet", "subject_id", "2 rows have no id that can be read and were left out"),
        TableProblem("a.parquet", "relation", f"3 {gap}"),
        TableProblem("a.parquet", "subject_id", "2 authorisations name people that are not described"),
    ]
    assert written.subjects.to_pylist()[0]["modalities"] == ["voice"]
    assert written.authorisations["relation"].to_pylist() == [NOT_RECORDED, "self", NOT_RECORDED, NOT_RECORDED]


def test_wrong_columns_are_all_told_at_once(tmp_path: Path) -> None:
    path = parquet(tmp_path / "s.parquet", subject=["a1"], decease=["no"], home=[{"city": "x"}])
    with pytest.raises(ManifestError, match=r"s\.parquet cannot be used as it stands") as caught:
        Written(tmp_path, subjects=path)
    told = "\n".join(caught.value.problems)
    assert "lacks the column 'subject_id'" in told
    assert "'subject', which is none: did you mean 'subject_id'?" in told
    assert "'decease', which is none: did you mean 'deceased'?" in told
    assert "column 'home' is a mapping" in told


@pytest.mark.parametrize("content", [b"", b"not parquet", b"PAR1" * 3])
def test_a_file_that_is_no_table_stops_the_audit(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.parquet"
    path.write_bytes(content)
    with pytest.raises(ManifestError, match="cannot be read as Parquet"):
        Written(tmp_path, subjects=path)


@pytest.mark.parametrize("content", [b"", b"subject_id,minor\na1,no,extra\n", b"subject_id\n\xff\n"])
def test_damaged_csv_stops_the_audit(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(content)
    with pytest.raises(ManifestError, match="cannot be read as CSV"):
        Written(tmp_path, subjects=path)


@pytest.mark.parametrize("ids", [["a1", "a1"], ["m1"]], ids=["in the table", "beside the manifest"])
def test_nobody_is_described_twice(tmp_path: Path, ids: list[str]) -> None:
    with pytest.raises(ManifestError, match="describes people twice"):
        Written(tmp_path, subjects=parquet(tmp_path / "s.parquet", subject_id=ids))
