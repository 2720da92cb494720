"""corpus-audit pack: what a steward and the author of a pack see."""

import json
from pathlib import Path

import pytest
import yaml

from corpus_audit.policy.packs import available_packs
from e2e.test_command_line import write_pack
from preloaded import run_command as run

RECORDED = {"type": "expect_claim_to_be_recorded", "kwargs": {"column": "origin"}}


def test_every_pack_that_comes_along_is_listed_with_its_rules() -> None:
    listed = json.loads(run("pack", "list", "--format", "json").stdout)
    assert [pack["id"] for pack in listed] == list(available_packs())
    assert all(sum(pack["rules"].values()) > 0 for pack in listed)
    assert "生成式人工智能服务（中国）" in run("pack", "list", "--language", "zh").stdout


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Separate", "given by itself", "PIPL, art. 29", "secondary source)"]),
        ("zh", ["单独", "未并入其他条款", "第二十九条", "二手来源"]),
    ],
)
def test_a_rule_is_explained_in_the_readers_language(language: str, expected: list[str]) -> None:
    shown = run("pack", "explain", "cn-generative-ai.separate-consent", "--language", language).stdout
    text = "".join(shown.split()).lower()  # lines end within Chinese words
    assert [words for words in expected if "".join(words.split()).lower() not in text] == []


def test_an_unknown_rule_is_answered_with_those_near_it() -> None:
    done = run("pack", "explain", "baseline.licence-recorded")
    assert done.returncode == 2
    assert "baseline.license-recorded" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_pack_of_ones_own_is_checked_and_explained(tmp_path: Path) -> None:
    write_pack(tmp_path / "ours", RECORDED)
    about = yaml.safe_load((tmp_path / "ours" / "pack.yaml").read_text())
    lighter = {"baseline.origin-recorded": "info"}
    (tmp_path / "ours" / "pack.yaml").write_text(yaml.safe_dump(about | {"extends": "baseline", "severities": lighter}))
    refused = run("pack", "lint", "./ours", cwd=tmp_path)
    assert refused.returncode == 2
    assert "falls from warning to info" in refused.stderr
    written = about | {"extends": "baseline", "severities": lighter, "lowered": dict.fromkeys(lighter, "We know.")}
    (tmp_path / "ours" / "pack.yaml").write_text(yaml.safe_dump(written))
    accepted = run("pack", "lint", "./ours", cwd=tmp_path)
    assert accepted.returncode == 0, accepted.stderr
    assert "baseline.origin-recorded: warning becomes info. We know." in accepted.stdout
    shown = run("pack", "explain", "baseline.origin-recorded", "--pack", "./ours", cwd=tmp_path).stdout
    assert "Information\n  We know." in shown
    assert "ours.rule" in run("pack", "explain", "ours.rule", "--pack", "./ours", cwd=tmp_path).stdout


def test_every_rule_that_great_expectations_refuses_is_found_before_an_audit(tmp_path: Path) -> None:
    write_pack(tmp_path / "ours", {"type": "expect_nothing_known", "kwargs": {"column": "origin"}})
    suite = (tmp_path / "ours" / "sources.json").read_text()
    elsewhere = suite.replace("ours.rule", "ours.other").replace("ours.sources", "ours.models")
    (tmp_path / "ours" / "models.json").write_text(elsewhere)
    done = run("pack", "lint", "./ours", cwd=tmp_path)
    assert done.returncode == 2
    assert "ours.rule" in done.stderr
    assert "ours.other" in done.stderr
    assert "Traceback" not in done.stderr
