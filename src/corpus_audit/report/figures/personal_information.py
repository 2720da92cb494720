"""Personal information: by type as bars, by type and source as a heat map."""

from collections import Counter
from collections.abc import Iterator, Sequence

from corpus_audit.report import wording
from corpus_audit.report.anchors import Anchors
from corpus_audit.report.figures.base import Bar, BarChart, Caption, Cell, HeatMap, ShapeTone, whole_bar
from corpus_audit.report.formatting import format_number
from corpus_audit.report.model import Report
from corpus_audit.report.sections import PersonalInformationRow
from corpus_audit.report.translator import Translator
from corpus_audit.vocabulary import NOT_RECORDED

TYPES_SHOWN = 12
SOURCES_MAPPED, TYPES_MAPPED = 12, 12

_TONES = {"declared": ShapeTone.PLAIN, "undeclared": ShapeTone.BAD, NOT_RECORDED: ShapeTone.OPEN}


def personal_information_figure(report: Report, words: Translator, _anchors: Anchors) -> BarChart:
    """Return the records with personal information, by type and status."""
    return BarChart(
        Caption(
            key="personal_information",
            title=words("Records with personal information, by type"),
            description=words(
                "Of {count} records looked at, those with at least one place of each type, by whether the source "
                "declares it."
            ).format(count=format_number(report.coverage.total.rows_looked_at)),
            headings=(words("Type"), words("Records")),
        ),
        bars=tuple(_bars(report.personal_information, words)),
        legend=_legend(words),
    )


def _legend(words: Translator) -> tuple[tuple[ShapeTone, str], ...]:
    return tuple((_TONES[state], words(meaning)) for state, meaning in wording.FOUND_TYPES.items())


def _bars(rows: Sequence[PersonalInformationRow], words: Translator) -> Iterator[Bar]:
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        counts[row.entity_type, row.state] += row.records
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    for (entity_type, state), records in ranked[:TYPES_SHOWN]:
        label = words.join((words(wording.entity_type_label(entity_type)), words(wording.word(state))))
        tone = _TONES.get(state, ShapeTone.OPEN)
        yield whole_bar(label, format_number(records), records, tone, "personal-information-table")
    rest = ranked[TYPES_SHOWN:]
    if rest:
        label = words("{count} more").format(count=len(rest))
        highest = rest[0][1]
        value = words("at most {count} each").format(count=format_number(highest))
        yield whole_bar(label, value, highest, ShapeTone.MUTED, "personal-information-table")


def personal_information_map(report: Report, words: Translator, anchors: Anchors) -> HeatMap:
    """Return in how many records of which source which type was found, where most was."""
    by_type: Counter[str] = Counter()
    by_source: Counter[str] = Counter()
    for row in report.personal_information:
        by_type[row.entity_type] += row.records
        by_source[row.source_id] += row.records
    types, sources = _most(by_type, TYPES_MAPPED), _most(by_source, SOURCES_MAPPED)
    chosen = [row for row in report.personal_information if row.entity_type in types and row.source_id in sources]
    most = max((row.records for row in chosen), default=1)
    cells = [
        Cell(
            row=sources.index(row.source_id),
            column=types.index(row.entity_type),
            strength=(row.records / most) ** 0.5,
            value=format_number(row.records),
            tone=_TONES.get(row.state, ShapeTone.OPEN),
            link=anchors.personal_information.get((row.entity_type, row.source_id), "personal-information"),
        )
        for row in chosen
    ]
    return HeatMap(
        Caption(
            key="personal_information_map",
            title=words("Personal information by source and type"),
            description=words(
                "Of {count} records looked at, those with each type, in the sources that have the most."
            ).format(count=format_number(report.coverage.total.rows_looked_at)),
            headings=(words("Source"), words("Type"), words("Records")),
        ),
        row_labels=tuple(sources),
        column_labels=tuple(words(wording.entity_type_label(name)) for name in types),
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        legend=_legend(words),
    )


def _most(counts: Counter[str], limit: int) -> list[str]:
    return [name for name, _count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]]
