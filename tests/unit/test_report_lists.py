"""The document has the sections of the page; a list that the report shortens says on both how many rows are left."""

import re
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

import pytest

from corpus_audit.document.markdown import render_markdown
from corpus_audit.report.html import render_html
from corpus_audit.report.model import Report
from corpus_audit.report.outline import whole_report
from corpus_audit.report.sections import Section
from golden.report_fixture import small_input

LISTS = (
    "supplements", "coverage.sources", "coverage.left_out", "coverage.files", "licenses.shares",
    "record_licenses.by_source", "license_contradictions", "overlaps.pairs", "split_leakage.splits",
    "dataset_overlaps", "references.hits", "propagated_restrictions", "personal_information.by_source",
    "labelled_information", "files.recognised", "files.failed", "media", "labels", "models", "subjects.open",
    "opt_outs.by_host", "opt_outs.stated", "texts.languages", "texts.quality", "texts.notices", "texts.secrets",
    "texts.names", "texts.keywords",
)  # fmt: skip
PAGE_ONLY = ("coverage.columns", "defects", "stages")
COUNTED = {"texts.gates_with_records": "gates.parquet"}
"""The count of the part of a list that the page shows."""
LEFT = {place: 1_000 + number for number, place in enumerate((*LISTS, *PAGE_ONLY, *COUNTED, "sources"))}
"""How many rows of each list the report leaves out."""


def counted(report: Section, path: str, more: int) -> Any:
    """Return the report with *more* rows counted in one place than are listed."""
    name, _, rest = path.partition(".")
    found = getattr(report, name)
    if isinstance(found, Section):
        return report.model_copy(update={name: counted(found, rest or "rows", more)})
    return report.model_copy(update={name: found + more})


@pytest.fixture(scope="module")
def report() -> Report:
    whole = small_input().build()
    for place, left in LEFT.items():
        whole = counted(whole, place, left)
    return whole


def asked(report: Report, places: Iterable[str]) -> set[tuple[str, int]]:
    files = {place: COUNTED.get(place) or attrgetter(f"{place}.all_in")(report) for place in places}
    return {(file, LEFT[place]) for place, file in files.items()}


def left_out(rendered: str) -> set[tuple[str, int]]:
    found = re.findall(r"and ([\d,]+) more in `?([a-z_]+(?:\.parquet|/)?)", rendered)
    return {(file, int(count.replace(",", ""))) for count, file in found}


def test_the_page_counts_the_rows_that_the_report_leaves_out(report: Report) -> None:
    assert asked(report, LEFT) <= left_out(render_html(report))


def test_the_document_counts_the_rows_that_the_report_leaves_out(report: Report) -> None:
    assert asked(report, (*LISTS, *COUNTED, "sources")) <= left_out(render_markdown(whole_report(report)))


def test_the_document_has_every_section_of_the_page(report: Report) -> None:
    page, document = render_html(report), render_markdown(whole_report(report))
    headings = {re.sub(r"<.*", "", found).strip() for found in re.findall(r"<h2 [^>]*>(.*?)</h2>", page)}
    sections = {re.sub(r" \([\d,]+\)$", "", found) for found in re.findall(r"^###? (.*)$", document, re.MULTILINE)}
    assert len(sections) > 20
    assert headings - sections <= {"", "Looked for, nothing found", "What evidence was found"}
