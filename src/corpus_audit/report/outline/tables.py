"""The sections between findings and limits, each as a heading, its pictures and its table."""

from collections.abc import Iterator

from corpus_audit.corpus.recognition import RECOGNISED
from corpus_audit.document.blocks import Block, Heading, Paragraph
from corpus_audit.report import wording
from corpus_audit.report.coverage import NO_PERSONAL_INFORMATION, column_names, none_found
from corpus_audit.report.formatting import format_number, format_share, format_value
from corpus_audit.report.model import Report
from corpus_audit.report.outline import columns
from corpus_audit.report.outline.columns import Column
from corpus_audit.report.outline.extent import Extent, cut_table
from corpus_audit.report.sections import Comparison, SourceRow
from corpus_audit.report.translator import Translator
from corpus_audit.report.views import CHECKED_ASPECTS, choose_comparisons, summarise_people


def sources(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield every source: what it declares beside what was observed."""
    title = words("Sources: claims beside the data")
    yield Heading(title, count=format_number(report.sources.rows))
    shown = (
        columns.text(words("Source"), "source_id"),
        *(_aspect(number, name, words) for number, name in enumerate(CHECKED_ASPECTS)),
        columns.size(words("Text"), "figures.text_bytes"),
        Column(words("Copies"), lambda row: format_share(_copies(row), words), is_number=True),
        Column(words("Findings"), lambda row: format_number(sum(row.findings_by_severity.values())), is_number=True),
    )
    yield cut_table(title, report.sources, shown, extent.rows, words)


def _aspect(number: int, name: str, words: Translator) -> Column:
    heading = words(wording.ASPECTS[name])
    return Column(heading, lambda row: _standing(choose_comparisons(row, CHECKED_ASPECTS)[number], words))


def _standing(pair: Comparison, words: Translator) -> str:
    declared = format_value(pair.aspect, pair.declared, words)
    return words("{name}: {value}").format(name=declared, value=words(wording.comparison_label(pair)))


def _copies(source: SourceRow) -> float:
    return source.figures.exact_duplicate_share + source.figures.near_duplicate_share


def licenses(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the licenses by bytes."""
    shown = (
        columns.value(words("License expression"), "license_expression", words),
        columns.term(words("State"), "license_state", words),
        Column(words("Family"), lambda row: format_value("license_family", row.license_family, words) or "–"),
        columns.number(words("Sources"), "sources"),
        columns.size(words("Bytes"), "size_bytes"),
        columns.share(words("Share"), "share", words),
    )
    yield cut_table(words("Licenses of the sources"), report.licenses.shares, shown, extent.rows, words)


def overlaps(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the pairs of sources that share the most."""
    if not report.overlaps.pairs:
        yield Paragraph(words("No two sources share a verified copy."))
        return
    shown = (
        columns.text(words("First source"), "source_a"),
        columns.text(words("Second source"), "source_b"),
        columns.term(words("Terms"), "terms_conflict", words, wording.TERMS),
        columns.number(words("Records of the first"), "records_a"),
        columns.size(words("Bytes of the first"), "bytes_a"),
        columns.number(words("Records of the second"), "records_b"),
        columns.size(words("Bytes of the second"), "bytes_b"),
        columns.similarity(words("Highest similarity"), "max_jaccard"),
    )
    title = words("Largest overlaps between sources")
    yield cut_table(title, report.overlaps.pairs, shown, extent.rows, words)


def personal_information(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the types that were found, by source."""
    if not report.personal_information.by_source:
        yield Paragraph(none_found(NO_PERSONAL_INFORMATION, report.coverage, words))
        return
    yield Paragraph(words("Counts only: no value that was found is kept in a report."))
    shown = (
        columns.entity_type(words("Type"), words),
        columns.text(words("Source"), "source_id"),
        columns.value(words("Declared"), "declared", words),
        columns.term(words("Status"), "state", words, wording.FOUND_TYPES),
        columns.number(words("Records"), "records"),
        columns.number(words("Of records looked at"), "records_looked_at"),
        columns.share(words("Share of records"), "record_share", words),
        Column(words("Columns"), lambda row: column_names(row.columns, words)),
        columns.number(words("Places"), "spans"),
        columns.number(words("Distinct values"), "distinct_values"),
    )
    title = words("Personal information by type and source")
    yield cut_table(title, report.personal_information.by_source, shown, extent.rows, words)


def labelled_information(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the types of values that only a label names, by source."""
    if not report.labelled_information:
        return
    yield Paragraph(words("A label names the values below, and no check confirms them. They are in no other figure."))
    shown = (
        columns.entity_type(words("Type"), words),
        columns.text(words("Source"), "source_id"),
        columns.value(words("Declared"), "declared", words),
        columns.number(words("Records"), "records"),
        columns.number(words("Of records looked at"), "records_looked_at"),
        columns.number(words("Places"), "spans"),
        columns.number(words("Distinct values"), "distinct_values"),
    )
    title = words("Labelled values without confirmation")
    yield cut_table(title, report.labelled_information, shown, extent.rows, words)


def people(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the documented consent of people, and the people with open questions."""
    yield Heading(words("People"), count=format_number(report.subjects.described))
    if not report.subjects.described:
        yield Paragraph(
            words(
                "The manifest describes no person whose face, voice, name or words are in the data. "
                "People may be in it all the same."
            )
        )
        return
    shown = (
        columns.term(words("What of the person"), "modality", words, wording.MODALITIES),
        columns.number(words("People"), "people"),
        columns.number(words("Documented"), "documented"),
        columns.number(words("Not needed"), "not_needed"),
        columns.number(words("Open"), "open"),
    )
    title = words("Consent by what of the person is in the data")
    yield cut_table(title, summarise_people(report), shown, extent.rows, words)
    open_columns = (
        columns.text(words("Person"), "subject_id"),
        columns.value(words("In the data"), "modalities", words),
        columns.term(words("State"), "state", words, wording.CONSENTS),
        columns.value(words("What authorisations lack"), "gaps", words),
        columns.value(words("Uses that are open"), "uses_open", words),
        columns.number(words("Records"), "records"),
    )
    if report.subjects.open:
        title = words("People of whom something is open")
        yield Heading(title, level=3, count=format_number(report.subjects.open.rows))
        yield cut_table(title, report.subjects.open, open_columns, extent.rows, words)


def opt_outs(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the hosts with the most reserved or unknown records."""
    yield Heading(words("Opt-outs"), count=format_number(report.opt_outs.hosts))
    if not report.opt_outs.by_host:
        yield Paragraph(
            words(
                "The manifest holds no snapshot of robots.txt or another reservation, no record has an address that "
                "one could be held against, and no record states anything about its own use."
            )
        )
        return
    yield Paragraph(words("Nothing was fetched."))
    shown = (
        Column(words("Host"), lambda row: words(wording.HOSTS.get(row.host, "")) or row.host),
        columns.text(words("Source"), "source_id"),
        columns.term(words("Status"), "state", words),
        columns.number(words("Reserved"), "records_reserved"),
        columns.number(words("Not reserved"), "records_allowed"),
        columns.number(words("Not recorded"), "records_not_recorded"),
    )
    title = words("Opt-outs by host and source")
    yield cut_table(title, report.opt_outs.by_host, shown, extent.rows, words)
    yield from _record_opt_outs(report, words, extent)


def _record_opt_outs(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    if not report.opt_outs.stated:
        return
    title = words("What records state about their own use")
    shown = (
        columns.text(words("Source"), "source_id"),
        columns.term(words("Convention"), "protocol", words),
        columns.term(words("Status"), "state", words),
        Column(words("Statements"), lambda row: "; ".join(row.statements)),
        columns.number(words("Reserved"), "records_reserved"),
        columns.number(words("Not reserved"), "records_allowed"),
        columns.number(words("Not recorded"), "records_not_recorded"),
    )
    yield Heading(title, level=3)
    yield cut_table(title, report.opt_outs.stated, shown, extent.rows, words)


def files(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the files by state, and those that are not as declared."""
    yield Heading(words("Files and defects"))
    counted = (
        columns.term(words("State"), "name", words),
        columns.number(words("Files"), "files"),
        columns.size(words("On disk"), "size_bytes"),
    )
    title = words("Files by what the comparison showed")
    yield cut_table(title, report.files.by_state, counted, extent.rows, words)
    yield from _recognised(report, words, extent)
    title = words("Files that are not as declared")
    yield Heading(title, level=3, count=format_number(report.files.failed.rows))
    if not report.files.failed:
        yield Paragraph(
            words("None: every declared file is there, with the declared size and checksum where these are declared.")
        )
        return
    shown = (
        columns.text(words("File"), "file"),
        columns.text(words("Source"), "source_id"),
        columns.term(words("State"), "state", words),
        Column(words("Declared sha256"), lambda row: format_value("sha256", row.declared_sha256, words)),
        Column(words("Observed sha256"), lambda row: format_value("sha256", row.observed_sha256, words)),
    )
    yield cut_table(title, report.files.failed, shown, extent.rows, words)


def _recognised(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    if not report.files.recognised:
        return
    title = words("Recognised from the bytes")
    shown = (
        columns.text(words("Source"), "source_id"),
        *(_value(name, words) for name in RECOGNISED),
        columns.number(words("Files"), "files"),
        columns.size(words("On disk"), "size_bytes"),
    )
    yield Heading(title, level=3, count=format_number(report.files.recognised.rows))
    yield Paragraph(
        words(
            "These files are packed, are in an encoding other than plain UTF-8, or are not delimited, quoted and "
            "escaped as usual."
        )
    )
    yield cut_table(title, report.files.recognised, shown, extent.rows, words)


def _value(column: str, words: Translator) -> Column:
    heading = words(wording.column_label(column))
    return Column(heading, lambda row: format_value(column, getattr(row, column), words))


def models(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the models that produced or processed data."""
    title = words("Models that produced or processed data")
    yield Heading(words("Models"), count=format_number(report.models.rows))
    if not report.models:
        yield Paragraph(words("The manifest names no model that produced or processed data."))
        return

    def value(heading: str, column: str) -> Column:
        return Column(words(heading), lambda row: format_value(column, getattr(row, column), words))

    shown = (
        value("Model", "model_id"),
        value("Version", "version"),
        value("Role", "role"),
        value("Resolves to", "license_expression"),
        value("Outputs for the intended uses", "outputs_permitted"),
        value("Filing number", "filing_number"),
        columns.number(words("Sources"), "sources"),
    )
    yield cut_table(title, report.models, shown, extent.rows, words)
