"""What the declared licenses permit by purpose, what is in the way of an intended use, and what it has to keep to."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Bullets, Heading, Paragraph
from corpus_audit.report import wording
from corpus_audit.report.formatting import format_number
from corpus_audit.report.model import Report
from corpus_audit.report.outline import columns
from corpus_audit.report.outline.columns import Column
from corpus_audit.report.outline.extent import Extent, cut_table
from corpus_audit.report.outline.pictures import Pictures
from corpus_audit.report.translator import Translator
from corpus_audit.report.views import list_obstacles


def purposes(report: Report, words: Translator, extent: Extent, pictures: Pictures) -> Iterator[Block]:
    """Yield the answers by purpose, then those that concern an intended use."""
    yield Heading(words("What the licenses permit"))
    yield Paragraph(
        words(
            "What the terms of the declared licenses say about each purpose. Unknown terms permit nothing here; they "
            "are counted as unknown."
        )
    )
    yield from pictures.of("purposes")
    yield _by_purpose(report, words, extent)
    if not report.audit.dataset.intended_uses:
        yield Paragraph(words("The manifest records no intended use, so no source could be held against one."))
        return
    yield from _obstacles(report, words, extent)
    yield from _conditions(report, words)


def _by_purpose(report: Report, words: Translator, extent: Extent) -> Block:
    shown = (
        columns.term(words("Purpose"), "purpose", words),
        columns.value(words("Intended"), "intended", words),
        Column(words("Sources permitted"), lambda row: format_number(row.sources["yes"]), is_number=True),
        Column(words("Not known"), lambda row: format_number(row.sources["unknown"]), is_number=True),
        Column(words("Not permitted"), lambda row: format_number(row.sources["no"]), is_number=True),
    )
    title = words("What the licenses permit, by purpose")
    return cut_table(title, report.purposes.by_purpose, shown, extent.rows, words)


def _obstacles(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    found = list_obstacles(report)
    title = words("In the way of an intended use")
    yield Heading(title, level=3, count=format_number(found.rows))
    if not found.rows:
        yield Paragraph(words("None: the declared license of every source permits every intended use."))
        return
    shown = (
        columns.text(words("Source"), "source_id"),
        columns.term(words("Purpose"), "purpose", words),
        columns.value(words("License"), "license_expression", words),
        columns.term(words("Answer"), "permitted", words, wording.PERMISSIONS),
        columns.value(words("Reasons"), "reasons", words),
    )
    yield cut_table(title, found, shown, extent.rows, words)


def _conditions(report: Report, words: Translator) -> Iterator[Block]:
    found = report.purposes.conditions
    if found:
        yield Heading(words("What the intended uses have to keep to"), level=3)
        yield Bullets(tuple(f"{wording.reword(c.condition, words)} ({_sources(c.sources, words)})" for c in found))


def _sources(count: int, words: Translator) -> str:
    return words.count("%(count)s source", "%(count)s sources", count) % {"count": format_number(count)}
