"""Coverage: checked and unchecked data."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Heading, Paragraph
from corpus_audit.report import wording
from corpus_audit.report.formatting import format_bytes, format_number
from corpus_audit.report.model import Report
from corpus_audit.report.outline.extent import Column, Extent, cut_table
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
        yield Paragraph(words("Nothing was left out: every file is declared and was read to its end."))
        return
    columns = (
        Column(words("What"), lambda row: words(wording.UNITS.get(row.unit) or wording.word(row.unit))),
        Column(words("Why"), lambda row: words(wording.coverage_reason(row.reason, row.unit))),
        Column(words("How many"), lambda row: format_number(row.count), is_number=True),
        Column(words("Files"), lambda row: format_number(row.files), is_number=True),
    )
    title = words("What was not looked at, and why")
    yield cut_table(title, report.coverage.gaps, columns, extent.rows, "coverage_gaps.parquet", words)


def _sources(report: Report, words: Translator, extent: Extent) -> Block:
    columns = (
        Column(words("Source"), lambda row: row.source_id),
        Column(words("State"), lambda row: words(wording.SOURCE_COVERAGE.get(row.state) or wording.word(row.state))),
        Column(words("Files"), lambda row: format_number(row.files), is_number=True),
        Column(words("Files not read"), lambda row: format_number(row.files_unread), is_number=True),
        Column(words("Rows"), lambda row: format_number(row.rows), is_number=True),
        Column(words("Rows read"), lambda row: format_number(row.rows_read), is_number=True),
        Column(words("Scanned only"), lambda row: format_number(row.rows_scanned_only), is_number=True),
    )
    title = words("What was looked at, by source")
    return cut_table(title, report.coverage.sources, columns, extent.rows, "coverage.parquet", words)


def _left_out(report: Report, words: Translator, extent: Extent) -> Block:
    columns = (
        Column(words("Source"), lambda row: row.source_id),
        Column(words("Why it was not looked at"), lambda row: words(wording.coverage_reason(row.kind))),
        Column(words("Pattern"), lambda row: row.pattern),
        Column(words("How many"), lambda row: format_number(row.files), is_number=True),
        Column(words("On disk"), lambda row: format_bytes(row.size_bytes), is_number=True),
        Column(words("The first of them"), lambda row: words.join(row.examples[:5])),
    )
    title = words("What lies beside the declared files")
    return cut_table(title, report.coverage.left_out, columns, extent.rows, "left_out.parquet", words)


def _files(report: Report, words: Translator, extent: Extent) -> Block:
    columns = (
        Column(words("File"), lambda row: row.file),
        Column(words("Source"), lambda row: row.source_id),
        Column(words("State"), lambda row: words(wording.COVERAGE_STATES.get(row.state) or wording.word(row.state))),
        Column(words("Why"), lambda row: words.join(words(wording.coverage_reason(reason)) for reason in row.reasons)),
        Column(words("On disk"), lambda row: format_bytes(row.size_bytes), is_number=True),
        Column(words("Rows read"), lambda row: format_number(row.rows_read), is_number=True),
    )
    title = words("Files that were not read as a whole")
    found = report.coverage
    return cut_table(
        title, found.files, columns, extent.rows, "coverage_files.parquet", words, found.files_short
    )
