"""Marks are written as Vega 6 wrote them; what is expected here was recorded from it."""

from typing import Any

import pytest

from corpus_audit.report.charts.svg import frame, number

_BEGINNING = (
    '<g fill="none" stroke-miterlimit="10" transform="translate(0,0)"><g class="mark-group role-frame root" '
    'role="graphics-object" aria-roledescription="group mark container"><g transform="translate(0,0)">'
    '<path class="background" aria-hidden="true" d="M0,0h100v50h-100Z"/>'
)
_END = '<path class="foreground" aria-hidden="true" d="" display="none"/></g></g></g>'


@pytest.mark.parametrize(
    ("kind", "row", "element"),
    [
        (
            "rect",
            {"x": 0.1, "y": 3.0, "width": 1e-7, "height": 14, "fill": "var(--a)", "opacity": 0.5},
            '<path d="M0.1,3h1e-7v14h-1e-7Z" fill="var(--a)" opacity="0.5"/>',
        ),
        (
            "rect",
            {"x": 0.5, "y": 3.5, "width": 10, "height": 14.25, "fill": "x", "stroke": "var(--a)", "cornerRadius": 2},
            (
                '<path d="M2.5,3.5L8.5,3.5C9.603830048988,3.5,10.5,4.396169951012,10.5,5.5L10.5,15.75'
                "C10.5,16.853830048988,9.603830048988,17.75,8.5,17.75L2.5,17.75"
                'C1.396169951012,17.75,0.5,16.853830048988,0.5,15.75L0.5,5.5C0.5,4.396169951012,1.396169951012,3.5,2.5,3.5Z"'
                ' fill="x" stroke="var(--a)"/>'
            ),
        ),
        (
            "rule",
            {"x": 1.5, "y": 3, "x2": 1 / 3, "stroke": "t"},
            '<line transform="translate(1.5,3)" x2="-1.1666666666666667" y2="0" stroke="t"/>',
        ),
        (
            "path",
            {"path": "M1,2C3,4,5,6,7,8.5", "stroke": "s", "strokeWidth": 12.0, "opacity": 0.45},
            '<path transform="translate(0,0)" d="M1,2C3,4,5,6,7,8.5" stroke="s" stroke-width="12" opacity="0.45"/>',
        ),
        (
            "text",
            {"x": 1, "y": 2, "text": "a <b> & \"c\" 'd'  e ", "align": "center", "fontSize": 10, "fill": "i"},
            (
                '<text text-anchor="middle" transform="translate(1,5)" font-family="sans-serif" font-size="10px"'
                ' fill="i">'
                "a &lt;b&gt; &amp; \"c\" 'd'  e</text>"
            ),
        ),
        (
            "text",
            {"x": 1, "y": 2, "text": "", "align": "right", "fontSize": 15, "fill": "i"},
            '<text text-anchor="end" transform="translate(1,7)" font-family="sans-serif" font-size="15px" fill="i"/>',
        ),
        (
            "text",
            {"x": 1.25, "y": 30, "text": "a", "angle": 320, "fontSize": 11, "fill": "i"},
            (
                '<text text-anchor="start" transform="translate(1.25,30) rotate(320) translate(0,3)"'
                ' font-family="sans-serif" font-size="11px" fill="i">a</text>'
            ),
        ),
    ],
)
def test_a_mark_is_written_as_vega_writes_it(kind: str, row: dict[str, Any], element: str) -> None:
    group = f'<g class="mark-{kind} role-mark" aria-hidden="true">{element}</g>'
    assert frame([(kind, [row])], 100, 50) == f"{_BEGINNING}<g>{group}</g>{_END}"


def test_without_marks_or_rows_groups_are_empty() -> None:
    assert frame([], 100, 50) == f"{_BEGINNING}<g/>{_END}"
    assert '<g class="mark-rect role-mark" aria-hidden="true"/>' in frame([("rect", [])], 100, 50)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-0.0, "0"),
        (12.0, "12"),
        (456.79999999999995, "456.79999999999995"),
        (0.00001, "0.00001"),
        (1.5e-7, "1.5e-7"),
        (1e20, "100000000000000000000"),
    ],
)
def test_numbers_are_written_as_javascript_writes_them(value: float, written: str) -> None:
    assert number(value) == written
