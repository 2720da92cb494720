"""What stewards stated where the manifest is silent: by whom, when and why."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Heading, Paragraph
from corpus_audit.report import wording
from corpus_audit.report.formatting import format_number
from corpus_audit.report.model import Report
from corpus_audit.report.outline import columns
from corpus_audit.report.outline.columns import Column
from corpus_audit.report.outline.extent import Extent, cut_table
from corpus_audit.report.problems import name_field, place_name
from corpus_audit.report.translator import Translator


def supplements(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield every statement of a supplement."""
    if not report.supplements:
        return
    title = words("Stated by stewards, not by the manifest")
    yield Heading(title, level=3, count=format_number(report.supplements.rows))
    yield Paragraph(words(wording.SUPPLEMENTS_EXPLAINED))
    shown = (
        Column(words("Of"), lambda row: place_name(row.source_id, words)),
        Column(words("Field"), lambda row: name_field(row.field, words)),
        columns.text(words("Stated"), "stated"),
        Column(words("By"), lambda row: f"{row.author}, {row.stated_at[:10]}"),
        columns.text(words("Reason"), "reason"),
        columns.term(words("State"), "state", words, wording.SUPPLEMENTS),
    )
    yield cut_table(title, report.supplements, shown, extent.rows, words)
