"""The end of a report: history, limits, rules, sources of the numbers, and the audit itself."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Bullets, Heading, Paragraph
from corpus_audit.report import wording
from corpus_audit.report.formatting import format_limit, format_number, format_value, listed_values
from corpus_audit.report.model import Report
from corpus_audit.report.outline import columns
from corpus_audit.report.outline.columns import Column
from corpus_audit.report.outline.extent import Extent, cut_table
from corpus_audit.report.parameters import parameter_label, value_sentence
from corpus_audit.report.sections import HistoryEntry
from corpus_audit.report.translator import Translator


def history(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the dataset's audits, the latest first."""
    yield Heading(words("History"))
    if len(report.history) < 2:
        yield Paragraph(words("This store holds no earlier audit of this dataset."))
        return
    shown = (
        Column(words("Audit"), lambda row: row.started_at[:10]),
        Column(words("Version"), lambda row: format_value("version", row.dataset_version, words)),
        columns.term(words("Verdict"), "verdict", words, wording.VERDICTS),
        Column(words("Findings"), lambda row: format_number(_findings(row)), is_number=True),
        columns.number(words("Opened"), "findings_opened"),
        columns.number(words("Closed"), "findings_closed"),
        columns.number(words("Records"), "records"),
        Column(words("Rows read"), lambda row: _read_of(row, words), is_number=True),
        columns.share(words("Exact copies"), "exact_duplicate_share", words),
        columns.share(words("Near copies"), "near_duplicate_share", words),
    )
    rows = tuple(reversed(report.history))
    yield cut_table(words("Audits of this dataset"), rows, shown, extent.rows, words)


def _read_of(entry: HistoryEntry, words: Translator) -> str:
    if not entry.rows:
        return words("no rows")
    return words("{read} of {rows}").format(read=format_number(entry.rows_read), rows=format_number(entry.rows))


def _findings(entry: HistoryEntry) -> int:
    return sum(entry.findings_by_severity.values())


def limits(report: Report, words: Translator, _extent: Extent) -> Iterator[Block]:
    """Yield what was not checked."""
    yield Heading(words("What was not checked"))
    yield Paragraph(words("Read the verdict with these limits in mind."))
    yield Bullets(tuple(format_limit(limit, words) for limit in report.limits))
    for limit in report.limits:
        heading, listed = listed_values(limit, words)
        if listed:
            yield Paragraph(heading + words(": ") + listed, is_soft=True)
    yield Paragraph(
        words("This document is an extract: report.html and report.json list more, the tables of the audit list all."),
        is_soft=True,
    )


def rules(report: Report, words: Translator, _extent: Extent) -> Iterator[Block]:
    """Yield every rule and what became of it."""
    yield Heading(words("Rules"), count=format_number(len(report.rules)))
    shown = (
        Column(words("Rule"), lambda row: words.choose(row.title)),
        columns.text(words("Id"), "rule_id"),
        columns.term(words("Severity"), "severity", words, wording.SEVERITIES),
        columns.term(words("State"), "state", words, wording.RULE_STATES),
        columns.number(words("Rows"), "rows_evaluated"),
        columns.number(words("Failed"), "rows_failed"),
    )
    yield cut_table(words("Rules"), report.rules, shown, len(report.rules), words)


def evidence_tables(report: Report, words: Translator, _extent: Extent) -> Iterator[Block]:
    """Yield the tables behind the numbers."""
    yield Heading(words("Where the numbers come from"))
    yield Paragraph(
        words(
            "Every number of this report is a column of an evidence table, or a sum over its rows. "
            "The tables lie beside the report as Parquet files."
        )
    )
    shown = (
        Column(words("Evidence table"), lambda row: f"{row.name}.parquet"),
        columns.number(words("Rows"), "rows"),
        Column("sha256", lambda row: row.sha256),
    )
    tables = report.evidence.tables
    yield cut_table(words("Evidence tables"), tables, shown, len(tables), words)


def audit_itself(report: Report, words: Translator, _extent: Extent) -> Iterator[Block]:
    """Yield what makes the audit the same when it is run again."""
    audit = report.audit
    yield Heading(words("This audit itself"))
    yield Paragraph(
        words("The same manifest, the same files, the same version and the same parameters give the same report.")
    )
    facts = (
        (words("Audit"), audit.audit_id),
        (words("Started"), audit.started_at),
        (words("Tool"), f"corpus-audit {audit.tool_version}"),
        (words("sha256 of the manifest as received"), audit.manifest_sha256),
        *(
            (parameter_label(name, words), value_sentence(value, audit.parameter_origins[name], words))
            for name, value in sorted(audit.parameters.items())
        ),
    )
    shown = (Column(words("Parameter"), lambda row: row[0]), Column(words("Value"), lambda row: row[1]))
    yield cut_table(words("Parameters"), facts, shown, len(facts), words)
