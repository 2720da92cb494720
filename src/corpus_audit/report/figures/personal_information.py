"""Personal information: by type as bars, by type and source as a heat map."""

from collections.abc import Iterator, Sequence

from corpus_audit.report import wording
from corpus_audit.report.anchors import Anchors
from corpus_audit.report.figures.base import Bar, BarChart, Caption, Cell, HeatMap, ShapeTone, whole_bar
from corpus_audit.report.formatting import format_number
from corpus_audit.report.model import Report
from corpus_audit.report.sections import FoundType
from corpus_audit.report.translator import Translator
from corpus_audit.vocabulary import NOT_RECORDED

TYPES_SHOWN = 12

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
        bars=tuple(_bars(report.personal_information.by_type, words)),
        legend=_legend(words),
    )


def _legend(words: Translator) -> tuple[tuple[ShapeTone, str], ...]:
    return tuple((_TONES[state], words(meaning)) for state, meaning in wording.FOUND_TYPES.items())


def _bars(types: Sequence[FoundType], words: Translator) -> Iterator[Bar]:
    for found in types[:TYPES_SHOWN]:
        label = words.join((words(wording.entity_type_label(found.entity_type)), words(wording.word(found.state))))
        tone = _TONES.get(found.state, ShapeTone.OPEN)
        yield whole_bar(label, format_number(found.records), found.records, tone, "personal-information-table")
    rest = types[TYPES_SHOWN:]
    if rest:
        label = words("{count} more").format(count=len(rest))
        highest = rest[0].records
        value = words("at most {count} each").format(count=format_number(highest))
        yield whole_bar(label, value, highest, ShapeTone.MUTED, "personal-information-table")


def personal_information_map(report: Report, words: Translator, anchors: Anchors) -> HeatMap:
    """Return in how many records of which source which type was found, where most was."""
    found = report.personal_information
    types, sources = found.most_types, found.most_sources
    most = max((row.records for row in found.most), default=1)
    cells = [
        Cell(
            row=sources.index(row.source_id),
            column=types.index(row.entity_type),
            strength=(row.records / most) ** 0.5,
            value=format_number(row.records),
            tone=_TONES.get(row.state, ShapeTone.OPEN),
            link=anchors.personal_information.get((row.entity_type, row.source_id), "personal-information"),
        )
        for row in found.most
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
        row_labels=sources,
        column_labels=tuple(words(wording.entity_type_label(name)) for name in types),
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        legend=_legend(words),
    )
