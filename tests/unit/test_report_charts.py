import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pyarrow.compute as pc
import pytest

from corpus_audit.evidence import tables
from corpus_audit.report.charts import LAYOUTS, draw
from corpus_audit.report.charts.drawing import WIDTHS
from corpus_audit.report.figures import collect_figures
from corpus_audit.report.figures.base import PAIR, Bar, BarChart, Caption, Segment, ShapeTone
from corpus_audit.report.figures.overlaps import OVERLAPS_SHOWN
from corpus_audit.report.figures.personal_information import TYPES_SHOWN
from corpus_audit.report.html import render_html
from corpus_audit.report.translator import words_in
from golden.report_fixture import large_input, small_input, table
from golden.report_rows import PERSONAL_INFORMATION, SCRIPT, SOURCES

ENGLISH = words_in("en")


def _figure(*bars):
    return BarChart(Caption("key", "A title", "A description", ("Name", "Value")), bars)


def _bar(name, end, start=0.0, tone=ShapeTone.PLAIN):
    return Bar((name,), f"{end:g}", (Segment(start, end, tone),))


def _lengths(svg):
    """Return where each bar starts and how long it is, in pixels."""
    paths = re.findall(r'<path d="M([\d.]+),[\d.]+h([\d.]+)v14', svg)
    return [(float(start), float(length)) for start, length in paths]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_bars_are_as_long_as_their_values(layout):
    bars = _lengths(draw(_figure(_bar("whole", 100), _bar("half", 50), _bar("last quarter", 100, 75)), layout))
    left, whole = bars[0]
    assert bars[1] == (left, pytest.approx(whole / 2, abs=0.01))
    assert bars[2] == (pytest.approx(left + whole * 3 / 4, abs=0.01), pytest.approx(whole / 4, abs=0.01))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_drawing_names_itself_and_leaves_colours_to_the_page(layout):
    svg = draw(_figure(_bar("name", 1, tone=ShapeTone.BAD)), layout)
    root = ET.fromstring(svg)
    assert root.find("title").text == "A title"
    assert root.find("desc").text == "A description"
    assert root.get("role") == "img"
    assert set(root.get("aria-labelledby").split()) == {root.find(part).get("id") for part in ("title", "desc")}
    assert set(re.findall(r'fill="([^"]*)"', svg)) <= {"none", "var(--tone-bad)", "var(--ink)", "var(--ink-soft)"}
    assert "style=" not in svg


def test_names_and_values_are_text_and_nothing_else():
    svg = draw(_figure(_bar(SCRIPT, 1)), LAYOUTS[0])
    root = ET.fromstring(svg)
    assert root.find(".//script") is None
    assert SCRIPT in [text.text for text in root.iter("text")]


def test_the_same_figure_gives_the_same_bytes():
    figure = collect_figures(small_input().build(), ENGLISH)["licenses"]
    assert draw(figure, LAYOUTS[0]) == draw(figure, LAYOUTS[0])


def test_a_figure_without_numbers_is_left_out():
    given = small_input()
    nothing = {name: given.evidence[name].slice(0, 0) for name in ("personal_information", "purposes", "similarity")}
    some, all_of_them = replace(given, evidence={**given.evidence, **nothing}).build(), given.build()
    assert set(collect_figures(all_of_them, ENGLISH)) - set(collect_figures(some, ENGLISH)) == {
        "personal_information",
        "personal_information_map",
        "purposes",
        "similarity",
    }


def test_no_records_draw_no_waterfall():
    report = small_input().build()
    nothing = tuple(count.model_copy(update={"records": 0}) for count in report.exclusion_funnel)
    assert "records" not in collect_figures(report.model_copy(update={"exclusion_funnel": nothing}), ENGLISH)


def test_every_step_of_the_waterfall_starts_where_the_one_before_ends():
    report = small_input().build()
    whole, *steps, left = (bar.segments[0] for bar in collect_figures(report, ENGLISH)["records"].bars)
    ends = [whole.end, *(step.start for step in steps)]
    assert [step.end for step in steps] == ends[:-1]
    assert (left.start, left.end) == (0, ends[-1])
    assert left.end == report.exclusion_funnel[-1].records > 0


def test_ranges_of_similarity_leave_no_gap():
    figure = collect_figures(small_input().build(), ENGLISH)["similarity"]
    values = {bar.label: bar.value for bar in figure.bars}
    assert list(values)[:2] == ["exact copies", "0.98 to 1.00"]
    assert list(values)[-1] == "0.80 to 0.82"
    assert (values["exact copies"], values["0.90 to 0.92"], values["0.88 to 0.90"]) == (
        "14 pairs",
        "12 pairs",
        "0 pairs",
    )
    assert len(values) == 11


def test_a_cell_is_as_strong_as_what_it_shares_and_reads_both_ways():
    report = small_input().build()
    figure = collect_figures(report, ENGLISH)["overlap_map"]
    pair = report.overlaps.pairs.listed[0]
    of, inside = (figure.row_labels.index(name) for name in (pair.source_a, pair.source_b))
    strengths = {(cell.row, cell.column): cell.strength for cell in figure.cells}
    assert (strengths[of, inside], strengths[inside, of]) == (pair.share_a, pair.share_b)


