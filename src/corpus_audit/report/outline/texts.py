"""What texts say of themselves, their languages and quality, names in them, and gates on their content."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Heading, Paragraph
from corpus_audit.report import wording
from corpus_audit.report.coverage import NO_NOTICES, NO_SECRETS, none_found
from corpus_audit.report.formatting import format_number
from corpus_audit.report.model import Report
from corpus_audit.report.outline import columns
from corpus_audit.report.outline.columns import Column
from corpus_audit.report.outline.extent import Extent, cut_table
from corpus_audit.report.sections.texts import Check
from corpus_audit.report.translator import Translator
from corpus_audit.report.views import gates_to_show
from corpus_audit.vocabulary import WHOLE_DATASET


def notices(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the licenses, reservations and labels that texts state, and the secrets in them."""
    yield Heading(words("What the texts say of themselves"), count=format_number(report.texts.notices.rows))
    if report.texts.notices:
        yield _notices(report, words, extent)
    else:
        yield Paragraph(none_found(NO_NOTICES, report.coverage, words))
    yield Heading(words("Secrets"), level=3)
    if report.texts.secrets:
        yield Paragraph(
            words("Keys, tokens and passwords, counted; no value is kept in a report. Some may be examples.")
        )
        yield _secrets(report, words, extent)
    else:
        yield Paragraph(none_found(NO_SECRETS, report.coverage, words))


def _notices(report: Report, words: Translator, extent: Extent) -> Block:
    shown = (
        columns.entity_type(words("Notice"), words),
        columns.text(words("Source"), "source_id"),
        Column(
            words("What the text says"),
            lambda row: words(wording.STATED.get(row.stated) or wording.word(row.stated)) if row.stated else "–",
        ),
        columns.value(words("Declared"), "declared", words),
        columns.term(words("Status"), "state", words, wording.NOTICE_STATES),
        columns.number(words("Records"), "records"),
        columns.number(words("Of records looked at"), "records_looked_at"),
        columns.number(words("Places"), "spans"),
    )
    title = words("Notices by source")
    return cut_table(title, report.texts.notices, shown, extent.rows, words)


def _secrets(report: Report, words: Translator, extent: Extent) -> Block:
    shown = (
        columns.entity_type(words("Type"), words),
        columns.text(words("Source"), "source_id"),
        columns.number(words("Records"), "records"),
        columns.number(words("Of records looked at"), "records_looked_at"),
        columns.number(words("Places"), "spans"),
        columns.number(words("Distinct values"), "distinct_values"),
    )
    title = words("Secrets by type and source")
    return cut_table(title, report.texts.secrets, shown, extent.rows, words)


