"""A badge for a README: the verdict with its day, and how much was read. It says which audit it is of."""

from collections.abc import Mapping
from html import escape

from corpus_audit.export.inputs import ExportFile, ExportInputs
from corpus_audit.vocabulary import Verdict

# Contrast with white is at least 4.5 to 1.
_COLOURS: Mapping[str, str] = {
    Verdict.PASS: "#1a7f37",
    Verdict.PASS_WITH_WAIVERS: "#4a6f00",
    Verdict.FAIL: "#b42318",
    Verdict.INCOMPLETE: "#5f5f5f",
}
_LABEL = "data audit"
_PER_CHARACTER = 6.6
_MARGIN = 8


def export_badge(inputs: ExportInputs) -> tuple[ExportFile, ...]:
    """Return the badge as one SVG file."""
    return (ExportFile("badge.svg", badge(inputs).encode()),)


def badge(inputs: ExportInputs) -> str:
    """Return the SVG; its title says what was read."""
    verdict = inputs.verdict["verdict"]
    shown = f"{verdict.replace('-', ' ')}, {inputs.finished_at[:10]}"
    title = f"corpus-audit {inputs.audit_id}: {shown}. {inputs.coverage.read().en}."
    left, right = (round(len(text) * _PER_CHARACTER + 2 * _MARGIN) for text in (_LABEL, shown))
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{escape(title)}">
<title>{escape(title)}</title>
<clipPath id="r"><rect width="{left + right}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)">
<rect width="{left}" height="20" fill="#333"/>
<rect x="{left}" width="{right}" height="20" fill="{_COLOURS[verdict]}"/>
</g>
<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
<text x="{left / 2}" y="14">{_LABEL}</text>
<text x="{left + right / 2}" y="14">{escape(shown)}</text>
</g>
</svg>
"""
