"""The documentation required by California Civil Code 3111(a) (AB 2013): its twelve items, in order."""

from collections.abc import Callable, Iterator

from corpus_audit.export import groups
from corpus_audit.export.form import (
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
)
from corpus_audit.export.formatting import format_count, recorded
from corpus_audit.export.inputs import AuditedSource, ExportInputs
from corpus_audit.vocabulary import NOT_RECORDED, Answer, Modality, SourceKind

_TITLE = LocalizedText(en="Training data documentation under California Civil Code section 3111(a)")
_SOURCE = LocalizedText(
    en="California Civil Code 3111(a), added by Assembly Bill 2013 (2024); the items in short words, from secondary "
    "sources."
)
_LEGAL_TEXT = LocalizedText(en="Required by California Civil Code section 3111(a) (AB 2013)")
_SCOPE = LocalizedText(
    en="A draft from one dataset: what its manifest declares and what an audit of its files measured. A system "
    "developed with other data as well needs the others' part too. It says nothing about whether any law is met."
)


def ca_3111(inputs: ExportInputs) -> Form:
    """Return the twelve items for one dataset, filled in as far as claims and evidence go."""
    return Form(
        format="ca-3111",
        title=_TITLE,
        source=_SOURCE,
        scope=_SCOPE,
        legal_text=_LEGAL_TEXT,
        covers=LocalizedText(en=groups.covers(inputs.manifest)),
        dataset_id=inputs.manifest.dataset.id,
        audit_id=inputs.audit_id,
        manifest_sha256=inputs.manifest_sha256,
        tool_version=inputs.tool_version,
        finished_at=inputs.finished_at,
        sections=tuple(
            FormSection(number=str(number), title=LocalizedText(en=title), fields=tuple(fields(inputs)))
            for number, (title, fields) in enumerate(_ITEMS, start=1)
        ),
    )


# --- items ------------------------------------------------------------------------------------------------------------


def _sources(inputs: ExportInputs) -> Iterator[FormField]:
    yield ask(
        LocalizedText(en="Sources or owners of the datasets"),
        *(
            declared(text, f"/sources/{number}")
            for number, source in enumerate(inputs.sources)
            for text in [_source_and_owner(source)]
        ),
    )


def _source_and_owner(source: AuditedSource) -> str:
    holders = source.claims.disclosure.rights_holders or recorded([source.claims.supplier, source.claims.collector])
    where = groups.origin(source)
    owner = ", ".join(holders) or "owner not recorded"
    return f"{groups.title(source)} – {where if where != NOT_RECORDED else 'origin not recorded'} – {owner}"


def _purpose(inputs: ExportInputs) -> Iterator[FormField]:
    uses = ", ".join(use.replace("-", " ") for use in inputs.manifest.dataset.intended_uses)
    yield ask(
        LocalizedText(en="How the datasets further the intended purpose of the system"),
        declared(inputs.manifest.disclosure.furthers, "/disclosure/furthers"),
    )
    yield ask(LocalizedText(en="Intended uses"), declared(uses or None, "/dataset/intended_uses"))


def _data_points(inputs: ExportInputs) -> Iterator[FormField]:
    yield ask(
        LocalizedText(en="Number of data points"),
        measured(f"{format_count(inputs.dataset['records'])} records", "dataset.records"),
        note=inputs.coverage.note(),
    )


def _types(inputs: ExportInputs) -> Iterator[FormField]:
    kinds = [m for m in Modality if groups.with_modality(inputs.sources, m)]
    yield ask(
        LocalizedText(en="Types of labels"),
        *_each(inputs, "disclosure/labels", lambda source: "; ".join(source.claims.disclosure.labels)),
    )
    yield ask(
        LocalizedText(en="General characteristics of data without labels"),
        derived(", ".join(m.value for m in kinds), "content.modality") if kinds else (),
        *_each(inputs, "disclosure/content", lambda source: "; ".join(source.claims.disclosure.content)),
        declared(", ".join(inputs.manifest.dataset.languages) or None, "/dataset/languages", label="Languages"),
    )


def _intellectual_property(inputs: ExportInputs) -> Iterator[FormField]:
    for right in ("copyright", "trademark", "patent"):
        answers = [getattr(source.claims.disclosure.protection, right) for source in inputs.sources]
        yield ask(
            LocalizedText(en=f"Data protected by {right}"),
            answered(groups.any_answer(answers), f"/sources/*/disclosure/protection/{right}"),
            note=_unanswered(answers),
        )
    labels = sorted(groups.license_label(source) for source in inputs.sources)
    counted = [f"{label}: {labels.count(label)}" for label in dict.fromkeys(labels)]
    yield ask(
        LocalizedText(en="Sources by license, as declared and resolved"),
        derived("; ".join(counted), "sources.license_expression") if counted else (),
    )
    stated = [f"{name}: {format_count(number)}" for name, number in groups.records_by_license(inputs.sources).items()]
    if stated:
        yield ask(
            LocalizedText(en="Records by the license that they state"),
            derived("; ".join(stated), "record_licenses.records"),
        )