def names(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the names found in the sample; nothing where there are none, for the limits say what was looked at."""
    if not report.texts.names:
        return
    yield Heading(words("Names in texts"))
    yield Paragraph(
        words("Looked for in a sample only, by a model or by rules, and both err: a hint where to look, not a count.")
    )
    shown = (
        columns.entity_type(words("Type"), words),
        columns.text(words("Source"), "source_id"),
        columns.term(words("How"), "method", words, wording.METHODS),
        columns.value(words("Declared"), "declared", words),
        columns.term(words("Status"), "state", words, wording.FOUND_TYPES),
        columns.number(words("Records in the sample"), "records_sampled"),
        columns.number(words("With a name"), "records"),
        columns.number(words("Distinct values"), "distinct_values"),
    )
    yield cut_table(words("Names by type and source"), report.texts.names, shown, extent.rows, words)


def languages_and_quality(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the languages and the proxies of quality by source."""
    yield Heading(words("Languages and quality"))
    if not report.texts.diversity:
        yield Paragraph(words("No record with text was read."))
        return
    yield Paragraph(
        words(
            "Proxies: they show how texts look, never whether they are true, accurate or fair. The heuristics were "
            "made for English prose on the web; source code and other languages fail many of them."
        )
    )
    yield _languages(report, words, extent)
    yield _quality(report, words, extent)


def _languages(report: Report, words: Translator, extent: Extent) -> Block:
    shown = (
        columns.text(words("Language"), "language"),
        columns.text(words("Source"), "source_id"),
        columns.term(words("Status"), "state", words, wording.LANGUAGE_STATES),
        columns.number(words("Records in all"), "records_in_all"),
        columns.number(words("In this language"), "records"),
        columns.number(words("Declared otherwise by the record"), "records_declared_otherwise"),
    )
    title = words("Languages by source")
    return cut_table(title, report.texts.languages, shown, extent.rows, words)


def _quality(report: Report, words: Translator, extent: Extent) -> Block:
    shown = (
        Column(
            words("Source"),
            lambda row: words("the whole dataset") if row.source_id == WHOLE_DATASET else row.source_id,
        ),
        columns.number(words("Records"), "records"),
        columns.share(words("Copies"), "duplicate_share", words),
        columns.share(words("Damaged"), "damaged_share", words),
        columns.share(words("Compressed to"), "mean_compressed_share", words),
        columns.share(words("Boilerplate"), "mean_boilerplate_share", words),
        columns.share(words("Rejected by Gopher"), "gopher_rejected_share", words),
        columns.share(words("Rejected by C4"), "c4_rejected_share", words),
    )
    return cut_table(words("Quality by source"), report.texts.quality, shown, extent.rows, words)


def gates(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the gates on prohibited content, and what keyword lists met."""
    yield Heading(words("Prohibited content"))
    yield Paragraph(
        words(
            "Gates of GB/T 45654-2025 as secondary sources tell them: each source by keywords, the whole dataset by "
            "keywords, and the whole dataset read by people. A word of a list is a proxy; people have to read what "
            "holds it."
        )
    )
    shown = (
        columns.term(words("Gate"), "gate", words, wording.GATES),
        Column(words("Source"), lambda row: "–" if row.source_id == WHOLE_DATASET else row.source_id),
        columns.term(words("Status"), "state", words, wording.GATE_STATES),
        columns.number(words("Records to look at"), "records_needed"),
        columns.number(words("Records looked at"), "records_checked"),
        columns.number(words("Records rejected"), "records_rejected"),
        columns.share(words("Clean"), "clean_share", words),
        columns.share(words("Holds from"), "passes_at", words),
    )
    yield cut_table(words("Gates"), gates_to_show(report), shown, extent.rows, words)
    if report.texts.keywords:
        met = (
            columns.text(words("Keyword list"), "keyword_list"),
            columns.text(words("Source"), "source_id"),
            columns.number(words("Records with a word of it"), "records"),
            columns.share(words("Share of records"), "record_share", words),
        )
        title = words("Keyword lists by source")
        yield cut_table(title, report.texts.keywords, met, extent.rows, words)


def checks(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield which checks ran on how many records, and why the others did not."""
    title = words("Checks and samples")
    yield Heading(title)
    yield Paragraph(
        words(
            "What costs too much for every record is looked for in a sample: the records that come first by a seeded "
            "hash of their ids, so that the same audit chooses the same records again."
        )
    )
    shown = (
        columns.term(words("Check"), "check_id", words, wording.TEXT_CHECKS),
        Column(words("Status"), lambda row: _outcome(row, words)),
        Column(words("How"), lambda row: row.method or "–"),
        columns.number(words("Records looked at"), "records"),
        columns.number(words("Records in all"), "records_in_all"),
        columns.text(words("Seed"), "seed"),
    )
    yield cut_table(title, report.texts.checks, shown, extent.rows, words)


def _outcome(check: Check, words: Translator) -> str:
    if not check.reason:
        return words("run")
    reason = words(wording.CHECK_REASONS.get(check.reason) or wording.word(check.reason))
    return words("{name}: {value}").format(name=words("not run"), value=reason)
