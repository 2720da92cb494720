"""A report lists the first rows of everything that grows with the data, and says of all what it said of few."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from corpus_audit.document.markdown import render_markdown
from corpus_audit.evidence import tables
from corpus_audit.report import bounds
from corpus_audit.report.html import render_html
from corpus_audit.report.json import parse_report, render_json
from corpus_audit.report.model import Report
from corpus_audit.report.outline import short_report, whole_report
from corpus_audit.report.text import render_text
from golden.report_fixture import ReportInput, context, small_input

SOURCES = 700
FEW = 2
NAMES = ("source_id", "source_a", "model_id", "subject_id", "audit_b")
"""Columns of keys that grow with the data."""
RENDERINGS = {
    "page": render_html,
    "terminal": render_text,
    "paper": lambda report: render_markdown(whole_report(report)),
    "comment": lambda report: render_markdown(short_report(report)),
}


def widened(given: ReportInput, rows: int) -> ReportInput:
    """Return the input with *rows* rows in each table that grows with the data, repeated under new names."""
    evidence = {name: _widened(name, table, rows) for name, table in given.evidence.items()}
    whole = given.evidence["dataset"]
    evidence["dataset"] = whole.set_column(whole.schema.get_field_index("sources"), "sources", pa.array([rows]))
    stages, supplements = given.context.markers, given.context.supplements
    changed = {
        "markers": tuple(replace(stages[n % len(stages)], stage=f"stage-{n:05d}") for n in range(rows)),
        "supplements": tuple({**supplements[n % len(supplements)], "number": n} for n in range(rows)),
    }
    return replace(given, evidence=evidence, context=context(**changed))


def _widened(name: str, table: pa.Table, rows: int) -> pa.Table:
    key = next(known.key for known in tables.EVIDENCE if known.name == name)
    column = next((found for found in NAMES if found in key), None)
    if column is None or not table.num_rows:
        return table
    wide = table.take(np.arange(rows) % table.num_rows)
    names = pa.array([f"s{number:06d}" for number in range(rows)])
    return wide.set_column(wide.schema.get_field_index(column), column, names)


@pytest.fixture(scope="module")
def given() -> ReportInput:
    return widened(small_input(), SOURCES)


@pytest.fixture(scope="module")
def whole(given: ReportInput) -> Iterator[Report]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "ROWS_LISTED", 10 * SOURCES)
        yield given.build()


@pytest.fixture(scope="module")
def bounded(given: ReportInput) -> Iterator[Report]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "ROWS_LISTED", FEW)
        yield given.build()


def differences(some: Any, every: Any, place: str = "") -> Iterator[tuple[str, int]]:
    """Yield the lists that differ with the count of rows that one lacks; fails where anything else differs."""
    if isinstance(every, dict) and "listed" in every:
        assert {**some, "listed": ()} == {**every, "listed": ()}, place
        assert len(every["listed"]) == every["rows"], f"{place}: few rows are listed in full"
        assert some["listed"] == every["listed"][: len(some["listed"])], place
        yield place, every["rows"] - len(some["listed"])
    elif isinstance(every, dict):
        assert some.keys() == every.keys(), place
        for name, value in every.items():
            yield from differences(some[name], value, f"{place}.{name}")
    else:
        assert some == every, place


def test_nothing_but_lists_depends_on_how_many_rows_are_listed(whole: Report, bounded: Report) -> None:
    found = dict(differences(bounded.model_dump(mode="json"), whole.model_dump(mode="json")))
    assert len(found) > 30
    assert all(found.values()), "each has more rows than are listed"


def test_every_list_is_cut_at_one_bound(given: ReportInput) -> None:
    document = given.build().model_dump(mode="json")
    lists = list(lists_of(document))
    assert {len(found["listed"]) for found in lists} == {bounds.ROWS_LISTED}
    assert all(found["rows"] > bounds.ROWS_LISTED for found in lists)


def lists_of(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "listed" in value:
            yield value
        for each in value.values():
            yield from lists_of(each)


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_what_is_read_back_reads_the_same(bounded: Report, rendering: str) -> None:
    render = RENDERINGS[rendering]
    assert render(parse_report(render_json(bounded))) == render(bounded)


def test_answers_in_the_way_of_a_use_are_counted_beyond_those_listed(given: ReportInput, bounded: Report) -> None:
    rows = given.evidence["purposes"].to_pylist()
    found = [row for row in rows if row["intended"] == "yes" and row["permitted"] != "yes"]
    assert bounded.purposes.obstacles == len(found) > FEW
    assert f"and {len(found) - FEW} more in purposes.parquet" in render_html(bounded)


def test_a_list_is_not_taken_for_its_rows(bounded: Report) -> None:
    with pytest.raises(TypeError, match="'rows' to count them all"):
        list(bounded.sources)
    with pytest.raises(TypeError):
        len(bounded.sources)  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_report_is_as_large_at_ten_thousand_sources_as_at_five_thousand() -> None:
    some, more = (len(render_json(widened(small_input(), rows).build()).encode()) for rows in (5_000, 10_000))
    assert some < 7_000_000
    assert more < 1.02 * some