def _acquired(inputs: ExportInputs) -> Iterator[FormField]:
    purchased = [source.claims.disclosure.purchased for source in inputs.sources]
    yield ask(
        LocalizedText(en="Were datasets purchased?"),
        answered(groups.any_answer(purchased), "/sources/*/disclosure/purchased"),
        note=_unanswered(purchased),
    )
    yield ask(
        LocalizedText(en="Were datasets licensed from others?"),
        answered(groups.has_kind(inputs.sources, SourceKind.LICENSED), "sources.kind"),
    )


def _personal_information(inputs: ExportInputs) -> Iterator[FormField]:
    answers = [source.claims.personal_information.present for source in inputs.sources]
    found = inputs.dataset["personal_information_records"]
    yield ask(
        LocalizedText(en="Personal information, as declared"),
        answered(groups.any_answer(answers), "sources.personal_information"),
        note=_unanswered(answers),
    )
    types = sorted({row["entity_type"] for row in inputs.rows("personal_information")})
    yield ask(
        LocalizedText(en="Personal information, as found by the detectors"),
        measured(
            f"{format_count(found)} of {format_count(inputs.coverage.rows_looked_at)} records looked at"
            + (f": {', '.join(types)}" if types else "")
            + (f"; not looked for: {', '.join(inputs.detectors_off)}" if inputs.detectors_off else ""),
            "dataset.personal_information_records",
        ),
        note=LocalizedText(
            en="Detectors look for certain types only; what they do not look for may be there all the same."
        ),
    )


def _aggregate_consumer_information(inputs: ExportInputs) -> Iterator[FormField]:
    answers = [source.claims.disclosure.aggregate_consumer_information for source in inputs.sources]
    yield ask(
        LocalizedText(en="Aggregate consumer information"),
        answered(groups.any_answer(answers), "/sources/*/disclosure/aggregate_consumer_information"),
        note=_unanswered(answers),
    )


def _processing(inputs: ExportInputs) -> Iterator[FormField]:
    yield ask(
        LocalizedText(en="Cleaning, processing or other modification, and what it was for"),
        *_each(inputs, "processing", lambda source: "; ".join(source.claims.processing)),
    )


def _period(inputs: ExportInputs) -> Iterator[FormField]:
    yield ask(LocalizedText(en="Time of collection"), *_each(inputs, "collection", _collected))
    ongoing = [source.claims.collection.ongoing for source in inputs.sources]
    yield ask(
        LocalizedText(en="Is data still being collected?"),
        answered(groups.any_answer(ongoing), "/sources/*/collection/ongoing"),
        note=_unanswered(ongoing),
    )


def _collected(source: AuditedSource) -> str:
    first, last = source.claims.collection.from_, source.claims.collection.until
    if first == last == NOT_RECORDED:
        return ""
    return f"{first.replace('-recorded', ' recorded')} to {last.replace('-recorded', ' recorded')}"


def _first_used(inputs: ExportInputs) -> Iterator[FormField]:
    yield ask(
        LocalizedText(en="Dates the datasets were first used in development"),
        *(
            declared(model.data_first_used_at, f"/disclosure/models/{n}/data_first_used_at", label=model.name)
            for n, model in enumerate(inputs.manifest.disclosure.models)
        ),
    )


def _synthetic(inputs: ExportInputs) -> Iterator[FormField]:
    answers = [groups.is_synthetic(source) for source in inputs.sources]
    yield ask(
        LocalizedText(en="Was synthetic data generation used?"),
        answered(groups.any_answer(answers), "sources.kind, sources.synthetic"),
        note=_unanswered(answers),
    )
    yield ask(
        LocalizedText(en="What generated data is needed for (optional)"),
        *_each(inputs, "disclosure/synthetic_purpose", lambda s: _words(s.claims.disclosure.synthetic_purpose)),
    )


_ITEMS: tuple[tuple[str, Callable[[ExportInputs], Iterator[FormField]]], ...] = (
    ("Sources or owners", _sources),
    ("How the data furthers the intended purpose", _purpose),
    ("Number of data points", _data_points),
    ("Types of data points", _types),
    ("Copyright, trademark, patent or public domain", _intellectual_property),
    ("Purchased or licensed", _acquired),
    ("Personal information", _personal_information),
    ("Aggregate consumer information", _aggregate_consumer_information),
    ("Cleaning, processing and modification", _processing),
    ("Time of collection", _period),
    ("First use in development", _first_used),
    ("Synthetic data generation", _synthetic),
)


# --- what the items share ---------------------------------------------------------------------------------------------


def _each(inputs: ExportInputs, where: str, text_of: Callable[[AuditedSource], str]) -> Iterator[tuple[Value, ...]]:
    """Yield what every source declares of one thing, beside the source's name."""
    for number, source in enumerate(inputs.sources):
        yield declared(text_of(source) or None, f"/sources/{number}/{where}", label=groups.title(source))


def _words(text: str) -> str:
    return "" if text == NOT_RECORDED else text


def _unanswered(answers: list[Answer]) -> LocalizedText | None:
    missing = answers.count(Answer.NOT_RECORDED)
    return LocalizedText(en=f"Not recorded for {missing} of {len(answers)} sources.") if missing else None
