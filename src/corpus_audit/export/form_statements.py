"""The fields of a manifest that each regulator's form asks for, in the order of the form.

What an audit measures is not among them: no person states it. Fields of sources are named from the source on; a name
stands for all fields below it.
"""

from collections.abc import Mapping

from corpus_audit.errors import CorpusAuditError
from corpus_audit.vocabulary import ExportName

FORM_FIELDS: Mapping[ExportName, tuple[str, ...]] = {
    ExportName.EU_SUMMARY: (
        *("disclosure.summary", "disclosure.provider", "disclosure.models", "disclosure.characteristics"),
        *("dataset.languages", "disclosure.measures"),
        *("kind", "origin", "collection.from", "collection.until", "collection.ongoing", "license.expression"),
        *("opt_outs.checked", "opt_outs.mechanisms", "synthetic", "processing"),
        *("disclosure.modalities", "disclosure.content", "disclosure.crawl", "disclosure.synthetic_purpose"),
        *(f"disclosure.user_data.{name}" for name in ("model_interactions", "other_services", "services")),
    ),
    ExportName.CA_3111: (
        *("disclosure.furthers", "dataset.intended_uses", "dataset.languages", "disclosure.models"),
        *("kind", "origin", "collector", "supplier", "collection.from", "collection.until", "collection.ongoing"),
        *("license.expression", "personal_information.present", "processing", "synthetic.generated"),
        *("disclosure.labels", "disclosure.content", "disclosure.rights_holders", "disclosure.protection"),
        *("disclosure.purchased", "disclosure.aggregate_consumer_information", "disclosure.synthetic_purpose"),
    ),
    ExportName.CN_ASSESSMENT: (
        *("dataset.version", "dataset.issuer", "dataset.intended_uses", "dataset.release", "dataset.languages"),
        *("disclosure.content_review", "disclosure.rights_contact", "disclosure.ethics_review"),
        *("kind", "origin", "collector", "collection.method", "license.expression", "license.evidence"),
        *("personal_information", "opt_outs.checked", "synthetic", "processing"),
        *(f"disclosure.user_data.{name}" for name in ("model_interactions", "sensitive_consent", "under_14")),
        *("disclosure.user_data.guardian_consent", "disclosure.user_data.minors_audited_at"),
    ),
}


def fields_of_form(name: str) -> tuple[str, ...]:
    """Return the fields that a form asks for; raises CorpusAuditError when it is no form."""
    if name in FORM_FIELDS:
        return FORM_FIELDS[ExportName(name)]
    message = f"{name!r} is no regulator's form. Choose from: {', '.join(FORM_FIELDS)}."
    raise CorpusAuditError(message)
