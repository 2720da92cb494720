"""Coverage: checked and unchecked data."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Heading, Paragraph
from corpus_audit.report import wording
from corpus_audit.report.model import Report
from corpus_audit.report.outline import columns
from corpus_audit.report.outline.columns import Column
from corpus_audit.report.outline.extent import Extent, cut_table
from corpus_audit.report.translator import Translator


def coverage(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the gaps by reason, the sources, and the files that were not read as a whole."""
    yield Heading(words("What was looked at"))
    yield from _gaps(report, words, extent)
    yield _sources(report, words, extent)
    if report.coverage.left_out:
        yield _left_out(report, words, extent)
    if report.coverage.files:
        yield _files(report, words, extent)


def _gaps(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    if not report.coverage.gaps:
        read = words("Nothing was left out: every file is declared and was read to its end.")
        none = words("No file is declared, so nothing was read.")
        yield Paragraph(read if report.coverage.total.files else none)
        return
    shown = (
        columns.term(words("What"), "unit", words, wording.UNITS),
        Column(words("Why"), lambda row: words(wording.coverage_reason(row.reason, row.unit))),
        columns.number(words("How many"), "count"),
        columns.number(words("Files"), "files"),
    )
    title = words("What was not looked at, and why")
    yield cut_table(title, report.coverage.gaps, shown, extent.rows, words)


def _sources(report: Report, words: Translator, extent: Extent) -> Block:
    shown = (
        columns.text(words("Source"), "source_id"),
        columns.term(words("State"), "state", words, wording.SOURCE_COVERAGE),
        columns.number(words("Files"), "files"),
        columns.number(words("Files not read"), "files_unread"),
        columns.number(words("Rows"), "rows"),
        columns.number(words("Rows read"), "rows_read"),
        columns.number(words("Scanned only"), "rows_scanned_only"),
    )
    title = words("What was looked at, by source")
    return cut_table(title, report.coverage.sources, shown, extent.rows, words)


def _left_out(report: Report, words: Translator, extent: Extent) -> Block:
    shown = (
        columns.text(words("Source"), "source_id"),
        Column(words("Why it was not looked at"), lambda row: words(wording.coverage_reason(row.kind))),
        columns.text(words("Pattern"), "pattern"),
        columns.number(words("How many"), "files"),
        columns.size(words("On disk"), "size_bytes"),
        Column(words("The first of them"), lambda row: words.join(row.examples[:5])),
    )
    title = words("What lies beside the declared files")
    return cut_table(title, report.coverage.left_out, shown, extent.rows, words)


def _files(report: Report, words: Translator, extent: Extent) -> Block:
    shown = (
        columns.text(words("File"), "file"),
        columns.text(words("Source"), "source_id"),
        columns.term(words("State"), "state", words, wording.COVERAGE_STATES),
        Column(words("Why"), lambda row: words.join(words(wording.coverage_reason(reason)) for reason in row.reasons)),
        columns.size(words("On disk"), "size_bytes"),
        columns.number(words("Rows read"), "rows_read"),
    )
    title = words("Files that were not read as a whole")
    return cut_table(title, report.coverage.files, shown, extent.rows, words)
