"""The documentation required by California Civil Code 3111(a) (AB 2013): its twelve items, in order."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from corpus_audit.export import groups
from corpus_audit.export.contradictions import contradictions
from corpus_audit.export.form import (
    Form,
    FormField,
    FormSection,
    LocalizedText,
    Value,
    ask,
    declared,
    derived,
    measured,
)
from corpus_audit.export.formatting import (
    count_noun,
    format_count,
    format_date,
    format_day,
    language_name,
    listed,
    recorded,
)
from corpus_audit.export.inputs import AuditedSource, ExportInputs
from corpus_audit.vocabulary import NOASSERTION, NOT_RECORDED, Answer, Modality, Purpose, SourceKind

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

_PURPOSES: Mapping[str, str] = {
    Purpose.INTERNAL_TRAINING: "training for internal use",
    Purpose.COMMERCIAL_TRAINING: "commercial training",
    Purpose.REDISTRIBUTION_AS_IS: "passing on unchanged",
    Purpose.REDISTRIBUTION_DERIVED: "passing on changed",
    Purpose.MODEL_RELEASE: "the release of a trained model",
}
_KINDS_OF_DATA: Mapping[Modality, str] = {
    Modality.TEXT: "texts",
    Modality.IMAGE: "images",
    Modality.AUDIO: "sound recordings",
    Modality.VIDEO: "films",
}


def ca_3111(inputs: ExportInputs) -> Form:
    """Return the twelve items for one dataset, filled in as far as claims and evidence go."""
    items = (
        FormSection(number=str(number), title=LocalizedText(en=title), fields=tuple(fields(inputs)))
        for number, (title, fields) in enumerate(_ITEMS, start=1)
    )
    return Form(
        format="ca-3111",
        title=_TITLE,
        source=_SOURCE,
        scope=_SCOPE,
        legal_text=_LEGAL_TEXT,
        **inputs.subject,
        sections=tuple(items),
    )


# --- items ------------------------------------------------------------------------------------------------------------


def _sources(inputs: ExportInputs) -> Iterator[FormField]:
    yield ask(
        LocalizedText(en="Sources or owners of the datasets"),
        derived(f"The dataset was put together from {count_noun(len(inputs.sources), 'source')}.", "sources"),
        *(
            declared(text, f"/sources/{number}")
            for number, source in enumerate(inputs.sources)
            for text in [_source_and_owner(source)]
        ),
    )


def _source_and_owner(source: AuditedSource) -> str:
    holders = source.claims.disclosure.rights_holders
    suppliers = recorded([source.claims.supplier, source.claims.collector])
    where = groups.origin(source).rstrip(".")
    origin = where if where != NOT_RECORDED else "not recorded"
    owner = listed(holders) if holders else "not recorded"
    supplied = f" Supplied or collected by {listed(suppliers)}." if suppliers and not holders else ""
    return f"{groups.quoted(source)}. Origin: {origin}. Owner: {owner}.{supplied}"


def _purpose(inputs: ExportInputs) -> Iterator[FormField]:
    uses = [_PURPOSES[use] for use in inputs.manifest.dataset.intended_uses]
    yield ask(
        LocalizedText(en="How the datasets further the intended purpose of the system or service"),
        declared(inputs.manifest.disclosure.furthers, "/disclosure/furthers"),
        declared(f"The data is intended for {listed(uses)}." if uses else None, "/dataset/intended_uses"),
        contradictions=contradictions(inputs, "intended_uses") if uses else (),
    )


def _data_points(inputs: ExportInputs) -> Iterator[FormField]:
    yield ask(
        LocalizedText(en="Number of data points in the datasets"),
        measured(f"The dataset holds {count_noun(inputs.dataset['records'], 'data point')}.", "dataset.records"),
        note=inputs.coverage.note(),
    )


def _types(inputs: ExportInputs) -> Iterator[FormField]:
    kinds = [_KINDS_OF_DATA[m] for m in Modality if groups.with_modality(inputs.sources, m)]
    kinds += recorded(source.claims.disclosure.other_modality for source in inputs.sources)
    languages = [language_name(tag) for tag in inputs.manifest.dataset.languages]
    yield ask(
        LocalizedText(en="Types of labels, where the datasets have labels"),
        *_each(inputs, "disclosure/labels", lambda source: _sentence("labels for", source.claims.disclosure.labels)),
    )
    yield ask(
        LocalizedText(en="General characteristics, where the datasets have no labels"),
        derived(f"The data points are {listed(kinds)}.", "content.modality") if kinds else (),
        declared(f"Their languages are {listed(languages)}." if languages else None, "/dataset/languages"),
        *_each(inputs, "disclosure/content", lambda source: _sentence("", source.claims.disclosure.content)),
        contradictions=contradictions(inputs, "languages") if languages else (),
    )


def _intellectual_property(inputs: ExportInputs) -> Iterator[FormField]:
    yield ask(
        LocalizedText(en="Data protected by copyright, trademark or patent, or data in the public domain"),
        *(
            _holding(
                inputs,
                [getattr(source.claims.disclosure.protection, right) for source in inputs.sources],
                (f"hold data protected by {right}", f"holds data protected by {right}"),
                f"/sources/*/disclosure/protection/{right}",
            )
            for right in ("copyright", "trademark", "patent")
        ),
        contradictions=contradictions(inputs, "copyright"),
    )
    labels = sorted(groups.license_label(source) for source in inputs.sources)
    offered = [f"{_terms(label)} ({count_noun(labels.count(label), 'source')})" for label in dict.fromkeys(labels)]
    stated = [f"{name} ({count_noun(n, 'record')})" for name, n in groups.records_by_license(inputs.sources).items()]
    yield ask(
        LocalizedText(en="Terms under which the data is offered"),
        derived(f"Sources are offered under {listed(offered)}.", "sources.license_expression") if offered else (),
        derived(f"Records state terms of their own: {listed(stated)}.", "record_licenses.records") if stated else (),
        contradictions=contradictions(inputs, "license"),
    )


def _terms(label: str) -> str:
    return "terms that are not known" if label == NOASSERTION else label


def _acquired(inputs: ExportInputs) -> Iterator[FormField]:
    licensed = groups.of_kind(inputs.sources, SourceKind.LICENSED)
    has_licensed = groups.has_kind(inputs.sources, SourceKind.LICENSED)
    none = "No source was licensed from others." if has_licensed is Answer.NO else None
    yield ask(
        LocalizedText(en="Whether the datasets were purchased or licensed by the developer"),
        _holding(
            inputs,
            [source.claims.disclosure.purchased for source in inputs.sources],
            ("were purchased", "was purchased"),
            "/sources/*/disclosure/purchased",
        ),
        declared(
            f"Licensed from others: {listed(map(groups.quoted, licensed))}." if licensed else none, "sources.kind"
        ),
    )


def _personal_information(inputs: ExportInputs) -> Iterator[FormField]:
    found = inputs.dataset["personal_information_records"]
    looked_at = count_noun(inputs.coverage.rows_looked_at, "record")
    types = sorted({row["entity_type"] for row in inputs.rows("personal_information")})
    named = [inputs.name_type(entity_type).en for entity_type in types]
    off = [inputs.name_type(entity_type).en for entity_type in inputs.detectors_off]
    yield ask(
        LocalizedText(en="Personal information, as defined in section 1798.140(v)"),
        _holding(
            inputs,
            [source.claims.personal_information.present for source in inputs.sources],
            ("hold personal information", "holds personal information"),
            "sources.personal_information",
        ),
        measured(
            (
                f"A search of {looked_at} found personal information in {format_count(found)}"
                + (f": {listed(named)}." if named else ".")
            )
            if inputs.coverage.rows_looked_at
            else "No record was searched.",
            "dataset.personal_information_records",
        ),
        measured(f"The search left out {listed(off)}.", "audit.parameters") if off else (),
        contradictions=contradictions(inputs, "personal_information"),
        note=LocalizedText(
            en="The search covers certain kinds of personal information; other kinds may be in the data."
        ),
    )


def _aggregate_consumer_information(inputs: ExportInputs) -> Iterator[FormField]:
    yield ask(
        LocalizedText(en="Aggregate consumer information, as defined in section 1798.140(b)"),
        _holding(
            inputs,
            [source.claims.disclosure.aggregate_consumer_information for source in inputs.sources],
            ("hold aggregate consumer information", "holds aggregate consumer information"),
            "/sources/*/disclosure/aggregate_consumer_information",
        ),
    )


def _processing(inputs: ExportInputs) -> Iterator[FormField]:
    yield ask(
        LocalizedText(en="Cleaning, processing or other modification, and its intended purpose"),
        *_each(inputs, "processing", lambda source: _sentence("", source.claims.processing)),
    )


def _period(inputs: ExportInputs) -> Iterator[FormField]:
    yield ask(
        LocalizedText(en="Period during which the data was collected, with notice if collection is ongoing"),
        *_each(inputs, "collection", _collected),
        _holding(
            inputs,
            [source.claims.collection.ongoing for source in inputs.sources],
            ("are still being collected", "is still being collected"),
            "/sources/*/collection/ongoing",
        ),
    )


def _collected(source: AuditedSource) -> str:
    first, last = source.claims.collection.from_, source.claims.collection.until
    if first == last == NOT_RECORDED:
        return ""
    if first == last:
        return f"collected {format_day(first)}."
    if NOT_RECORDED in (first, last):
        known = f"from {format_date(first)}" if last == NOT_RECORDED else f"until {format_date(last)}"
        return f"collected {known}; the other date is not recorded."
    return f"collected from {format_date(first)} to {format_date(last)}."


def _first_used(inputs: ExportInputs) -> Iterator[FormField]:
    yield ask(
        LocalizedText(en="Dates the datasets were first used during development"),
        *(
            declared(
                f"The data was first used in the development of {model.name} {format_day(model.data_first_used_at)}."
                if model.data_first_used_at != NOT_RECORDED
                else None,
                f"/disclosure/models/{n}/data_first_used_at",
            )
            for n, model in enumerate(inputs.manifest.disclosure.models)
        ),
        contradictions=contradictions(inputs, "first_use"),
    )


def _synthetic(inputs: ExportInputs) -> Iterator[FormField]:
    yield ask(
        LocalizedText(en="Whether synthetic data generation was used, and what it is needed for"),
        _holding(
            inputs,
            [groups.is_synthetic(source) for source in inputs.sources],
            ("were generated by a model", "was generated by a model"),
            "sources.kind, sources.synthetic",
        ),
        *_each(inputs, "disclosure/synthetic_purpose", lambda s: _words(s.claims.disclosure.synthetic_purpose)),
        contradictions=contradictions(inputs, "synthetic"),
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
    """Yield what sources declare of one thing, after their names; what several declare alike is said once."""
    alike: dict[str, list[AuditedSource]] = defaultdict(list)
    for source in inputs.sources:
        alike[text_of(source)].append(source)
    for text, sources in alike.items():
        if text:
            yield declared(f"{_named(inputs, sources)}: {text}", f"/sources/*/{where}")


def _named(inputs: ExportInputs, sources: Sequence[AuditedSource]) -> str:
    is_all = len(sources) == len(inputs.sources) > 1
    return f"All {len(sources)} sources" if is_all else listed(groups.quoted(source) for source in sources)


def _words(text: str) -> str:
    return "" if text == NOT_RECORDED else text


def _sentence(start: str, parts: Sequence[str]) -> str:
    return f"{start} {'; '.join(parts).rstrip('.')}.".lstrip() if parts else ""


def _holding(
    inputs: ExportInputs, answers: Sequence[Answer], what: tuple[str, str], reference: str
) -> tuple[Value, ...]:
    """Return how the sources answer one question, in sentences; nothing if no source answers it.

    *what* says it of several sources, and of one.
    """
    many, one = what
    yes = [groups.quoted(source) for source, given in zip(inputs.sources, answers, strict=True) if given is Answer.YES]
    open_ = sum(given is Answer.NOT_RECORDED for given in answers)
    if open_ == len(answers):
        return ()
    if yes:
        sentences = [f"{count_noun(len(yes), 'source')} {one if len(yes) == 1 else many}: {listed(yes)}."]
    elif open_:
        sentences = [f"No source for which this is recorded {one}."]
    else:
        sentences = [f"The provider declares that no source {one}."]
    if open_:
        sentences.append(f"This is not recorded for {count_noun(open_, 'source')} of {len(answers)}.")
    return declared(" ".join(sentences), reference)
