"""The sections on licenses of single records and on statements that contradict a declared license."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Heading, Paragraph
from corpus_audit.report import wording
from corpus_audit.report.formatting import format_number
from corpus_audit.report.model import Report
from corpus_audit.report.outline import columns
from corpus_audit.report.outline.columns import Column
from corpus_audit.report.outline.extent import Extent, cut_table
from corpus_audit.report.sections import LicenseContradiction
from corpus_audit.report.translator import Translator


def record_licenses(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the licenses that single records state, the strictest first."""
    title = words("Licenses of records")
    yield Heading(title, count=format_number(report.record_licenses.licenses))
    if not report.record_licenses.by_source:
        yield Paragraph(words("No record states a license of its own: each is judged by the license of its source."))
        return
    stating = words(
        "%(stating)s of %(records)s records state a license of their own, which goes before that of their source. "
        "The license of %(forbidden)s forbids an intended use."
    )
    found = report.record_licenses
    counts = {"stating": found.records_stating, "records": found.records, "forbidden": found.records_forbidden}
    yield Paragraph(stating % {name: format_number(count) for name, count in counts.items()})
    shown = (
        Column(words("License that records state"), lambda row: _license(row.license, words)),
        columns.text(words("Source"), "source_id"),
        columns.term(words("State"), "license_state", words),
        Column(words("Intended uses"), lambda row: _permission(row.intended_permitted, words)),
        columns.term(words("Beside the license of the source"), "terms_relation", words, wording.RELATIONS),
        columns.number(words("Records"), "records"),
        columns.share(words("Share of records"), "record_share", words),
        columns.size(words("Bytes"), "size_bytes"),
    )
    yield cut_table(title, found.by_source, shown, extent.rows, words)


def contradictions(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the statements of a license that are not the declared one."""
    if not report.license_contradictions:
        return
    title = words("Other statements of a source's license")
    yield Heading(title, level=3, count=format_number(report.license_contradictions.rows))
    yield Paragraph(
        words(
            "These statements are not the license that is declared. Where one of them is stricter, it decides what "
            "is permitted until the description is corrected."
        )
    )
    shown = (
        columns.text(words("Source"), "source_id"),
        columns.text(words("Declared"), "declared"),
        columns.text(words("Also stated"), "stated_expression"),
        Column(words("Stated at"), lambda row: _place(row, words)),
        columns.value(words("Purposes not permitted"), "purposes_lost", words),
        columns.text(words("License that decides"), "deciding_expression"),
    )
    yield cut_table(title, report.license_contradictions, shown, extent.rows, words)


def _license(name: str, words: Translator) -> str:
    return words(wording.RECORD_LICENSES[name]) if name in wording.RECORD_LICENSES else name


def _permission(answer: str, words: Translator) -> str:
    return words(wording.PERMISSIONS.get(answer) or wording.word(answer))


def _place(row: LicenseContradiction, words: Translator) -> str:
    kind = words(wording.STATEMENT_KINDS[row.kind])
    return words("{name}: {value}").format(name=kind, value=row.stated_place)
