"""Which figures a report shows, and the numbers in them; ``charts.py`` draws them, tables repeat them in words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from corpus_audit.report import wording
from corpus_audit.report.entity_types import entity_type_label
from corpus_audit.report.formatting import Translate, format_bytes, format_number, format_share
from corpus_audit.report.model import Report
from corpus_audit.report.sections import (
    LicenseShare,
    Overlap,
    PersonalInformation,
)
from corpus_audit.report.views import PERMISSIONS, PurposeSummary, summarise_purposes
from corpus_audit.vocabulary import NOT_RECORDED, LicenseState, TermsConflict

LICENSES_SHOWN = 12
OVERLAPS_SHOWN = 15
TYPES_SHOWN = 12
PAIR = " × "


def _(message: str) -> str:
    return message


class Tone(StrEnum):
    """What a bar stands for; each tone is one custom property of the stylesheet."""

    PLAIN = "plain"
    MUTED = "muted"
    OPEN = "open"
    BAD = "bad"


@dataclass(frozen=True)
class Segment:
    """A stretch of a bar, in the unit of its figure."""

    start: float
    end: float
    tone: Tone


@dataclass(frozen=True)
class Bar:
    """One row of a figure: what it is, its stretches, and its value in words."""

    names: tuple[str, ...]
    value: str
    segments: tuple[Segment, ...]

    @property
    def label(self) -> str:
        """What the bar is, in full."""
        return PAIR.join(self.names)

    @property
    def end(self) -> float:
        """How far the bar reaches."""
        return max((segment.end for segment in self.segments), default=0)


@dataclass(frozen=True)
class Figure:
    """One figure: its words, its bars, and what its tones mean."""

    key: str
    title: str
    description: str
    label_heading: str
    value_heading: str
    bars: tuple[Bar, ...]
    legend: tuple[tuple[Tone, str], ...] = ()


def collect_figures(report: Report, translate: Translate = str) -> dict[str, Figure]:
    """Return the figures this report has numbers for, by key."""
    makers = (_records_figure, _license_figure, _purpose_figure, _overlap_figure, _personal_information_figure)
    figures = (make(report, translate) for make in makers)
    return {figure.key: _drop_unused_tones(figure) for figure in figures if figure.bars}


def _drop_unused_tones(figure: Figure) -> Figure:
    used = {segment.tone for bar in figure.bars for segment in bar.segments}
    return replace(figure, legend=tuple((tone, meaning) for tone, meaning in figure.legend if tone in used))


def _records_figure(report: Report, translate: Translate) -> Figure:
    summary = report.summary
    exact, near = summary.exact_duplicate_records, summary.near_duplicate_records
    after_exact = summary.records - exact
    distinct = after_exact - near
    personal = summary.personal_information_records

    def bar(label: str, start: int, end: int, tone: Tone) -> Bar:
        count = end - start
        share = count / summary.records if summary.records else 0.0
        value = f"{format_number(count)} · {format_share(share)}"
        return Bar((translate(label),), value, (Segment(start, end, tone),))

    bars = (
        bar(_("All records"), 0, summary.records, Tone.MUTED),
        bar(_("Exact copies"), after_exact, summary.records, Tone.OPEN),
        bar(_("Near copies"), distinct, after_exact, Tone.OPEN),
        bar(_("Distinct records"), 0, distinct, Tone.PLAIN),
        bar(_("With personal information"), 0, personal, Tone.BAD),
    )
    return Figure(
        key="records",
        title=translate(_("From all records to distinct ones")),
        description=translate(
            _("Exact and near copies taken away from all records; those with personal information are of all records."),
        ),
        label_heading=translate(_("Records")),
        value_heading=translate(_("Number and share of all")),
        bars=bars if summary.records else (),
    )


def _license_figure(report: Report, translate: Translate) -> Figure:
    known = [share for share in report.licenses if share.license_state == LicenseState.RESOLVED]
    unknown = [share for share in report.licenses if share.license_state != LicenseState.RESOLVED]
    shown, rest = known[:LICENSES_SHOWN], known[LICENSES_SHOWN:]
    bars = [_license_bar(share.license_expression, [share], Tone.PLAIN) for share in shown]
    if rest:
        label = translate(_("{count} other licenses")).format(count=len(rest))
        bars.append(_license_bar(label, rest, Tone.MUTED))
    for share in unknown:
        label = translate(_("Not resolved: {state}")).format(state=translate(wording.word(share.license_state)))
        bars.append(_license_bar(label, [share], Tone.OPEN))
    return Figure(
        key="licenses",
        title=translate(_("Licenses by bytes on disk")),
        description=translate(_("Bytes of files under each license expression, the largest first.")),
        label_heading=translate(_("License expression")),
        value_heading=translate(_("Bytes and share of all")),
        bars=tuple(bars),
        legend=((Tone.PLAIN, translate(_("resolved"))), (Tone.OPEN, translate(_("not resolved")))),
    )


def _license_bar(label: str, shares: list[LicenseShare], tone: Tone) -> Bar:
    size = sum(share.size_bytes for share in shares)
    share = sum(share.share for share in shares)
    return _whole_bar(label, f"{format_bytes(size)} · {format_share(share)}", size, tone)


_TERMS_TONES = {
    TermsConflict.NONE: Tone.PLAIN,
    TermsConflict.UNRESOLVED: Tone.OPEN,
    TermsConflict.CONFLICTING: Tone.BAD,
}


def _overlap_figure(report: Report, translate: Translate) -> Figure:
    return Figure(
        key="overlaps",
        title=translate(_("Largest overlaps between sources")),
        description=translate(_("Bytes of verified copies that two sources share, the larger side of each pair.")),
        label_heading=translate(_("Sources")),
        value_heading=translate(_("Bytes shared and terms")),
        bars=tuple(_overlap_bar(row, translate) for row in report.overlaps.largest[:OVERLAPS_SHOWN]),
        legend=tuple((_TERMS_TONES[terms], translate(wording.TERMS[terms])) for terms in TermsConflict),
    )


def _overlap_bar(row: Overlap, translate: Translate) -> Bar:
    size = max(row.bytes_a, row.bytes_b)
    terms = translate(wording.TERMS[row.terms_conflict])
    tone = _TERMS_TONES[row.terms_conflict]
    return _whole_bar((row.source_a, row.source_b), f"{format_bytes(size)} · {terms}", size, tone)


def _personal_information_figure(report: Report, translate: Translate) -> Figure:
    return Figure(
        key="personal_information",
        title=translate(_("Records with personal information, by type")),
        description=translate(_("Records with at least one place of each type, by whether the source declares it.")),
        label_heading=translate(_("Type")),
        value_heading=translate(_("Records")),
        bars=tuple(_personal_information_bars(report.personal_information, translate)),
        legend=tuple((_TYPE_TONES[state], translate(words)) for state, words in wording.FOUND_TYPES.items()),
    )


_TYPE_TONES = {"declared": Tone.PLAIN, "undeclared": Tone.BAD, NOT_RECORDED: Tone.OPEN}


def _personal_information_bars(rows: tuple[PersonalInformation, ...], translate: Translate) -> Iterator[Bar]:
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        counts[row.entity_type, row.state] += row.records
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    for (entity_type, state), records in ranked[:TYPES_SHOWN]:
        label = f"{translate(entity_type_label(entity_type))}, {translate(wording.word(state))}"
        yield _whole_bar(label, format_number(records), records, _TYPE_TONES.get(state, Tone.OPEN))
    rest = ranked[TYPES_SHOWN:]
    if rest:
        label = translate(_("{count} more")).format(count=len(rest))
        highest = rest[0][1]
        value = translate(_("at most {count} each")).format(count=format_number(highest))
        yield _whole_bar(label, value, highest, Tone.MUTED)


def _purpose_figure(report: Report, translate: Translate) -> Figure:
    return Figure(
        key="purposes",
        title=translate(_("What the declared licenses permit, by bytes on disk")),
        description=translate(_("Bytes of the sources whose license permits a purpose, may permit it, or does not.")),
        label_heading=translate(_("Purpose")),
        value_heading=translate(_("Share that is permitted")),
        bars=tuple(_purpose_bar(summary, translate) for summary in summarise_purposes(report)),
        legend=tuple((_PERMISSION_TONES[answer], translate(wording.PERMISSIONS[answer])) for answer in PERMISSIONS),
    )


_PERMISSION_TONES = {"yes": Tone.PLAIN, "unknown": Tone.OPEN, "no": Tone.BAD}


def _purpose_bar(summary: PurposeSummary, translate: Translate) -> Bar:
    sizes = [summary.size_bytes[answer] for answer in PERMISSIONS]
    ends = list(accumulate(sizes))
    segments = tuple(
        Segment(end - size, end, _PERMISSION_TONES[answer])
        for answer, size, end in zip(PERMISSIONS, sizes, ends, strict=True)
        if size
    )
    share = sizes[0] / ends[-1] if ends[-1] else 0.0
    value = translate(_("{share} permitted")).format(share=format_share(share))
    return Bar((translate(wording.word(summary.purpose)),), value, segments)


def _whole_bar(name: str | tuple[str, ...], value: str, end: float, tone: Tone) -> Bar:
    return Bar((name,) if isinstance(name, str) else name, value, (Segment(0, end, tone),))