def test_all_bytes_flow_from_origins_to_the_dataset():
    report = small_input().build()
    figure = collect_figures(report, ENGLISH)["provenance"]
    column = {node.key: node.column for node in figure.nodes}
    (dataset,) = (node for node in figure.nodes if node.column == 3)
    arriving = sum(link.share for link in figure.links if link.end == dataset.key)
    leaving = sum(link.share for link in figure.links if column[link.start] == 0)
    assert (arriving, leaving) == (pytest.approx(1, abs=1e-6), pytest.approx(1, abs=1e-6))
    assert all(column[link.start] < column[link.end] for link in figure.links)


def test_a_source_of_several_origins_and_models_is_shared_out_to_the_byte():
    given = small_input()
    declared = {"derived_from": ["x", "y"], "generator_models": [], "processor_models": ["m", "n"]}
    sources = table(tables.SOURCES, [SOURCES[0] | declared, *SOURCES[1:]])
    report = replace(given, evidence={**given.evidence, "sources": sources}).build()
    first = next(row for row in report.sources.listed if row.source_id == SOURCES[0]["source_id"])
    figure = collect_figures(report, ENGLISH)["provenance"]
    into = {link.start: link for link in figure.links if link.end == f"1 {first.source_id}"}
    assert {"0 x", "0 y"} <= set(into)
    total = sum(source.figures.size_bytes for source in report.sources.listed)
    assert sum(link.share for link in into.values()) * total == pytest.approx(first.figures.size_bytes)
    assert {link.end for link in figure.links if link.start == f"1 {first.source_id}"} == {"2 m", "2 n"}


def test_many_sources_and_origins_become_one_box_each():
    figure = collect_figures(large_input(sources=200, files=10).build(), ENGLISH)["provenance"]
    names = [node.name for node in figure.nodes if node.column == 1]
    assert len(names) == 10
    assert names[-1] == "191 more"


def test_history_ends_with_this_audit():
    figure = collect_figures(small_input().build(), ENGLISH)["history"]
    assert [bar.value.split(" · ")[1] for bar in figure.bars] == ["Fail", "Incomplete", "Fail"]
    assert figure.bars[-1].label.startswith("2026-11-04")
    assert "history" not in collect_figures(small_input(history=()).build(), ENGLISH)


@pytest.mark.parametrize("key", ["overlap_map", "personal_information_map", "provenance", "history", "similarity"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_kind_of_drawing_stays_within_its_frame(key, layout):
    svg = draw(collect_figures(small_input().build(), ENGLISH)[key], layout)
    root = ET.fromstring(svg)
    width, height = (float(size) for size in root.get("viewBox").split()[2:])
    assert width == WIDTHS[layout]
    for x, y in re.findall(r'<text [^>]*transform="translate\(([-\d.]+),([-\d.]+)\)', svg):
        assert 0 <= float(x) <= width
        assert 0 <= float(y) <= height


@pytest.mark.parametrize("make", [small_input, lambda: large_input(sources=60, files=10)])
def test_every_number_of_a_figure_leads_to_a_place_in_the_page(make):
    report = make().build()
    ids = set(re.findall(r'\bid="([^"]+)"', render_html(report)))
    links = {row.link for figure in collect_figures(report, ENGLISH).values() for row in figure.rows}
    assert "" not in links
    assert links <= ids


def test_licenses_keep_what_is_not_resolved_apart():
    bars = collect_figures(small_input().build(), ENGLISH)["licenses"].bars
    assert [bar.label for bar in bars if bar.segments[0].tone is ShapeTone.OPEN] == [
        "Not resolved: not recorded",
        "Not resolved: ambiguous",
    ]


def test_the_largest_overlaps_stay_legible():
    figure = collect_figures(large_input(sources=200, files=10).build(), ENGLISH)["overlaps"]
    assert len(figure.bars) == OVERLAPS_SHOWN
    assert all(len(bar.names) == 2 and PAIR in bar.label for bar in figure.bars)


def test_purposes_stack_to_all_bytes():
    report = small_input().build()
    for bar in collect_figures(report, ENGLISH)["purposes"].bars:
        assert bar.end == report.summary.size_bytes
        assert [segment.tone for segment in bar.segments] == [ShapeTone.PLAIN, ShapeTone.OPEN, ShapeTone.BAD]


def test_a_legend_names_only_tones_that_are_drawn():
    given = small_input()
    overlaps = given.evidence["overlaps"]
    agreeing = overlaps.filter(pc.equal(overlaps["terms_conflict"], "none"))
    figure = collect_figures(replace(given, evidence={**given.evidence, "overlaps": agreeing}).build(), ENGLISH)[
        "overlaps"
    ]
    assert figure.legend == ((ShapeTone.PLAIN, "terms agree"),)


def test_figures_are_translated():
    caption = collect_figures(small_input().build(), words_in("zh"))["records"].caption
    assert (caption.title, caption.headings[0]) == ("从全部记录到未发现障碍的记录", "步骤")


def test_many_types_of_personal_information_end_in_one_bar():
    given = small_input()
    many = [
        PERSONAL_INFORMATION[0] | {"entity_type": f"TYPE_{number:02d}", "records": 100 - number} for number in range(20)
    ]
    found = table(tables.PERSONAL_INFORMATION, many)
    report = replace(given, evidence={**given.evidence, "personal_information": found}).build()
    bars = collect_figures(report, ENGLISH)["personal_information"].bars
    assert len(bars) == TYPES_SHOWN + 1
    assert (bars[-1].label, bars[-1].value) == (f"{20 - TYPES_SHOWN} more", "at most 88 each")
