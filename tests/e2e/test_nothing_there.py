"""What is said of data that is not there: no share of nothing, and nothing found in it or ruled out."""

import re
from pathlib import Path

import pytest
import yaml

from corpus_audit import Audit, audit, pipeline, schemas
from corpus_audit.pipeline.delivery import export
from corpus_audit.policy.packs import available_packs
from corpus_audit.report.outline import whole_report
from corpus_audit.report.problems import describe_rows
from corpus_audit.report.text import render_history, render_text
from corpus_audit.vocabulary import ExportName, Language
from e2e.small_corpus import standing_clock

PAGES = re.compile(r"<(style|script).*?</\1>|<[^>]+>", re.DOTALL)
OF_NOTHING = re.compile(
    r"\b(?:of|in|in the) 0 ?(?:rows|files|records|sources|$)|\bof 0\b(?!\.)|\b[Ss]earch of 0\b"
    r"|(?<![\d.,])0(?:个|条|行|人)[^，、。；（）\n]{0,9}中(?:有|的|已|没有|未)|检查的0"
)
"""So many of none, in English and Chinese."""


def test_the_search_finds_what_this_is_about() -> None:
    found = ("0 of 0 files unread", "in the 0 records", "0行中的0行", "0个文件中有0个", "在所检查的0条记录中")
    assert all(OF_NOTHING.search(said) for said in found)
    assert not any(OF_NOTHING.search(said) for said in ("0 of 10 files", "10个文件中有0个", "of 0.5 MB"))


@pytest.fixture(scope="module", params=["undeclared", "none", "blank"])
def bare(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """Return the audit of a source: with an undeclared file alone, with none at all, with blank rows alone."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "data").mkdir()
    source: dict[str, object] = {"id": "bare", "license": "MIT", "folders": ["data"]}
    if request.param == "undeclared":
        (folder / "data" / "a.txt").write_text("A text that no manifest declares.")
    if request.param == "blank":
        (folder / "data" / "a.jsonl").write_text('{"text": " "}\n{"text": ""}\n')
        source["files"] = [{"path": "data/a.jsonl"}]
    document = {"manifest_version": "1", "dataset": {"id": "d"}, "sources": [source]}
    (folder / "manifest.yaml").write_text(yaml.safe_dump(document, allow_unicode=True))
    return audit(folder / "manifest.yaml", folder / "store", available_packs(), workers=1, clock=standing_clock)


def _problem(finished: Audit, rule_id: str, language: Language) -> str:
    (rule,) = (row for row in finished.folder.read("evaluate", schemas.RULES).to_pylist() if row["rule_id"] == rule_id)
    findings = [row for row in finished.findings.to_pylist() if row["rule_id"] == rule_id]
    return describe_rows(rule, findings, language)


def test_the_problem_says_what_was_not_read_and_nothing_else(bare: Audit, request: pytest.FixtureRequest) -> None:
    what, rule = request.node.callspec.params["bare"], "baseline.data-read"
    english, chinese = {
        "undeclared": (
            "no file is declared, no row read, 1 undeclared file",
            "未声明任何文件、未读取到任何行、1个未声明的文件",
        ),
        "none": ("no file is declared, no row read", "未声明任何文件、未读取到任何行"),
        "blank": ("2 of 2 rows without text", "2行中有2行无正文"),
    }[what]
    assert _problem(bare, rule, Language.ENGLISH) == f"bare: data was not read in full ({english})"
    assert _problem(bare, rule, Language.CHINESE) == f"bare：数据未全部读取（{chinese}）"


def test_nothing_that_people_read_counts_parts_of_nothing(bare: Audit, tmp_path: Path) -> None:
    export(bare.folder, list(ExportName), tmp_path)
    report = pipeline.read_report(bare.folder)
    texts = {path.name: path.read_text("utf-8", "replace") for path in tmp_path.rglob("*") if path.is_file()}
    texts |= {path.name: path.read_text() for path in bare.folder.path.glob("report/report.*")}
    for language in Language:
        texts[f"summary {language}"] = render_text(report, language)
        texts[f"history {language}"] = render_history(report.history, language)
        texts[f"outline {language}"] = "\n".join(map(str, whole_report(report, language).blocks))
    said = {name: PAGES.sub("", text) if name.endswith((".html", ".svg")) else text for name, text in texts.items()}
    assert [
        (name, text[max(0, found.start() - 40) : found.end() + 20])
        for name, text in said.items()
        for found in OF_NOTHING.finditer(text)
    ] == []


def test_what_was_not_looked_at_is_not_said_to_hold_nothing(bare: Audit) -> None:
    page = PAGES.sub("", (bare.folder.path / "report" / "report.html").read_text())
    none = "No record was looked at, so nothing was found and nothing is ruled out."
    files = pipeline.read_report(bare.folder).coverage.total.files
    assert page.count(none) == 3
    assert ("every file is declared and was read to its end" in page) == bool(files)
