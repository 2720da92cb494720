"""The public summary of training content (EU AI Act, art. 53(1)(d)): sections 1 and 3, and the form as a whole.

The template of 24 July 2025 asks about everything a model was trained on; an audit knows one dataset. Every field of
the template is there, in its order.
"""

from corpus_audit.export import groups
from corpus_audit.export.eu_sources import list_of_sources
from corpus_audit.export.form import (
    Basis,
    Form,
    FormField,
    FormSection,
    LocalizedText,
    Value,
    answered,
    ask,
    declared,
    derived,
    measured,
    says,
)
from corpus_audit.export.formatting import format_count, format_month, format_share, format_size, recorded
from corpus_audit.export.inputs import ExportInputs
from corpus_audit.export.size_bins import BINS
from corpus_audit.vocabulary import NOT_RECORDED, Answer, Modality

_TITLE = LocalizedText(en="Public summary of training content for general-purpose AI models")
_SOURCE = LocalizedText(
    en="Template of the European Commission of 24 July 2025 under Article 53(1)(d) of Regulation (EU) 2024/1689. "
    "Thresholds follow secondary sources."
)
_SCOPE = LocalizedText(
    en="A draft from one dataset: what its manifest declares and what an audit of its files measured. A model trained "
    "on other data as well needs the others' part too. It says nothing about whether any law is met."
)


def eu_summary(inputs: ExportInputs) -> Form:
    """Return the summary of one dataset, filled in as far as claims and evidence go."""
    return Form(
        format="eu-summary",
        title=_TITLE,
        source=_SOURCE,
        scope=_SCOPE,
        dataset_id=inputs.manifest.dataset.id,
        audit_id=inputs.audit_id,
        manifest_sha256=inputs.manifest_sha256,
        tool_version=inputs.tool_version,
        finished_at=inputs.finished_at,
        sections=(
            _header(inputs),
            FormSection(
                number="1",
                title=LocalizedText(en="General information"),
                sections=(_provider(inputs), _model(inputs), _characteristics(inputs)),
            ),
            list_of_sources(inputs),
            FormSection(
                number="3",
                title=LocalizedText(en="Data processing aspects"),
                sections=(_reservations(inputs), _illegal_content(inputs), _other_processing(inputs)),
            ),
        ),
    )


def _header(inputs: ExportInputs) -> FormSection:
    summary = inputs.manifest.disclosure.summary
    at = "/disclosure/summary"
    return FormSection(
        number="0",
        title=LocalizedText(en="The summary"),
        fields=(
            ask(LocalizedText(en="Version of the summary"), declared(summary.version, f"{at}/version")),
            ask(
                LocalizedText(en="Earlier versions of the summary"),
                *(declared(url, f"{at}/earlier/{number}") for number, url in enumerate(summary.earlier)),
            ),
            ask(LocalizedText(en="Last update"), declared(summary.updated_at, f"{at}/updated_at")),
        ),
    )


def _provider(inputs: ExportInputs) -> FormSection:
    provider = inputs.manifest.disclosure.provider
    at = "/disclosure/provider"
    return FormSection(
        number="1.1",
        title=LocalizedText(en="Provider identification"),
        fields=(
            ask(
                LocalizedText(en="Provider name and contact details"),
                declared(provider.name, f"{at}/name"),
                declared(provider.contact, f"{at}/contact"),
            ),
            ask(
                LocalizedText(en="Authorised representative name and contact details"),
                declared(provider.representative.name, f"{at}/representative/name"),
                declared(provider.representative.contact, f"{at}/representative/contact"),
            ),
        ),
    )


