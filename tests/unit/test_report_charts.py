import re
from xml.etree import ElementTree as ET

import pytest

from corpus_audit.report.charts import LAYOUTS, draw
from corpus_audit.report.figures import OVERLAPS_SHOWN, PAIR, TYPES_SHOWN, Bar, Figure, Segment, Tone, collect_figures
from corpus_audit.report.words import words_in
from golden.report_fixture import large_input, small_input
from golden.report_rows import SCRIPT

ENGLISH = words_in("en")


def _figure(*bars):
    return Figure("key", "A title", "A description", "Name", "Value", bars)


def _bar(name, end, start=0.0, tone=Tone.PLAIN):
    return Bar((name,), f"{end:g}", (Segment(start, end, tone),))


def _lengths(svg):
    paths = re.findall(r'<path d="M([\d.]+),[\d.]+h([\d.]+)v14', svg)
    return [(float(start), float(length)) for start, length in paths]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_bars_are_as_long_as_their_values(layout):
    bars = _lengths(draw(_figure(_bar("whole", 100), _bar("half", 50), _bar("last quarter", 100, 75)), layout))
    whole = bars[0][1]
    assert bars[1] == (0, pytest.approx(whole / 2))
    assert bars[2] == (pytest.approx(whole * 3 / 4), pytest.approx(whole / 4))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_drawing_names_itself_and_leaves_colours_to_the_page(layout):
    svg = draw(_figure(_bar("name", 1, tone=Tone.BAD)), layout)
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
    report = small_input().build()
    empty = report.model_copy(update={"personal_information": (), "licenses": ()})
    assert set(collect_figures(report, ENGLISH)) - set(collect_figures(empty, ENGLISH)) == {
        "personal_information",
        "licenses",
    }


def test_no_records_draw_no_waterfall():
    report = small_input().build()
    summary = report.summary.model_copy(
        update={"records": 0, "exact_duplicate_records": 0, "near_duplicate_records": 0}
    )
    assert "records" not in collect_figures(report.model_copy(update={"summary": summary}), ENGLISH)


def test_the_waterfall_ends_with_the_distinct_records():
    report = small_input().build()
    bars = {bar.label: bar.segments[0] for bar in collect_figures(report, ENGLISH)["records"].bars}
    summary = report.summary
    assert bars["Near copies"].start == bars["Distinct records"].end
    assert bars["Exact copies"].start == bars["Near copies"].end
    distinct = summary.records - summary.exact_duplicate_records - summary.near_duplicate_records
    assert bars["Distinct records"].end == distinct


def test_licenses_keep_what_is_not_resolved_apart():
    bars = collect_figures(small_input().build(), ENGLISH)["licenses"].bars
    assert [bar.label for bar in bars if bar.segments[0].tone is Tone.OPEN] == [
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
        assert [segment.tone for segment in bar.segments] == [Tone.PLAIN, Tone.OPEN, Tone.BAD]


def test_a_legend_names_only_tones_that_are_drawn():
    report = small_input().build()
    agreeing = tuple(row for row in report.overlaps.largest if row.terms_conflict == "none")
    overlaps = report.overlaps.model_copy(update={"largest": agreeing})
    figure = collect_figures(report.model_copy(update={"overlaps": overlaps}), ENGLISH)["overlaps"]
    assert figure.legend == ((Tone.PLAIN, "terms agree"),)


def test_figures_are_translated():
    figure = collect_figures(small_input().build(), words_in("zh"))["records"]
    assert (figure.title, figure.label_heading) == ("从全部记录到互不重复的记录", "记录")


def test_many_types_of_personal_information_end_in_one_bar():
    report = small_input().build()
    row = report.personal_information[0]
    many = tuple(
        row.model_copy(update={"entity_type": f"TYPE_{number:02d}", "records": 100 - number}) for number in range(20)
    )
    bars = collect_figures(report.model_copy(update={"personal_information": many}), ENGLISH)[
        "personal_information"
    ].bars
    assert len(bars) == TYPES_SHOWN + 1
    assert (bars[-1].label, bars[-1].value) == (f"{20 - TYPES_SHOWN} more", "at most 88 each")
