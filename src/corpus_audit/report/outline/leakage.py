"""Training records in validation and test splits, on paper."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Paragraph
from corpus_audit.report import wording
from corpus_audit.report.formatting import format_number
from corpus_audit.report.model import Report
from corpus_audit.report.outline import columns
from corpus_audit.report.outline.extent import Extent, cut_table
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
            splits=format_number(found.splits.rows),
            leaked=counts[LeakageState.LEAKED],
            open=counts[LeakageState.NOT_COMPARED],
        )
    )
    shown = (
        columns.text(words("Source"), "source_id"),
        columns.value(words("Split"), "split", words),
        columns.term(words("Status"), "state", words, wording.LEAKAGE),
        columns.number(words("Records"), "records"),
        columns.number(words("Exact copies"), "exact_records"),
        columns.number(words("Near copies"), "near_records"),
        columns.number(words("Not compared with every training record"), "uncompared_records"),
        columns.share(words("Share of the split"), "leaked_share", words),
    )
    title = words("Training records in validation and test splits")
    yield cut_table(title, found.splits, shown, extent.rows, words)
