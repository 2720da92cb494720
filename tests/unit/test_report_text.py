from dataclasses import replace

import pytest

from corpus_audit.document.cells import count_cells
from corpus_audit.report.sections import FindingDecision, ReasonRow
from corpus_audit.report.text import WIDTH, render_text, wrap
from corpus_audit.vocabulary import FindingStatus
from golden.report_fixture import large_input, small_input


def test_text_says_verdict_counts_and_where_to_start():
    text = render_text(small_input().build())
    assert text.splitlines()[0] == "FAIL  Python packages of one environment (environment)"
    assert "4 critical problems, 2 warnings." in text
    assert "2 of 6 sources (forum-2024, readline-docs): too much text nearly repeats other text" in " ".join(
        text.split()
    )
    assert "Not evaluated: baseline.opt-outs-checked" in text


def test_text_fits_a_terminal():
    lines = render_text(large_input(sources=20, files=20).build()).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert len(lines) < 60
    assert any(" more)" in line for line in lines)


def test_a_pass_gives_its_reasons():
    report = small_input().build()
    verdict = report.verdict.model_copy(
        update={"verdict": "pass", "reasons": (ReasonRow(code="all-rules-passed", count=2, rules={}),)}
    )
    passed = tuple(rule.model_copy(update={"state": "passed"}) for rule in report.rules[:2])
    text = render_text(report.model_copy(update={"verdict": verdict, "rules": passed, "findings": ()}))
    assert "PASS" in text
    assert "All 2 rules that had anything to judge hold." in text


@pytest.mark.parametrize("verdict", ["pass", "fail", "incomplete"])
def test_every_verdict_is_worded(verdict):
    report = small_input().build()
    changed = report.verdict.model_copy(update={"verdict": verdict})
    assert render_text(report.model_copy(update={"verdict": changed})).startswith(verdict.upper())


def test_chinese_lines_keep_to_the_width_and_no_mark_begins_one():
    lines = render_text(small_input().build(), "zh").splitlines()
    assert lines[0] == "不通过  Python packages of one environment (environment)"
    assert max(map(count_cells, lines)) <= WIDTH
    text = "同一段文本不得附有两种不同的条款，否则无从知道应当遵守哪一种。" * 5
    wrapped = wrap(text, "  - ")
    assert len(wrapped) > 2
    assert "".join(line.strip() for line in wrapped) == f"- {text}"
    assert not [line for line in wrapped if line.strip()[0] in "，。"]


def test_a_word_that_is_too_long_stays_whole_and_leaves_no_empty_bullet():
    address = "https://example.org/" + "a" * WIDTH
    assert wrap(address, "  - ") == [f"  - {address}"]
    assert wrap(f"See {address} there", "  - ") == ["  - See", f"    {address}", "    there"]


@pytest.mark.parametrize(
    ("text", "cells"),
    [("e\u0301", 1), ("文献", 4), ("\u200b", 0), ("abc", 3), ("a\u200db\u200dc", 3), ("\u200d\u200d库aa", 4)],
)
def test_only_marks_that_stand_on_others_take_no_cell(text, cells):
    assert count_cells(text) == cells


def test_the_environment_changes_no_width(monkeypatch):
    monkeypatch.setenv("UNICODE_VERSION", "4.1.0")
    assert count_cells("🦀") == 2


def test_a_waiver_is_named_with_its_author_and_last_day():
    report = small_input().build()
    waived = FindingDecision(
        status="accepted",
        action="accept-risk",
        decided_at="2026-11-24T12:00:00+00:00",
        author="Ann",
        role="steward",
        expires_at="2027-03-31T23:59:59+00:00",
        sequence=1,
    )
    first, second, *_others = sorted(report.findings, key=lambda row: row.rule_id != "baseline.overlap-terms")
    expired = waived.model_copy(update={"status": FindingStatus.EXPIRED, "author": "Bob"})
    decided = replace(small_input(), decisions={first.finding_id: waived, second.finding_id: expired}).build()
    text = " ".join(render_text(decided).split())
    assert "Critical: 4, of which 3 open and 1 waived" in text
    assert "1 finding, risk accepted by Ann until 2027-03-31" in text
    assert "1 finding, waiver by Bob expired on 2027-03-31" in text
