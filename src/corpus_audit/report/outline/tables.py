"""The sections between findings and limits, each as a heading, its pictures and its table."""

from collections.abc import Iterator

from corpus_audit.corpus.recognition import RECOGNISED
from corpus_audit.document.blocks import Block, Heading, Paragraph
from corpus_audit.report import wording
from corpus_audit.report.anchors import ranked_personal_information
from corpus_audit.report.coverage import column_names
from corpus_audit.report.formatting import format_bytes, format_number, format_share, format_value
from corpus_audit.report.model import Report
from corpus_audit.report.outline.extent import Column, Extent, cut_table
from corpus_audit.report.sections import Comparison, SourceRow
from corpus_audit.report.translator import Translator
from corpus_audit.report.views import CHECKED_ASPECTS, choose_comparisons, summarise_people


def sources(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield every source: what it declares beside what was observed."""
    title = words("Sources: claims beside the data")
    yield Heading(title, count=format_number(len(report.sources)))
    columns = (
        Column(words("Source"), lambda row: row.source_id),
        *(_aspect(number, name, words) for number, name in enumerate(CHECKED_ASPECTS)),
        Column(words("Text"), lambda row: format_bytes(row.figures.text_bytes), is_number=True),
        Column(words("Copies"), lambda row: format_share(_copies(row), words), is_number=True),
        Column(words("Findings"), lambda row: format_number(sum(row.findings_by_severity.values())), is_number=True),
    )
    yield cut_table(title, report.sources, columns, extent.rows, "sources.parquet", words)


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
    columns = (
        Column(
            words("License expression"),
            lambda row: format_value("license_expression", row.license_expression, words),
        ),
        Column(words("State"), lambda row: words(wording.word(row.license_state))),
        Column(words("Family"), lambda row: format_value("license_family", row.license_family, words) or "–"),
        Column(words("Sources"), lambda row: format_number(row.sources), is_number=True),
        Column(words("Bytes"), lambda row: format_bytes(row.size_bytes), is_number=True),
        Column(words("Share"), lambda row: format_share(row.share, words), is_number=True),
    )
    yield cut_table(words("Licenses of the sources"), report.licenses, columns, extent.rows, "sources.parquet", words)


def overlaps(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the pairs of sources that share the most."""
    if not report.overlaps.pairs:
        yield Paragraph(words("No two sources share a verified copy."))
        return
    columns = (
        Column(words("First source"), lambda row: row.source_a),
        Column(words("Second source"), lambda row: row.source_b),
        Column(words("Terms"), lambda row: words(wording.TERMS[row.terms_conflict])),
        Column(words("Records of the first"), lambda row: format_number(row.records_a), is_number=True),
        Column(words("Bytes of the first"), lambda row: format_bytes(row.bytes_a), is_number=True),
        Column(words("Records of the second"), lambda row: format_number(row.records_b), is_number=True),
        Column(words("Bytes of the second"), lambda row: format_bytes(row.bytes_b), is_number=True),
        Column(words("Highest similarity"), lambda row: f"{row.max_jaccard:.2f}", is_number=True),
    )
    title = words("Largest overlaps between sources")
    yield cut_table(title, report.overlaps.largest, columns, extent.rows, "overlaps.parquet", words, report.overlaps.pairs)


def personal_information(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the types that were found, by source."""
    if not report.personal_information:
        yield Paragraph(
            words("The detectors found none of the types they look for in the {count} records they looked at.").format(
                count=format_number(report.coverage.total.rows_looked_at)
            )
        )
        return
    yield Paragraph(words("Counts only: no value that was found is kept in a report."))
    columns = (
        Column(words("Type"), lambda row: words(wording.entity_type_label(row.entity_type))),
        Column(words("Source"), lambda row: row.source_id),
        Column(words("Declared"), lambda row: format_value("declared", row.declared, words)),
        Column(words("Status"), lambda row: words(wording.FOUND_TYPES[row.state])),
        Column(words("Records"), lambda row: format_number(row.records), is_number=True),
        Column(words("Of records looked at"), lambda row: format_number(row.records_looked_at), is_number=True),
        Column(words("Share of records"), lambda row: format_share(row.record_share, words), is_number=True),
        Column(words("Columns"), lambda row: column_names(row.columns, words)),
        Column(words("Places"), lambda row: format_number(row.spans), is_number=True),
        Column(words("Distinct values"), lambda row: format_number(row.distinct_values), is_number=True),
    )
    title = words("Personal information by type and source")
    rows = ranked_personal_information(report)
    yield cut_table(title, rows, columns, extent.rows, "personal_information.parquet", words)


def labelled_information(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the types of values that only a label names, by source."""
    if not report.labelled_information:
        return
    yield Paragraph(words("A label names the values below, and no check confirms them. They are in no other figure."))
    columns = (
        Column(words("Type"), lambda row: words(wording.entity_type_label(row.entity_type))),
        Column(words("Source"), lambda row: row.source_id),
        Column(words("Declared"), lambda row: format_value("declared", row.declared, words)),
        Column(words("Records"), lambda row: format_number(row.records), is_number=True),
        Column(words("Of records looked at"), lambda row: format_number(row.records_looked_at), is_number=True),
        Column(words("Places"), lambda row: format_number(row.spans), is_number=True),
        Column(words("Distinct values"), lambda row: format_number(row.distinct_values), is_number=True),
    )
    title = words("Labelled values without confirmation")
    rows = sorted(report.labelled_information, key=lambda row: -row.records)
    yield cut_table(title, rows, columns, extent.rows, "labelled_information.parquet", words)


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
    columns = (
        Column(
            words("What of the person"),
            lambda row: words(wording.MODALITIES.get(row.modality) or wording.word(row.modality)),
        ),
        Column(words("People"), lambda row: format_number(row.people), is_number=True),
        Column(words("Documented"), lambda row: format_number(row.documented), is_number=True),
        Column(words("Not needed"), lambda row: format_number(row.not_needed), is_number=True),
        Column(words("Open"), lambda row: format_number(row.open), is_number=True),
    )
    title = words("Consent by what of the person is in the data")
    yield cut_table(title, summarise_people(report), columns, extent.rows, "subjects.parquet", words)
    open_columns = (
        Column(words("Person"), lambda row: row.subject_id),
        Column(words("In the data"), lambda row: format_value("modalities", row.modalities, words)),
        Column(words("State"), lambda row: words(wording.CONSENTS.get(row.state) or wording.word(row.state))),
        Column(words("What authorisations lack"), lambda row: format_value("gaps", row.gaps, words)),
        Column(words("Uses that are open"), lambda row: format_value("uses_open", row.uses_open, words)),
        Column(words("Records"), lambda row: format_number(row.records), is_number=True),
    )
    if report.subjects.open:
        title = words("People of whom something is open")
        yield Heading(title, level=3, count=format_number(report.subjects.open))
        in_all = report.subjects.open
        yield cut_table(title, report.subjects.largest, open_columns, extent.rows, "subjects.parquet", words, in_all)


def opt_outs(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the hosts with the most reserved or unknown records."""
    yield Heading(words("Opt-outs"), count=format_number(report.opt_outs.hosts))
    if not report.opt_outs.rows:
        yield Paragraph(
            words(
                "The manifest holds no snapshot of robots.txt or another reservation, no record has an address that "
                "one could be held against, and no record states anything about its own use."
            )
        )
        return
    yield Paragraph(words("Nothing was fetched."))
    columns = (
        Column(words("Host"), lambda row: words(wording.HOSTS.get(row.host, "")) or row.host),
        Column(words("Source"), lambda row: row.source_id),
        Column(words("Status"), lambda row: words(wording.word(row.state))),
        Column(words("Reserved"), lambda row: format_number(row.records_reserved), is_number=True),
        Column(words("Not reserved"), lambda row: format_number(row.records_allowed), is_number=True),
        Column(words("Not recorded"), lambda row: format_number(row.records_not_recorded), is_number=True),
    )
    title = words("Opt-outs by host and source")
    yield cut_table(title, report.opt_outs.largest, columns, extent.rows, "opt_outs.parquet", words, report.opt_outs.rows)
    yield from _record_opt_outs(report, words, extent)


def _record_opt_outs(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    if not report.opt_outs.stated:
        return
    title = words("What records state about their own use")
    columns = (
        Column(words("Source"), lambda row: row.source_id),
        Column(words("Convention"), lambda row: words(wording.word(row.protocol))),
        Column(words("Status"), lambda row: words(wording.word(row.state))),
        Column(words("Statements"), lambda row: "; ".join(row.statements)),
        Column(words("Reserved"), lambda row: format_number(row.records_reserved), is_number=True),
        Column(words("Not reserved"), lambda row: format_number(row.records_allowed), is_number=True),
        Column(words("Not recorded"), lambda row: format_number(row.records_not_recorded), is_number=True),
    )
    yield Heading(title, level=3)
    in_all = report.opt_outs.stated_rows
    yield cut_table(title, report.opt_outs.stated, columns, extent.rows, "record_opt_outs.parquet", words, in_all)


def files(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the files by state, and those that are not as declared."""
    yield Heading(words("Files and defects"))
    counted = (
        Column(words("State"), lambda row: words(wording.word(row.name))),
        Column(words("Files"), lambda row: format_number(row.files), is_number=True),
        Column(words("On disk"), lambda row: format_bytes(row.size_bytes), is_number=True),
    )
    title = words("Files by what the comparison showed")
    yield cut_table(title, report.files.by_state, counted, extent.rows, "files.parquet", words)
    yield from _recognised(report, words, extent)
    title = words("Files that are not as declared")
    yield Heading(title, level=3, count=format_number(report.files.failed_files))
    if not report.files.failed:
        yield Paragraph(
            words("None: every declared file is there, with the declared size and checksum where these are declared.")
        )
        return
    columns = (
        Column(words("File"), lambda row: row.file),
        Column(words("Source"), lambda row: row.source_id),
        Column(words("State"), lambda row: words(wording.word(row.state))),
        Column(words("Declared sha256"), lambda row: format_value("sha256", row.declared_sha256, words)),
        Column(words("Observed sha256"), lambda row: format_value("sha256", row.observed_sha256, words)),
    )
    in_all = report.files.failed_files
    yield cut_table(title, report.files.failed, columns, extent.rows, "files.parquet", words, in_all)


def _recognised(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    if not report.files.recognised.groups:
        return
    title = words("Recognised from the bytes")
    columns = (
        Column(words("Source"), lambda row: row.source_id),
        *(_value(name, words) for name in RECOGNISED),
        Column(words("Files"), lambda row: format_number(row.files), is_number=True),
        Column(words("On disk"), lambda row: format_bytes(row.size_bytes), is_number=True),
    )
    yield Heading(title, level=3, count=format_number(report.files.recognised.groups))
    yield Paragraph(
        words(
            "These files are packed, are in an encoding other than plain UTF-8, or are not delimited, quoted and "
            "escaped as usual."
        )
    )
    found = report.files.recognised
    yield cut_table(title, found.largest, columns, extent.rows, "files.parquet", words, found.groups)


def _value(column: str, words: Translator) -> Column:
    heading = words(wording.column_label(column))
    return Column(heading, lambda row: format_value(column, getattr(row, column), words))


def models(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the models that produced or processed data."""
    title = words("Models that produced or processed data")
    yield Heading(words("Models"), count=format_number(len(report.models)))
    if not report.models:
        yield Paragraph(words("The manifest names no model that produced or processed data."))
        return

    def value(heading: str, column: str) -> Column:
        return Column(words(heading), lambda row: format_value(column, getattr(row, column), words))

    columns = (
        value("Model", "model_id"),
        value("Version", "version"),
        value("Role", "role"),
        value("Resolves to", "license_expression"),
        value("Outputs for the intended uses", "outputs_permitted"),
        value("Filing number", "filing_number"),
        Column(words("Sources"), lambda row: format_number(row.sources), is_number=True),
    )
    yield cut_table(title, report.models, columns, extent.rows, "models.parquet", words)
