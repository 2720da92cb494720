"""The registry of export formats: name, purpose and writer."""

from collections.abc import Callable
from dataclasses import dataclass

from corpus_audit.document.blocks import Document
from corpus_audit.document.docx import render_docx
from corpus_audit.document.markdown import render_markdown
from corpus_audit.document.pdf import is_available, render_pdf
from corpus_audit.errors import CorpusAuditError
from corpus_audit.export.attribution import export_attribution
from corpus_audit.export.badge import export_badge
from corpus_audit.export.ca_3111 import ca_3111
from corpus_audit.export.cn_assessment import cn_assessment
from corpus_audit.export.croissant import export_croissant
from corpus_audit.export.cyclonedx import export_cyclonedx
from corpus_audit.export.eu_summary import eu_summary
from corpus_audit.export.findings_csv import export_csv
from corpus_audit.export.form import Form
from corpus_audit.export.form_document import form_document, public_document
from corpus_audit.export.form_html import render_form_html
from corpus_audit.export.form_json import render_form_json
from corpus_audit.export.form_supplements import mark_supplements
from corpus_audit.export.inputs import ExportFile, ExportInputs
from corpus_audit.export.junit import export_junit
from corpus_audit.export.openlineage import export_openlineage
from corpus_audit.export.prov import export_prov
from corpus_audit.export.sarif import export_sarif
from corpus_audit.export.spdx import export_spdx
from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import ExportName

Exporter = Callable[[ExportInputs], tuple[ExportFile, ...]]


@dataclass(frozen=True)
class ExportFormat:
    """One format: its name on the command line, what it is, and what makes its files."""

    name: ExportName
    title: str
    export: Exporter


def _annotated(name: ExportName, fill: Callable[[ExportInputs], Form]) -> Exporter:
    """Return what writes a form with the origin of every value, as documents and as JSON."""

    def export(inputs: ExportInputs) -> tuple[ExportFile, ...]:
        form = mark_supplements(fill(inputs), inputs.manifest, inputs.supplements)
        return (
            *_documents(name, form_document(form), render_form_html(form)),
            ExportFile(f"{name}.json", render_form_json(form).encode()),
        )

    return export


def _for_the_public(name: ExportName, fill: Callable[[ExportInputs], Form]) -> Exporter:
    """Return what writes a form annotated, and once more as its provider publishes it."""
    export_annotated = _annotated(name, fill)

    def export(inputs: ExportInputs) -> tuple[ExportFile, ...]:
        form = mark_supplements(fill(inputs), inputs.manifest, inputs.supplements)
        public = _documents(f"{name}-public", public_document(form), render_form_html(form, is_public=True))
        return (*export_annotated(inputs), *public)

    return export


def _documents(stem: str, document: Document, page: str) -> tuple[ExportFile, ...]:
    """Return a document as Markdown, HTML and DOCX, and as PDF where that extra is installed."""
    return (
        ExportFile(f"{stem}.md", render_markdown(document).encode()),
        ExportFile(f"{stem}.html", page.encode()),
        ExportFile(f"{stem}.docx", render_docx(document)),
        *((ExportFile(f"{stem}.pdf", render_pdf(document)),) if is_available() else ()),
    )


FORMATS = (
    ExportFormat(
        ExportName.EU_SUMMARY,
        _("Public summary of training content, EU AI Act art. 53(1)(d)"),
        _for_the_public(ExportName.EU_SUMMARY, eu_summary),
    ),
    ExportFormat(
        ExportName.CA_3111,
        _("Training data documentation, California Civil Code 3111(a)"),
        _for_the_public(ExportName.CA_3111, ca_3111),
    ),
    ExportFormat(
        ExportName.CN_ASSESSMENT,
        _("Self-assessment for China, bilingual"),
        _annotated(ExportName.CN_ASSESSMENT, cn_assessment),
    ),
    ExportFormat(ExportName.CROISSANT, _("Croissant 1.1 with provenance and Responsible AI terms"), export_croissant),
    ExportFormat(
        ExportName.OPENLINEAGE, _("OpenLineage events with a facet for license and consent"), export_openlineage
    ),
    ExportFormat(ExportName.CYCLONEDX, _("CycloneDX 1.6 bill of materials with data components"), export_cyclonedx),
    ExportFormat(ExportName.SPDX, _("SPDX 3.0.1 with the dataset profile"), export_spdx),
    ExportFormat(ExportName.PROV, _("PROV-JSON"), export_prov),
    ExportFormat(ExportName.CSV, _("Findings for spreadsheets"), export_csv),
    ExportFormat(ExportName.ATTRIBUTION, _("Notices that a release needs"), export_attribution),
    ExportFormat(ExportName.SARIF, _("SARIF 2.1.0: findings for code hosts and editors"), export_sarif),
    ExportFormat(ExportName.JUNIT, _("JUnit XML: a test for each rule, for continuous integration"), export_junit),
    ExportFormat(ExportName.BADGE, _("SVG badge with the verdict"), export_badge),
)


def find_format(name: str) -> ExportFormat:
    """Return the format of that name; raises CorpusAuditError when there is none."""
    for known in FORMATS:
        if known.name == name:
            return known
    message = f"{name!r} is not an export format. Choose from: {', '.join(ExportName)}."
    raise CorpusAuditError(message)
