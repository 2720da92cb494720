"""The public summary of training content (EU AI Act, art. 53(1)(d)): sections 1 and 3, and the form as a whole.

The template of 24 July 2025 asks about everything a model was trained on; an audit knows one dataset. Every field of
the template is there, in its order; a provider's statements on other data stand in the fields they are about.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus_audit.export import groups
from corpus_audit.export.contradictions import contradictions
from corpus_audit.export.eu_fields import Shown, SummaryFields
from corpus_audit.export.eu_sizes import size_field
from corpus_audit.export.eu_sources import list_of_sources
from corpus_audit.export.form import (
    Basis,
    Form,
    FormField,
    FormSection,
    LocalizedText,
    ask,
    declared,
    measured,
    working,
)
from corpus_audit.export.formatting import format_month, format_share, language_name, recorded
from corpus_audit.export.inputs import ExportInputs
from corpus_audit.manifest.summary import SummaryField as Key
from corpus_audit.vocabulary import NOT_RECORDED, Answer, Modality

_TITLE = LocalizedText(en="Public Summary of Training Content for general-purpose AI models")
_SOURCE = LocalizedText(
    en="Template of the European Commission of 24 July 2025 under Article 53(1)(d) of Regulation (EU) 2024/1689. "
    "Wording and thresholds follow secondary sources."
)
_LEGAL_TEXT = LocalizedText(
    en="Required by Article 53(1)(d) of Regulation (EU) 2024/1689 (AI Act); template of 24 July 2025"
)
_SCOPE = LocalizedText(
    en="A draft from one dataset: what its manifest declares and what an audit of its files measured, and what the "
    "provider states in addition. A model trained on other data needs that part stated too. It says nothing about "
    "whether any law is met."
)
_COMMENTS = "Additional comments (optional)"


def eu_summary(inputs: ExportInputs) -> Form:
    """Return the summary of one dataset, filled in as far as claims and evidence go."""
    fields = SummaryFields(inputs)
    return Form(
        format="eu-summary",
        title=_TITLE,
        source=_SOURCE,
        scope=_SCOPE,
        legal_text=_LEGAL_TEXT,
        **inputs.subject,
        sections=(
            _header(inputs),
            FormSection(
                number="1",
                title=LocalizedText(en="General information"),
                sections=(_provider(inputs, fields), _model(inputs, fields), _characteristics(inputs, fields)),
            ),
            list_of_sources(inputs, fields),
            FormSection(
                number="3",
                title=LocalizedText(en="Data processing aspects"),
                sections=(_reservations(inputs, fields), _illegal_content(inputs, fields), _others(inputs, fields)),
            ),
        ),
    )


def _header(inputs: ExportInputs) -> FormSection:
    summary = inputs.manifest.disclosure.summary
    at = "/disclosure/summary"
    return FormSection(
        number="",
        title=LocalizedText(en="The Summary"),
        fields=(
            ask(LocalizedText(en="Version of the Summary"), declared(summary.version, f"{at}/version")),
            ask(
                LocalizedText(en="Links to previous versions of the Summary"),
                *(declared(url, f"{at}/earlier/{number}") for number, url in enumerate(summary.earlier)),
            ),
            ask(
                LocalizedText(en="Last update"),
                declared(summary.updated_at, f"{at}/updated_at"),
                contradictions=contradictions(inputs, "summary_date"),
            ),
        ),
    )


def _provider(inputs: ExportInputs, fields: SummaryFields) -> FormSection:
    provider = inputs.manifest.disclosure.provider
    at = "/disclosure/provider"
    return FormSection(
        number="1.1",
        title=LocalizedText(en="Provider identification"),
        fields=(
            fields.ask(
                Key.PROVIDER,
                "Provider name and contact details",
                declared(provider.name, f"{at}/name"),
                declared(provider.contact, f"{at}/contact"),
            ),
            fields.ask(
                Key.REPRESENTATIVE,
                "Authorised representative name and contact details",
                declared(provider.representative.name, f"{at}/representative/name"),
                declared(provider.representative.contact, f"{at}/representative/contact"),
            ),
        ),
    )


def _model(inputs: ExportInputs, fields: SummaryFields) -> FormSection:
    models = list(enumerate(inputs.manifest.disclosure.models))
    at = "/disclosure/models"
    return FormSection(
        number="1.2",
        title=LocalizedText(en="Model identification"),
        fields=(
            fields.ask(
                Key.MODELS,
                "Versioned model name(s)",
                *(declared(f"{m.name} – {m.url}" if m.url else m.name, f"{at}/{n}") for n, m in models),
            ),
            fields.ask(
                Key.DEPENDENCIES,
                "Model dependencies",
                *(
                    declared(base, f"{at}/{n}/depends_on/{i}", label=m.name)
                    for n, m in models
                    for i, base in enumerate(m.depends_on)
                ),
            ),
            fields.ask(
                Key.MARKET_DATE,
                "Date of placement of the model on the Union market",
                *(declared(m.eu_market_at, f"{at}/{n}/eu_market_at", label=m.name) for n, m in models),
            ),
        ),
    )


# --- 1.3 --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    """One kind of content in the table of section 1.3."""

    modality: Modality
    used: Key
    size: Key
    content: Key


_ROWS = (
    _Row(Modality.TEXT, Key.TEXT_USED, Key.TEXT_SIZE, Key.TEXT_CONTENT),
    _Row(Modality.IMAGE, Key.IMAGE_USED, Key.IMAGE_SIZE, Key.IMAGE_CONTENT),
    _Row(Modality.AUDIO, Key.AUDIO_USED, Key.AUDIO_SIZE, Key.AUDIO_CONTENT),
    _Row(Modality.VIDEO, Key.VIDEO_USED, Key.VIDEO_SIZE, Key.VIDEO_CONTENT),
)


def _characteristics(inputs: ExportInputs, fields: SummaryFields) -> FormSection:
    return FormSection(
        number="1.3",
        title=LocalizedText(en="Modalities, overall training data size and other characteristics"),
        fields=(
            *(field for row in _ROWS for field in _modality(inputs, fields, row)),
            *_other_modality(inputs, fields),
            _latest_date(inputs, fields),
            _keeps_training(inputs, fields),
            fields.ask(
                Key.LANGUAGES,
                "Description of the linguistic characteristics of the overall training data",
                declared(
                    ", ".join(map(language_name, inputs.manifest.dataset.languages)) or None, "/dataset/languages"
                ),
                contradictions=contradictions(inputs, "languages"),
            ),
            fields.ask(
                Key.CHARACTERISTICS,
                "Other relevant characteristics of the overall training data",
                declared(inputs.manifest.disclosure.characteristics, "/disclosure/characteristics"),
            ),
            fields.ask(
                Key.GENERAL_COMMENTS,
                _COMMENTS,
                working(measured(_copies(inputs), "dataset.exact_duplicate_share, dataset.near_duplicate_share")),
            ),
        ),
    )


def _modality(inputs: ExportInputs, fields: SummaryFields, row: _Row) -> Iterator[FormField]:
    name = row.modality.value.capitalize()
    holding = groups.with_modality(inputs.sources, row.modality)
    content = recorded(kind for source in holding for kind in source.claims.disclosure.content)
    shown = _is_there(inputs, row.modality)
    yield fields.ask_yes_no(row.used, f"{name}: part of the training data", shown)
    is_absent = fields.answer(row.used, shown.answer) is Answer.NO
    yield from _if_there(
        is_absent,
        size_field(inputs, fields, row.modality, row.size),
        fields.ask(
            row.content,
            f"{name}: types of content",
            declared("; ".join(content) or None, "/sources/*/disclosure/content"),
        ),
    )


def _is_there(inputs: ExportInputs, modality: Modality) -> Shown:
    if any(modality in groups.measured_modalities(source) for source in inputs.sources):
        return Shown(Answer.YES, "content.modality", Basis.MEASURED)
    if groups.with_modality(inputs.sources, modality):
        return Shown(Answer.YES, "/sources/*/disclosure/modalities")
    is_declared = inputs.sources and all(source.claims.disclosure.modalities for source in inputs.sources)
    return Shown(Answer.NO if is_declared else Answer.NOT_RECORDED, "/sources/*/disclosure/modalities")


def _other_modality(inputs: ExportInputs, fields: SummaryFields) -> Iterator[FormField]:
    """Yield the row for content that is no text, image, audio or video: no audit measures its size."""
    named = fields.other_modalities(inputs.sources)
    at = "/sources/*/disclosure/other_modality"
    yield fields.ask_yes_no(
        Key.OTHER_USED,
        "Other: part of the training data",
        Shown(Answer.YES if named else Answer.NOT_RECORDED, at),
    )
    yield from _if_there(
        fields.answer(Key.OTHER_USED, Answer.YES if named else Answer.NOT_RECORDED) is Answer.NO,
        fields.ask(Key.OTHER_SIZE, "Other: training data size, with its unit"),
        fields.ask(
            Key.OTHER_CONTENT, "Other: which modality, and types of content", declared("; ".join(named) or None, at)
        ),
    )


def _if_there(is_absent: bool, *fields: FormField) -> Iterable[FormField]:
    """Return *fields*; none where that kind of content is denied, for a table leaves such a row empty."""
    return () if is_absent else fields


def _latest_date(inputs: ExportInputs, fields: SummaryFields) -> FormField:
    dates = recorded(source.claims.collection.until for source in inputs.sources)
    missing = groups.count_where(inputs.sources, lambda source: source.claims.collection.until == NOT_RECORDED)
    ongoing = groups.count_where(inputs.sources, lambda source: source.claims.collection.ongoing is Answer.YES)
    remarks = [f"{missing} of {len(inputs.sources)} sources record no last day of collection"] if missing else []
    remarks += [f"collection goes on for {ongoing} of {len(inputs.sources)} sources"] if ongoing else []
    return fields.ask(
        Key.LATEST_DATE,
        "Latest date of data acquisition/collection for model training (MM/YYYY)",
        declared(format_month(max(dates)) if dates else None, "sources.collected_until"),
        note=LocalizedText(en=f"{'; '.join(remarks)}.") if remarks else None,
    )


def _keeps_training(inputs: ExportInputs, fields: SummaryFields) -> FormField:
    answer = groups.any_answer(model.keeps_training for model in inputs.manifest.disclosure.models)
    return fields.ask_yes_no(
        Key.KEEPS_TRAINING,
        "Is the model continuously trained on new data after that date?",
        Shown(answer, "/disclosure/models/*/keeps_training"),
    )


def _copies(inputs: ExportInputs) -> str:
    exact, near = (format_share(inputs.dataset[f"{kind}_duplicate_share"]) for kind in ("exact", "near"))
    return f"Of the text measured, {exact} repeats other records exactly and {near} nearly."


# --- 3 ----------------------------------------------------------------------------------------------------------------


def _reservations(inputs: ExportInputs, fields: SummaryFields) -> FormSection:
    disclosure = inputs.manifest.disclosure
    return FormSection(
        number="3.1",
        title=LocalizedText(en="Respect of reservation of rights from text and data mining exception or limitation"),
        fields=(
            fields.ask_yes_no(
                Key.CODE_OF_PRACTICE,
                "Are you a signatory to the Code of Practice for general-purpose AI models that includes commitments "
                "to respect reservations of rights from the exception or limitation?",
                Shown(disclosure.provider.code_of_practice, "/disclosure/provider/code_of_practice"),
            ),
            fields.ask(
                Key.RESERVATIONS,
                "Measures implemented before model training to respect reservations of rights before and during data "
                "collection, with the opt-out protocols and solutions honoured",
                declared(disclosure.measures.rights_reservations, "/disclosure/measures/rights_reservations"),
                declared(_checked(inputs), "/sources/*/opt_outs"),
                contradictions=contradictions(inputs, "reservations"),
            ),
            fields.ask(Key.RESERVATIONS_COMMENTS, _COMMENTS),
        ),
    )


def _checked(inputs: ExportInputs) -> str | None:
    """Return for how many sources opt-outs were checked, and by which mechanisms; None if for none."""
    sources = inputs.sources
    checked = groups.count_where(sources, lambda source: source.claims.opt_outs.checked is Answer.YES)
    mechanisms = recorded(name for source in sources for name in source.claims.opt_outs.mechanisms)
    if not checked:
        return None
    named = f" ({', '.join(mechanisms)})" if mechanisms else ""
    return f"Opt-outs were checked for {checked} of {len(sources)} sources{named}."


def _illegal_content(inputs: ExportInputs, fields: SummaryFields) -> FormSection:
    measures = inputs.manifest.disclosure.measures
    return FormSection(
        number="3.2",
        title=LocalizedText(en="Removal of illegal content"),
        fields=(
            fields.ask(
                Key.ILLEGAL_CONTENT,
                "General description of measures taken",
                declared(measures.illegal_content, "/disclosure/measures/illegal_content"),
            ),
        ),
    )


def _others(inputs: ExportInputs, fields: SummaryFields) -> FormSection:
    return FormSection(
        number="3.3",
        title=LocalizedText(en="Other information (optional)"),
        fields=(
            fields.ask(
                Key.OTHER_INFORMATION,
                "Other relevant information about data processing (optional)",
                declared(inputs.manifest.disclosure.measures.other, "/disclosure/measures/other"),
                *(
                    declared(
                        "; ".join(source.claims.processing), f"/sources/{n}/processing", label=groups.title(source)
                    )
                    for n, source in enumerate(inputs.sources)
                    if source.claims.processing
                ),
            ),
        ),
    )
