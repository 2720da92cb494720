"""Training records in validation and test splits, on paper."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Paragraph
from corpus_audit.report import wording
from corpus_audit.report.formatting import format_number, format_share, format_value
from corpus_audit.report.model import Report
from corpus_audit.report.outline.extent import Column, Extent, cut_table
from corpus_audit.report.translator import Translator
from corpus_audit.vocabulary import LeakageState


def split_leakage(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the validation and test splits, those that most leaked into first; nothing where there are none."""
    found = report.split_leakage
    if not found.splits:
        return
    counts = {state: format_number(count) for state, count in found.splits_by_state.items()}
    yield Paragraph(
        words("Validation and test splits: {splits}. With training records: {leaked}. Not compared: {open}.").format(
            splits=format_number(found.splits),
            leaked=counts[LeakageState.LEAKED],
            open=counts[LeakageState.NOT_COMPARED],
        )
    )
    columns = (
        Column(words("Source"), lambda row: row.source_id),
        Column(words("Split"), lambda row: format_value("split", row.split, words)),
        Column(words("Status"), lambda row: words(wording.LEAKAGE[row.state])),
        Column(words("Records"), lambda row: format_number(row.records), is_number=True),
        Column(words("Exact copies"), lambda row: format_number(row.exact_records), is_number=True),
        Column(words("Near copies"), lambda row: format_number(row.near_records), is_number=True),
        Column(
            words("Not compared with every training record"),
            lambda row: format_number(row.uncompared_records),
            is_number=True,
        ),
        Column(words("Share of the split"), lambda row: format_share(row.leaked_share, words), is_number=True),
    )
    title = words("Training records in validation and test splits")
    yield cut_table(title, found.largest, columns, extent.rows, "split_leakage.parquet", words, found.splits)
