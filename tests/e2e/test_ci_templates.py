"""What a repository of data takes into its continuous integration: the action, the template, and the script of both."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("schema", "file"),
    [("vendor.github-actions", "action.yml"), ("vendor.gitlab-ci", "docs/templates/gitlab-ci.yml")],
)
def test_templates_fit_their_schemas(schema: str, file: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / file)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def run_script(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the script as a workflow does, in a folder with a small dataset."""
    (folder / "a.jsonl").write_text('{"text": "A tale of a mill on a hill."}\n', "utf-8")
    manifest = {
        "manifest_version": "1",
        "dataset": {"id": "tales"},
        "sources": [{"id": "tales", "files": [{"path": "a.jsonl"}]}],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "GITHUB_OUTPUT": str(folder / "outputs"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        **settings,
    }
    command = ["bash", str(ROOT / "scripts/audit-in-ci.sh")]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_script_writes_what_a_workflow_reads_and_fails_as_it_is_told(tmp_path: Path) -> None:
    done = run_script(tmp_path, MANIFEST="manifest.json", FAIL_ON="incomplete")
    outputs = dict(line.split("=", 1) for line in (tmp_path / "outputs").read_text().splitlines())
    assert outputs["verdict"] in ("fail", "incomplete"), done.stderr
    assert done.returncode == (1 if outputs["verdict"] == "incomplete" else 0)
    assert json.loads((tmp_path / outputs["sarif"]).read_text())["version"] == "2.1.0"
    assert {path.name for path in (tmp_path / outputs["report"]).iterdir()} >= {"report.html", "junit.xml", "badge.svg"}
    assert (tmp_path / "summary.md").read_text().startswith("#")


def test_a_manifest_that_is_wrong_fails_with_the_program_s_own_code(tmp_path: Path) -> None:
    assert run_script(tmp_path, MANIFEST="missing.json").returncode == 2
