"""Works of others, earlier audits and stricter terms that records share text with."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Heading, Paragraph
from corpus_audit.report.formatting import format_share
from corpus_audit.report.model import Report
from corpus_audit.report.outline import columns
from corpus_audit.report.outline.columns import Column
from corpus_audit.report.outline.extent import Extent, cut_table
from corpus_audit.report.sections import DatasetOverlap
from corpus_audit.report.translator import Translator


def inherited(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the restrictions that come with copies; nothing where there are none."""
    found = report.propagated_restrictions
    if not found:
        return
    title = words("Restrictions that come with copies")
    yield Heading(title, level=3)
    yield Paragraph(
        words(
            "The same text cannot be freer in one source than in another. These records copy text that is under a "
            "stricter license elsewhere, whose address reserves its rights, or whose person no longer consents: the "
            "stricter is what can be shown."
        )
    )
    shown = (
        columns.text(words("Records of"), "source_id"),
        columns.text(words("copy text of"), "origin"),
        columns.term(words("Restriction"), "restriction", words),
        columns.value(words("Purposes not permitted"), "purposes_lost", words),
        columns.number(words("Records"), "records"),
        columns.size(words("Text"), "bytes"),
        columns.similarity(words("Highest similarity"), "max_jaccard"),
    )
    yield cut_table(title, found, shown, extent.rows, words)


def references(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the works of references that records contain, and how many works were looked for."""
    yield Heading(words("Works of others"))
    if not report.references.works:
        yield Paragraph(
            words("The store holds no reference, so the records were not held against works outside the dataset.")
        )
        return
    searched = words(
        "Every record was searched for the works of these references, of which only hashes are kept. A record contains "
        "a work when it holds at least %(share)s of the shingles of its text."
    )
    threshold = float(report.audit.parameters["containment_threshold"])
    yield Paragraph(searched % {"share": format_share(threshold, words)})
    yield _works(report, words, extent)
    if report.references.hits:
        yield _hits(report, words, extent)
    else:
        yield Paragraph(words("No record contains any of them."))


def _works(report: Report, words: Translator, extent: Extent) -> Block:
    shown = (
        columns.text(words("Reference"), "reference"),
        columns.term(words("Kind of works"), "reference_kind", words),
        columns.number(words("Works"), "items"),
        columns.number(words("Too short to be found inside a record"), "items_too_short"),
        columns.number(words("Sources that contain some"), "sources"),
        columns.number(words("Records"), "records"),
    )
    return cut_table(words("References"), report.references.works, shown, extent.rows, words)


def _hits(report: Report, words: Translator, extent: Extent) -> Block:
    shown = (
        columns.text(words("Reference"), "reference"),
        columns.text(words("Source"), "source_id"),
        columns.number(words("Works found"), "items_found"),
        columns.number(words("Records"), "records"),
        columns.size(words("Text in common"), "shared_bytes"),
        columns.similarity(words("Highest containment"), "max_containment"),
        columns.text(words("Longest example"), "example_item"),
    )
    title = words("Works found, by reference and source")
    return cut_table(title, report.references.hits, shown, extent.rows, words)


def earlier_audits(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield what the audits of other datasets and versions in the store share with this one."""
    yield Heading(words("Earlier audits in this store"), level=3)
    if not report.dataset_overlaps:
        yield Paragraph(words("The store held no audit of another dataset or version when this one began."))
        return
    yield Paragraph(
        words(
            "Every record was held against those of these audits. A near copy counts when both texts could be read "
            "again as they were."
        )
    )
    shown = (
        columns.text(words("Dataset"), "dataset_b"),
        columns.value(words("Version"), "version_b", words),
        columns.term(words("Relation"), "relation", words),
        Column(words("Status"), lambda row: _compared(row, words)),
        columns.number(words("Records here"), "records_a"),
        columns.number(words("Records there"), "records_b"),
        columns.number(words("Not verified"), "unverified"),
    )
    title = words("What earlier audits share with this one")
    yield cut_table(title, report.dataset_overlaps, shown, extent.rows, words)


def _compared(row: DatasetOverlap, words: Translator) -> str:
    if row.state == "compared":
        return words("Compared")
    if row.state == "other-settings":
        return words("Not compared: its signatures were made with other settings.")
    return words("Not compared: its signatures are damaged or missing.")
