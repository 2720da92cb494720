"""What pictures, recordings and films hold, and what files say about themselves."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Heading, Paragraph
from corpus_audit.report import wording
from corpus_audit.report.formatting import format_number
from corpus_audit.report.model import Report
from corpus_audit.report.outline import columns
from corpus_audit.report.outline.columns import Column
from corpus_audit.report.outline.extent import Extent, cut_table
from corpus_audit.report.translator import Translator


def media(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the media by source, with who is seen and heard in them."""
    yield Heading(words("Pictures, recordings and films"))
    if not report.media:
        yield Paragraph(words("The sources hold no pictures, recordings or films that were read as such."))
        return
    yield Paragraph(
        words(
            "Detectors see faces and hear speech; they do not know whose. They can be wrong about a single record, so "
            "look at the examples."
        )
    )
    shown = (
        columns.text(words("Source"), "source_id"),
        columns.term(words("Kind of content"), "modality", words),
        columns.number(words("Records"), "records"),
        columns.number(words("Measured"), "records_measured"),
        columns.number(words("Damaged"), "records_damaged"),
        columns.term(words("Faces"), "faces_state", words, wording.SEEN),
        columns.term(words("Speech"), "speech_state", words, wording.SEEN),
        Column(words("Not looked for"), lambda row: words.join(words(wording.CHECKS[c]) for c in row.checks_not_run)),
    )
    yield cut_table(words("Media by source"), report.media, shown, extent.rows, words)


def labels(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the labels, reservations, credentials and licenses inside files."""
    title = words("What files say about themselves")
    yield Heading(title, level=3, count=format_number(report.labels.rows))
    if not report.labels:
        yield Paragraph(
            words("No label of generated content, reservation, credential or license was found in the files.")
        )
        return
    shown = (
        columns.term(words("Statement"), "kind", words, wording.LABEL_KINDS),
        columns.text(words("Value"), "value"),
        columns.term(words("Meaning"), "meaning", words, wording.MEANINGS),
        columns.text(words("Source"), "source_id"),
        columns.term(words("Stands in"), "carrier", words, wording.CARRIERS),
        columns.number(words("Records"), "records"),
    )
    yield cut_table(title, report.labels, shown, extent.rows, words)
