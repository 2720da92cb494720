"""Which figures a report shows, and the numbers in them; ``charts.py`` draws them, tables repeat them in words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from corpus_audit.report import wording
from corpus_audit.report.formatting import format_bytes, format_number, format_share
from corpus_audit.report.model import Report
from corpus_audit.report.sections import (
    LicenseShare,
    Overlap,
    PersonalInformation,
)
from corpus_audit.report.views import PERMISSIONS, PurposeSummary, summarise_purposes
from corpus_audit.report.wording.marking import _
from corpus_audit.report.words import Words
from corpus_audit.vocabulary import NOT_RECORDED, LicenseState, TermsConflict

LICENSES_SHOWN = 12
OVERLAPS_SHOWN = 15
TYPES_SHOWN = 12
PAIR = " × "


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


def collect_figures(report: Report, words: Words) -> dict[str, Figure]:
    """Return the figures this report has numbers for, by key."""
    makers = (_records_figure, _license_figure, _purpose_figure, _overlap_figure, _personal_information_figure)
    figures = (make(report, words) for make in makers)
    return {figure.key: _drop_unused_tones(figure) for figure in figures if figure.bars}


def _drop_unused_tones(figure: Figure) -> Figure:
    used = {segment.tone for bar in figure.bars for segment in bar.segments}
    return replace(figure, legend=tuple((tone, meaning) for tone, meaning in figure.legend if tone in used))


def _records_figure(report: Report, words: Words) -> Figure:
    summary = report.summary
    exact, near = summary.exact_duplicate_records, summary.near_duplicate_records
    after_exact = summary.records - exact
    distinct = after_exact - near
    personal = summary.personal_information_records

    def bar(label: str, start: int, end: int, tone: Tone) -> Bar:
        count = end - start
        share = count / summary.records if summary.records else 0.0
        value = f"{format_number(count)} · {format_share(share, words)}"
        return Bar((words(label),), value, (Segment(start, end, tone),))

    bars = (
        bar(_("All records"), 0, summary.records, Tone.MUTED),
        bar(_("Exact copies"), after_exact, summary.records, Tone.OPEN),
        bar(_("Near copies"), distinct, after_exact, Tone.OPEN),
        bar(_("Distinct records"), 0, distinct, Tone.PLAIN),
        bar(_("With personal information"), 0, personal, Tone.BAD),
    )
    return Figure(
        key="records",
        title=words("From all records to distinct ones"),
        description=words(
            "Exact and near copies taken away from all records; those with personal information are of all records."
        ),
        label_heading=words("Records"),
        value_heading=words("Number and share of all"),
        bars=bars if summary.records else (),
    )


def _license_figure(report: Report, words: Words) -> Figure:
    known = [share for share in report.licenses if share.license_state == LicenseState.RESOLVED]
    unknown = [share for share in report.licenses if share.license_state != LicenseState.RESOLVED]
    shown, rest = known[:LICENSES_SHOWN], known[LICENSES_SHOWN:]
    bars = [_license_bar(share.license_expression, [share], Tone.PLAIN, words) for share in shown]
    if rest:
        label = words("{count} other licenses").format(count=len(rest))
        bars.append(_license_bar(label, rest, Tone.MUTED, words))
    for share in unknown:
        label = words("Not resolved: {state}").format(state=words(wording.word(share.license_state)))
        bars.append(_license_bar(label, [share], Tone.OPEN, words))
    return Figure(
        key="licenses",
        title=words("Licenses by bytes on disk"),
        description=words("Bytes of files under each license expression, the largest first."),
        label_heading=words("License expression"),
        value_heading=words("Bytes and share of all"),
        bars=tuple(bars),
        legend=((Tone.PLAIN, words("resolved")), (Tone.OPEN, words("not resolved"))),
    )


def _license_bar(label: str, shares: list[LicenseShare], tone: Tone, words: Words) -> Bar:
    size = sum(share.size_bytes for share in shares)
    share = sum(share.share for share in shares)
    return _whole_bar(label, f"{format_bytes(size)} · {format_share(share, words)}", size, tone)


_TERMS_TONES = {
    TermsConflict.NONE: Tone.PLAIN,
    TermsConflict.UNRESOLVED: Tone.OPEN,
    TermsConflict.CONFLICTING: Tone.BAD,
}


def _overlap_figure(report: Report, words: Words) -> Figure:
    return Figure(
        key="overlaps",
        title=words("Largest overlaps between sources"),
        description=words("Bytes of verified copies that two sources share, the larger side of each pair."),
        label_heading=words("Sources"),
        value_heading=words("Bytes shared and terms"),
        bars=tuple(_overlap_bar(row, words) for row in report.overlaps.largest[:OVERLAPS_SHOWN]),
        legend=tuple((_TERMS_TONES[terms], words(wording.TERMS[terms])) for terms in TermsConflict),
    )


def _overlap_bar(row: Overlap, words: Words) -> Bar:
    size = max(row.bytes_a, row.bytes_b)
    terms = words(wording.TERMS[row.terms_conflict])
    tone = _TERMS_TONES[row.terms_conflict]
    return _whole_bar((row.source_a, row.source_b), f"{format_bytes(size)} · {terms}", size, tone)


def _personal_information_figure(report: Report, words: Words) -> Figure:
    return Figure(
        key="personal_information",
        title=words("Records with personal information, by type"),
        description=words("Records with at least one place of each type, by whether the source declares it."),
        label_heading=words("Type"),
        value_heading=words("Records"),
        bars=tuple(_personal_information_bars(report.personal_information, words)),
        legend=tuple((_TYPE_TONES[state], words(meaning)) for state, meaning in wording.FOUND_TYPES.items()),
    )


_TYPE_TONES = {"declared": Tone.PLAIN, "undeclared": Tone.BAD, NOT_RECORDED: Tone.OPEN}


def _personal_information_bars(rows: tuple[PersonalInformation, ...], words: Words) -> Iterator[Bar]:
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        counts[row.entity_type, row.state] += row.records
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    for (entity_type, state), records in ranked[:TYPES_SHOWN]:
        label = words.join((words(wording.entity_type_label(entity_type)), words(wording.word(state))))
        yield _whole_bar(label, format_number(records), records, _TYPE_TONES.get(state, Tone.OPEN))
    rest = ranked[TYPES_SHOWN:]
    if rest:
        label = words("{count} more").format(count=len(rest))
        highest = rest[0][1]
        value = words("at most {count} each").format(count=format_number(highest))
        yield _whole_bar(label, value, highest, Tone.MUTED)


def _purpose_figure(report: Report, words: Words) -> Figure:
    return Figure(
        key="purposes",
        title=words("What the declared licenses permit, by bytes on disk"),
        description=words("Bytes of the sources whose license permits a purpose, may permit it, or does not."),
        label_heading=words("Purpose"),
        value_heading=words("Share that is permitted"),
        bars=tuple(_purpose_bar(summary, words) for summary in summarise_purposes(report)),
        legend=tuple((_PERMISSION_TONES[answer], words(wording.PERMISSIONS[answer])) for answer in PERMISSIONS),
    )


_PERMISSION_TONES = {"yes": Tone.PLAIN, "unknown": Tone.OPEN, "no": Tone.BAD}


def _purpose_bar(summary: PurposeSummary, words: Words) -> Bar:
    sizes = [summary.size_bytes[answer] for answer in PERMISSIONS]
    ends = list(accumulate(sizes))
    segments = tuple(
        Segment(end - size, end, _PERMISSION_TONES[answer])
        for answer, size, end in zip(PERMISSIONS, sizes, ends, strict=True)
        if size
    )
    share = sizes[0] / ends[-1] if ends[-1] else 0.0
    value = words("{share} permitted").format(share=format_share(share, words))
    return Bar((words(wording.word(summary.purpose)),), value, segments)


def _whole_bar(name: str | tuple[str, ...], value: str, end: float, tone: Tone) -> Bar:
    return Bar((name,) if isinstance(name, str) else name, value, (Segment(0, end, tone),))
