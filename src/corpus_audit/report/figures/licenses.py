"""Licenses by bytes on disk; unresolved ones are shown separately."""

from collections.abc import Sequence

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
    known = [share for share in report.licenses if share.license_state == LicenseState.RESOLVED]
    unknown = [share for share in report.licenses if share.license_state != LicenseState.RESOLVED]
    shown, rest = known[:LICENSES_SHOWN], known[LICENSES_SHOWN:]
    bars = [_bar(share.license_expression, [share], ShapeTone.PLAIN, words, _link(share, anchors)) for share in shown]
    if rest:
        bars.append(
            _bar(words("{count} other licenses").format(count=len(rest)), rest, ShapeTone.MUTED, words, "licenses")
        )
    for share in unknown:
        label = words("Not resolved: {state}").format(state=words(wording.word(share.license_state)))
        bars.append(_bar(label, [share], ShapeTone.OPEN, words, _link(share, anchors)))
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


def _bar(label: str, shares: Sequence[LicenseShare], tone: ShapeTone, words: Translator, link: str) -> Bar:
    size = sum(share.size_bytes for share in shares)
    share = sum(share.share for share in shares)
    return whole_bar(label, f"{format_bytes(size)} · {format_share(share, words)}", size, tone, link)


def _link(share: LicenseShare, anchors: Anchors) -> str:
    return anchors.licenses.get((share.license_expression, share.license_state), "licenses")