def _model(inputs: ExportInputs) -> FormSection:
    models = list(enumerate(inputs.manifest.disclosure.models))
    at = "/disclosure/models"
    return FormSection(
        number="1.2",
        title=LocalizedText(en="Model identification"),
        fields=(
            ask(
                LocalizedText(en="Versioned model name(s)"),
                *(declared(f"{m.name} – {m.url}" if m.url else m.name, f"{at}/{n}") for n, m in models),
            ),
            ask(
                LocalizedText(en="Model dependencies"),
                *(
                    declared(base, f"{at}/{n}/depends_on/{i}", label=m.name)
                    for n, m in models
                    for i, base in enumerate(m.depends_on)
                ),
            ),
            ask(
                LocalizedText(en="Date of placement of the model on the Union market"),
                *(declared(m.eu_market_at, f"{at}/{n}/eu_market_at", label=m.name) for n, m in models),
            ),
        ),
    )


def _characteristics(inputs: ExportInputs) -> FormSection:
    return FormSection(
        number="1.3",
        title=LocalizedText(en="Modalities, overall training data size and other characteristics"),
        fields=(
            *(field for modality in Modality for field in _modality(inputs, modality)),
            _latest_date(inputs),
            _keeps_training(inputs),
            ask(
                LocalizedText(en="Linguistic characteristics of the overall training data"),
                declared(", ".join(inputs.manifest.dataset.languages) or None, "/dataset/languages"),
            ),
            ask(
                LocalizedText(en="Other relevant characteristics of the overall training data"),
                declared(inputs.manifest.disclosure.characteristics, "/disclosure/characteristics"),
            ),
            ask(
                LocalizedText(en="Additional comments (optional)"),
                measured(_copies(inputs), "dataset.exact_duplicate_share, dataset.near_duplicate_share"),
            ),
        ),
    )


def _modality(inputs: ExportInputs, modality: Modality) -> tuple[FormField, ...]:
    name = modality.value.capitalize()
    holding = groups.with_modality(inputs.sources, modality)
    content = recorded(kind for source in holding for kind in source.claims.disclosure.content)
    return (
        ask(LocalizedText(en=f"{name}: part of the training data"), _is_there(inputs, modality)),
        ask(LocalizedText(en=f"{name}: training data size"), *_size(inputs, modality)),
        ask(
            LocalizedText(en=f"{name}: types of content"),
            declared("; ".join(content) or None, "/sources/*/disclosure/content"),
        ),
    )


def _is_there(inputs: ExportInputs, modality: Modality) -> tuple[Value, ...]:
    if any(modality in groups.measured_modalities(source) for source in inputs.sources):
        return answered(Answer.YES, "content.modality", Basis.MEASURED)
    if groups.with_modality(inputs.sources, modality):
        return answered(Answer.YES, "/sources/*/disclosure/modalities")
    is_declared = inputs.sources and all(source.claims.disclosure.modalities for source in inputs.sources)
    return answered(Answer.NO, "/sources/*/disclosure/modalities") if is_declared else ()


def _size(inputs: ExportInputs, modality: Modality) -> tuple[tuple[Value, ...], ...]:
    if modality is Modality.TEXT:
        return _text_size(inputs)
    count = groups.total(inputs.sources, modality, "records")
    if modality is not Modality.IMAGE or not count:
        return ()  # hours of sound and film are not measured
    return (
        derived(BINS[modality].label(count), "content.records"),
        measured(f"{format_count(count)} images", "content.records"),
    )


def _text_size(inputs: ExportInputs) -> tuple[tuple[Value, ...], ...]:
    """Return the bin of the tokens counted, and what was counted; a model's own tokenizer may count otherwise."""
    sums = {
        column: groups.total(inputs.sources, Modality.TEXT, column)
        for column in ("records", "size_bytes", "characters", "tokens")
    }
    if not sums["records"]:
        return ()
    bins = BINS[Modality.TEXT]
    figures = (
        f"{format_count(sums['tokens'])} tokens as counted by {inputs.parameters['tokenizer']}, "
        f"{format_count(sums['characters'])} characters, {format_size(sums['size_bytes'])}"
    )
    label = derived(bins.label(sums["tokens"]), "content.tokens")
    unread = inputs.coverage.note()
    gap = (says(unread, Basis.MEASURED, "coverage"),) if unread else ()
    if bins.label(sums["tokens"]) == bins.label(sums["size_bytes"]):
        return label, measured(figures, "content"), *gap
    caution = LocalizedText(
        en=f"A tokenizer that cuts finer may count up to one token a byte, which falls into another range: "
        f"{bins.label(sums['size_bytes'])}."
    )
    return label, measured(figures, "content"), says(caution, Basis.DERIVED, "content.size_bytes"), *gap


