"""Licenses by bytes on disk; unresolved ones are shown separately."""

from corpus_audit.report import wording
from corpus_audit.report.anchors import Anchors
from corpus_audit.report.figures.base import Bar, BarChart, Caption, ShapeTone, whole_bar
from corpus_audit.report.formatting import format_bytes, format_share
from corpus_audit.report.model import Report
from corpus_audit.report.sections import LicenseShare
from corpus_audit.report.translator import Translator
from corpus_audit.vocabulary import LicenseState

LICENSES_SHOWN = 12


def licenses_figure(report: Report, words: Translator, anchors: Anchors) -> BarChart:
    """Return the licenses by bytes, the largest first."""
    found = report.licenses
    known = [share for share in found.shares.listed if share.license_state == LicenseState.RESOLVED]
    shown = known[:LICENSES_SHOWN]
    bars = [_bar(share.license_expression, share, ShapeTone.PLAIN, words, _link(share, anchors)) for share in shown]
    if rest := found.resolved - len(shown):
        size = found.resolved_bytes - sum(share.size_bytes for share in shown)
        label = words("{count} other licenses").format(count=rest)
        share = size / report.summary.size_bytes if size else 0.0
        bars.append(whole_bar(label, _value(size, share, words), size, ShapeTone.MUTED, "licenses"))
    for unknown in found.unresolved:
        label = words("Not resolved: {state}").format(state=words(wording.word(unknown.license_state)))
        bars.append(_bar(label, unknown, ShapeTone.OPEN, words, _link(unknown, anchors)))
    return BarChart(
        Caption(
            key="licenses",
            title=words("Licenses by bytes on disk"),
            description=words("Bytes of files under each license expression, the largest first."),
            headings=(words("License expression"), words("Bytes and share of all")),
        ),
        bars=tuple(bars),
        legend=((ShapeTone.PLAIN, words("resolved")), (ShapeTone.OPEN, words("not resolved"))),
    )


def _bar(label: str, share: LicenseShare, tone: ShapeTone, words: Translator, link: str) -> Bar:
    return whole_bar(label, _value(share.size_bytes, share.share, words), share.size_bytes, tone, link)


def _value(size: int, share: float, words: Translator) -> str:
    return f"{format_bytes(size)} · {format_share(share, words)}"


def _link(share: LicenseShare, anchors: Anchors) -> str:
    return anchors.licenses.get((share.license_expression, share.license_state), "licenses")
