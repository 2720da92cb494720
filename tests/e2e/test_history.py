"""A dataset audited again and again: what opened, what closed, and that old reports stay as they were."""

import json
import re
from pathlib import Path

from typer.testing import CliRunner

from corpus_audit import Audit, audit
from corpus_audit.cli import app
from corpus_audit.pipeline import report
from e2e.small_corpus import clock_on


def audited(manifest: Path, store: Path, day: int) -> Audit:
    return audit(manifest, store, clock=clock_on(day))


def outputs(finished: Audit) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in finished.folder.folder("report").iterdir()}


def test_an_audit_knows_those_before_it_and_none_after(manifest: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = audited(manifest, store, 0)
    before = outputs(first)
    # What another version wrote into its identity is no reason to fail.
    identity = first.folder.path / "audit.json"
    identity.write_text(json.dumps(json.loads(identity.read_text()) | {"of_another_version": 1}))
    (manifest.parent / "open" / "undeclared.txt").unlink()
    second = audited(manifest, store, 1)
    closed = json.loads((second.folder.folder("report") / "report.json").read_bytes())["history"][-1]
    assert (closed["findings_opened"], closed["findings_closed"]) == (0, 1)

    identity.write_text(json.dumps({k: v for k, v in json.loads(identity.read_text()).items() if k[:3] != "of_"}))
    report(first.folder)
    assert outputs(first) == before
    page = (second.folder.folder("report") / "report.html").read_text(encoding="utf-8")
    assert re.search(rf"<code>{first.folder.audit_id}</code>", page)

    shown = CliRunner().invoke(app, ["history", "small", "--store", str(store)])
    assert shown.exit_code == 0
    assert shown.output.index("2026-01-03") < shown.output.index("2026-01-02")
    assert "0 opened, 1 closed" in shown.output
    chinese = CliRunner().invoke(app, ["history", "small", "--store", str(store), "--language", "zh"])
    assert "新增0，消除1" in chinese.output


def test_a_dataset_that_nobody_audited_is_a_clear_error(tmp_path: Path) -> None:
    from corpus_audit.errors import StoreError

    failed = CliRunner().invoke(app, ["history", "nothing", "--store", str(tmp_path)])
    assert isinstance(failed.exception, StoreError)
    assert "no finished audit of a dataset 'nothing'" in str(failed.exception)
