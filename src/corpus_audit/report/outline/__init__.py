"""A report as a document of blocks: complete for print, or shortened for a pull request."""

from collections.abc import Callable, Iterator

from corpus_audit.document.blocks import Block, Document, Heading
from corpus_audit.report.model import Report
from corpus_audit.report.outline import (
    closing,
    coverage,
    leakage,
    licenses,
    media,
    opening,
    purposes,
    references,
    tables,
    texts,
)
from corpus_audit.report.outline.extent import Extent
from corpus_audit.report.outline.findings import findings, next_steps, not_stated
from corpus_audit.report.outline.pictures import Pictures
from corpus_audit.report.outline.supplements import supplements
from corpus_audit.report.translator import Translator, words_in
from corpus_audit.vocabulary import Language

PAPER = Extent(rows=60, finding_rows=20, rules_explained=1_000)
COMMENT = Extent(rows=8, finding_rows=3, rules_explained=8)
"""A comment on a pull request may hold 65,536 characters on the best known forge."""


def whole_report(report: Report, language: Language = Language.ENGLISH) -> Document:
    """Return a report with all its sections, its tables cut to what paper bears."""
    return _document(report, language, _whole)


def short_report(report: Report, language: Language = Language.ENGLISH) -> Document:
    """Return what a reviewer needs first: verdict, figures, findings, history, limits."""
    return _document(report, language, _short)


def _document(report: Report, language: Language, collect: Callable[[Report, Translator], Iterator[Block]]) -> Document:
    words = words_in(language)
    audit = report.audit
    about = words("Written by corpus-audit %(version)s for audit %(audit)s.")
    return Document(
        kind=words("Training-data provenance audit"),
        title=audit.dataset.name,
        language=words.tag,
        footer=about % {"version": audit.tool_version, "audit": audit.audit_id},
        blocks=tuple(collect(report, words)),
    )


def _whole(report: Report, words: Translator) -> Iterator[Block]:
    pictures = Pictures(report, words)
    yield from opening.opening(report, words, PAPER)
    yield from next_steps(report, words, PAPER)
    yield from not_stated(report, words, PAPER)
    yield from supplements(report, words, PAPER)
    yield from coverage.coverage(report, words, PAPER)
    yield from opening.figures(report, words, PAPER)
    yield from pictures.of("records", "provenance")
    yield from findings(report, words, PAPER)
    yield from tables.sources(report, words, PAPER)
    yield Heading(words("Licenses"))
    yield from pictures.of("licenses")
    yield from tables.licenses(report, words, PAPER)
    yield from purposes.purposes(report, words, PAPER, pictures)
    yield from licenses.record_licenses(report, words, PAPER)
    yield from licenses.contradictions(report, words, PAPER)
    yield Heading(words("Copies and overlaps"))
    yield from pictures.of("similarity", "overlaps", "overlap_map")
    yield from tables.overlaps(report, words, PAPER)
    yield from leakage.split_leakage(report, words, PAPER)
    yield from references.inherited(report, words, PAPER)
    yield from references.references(report, words, PAPER)
    yield from references.earlier_audits(report, words, PAPER)
    yield from texts.notices(report, words, PAPER)
    yield Heading(words("Personal information"))
    yield from pictures.of("personal_information", "personal_information_map")
    yield from tables.personal_information(report, words, PAPER)
    yield from tables.labelled_information(report, words, PAPER)
    yield from texts.names(report, words, PAPER)
    yield from tables.people(report, words, PAPER)
    yield from tables.opt_outs(report, words, PAPER)
    yield from media.media(report, words, PAPER)
    yield from media.labels(report, words, PAPER)
    yield from texts.languages_and_quality(report, words, PAPER)
    yield from texts.gates(report, words, PAPER)
    yield from tables.files(report, words, PAPER)
    yield from tables.models(report, words, PAPER)
    yield from closing.history(report, words, PAPER)
    yield from pictures.of("history")
    yield from texts.checks(report, words, PAPER)
    yield from closing.limits(report, words, PAPER)
    yield from closing.rules(report, words, PAPER)
    yield from closing.evidence_tables(report, words, PAPER)
    yield from closing.audit_itself(report, words, PAPER)


def _short(report: Report, words: Translator) -> Iterator[Block]:
    pictures = Pictures(report, words)
    yield from opening.opening(report, words, COMMENT)
    yield from next_steps(report, words, COMMENT)
    yield from not_stated(report, words, COMMENT)
    yield from supplements(report, words, COMMENT)
    yield from opening.figures(report, words, COMMENT)
    yield from pictures.of("records", "licenses")
    yield from findings(report, words, COMMENT)
    yield from closing.history(report, words, COMMENT)
    yield from closing.limits(report, words, COMMENT)
