"""The document has the sections of the page; a list that the report shortens says on both how many rows are left."""

import re
from operator import attrgetter

import pytest

from corpus_audit.document.markdown import render_markdown
from corpus_audit.report.html import render_html
from corpus_audit.report.model import Report
from corpus_audit.report.outline import whole_report
from golden.report_fixture import small_input

LISTS = {  # section, list, count of all rows: the file that has all of them
    ("coverage", "files", "files_short"): "coverage_files.parquet",
    ("record_licenses", "listed", "rows"): "record_licenses.parquet",
    ("overlaps", "largest", "pairs"): "overlaps.parquet",
    ("split_leakage", "largest", "splits"): "split_leakage.parquet",
    ("propagated_restrictions", "largest", "restrictions"): "propagated_restrictions.parquet",
    ("references", "largest", "hits"): "references.parquet",
    ("subjects", "largest", "open"): "subjects.parquet",
    ("opt_outs", "largest", "rows"): "opt_outs.parquet",
    ("opt_outs", "stated", "stated_rows"): "record_opt_outs.parquet",
    ("labels", "largest", "rows"): "labels.parquet",
    ("texts", "languages", "languages_rows"): "languages.parquet",
    ("texts", "notices", "notices_rows"): "notices.parquet",
    ("files", "failed", "failed_files"): "files.parquet",
    ("coverage", "columns", "columns_seen"): "coverage_columns.parquet",
}
PAGE_ONLY = ("coverage", "columns", "columns_seen")
LEFT = {place: 1_000 + number for number, place in enumerate(LISTS)}
"""How many rows of each list the report leaves out."""


@pytest.fixture(scope="module")
def report() -> Report:
    whole = small_input().build()
    for (section, rows, count), left in LEFT.items():
        found = attrgetter(section)(whole)
        changed = found.model_copy(update={count: len(getattr(found, rows)) + left})
        whole = whole.model_copy(update={section: changed})
    return whole


def left_out(rendered: str) -> set[tuple[str, int]]:
    found = re.findall(r"and ([\d,]+) more in `?([a-z_]+\.parquet)", rendered)
    return {(file, int(count.replace(",", ""))) for count, file in found}


def test_the_page_counts_the_rows_that_the_report_leaves_out(report: Report) -> None:
    asked = {(file, LEFT[place]) for place, file in LISTS.items()}
    assert asked <= left_out(render_html(report))


def test_the_document_counts_the_rows_that_the_report_leaves_out(report: Report) -> None:
    asked = {(file, LEFT[place]) for place, file in LISTS.items() if place != PAGE_ONLY}
    assert asked <= left_out(render_markdown(whole_report(report)))


def test_the_document_has_every_section_of_the_page(report: Report) -> None:
    page, document = render_html(report), render_markdown(whole_report(report))
    headings = {re.sub(r"<.*", "", found).strip() for found in re.findall(r"<h2 [^>]*>(.*?)</h2>", page)}
    sections = {re.sub(r" \([\d,]+\)$", "", found) for found in re.findall(r"^###? (.*)$", document, re.MULTILINE)}
    assert len(sections) > 20
    assert headings - sections <= {"", "Looked for, nothing found", "What evidence was found"}