def _latest_date(inputs: ExportInputs) -> FormField:
    dates = recorded(source.claims.collection.until for source in inputs.sources)
    missing = groups.count_where(inputs.sources, lambda source: source.claims.collection.until == NOT_RECORDED)
    ongoing = groups.count_where(inputs.sources, lambda source: source.claims.collection.ongoing is Answer.YES)
    remarks = [f"{missing} of {len(inputs.sources)} sources record no last day of collection"] if missing else []
    remarks += [f"collection goes on for {ongoing} of {len(inputs.sources)} sources"] if ongoing else []
    return ask(
        LocalizedText(en="Latest date of data acquisition or collection for model training (MM/YYYY)"),
        declared(format_month(max(dates)) if dates else None, "sources.collected_until"),
        note=LocalizedText(en=f"{'; '.join(remarks)}.") if remarks else None,
    )


def _keeps_training(inputs: ExportInputs) -> FormField:
    answer = groups.any_answer(model.keeps_training for model in inputs.manifest.disclosure.models)
    return ask(
        LocalizedText(en="Is the model continuously trained on new data after that date?"),
        answered(answer, "/disclosure/models/*/keeps_training"),
    )


def _copies(inputs: ExportInputs) -> str:
    exact, near = (format_share(inputs.dataset[f"{kind}_duplicate_share"]) for kind in ("exact", "near"))
    return f"Of the text measured, {exact} repeats other records exactly and {near} nearly."


def _reservations(inputs: ExportInputs) -> FormSection:
    disclosure = inputs.manifest.disclosure
    sources = inputs.sources
    checked = groups.count_where(sources, lambda source: source.claims.opt_outs.checked is Answer.YES)
    mechanisms = recorded(name for source in sources for name in source.claims.opt_outs.mechanisms)
    by_source = f"Opt-outs were checked for {checked} of {len(sources)} sources"
    return FormSection(
        number="3.1",
        title=LocalizedText(en="Respect of reservation of rights from text and data mining exception or limitation"),
        fields=(
            ask(
                LocalizedText(
                    en="Signatory to the Code of Practice that includes commitments to respect reservations of rights"
                ),
                answered(disclosure.provider.code_of_practice, "/disclosure/provider/code_of_practice"),
            ),
            ask(
                LocalizedText(en="Measures to respect reservations of rights before and during data collection"),
                declared(disclosure.measures.rights_reservations, "/disclosure/measures/rights_reservations"),
                declared(
                    f"{by_source}: {', '.join(mechanisms)}" if mechanisms else by_source if checked else None,
                    "/sources/*/opt_outs",
                ),
            ),
            ask(LocalizedText(en="Additional comments (optional)")),
        ),
    )


def _illegal_content(inputs: ExportInputs) -> FormSection:
    measures = inputs.manifest.disclosure.measures
    return FormSection(
        number="3.2",
        title=LocalizedText(en="Removal of illegal content"),
        fields=(
            ask(
                LocalizedText(en="General description of measures taken"),
                declared(measures.illegal_content, "/disclosure/measures/illegal_content"),
            ),
        ),
    )


def _other_processing(inputs: ExportInputs) -> FormSection:
    sources = enumerate(inputs.sources)
    return FormSection(
        number="3.3",
        title=LocalizedText(en="Other information (optional)"),
        fields=(
            ask(
                LocalizedText(en="Other relevant information about data processing (optional)"),
                declared(inputs.manifest.disclosure.measures.other, "/disclosure/measures/other"),
                *(
                    declared(
                        "; ".join(source.claims.processing), f"/sources/{n}/processing", label=groups.title(source)
                    )
                    for n, source in sources
                    if source.claims.processing
                ),
            ),
        ),
    )
