"""Marks in pixels as elements of SVG, in the form that Vega gave them: reports of earlier versions hold the same.

Vega itself, a JavaScript engine with a library of charts, took half a second to start and 80 MB to write four kinds of
elements whose places are known.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from math import floor
from typing import Any

from markupsafe import Markup

Row = Mapping[str, Any]

_FRAME = Markup(
    '<g fill="none" stroke-miterlimit="10" transform="translate(0,0)">'
    '<g class="mark-group role-frame root" role="graphics-object" aria-roledescription="group mark container">'
    '<g transform="translate(0,0)"><path class="background" aria-hidden="true" d="M0,0h{width}v{height}h-{width}Z"/>'
    '{marks}<path class="foreground" aria-hidden="true" d="" display="none"/></g></g></g>'
)
_MARKS = Markup('<g class="mark-{kind} role-mark" aria-hidden="true"')
_TEXT = Markup('<text text-anchor="{anchor}" transform="{place}" font-family="sans-serif" font-size="{size}px"{style}')

_STYLES = {"fill": "fill", "stroke": "stroke", "strokeWidth": "stroke-width", "opacity": "opacity"}
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_MIDDLE = 0.3
"""How far below the middle of a line its letters stand, in font sizes."""
_CORNER = 0.448084975506
"""How far from a corner of radius 1 the control points of its curve are."""
_LEAST_PLAIN, _LEAST_LARGE = 1e-6, 1e21
"""Numbers from the first to the second are written without an exponent."""


def frame(marks: Sequence[tuple[str, Sequence[Row]]], width: float, height: float) -> Markup:
    """Return marks of kinds (rect, rule, text, path), each with its rows, the first below the others."""
    groups = _group(Markup("<g"), Markup("").join(_mark_group(kind, rows) for kind, rows in marks))
    return _FRAME.format(width=number(width), height=number(height), marks=groups)


def _mark_group(kind: str, rows: Sequence[Row]) -> Markup:
    return _group(_MARKS.format(kind=kind), Markup("").join(map(_ELEMENTS[kind], rows)))


def _group(opening: Markup, content: Markup) -> Markup:
    return opening + (Markup(">") + content + Markup("</g>") if content else Markup("/>"))


def _rect(row: Row) -> Markup:
    x, y, width, height = row["x"], row["y"], row["width"], row["height"]
    radius = row.get("cornerRadius")
    outline = _rounded(x, y, width, height, radius) if radius else _plain(x, y, width, height)
    return Markup('<path d="{outline}"{style}/>').format(outline=outline, style=_style(row))


def _plain(x: float, y: float, width: float, height: float) -> str:
    return f"M{number(x)},{number(y)}h{number(width)}v{number(height)}h{number(-width)}Z"


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    right, bottom, curve = x + width, y + height, radius * _CORNER
    steps = (
        ("M", x + radius, y),
        ("L", right - radius, y),
        ("C", right - curve, y, right, y + curve, right, y + radius),
        ("L", right, bottom - radius),
        ("C", right, bottom - curve, right - curve, bottom, right - radius, bottom),
        ("L", x + radius, bottom),
        ("C", x + curve, bottom, x, bottom - curve, x, bottom - radius),
        ("L", x, y + radius),
        ("C", x, y + curve, x + curve, y, x + radius, y),
    )
    return "".join(f"{letter}{','.join(map(number, places))}" for letter, *places in steps) + "Z"


def _rule(row: Row) -> Markup:
    line = Markup('<line transform="{place}" x2="{length}" y2="0"{style}/>')
    return line.format(place=_place(row["x"], row["y"]), length=number(row["x2"] - row["x"]), style=_style(row))


def _path(row: Row) -> Markup:
    return Markup('<path transform="translate(0,0)" d="{path}"{style}/>').format(path=row["path"], style=_style(row))


def _text(row: Row) -> Markup:
    x, y, size = row["x"], row["y"], row["fontSize"]
    below = floor(size * _MIDDLE + 0.5)
    turned = f"{_place(x, y)} rotate({number(row['angle'])}) {_place(0, below)}" if "angle" in row else ""
    opening = _TEXT.format(
        anchor=_ANCHORS[row.get("align", "left")],
        place=turned or _place(x, y + below),
        size=number(size),
        style=_style(row),
    )
    text = str(row["text"]).strip()
    return opening + (Markup(f">{_escaped(text)}</text>") if text else Markup("/>"))  # noqa: S704 - escaped


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _place(x: float, y: float) -> str:
    return f"translate({number(x)},{number(y)})"


def _style(row: Row) -> Markup:
    named = ((name, row[channel]) for channel, name in _STYLES.items() if channel in row)
    texts = ((name, value if isinstance(value, str) else number(value)) for name, value in named)
    return Markup("").join(Markup(' {name}="{value}"').format(name=name, value=value) for name, value in texts)


def number(value: float) -> str:
    """Return a number as JavaScript writes it: the shortest digits that are read as the same number."""
    digits = repr(float(value)).removesuffix(".0")
    if "e" in digits:
        is_plain = _LEAST_PLAIN <= abs(value) < _LEAST_LARGE
        digits = f"{Decimal(digits):f}" if is_plain else digits.replace("e-0", "e-")
    return digits if value else "0"


_ELEMENTS: Mapping[str, Callable[[Row], Markup]] = {"rect": _rect, "rule": _rule, "path": _path, "text": _text}
