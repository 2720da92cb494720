"""A folder that save_to_disk wrote, audited as it lies there: its records, its splits, and what leaked between them."""

from typing import Any

import pyarrow.parquet as pq
import pytest

from corpus_audit import Audit, audit
from e2e.small_corpus import standing_clock
from unit.saved_datasets import LICENSE, write_leaked

pytestmark = pytest.mark.slow

RECORDS = {"train": 40, "validation": 5, "test": 10}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    root = tmp_path_factory.mktemp("saved")
    return audit(write_leaked(root / "notes"), root / "store", clock=standing_clock)


def rows(finished: Audit, table: str) -> list[dict[str, Any]]:
    (path,) = finished.folder.path.rglob(f"gather/{table}.parquet")
    found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return found


def test_every_row_of_every_split_is_a_record_and_no_document_is(finished: Audit) -> None:
    counted = {row["file"]: (row["split"], row["state"], row["records"]) for row in rows(finished, "files")}
    assert counted == {
        f"{split}/data-00000-of-00001.arrow": (split, "no-checksum", count) for split, count in RECORDS.items()
    }


def test_all_splits_are_one_source_under_the_license_that_is_stated(finished: Audit) -> None:
    (source,) = rows(finished, "sources")
    assert (source["source_id"], source["license_declared"]) == ("notes", LICENSE)


def test_test_records_that_are_training_records_are_leaked(finished: Audit) -> None:
    found = {row["split"]: row for row in rows(finished, "split_leakage")}
    assert set(found) == {"test", "validation"}
    test, validation = found["test"], found["validation"]
    assert (test["exact_records"], test["near_records"], test["leaked_share"]) == (1, 1, 0.2)
    assert (test["records"], test["training_records"], test["state"]) == (10, 40, "leaked")
    assert (validation["leaked_records"], validation["state"]) == (0, "none-found")
    records = {row["record_id"]: row for row in _records(finished)}
    assert [records[name]["row"] for name in test["examples"]] == [8, 9]
    assert [records[name]["row"] for name in test["training_examples"]] == [3, 7]


def test_the_leak_is_a_finding_and_stands_in_the_report(finished: Audit) -> None:
    found = [finding for finding in _findings(finished) if finding["rule_id"] == "baseline.splits-without-leakage"]
    assert [(finding["severity"], finding["failure_kind"]) for finding in found] == [("warning", "contradiction")]
    (page,) = finished.folder.path.rglob("report.html")
    assert "Training records in validation and test splits" in page.read_text(encoding="utf-8")


def _records(finished: Audit) -> list[dict[str, Any]]:
    tables = [
        pq.read_table(path, columns=["record_id", "row"]) for path in finished.folder.path.rglob("records.parquet")
    ]
    return [row for table in tables for row in table.to_pylist()]


def _findings(finished: Audit) -> list[dict[str, Any]]:
    (path,) = finished.folder.path.rglob("findings.parquet")
    found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return found
