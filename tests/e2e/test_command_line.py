"""The command line as a user meets it: exit codes, messages, quiet pipes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from e2e.small_corpus import CANARY, describe
from preloaded import run_command as run


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys, corpus_audit.cli; "
        "print([m for m in ('numba', 'pyarrow', 'duckdb', 'pandas', 'hyperscan', 'great_expectations') "
        "if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_failing_audit_exits_with_1_and_says_where_its_report_is(manifest: Path, tmp_path: Path) -> None:
    done = run("audit", manifest, "--store", "store", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert done.stderr == ""
    summary = json.loads(done.stdout)
    assert summary["verdict"] == "fail"
    assert (tmp_path / summary["report_html"]).is_file()
    assert CANARY not in done.stdout
    shown = run("report", summary["audit_id"], "--store", tmp_path / "store")
    assert shown.returncode == 1
    assert summary["report_html"] in shown.stdout
    (folder,) = (tmp_path / "store" / "audits").iterdir()
    for name in (folder, folder.relative_to(tmp_path)):  # an audit is named by its folder too
        assert run("report", name, cwd=tmp_path).returncode == 1


def write_pack(folder: Path, expectation: dict[str, Any], of_coverage: dict[str, Any] | None = None) -> None:
    """Write a policy pack of one rule over the sources, and perhaps one over what was read of them."""
    text = {"en": "a text", "zh": "文字"}
    meta = {
        "rule_id": f"{folder.name}.rule",
        "severity": "critical",
        "failure_kind": "missing",
        "title": text,
        "why": text,
    }
    meta |= {"remedy": text, "requirements": [1], "citations": [{"source": "us"}], "owner": "data-steward"}
    meta |= {"problem": {"en": "{subject}: wrong", "zh": "{subject}：有误"}}
    folder.mkdir()
    for name, rule in (("sources", expectation), ("coverage", of_coverage)):
        if rule is not None:
            is_first = name == "sources"
            own = {"rule_id": f"{folder.name}.{'rule' if is_first else name}"} | (
                {} if is_first else {"severity": "warning"}
            )
            suite = {"name": f"{folder.name}.{name}", "expectations": [{**rule, "meta": meta | own}]}
            (folder / f"{name}.json").write_text(json.dumps(suite))
    about = {
        "id": folder.name,
        "title": text,
        "version": "1",
        "jurisdiction": "none",
        "sources": [{"id": "us", "title": text, "status": "house-rule", "used_for": "this test"}],
        "changelog": [{"version": "1", "changes": "the first"}],
    }
    (folder / "pack.yaml").write_text(yaml.safe_dump(about, allow_unicode=True))


@pytest.mark.parametrize(
    ("expectation_type", "kwargs", "code", "verdict"),
    [
        ("expect_column_values_to_not_be_null", {"column": "source_id"}, 0, "pass"),
        ("expect_column_values_to_be_in_set", {"column": "source_id", "value_set": ["other"]}, 1, "fail"),
        # A regular expression that does not compile: the rule errs, and an audit that could not judge never passes.
        ("expect_column_values_to_match_regex", {"column": "source_id", "regex": "("}, 3, "incomplete"),
    ],
)
def test_the_exit_code_says_the_verdict(
    manifest: Path, tmp_path: Path, expectation_type: str, kwargs: dict[str, Any], code: int, verdict: str
) -> None:
    write_pack(tmp_path / "ours", {"type": expectation_type, "kwargs": kwargs})
    # Of the corpus as it stands, one row is broken and one file is undeclared: no verdict on it could be a pass.
    (manifest.parent / "open" / "undeclared.txt").unlink()
    (manifest.parent / "restricted" / "rows.jsonl").write_text('{"text": "a row"}\n')
    done = run("audit", manifest, "--pack", "./ours", "--format", "json", cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert json.loads(done.stdout)["verdict"] == verdict


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["audit", "nowhere.yaml"], "nowhere.yaml"),
        (["audit", "broken.yaml"], "line 2"),
        (["audit", "other.yaml"], "is no manifest"),
        (["audit", "fine.yaml", "--pack", "no-such-pack"], "no-such-pack"),
        (["audit", "fine.yaml", "--root", "nowhere"], "nowhere"),
        (["audit", "fine.yaml", "--workers", "0"], "workers"),
        (["report", "no-such-audit"], "no-such-audit"),
        (["report", "../../etc"], "etc"),
        (["manifest", "validate", "broken.yaml"], "line 2"),
        (["manifest", "init", "nowhere"], "nowhere"),
        (["no-such-command"], "no-such-command"),
    ],
)
def test_wrong_input_exits_with_2_and_a_message(tmp_path: Path, arguments: list[str], expected: str) -> None:
    (tmp_path / "fine.yaml").write_text('manifest_version: "1"\ndataset: {id: fine}\nsources: [{id: a}]\n')
    (tmp_path / "broken.yaml").write_text('manifest_version: "1"\ndataset: {id: 7, nonsense: 1}\nsources: [{id: a}]\n')
    (tmp_path / "other.yaml").write_text("title: a list of things\n")
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('manifest_version: "1"\ndataset: {id: fine}\nsources: 5\n', "must be a list"),
        ("manifest_version: [", "is not valid YAML"),
    ],
)
def test_what_is_no_manifest_is_told_before_anything_is_started(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "bad.yaml").write_text(text)
    program = (
        "import subprocess, sys; from corpus_audit.cli import main; sys.argv = sys.argv[:1] + ['audit', 'bad.yaml']\n"
        "def refuse(*_, **__): raise AssertionError('a process was started')\n"
        "subprocess.Popen = refuse\n"
        "try: main()\n"
        "except SystemExit as end: print(end.code, [m for m in ('numba', 'hyperscan', 'duckdb') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert expected in done.stderr
    assert done.stdout == "2 []\n"


def test_a_drafted_manifest_can_be_audited(tmp_path: Path) -> None:
    describe(tmp_path / "data", "books", {"a.txt": b"a text", "b.txt": b"another text"})
    drafted = run("manifest", "init", "data", "-o", "data/manifest.yaml", cwd=tmp_path)
    assert drafted.returncode == 0, drafted.stderr
    assert "not-recorded" in (tmp_path / "data" / "manifest.yaml").read_text()
    assert run("manifest", "validate", "data/manifest.yaml", cwd=tmp_path).returncode == 0
    done = run("audit", "data/manifest.yaml", cwd=tmp_path)
    assert done.returncode in (1, 3), done.stderr
    assert "not-recorded" in (tmp_path / next(iter(tmp_path.glob("audits/audits/*/report/report.json")))).read_text()
