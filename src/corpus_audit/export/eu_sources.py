"""Section 2 of the European template: the origin of the data, by the template's kinds of source."""

from collections.abc import Iterator

from corpus_audit.export import groups
from corpus_audit.export.contradictions import contradictions
from corpus_audit.export.eu_domains import domain_values
from corpus_audit.export.eu_fields import Shown, SummaryFields
from corpus_audit.export.form import FormField, FormSection, LocalizedText, Value, ask_if, declared, derived, working
from corpus_audit.export.formatting import format_count, format_month, format_share, recorded
from corpus_audit.export.groups import Sources
from corpus_audit.export.inputs import AuditedSource, ExportInputs
from corpus_audit.export.size_bins import large_shares
from corpus_audit.manifest.summary import SummaryField as Key
from corpus_audit.vocabulary import NOT_RECORDED, Answer, Modality, SourceKind

_KINDS = "sources.kind"
_GENERATORS = "sources.generator_models, models.origin"
_OTHER_KINDS = (SourceKind.SELF_COLLECTED, SourceKind.SOFTWARE_PACKAGE, SourceKind.OTHER)
_MODALITIES = "Modality(ies) of the content covered"
_COMMENTS = "Additional comments (optional)"


def list_of_sources(inputs: ExportInputs, fields: SummaryFields) -> FormSection:
    """Return section 2 with all its parts."""
    return FormSection(
        number="2",
        title=LocalizedText(en="List of data sources"),
        sections=(
            _public_datasets(inputs, fields),
            FormSection(
                number="2.2",
                title=LocalizedText(en="Private non-publicly available datasets obtained from third parties"),
                sections=(_licensed(inputs.sources, fields), _other_private(inputs, fields)),
            ),
            _crawled(inputs, fields),
            _user_data(inputs.sources, fields),
            _synthetic(inputs, fields),
            _other(inputs, fields),
        ),
    )


# --- 2.1 and 2.2 ------------------------------------------------------------------------------------------------------


def _public_datasets(inputs: ExportInputs, fields: SummaryFields) -> FormSection:
    public = groups.of_kind(inputs.sources, SourceKind.PUBLIC_DATASET)
    used = groups.has_kind(inputs.sources, SourceKind.PUBLIC_DATASET)
    large = {
        modality: large_shares({source.id: groups.content_bytes(source, modality) for source in public})
        for modality in Modality
    }
    named = {source_id for shares in large.values() for source_id in shares}
    others = [source for source in public if source.id not in named]
    return FormSection(
        number="2.1",
        title=LocalizedText(en="Publicly available datasets"),
        fields=(
            fields.ask_yes_no(
                Key.PUBLIC_USED, "Have you used publicly available datasets to train the model?", Shown(used, _KINDS)
            ),
            *ask_if(
                fields.answer(Key.PUBLIC_USED, used),
                fields.ask_modalities(Key.PUBLIC_MODALITIES, _MODALITIES, public),
                fields.ask(Key.PUBLIC_LARGE, "List of large publicly available datasets", *_large(public, large)),
                fields.ask(
                    Key.PUBLIC_OTHERS,
                    "General description of other publicly available datasets not listed above",
                    *(declared(_name_and_origin(source), f"/sources/{source.number}/origin") for source in others),
                ),
                _comments(inputs, fields, Key.PUBLIC_COMMENTS, public),
            ),
        ),
    )


def _large(public: Sources, large: dict[Modality, dict[str, float]]) -> Iterator[tuple[Value, ...]]:
    by_id = {source.id: source for source in public}
    for modality, shares in large.items():
        for source_id, share in shares.items():
            where = _name_and_origin(by_id[source_id])
            what = f"{format_share(share)} of the public {modality.value} data"
            yield derived(f"{where} ({what})", "content.size_bytes")


def _licensed(sources: Sources, fields: SummaryFields) -> FormSection:
    licensed = groups.of_kind(sources, SourceKind.LICENSED)
    used = groups.has_kind(sources, SourceKind.LICENSED)
    return FormSection(
        number="2.2.1",
        title=LocalizedText(en="Datasets commercially licensed by rightsholders or their representatives"),
        fields=(
            fields.ask_yes_no(
                Key.LICENSED_USED,
                "Have you concluded transactional commercial licensing agreements with rightsholders or with their "
                "representatives?",
                Shown(used, _KINDS),
            ),
            *ask_if(
                fields.answer(Key.LICENSED_USED, used),
                fields.ask_modalities(Key.LICENSED_MODALITIES, _MODALITIES, licensed),
            ),
        ),
    )


def _other_private(inputs: ExportInputs, fields: SummaryFields) -> FormSection:
    private = groups.of_kind(inputs.sources, SourceKind.PRIVATE_DATASET)
    used = groups.has_kind(inputs.sources, SourceKind.PRIVATE_DATASET)
    with_link = [source for source in private if source.claims.origin.url]
    without = [source for source in private if not source.claims.origin.url]
    return FormSection(
        number="2.2.2",
        title=LocalizedText(en="Private datasets obtained from other third parties"),
        fields=(
            fields.ask_yes_no(
                Key.PRIVATE_USED,
                "Have you obtained private datasets from third parties that are not licensed as described in 2.2.1?",
                Shown(used, _KINDS),
            ),
            *ask_if(
                fields.answer(Key.PRIVATE_USED, used),
                fields.ask_modalities(Key.PRIVATE_MODALITIES, _MODALITIES, private),
                fields.ask(
                    Key.PRIVATE_KNOWN,
                    "List of publicly known private datasets",
                    *(declared(_name_and_origin(source), f"/sources/{source.number}/origin") for source in with_link),
                ),
                fields.ask(
                    Key.PRIVATE_OTHERS,
                    "General description of private datasets that are not publicly known",
                    *(declared(_name_and_origin(source), f"/sources/{source.number}/origin") for source in without),
                ),
                _comments(inputs, fields, Key.PRIVATE_COMMENTS, private),
            ),
        ),
    )


# --- 2.3 --------------------------------------------------------------------------------------------------------------


def _crawled(inputs: ExportInputs, fields: SummaryFields) -> FormSection:
    crawled = groups.of_kind(inputs.sources, SourceKind.WEB_CRAWL)
    used = groups.has_kind(inputs.sources, SourceKind.WEB_CRAWL)
    crawlers = list(dict.fromkeys(crawler for source in crawled for crawler in source.claims.disclosure.crawl.crawlers))
    at = "/sources/*/disclosure/crawl"
    return FormSection(
        number="2.3",
        title=LocalizedText(en="Data crawled and scraped from online sources"),
        fields=(
            fields.ask_yes_no(
                Key.CRAWLED_USED, "Were crawlers used by the provider or on its behalf?", Shown(used, _KINDS)
            ),
            *ask_if(
                fields.answer(Key.CRAWLED_USED, used),
                fields.ask(
                    Key.CRAWLERS,
                    "Crawler name(s)/identifier(s)",
                    *(declared(name, f"{at}/crawlers") for name in recorded(c.name for c in crawlers)),
                ),
                fields.ask(
                    Key.CRAWLER_PURPOSES,
                    "Purposes of the crawler(s)",
                    *(declared(c.purpose, f"{at}/crawlers", label=c.name) for c in crawlers),
                ),
                fields.ask(
                    Key.CRAWLER_BEHAVIOUR,
                    "General description of crawler behaviour (robots.txt, captchas, paywalls)",
                    *(declared(c.behaviour, f"{at}/crawlers", label=c.name) for c in crawlers),
                    contradictions=contradictions(inputs, "reservations"),
                ),
                _period(crawled, fields),
                fields.ask(
                    Key.CRAWLED_CONTENT,
                    "Comprehensive description of the type of content and online sources crawled",
                    *(
                        declared(kinds, f"{at}/kinds")
                        for kinds in recorded(source.claims.disclosure.crawl.kinds for source in crawled)
                    ),
                ),
                fields.ask_modalities(Key.CRAWLED_MODALITIES, "Type of modality covered", crawled),
                _domains(inputs, fields, crawled),
                _comments(inputs, fields, Key.CRAWL_COMMENTS, crawled),
            ),
        ),
    )


def _domains(inputs: ExportInputs, fields: SummaryFields, crawled: Sources) -> FormField:
    named = domain_values(crawled, inputs.manifest.disclosure.provider.small_enterprise)
    return fields.ask(
        Key.CRAWLED_DOMAINS,
        f"Summary of the most relevant domain names crawled (top {named.rule} by size of content)",
        *named.values,
        note=named.note,
    )


def _period(crawled: Sources, fields: SummaryFields) -> FormField:
    first = recorded(source.claims.collection.from_ for source in crawled)
    last = recorded(source.claims.collection.until for source in crawled)
    partly = groups.count_where(
        crawled, lambda source: NOT_RECORDED in (source.claims.collection.from_, source.claims.collection.until)
    )
    period = (
        f"{format_month(min(first)) if first else 'not recorded'} to "
        f"{format_month(max(last)) if last else 'not recorded'}"
    )
    return fields.ask(
        Key.CRAWL_PERIOD,
        "Period of data collection (MM/YYYY to MM/YYYY)",
        declared(period if first or last else None, "sources.collected_from, sources.collected_until"),
        note=LocalizedText(en=f"The period of {partly} of {len(crawled)} crawled sources is not fully recorded.")
        if partly
        else None,
    )


# --- 2.4 to 2.6 -------------------------------------------------------------------------------------------------------


def _user_data(sources: Sources, fields: SummaryFields) -> FormSection:
    users = groups.of_kind(sources, SourceKind.USER_DATA)
    claims = [source.claims.disclosure.user_data for source in users]
    at = "/sources/*/disclosure/user_data"
    with_model, with_services = (
        _of_users(sources, [getattr(claim, name) for claim in claims])
        for name in ("model_interactions", "other_services")
    )
    answers = (
        fields.answer(Key.INTERACTIONS_USED, with_model),
        fields.answer(Key.SERVICES_USED, with_services),
    )
    return FormSection(
        number="2.4",
        title=LocalizedText(en="User data"),
        fields=(
            fields.ask_yes_no(
                Key.INTERACTIONS_USED,
                "Was data from user interactions with the AI model used to train the model?",
                Shown(with_model, f"{at}/model_interactions"),
            ),
            fields.ask_yes_no(
                Key.SERVICES_USED,
                "Was data collected from user interactions with the provider's other services or products used to "
                "train the model?",
                Shown(with_services, f"{at}/other_services"),
            ),
            *ask_if(
                groups.any_answer(answers),
                fields.ask(
                    Key.SERVICES,
                    "General description of the services or products used to collect the user data",
                    *(declared(name, f"{at}/services") for name in recorded(claim.services for claim in claims)),
                ),
                fields.ask_modalities(Key.USER_MODALITIES, "Type of modality covered", users),
                fields.ask(Key.USER_COMMENTS, _COMMENTS),
            ),
        ),
    )


def _of_users(sources: Sources, answers: list[Answer]) -> Answer:
    """Return what the sources of user data answer; no where the kind of every source is known and none is of users."""
    if answers:
        return groups.any_answer(answers)
    return Answer.NO if groups.has_kind(sources, SourceKind.USER_DATA) is Answer.NO else Answer.NOT_RECORDED


def _synthetic(inputs: ExportInputs, fields: SummaryFields) -> FormSection:
    synthetic = [source for source in inputs.sources if groups.is_synthetic(source) is Answer.YES]
    used = groups.any_answer(groups.is_synthetic(source) for source in inputs.sources)
    generators = {name for source in synthetic for name in source.claims.synthetic.generators}
    models = [row for row in inputs.rows("models") if row["model_id"] in generators]
    against = contradictions(inputs, "synthetic")
    answer = fields.answer(Key.SYNTHETIC_USED, used)
    on_market = {model.id: model.on_market for model in inputs.manifest.models}
    marketed = [row for row in models if on_market.get(row["model_id"]) is Answer.YES]
    return FormSection(
        number="2.5",
        title=LocalizedText(en="Synthetic data"),
        fields=(
            fields.ask_yes_no(
                Key.SYNTHETIC_USED,
                "Was synthetic AI-generated data created by the provider or on its behalf to train the model?",
                Shown(used, "sources.kind, sources.synthetic"),
                against,
            ),
            *ask_if(
                Answer.NOT_RECORDED if against and answer is Answer.NO else answer,
                fields.ask_modalities(Key.SYNTHETIC_MODALITIES, "Modality of the synthetic data", synthetic),
                fields.ask(
                    Key.SYNTHETIC_MARKETED,
                    "General-purpose AI model(s) used to generate the synthetic data, if available on the market",
                    *(declared(_model_and_origin(row), _GENERATORS) for row in marketed),
                ),
                fields.ask(
                    Key.SYNTHETIC_OTHERS,
                    "Information about other AI models used to generate the synthetic data",
                    *(declared(_model_and_origin(row), _GENERATORS) for row in models if row not in marketed),
                    note=LocalizedText(en="Models that are not recorded as being on the market are named here.")
                    if len(marketed) < len(models)
                    else None,
                ),
                fields.ask(
                    Key.SYNTHETIC_COMMENTS,
                    _COMMENTS,
                    *(
                        declared(purpose, "/sources/*/disclosure/synthetic_purpose")
                        for purpose in recorded(source.claims.disclosure.synthetic_purpose for source in synthetic)
                    ),
                ),
            ),
        ),
    )


def _other(inputs: ExportInputs, fields: SummaryFields) -> FormSection:
    other = groups.of_kind(inputs.sources, *_OTHER_KINDS)
    used = groups.has_kind(inputs.sources, *_OTHER_KINDS)
    return FormSection(
        number="2.6",
        title=LocalizedText(en="Other sources of data"),
        fields=(
            fields.ask_yes_no(
                Key.OTHER_SOURCES_USED,
                "Have data sources other than those described in sections 2.1 to 2.5 been used to train the model?",
                Shown(used, _KINDS),
            ),
            *ask_if(
                fields.answer(Key.OTHER_SOURCES_USED, used),
                fields.ask(
                    Key.OTHER_SOURCES,
                    "Narrative description of these data sources and the data",
                    *(
                        declared(
                            f"{_name_and_origin(source)} ({source.claims.kind.replace('-', ' ')})",
                            f"/sources/{source.number}/origin, /sources/{source.number}/kind",
                        )
                        for source in other
                    ),
                ),
                _comments(inputs, fields, Key.OTHER_SOURCES_COMMENTS, other),
            ),
        ),
    )


# --- what the parts share ---------------------------------------------------------------------------------------------


def _name_and_origin(source: AuditedSource) -> str:
    origin = groups.origin(source)
    return f"{groups.title(source)} – {origin if origin != NOT_RECORDED else 'origin not recorded'}"


def _model_and_origin(row: dict[str, str]) -> str:
    version = f" {row['version']}" if row["version"] != NOT_RECORDED else ""
    origin = row["origin"] if row["origin"] != NOT_RECORDED else "origin not recorded"
    return f"{row['model_id']}{version} – {origin}"


def _comments(inputs: ExportInputs, fields: SummaryFields, key: Key, sources: Sources) -> FormField:
    """Return the field for comments, with what the annotated document notes of the terms of *sources*."""
    return fields.ask(key, _COMMENTS, *map(working, _licenses(sources)), contradictions=_of_license(inputs, sources))


def _of_license(inputs: ExportInputs, sources: Sources) -> tuple[LocalizedText, ...]:
    return contradictions(inputs, "license", {source.id for source in sources})


def _licenses(sources: Sources) -> Iterator[tuple[Value, ...]]:
    """Yield a comment on the terms of *sources*: how many resolve to which license."""
    labels = sorted(groups.license_label(source) for source in sources)
    counted = [f"{label}: {labels.count(label)}" for label in dict.fromkeys(labels)]
    if counted:
        yield derived(
            f"Sources by license as declared and resolved: {'; '.join(counted)}", "sources.license_expression"
        )
    stated = [f"{name}: {format_count(records)}" for name, records in groups.records_by_license(sources).items()]
    if stated:
        yield derived(f"Records by the license that they state: {'; '.join(stated)}", "record_licenses.records")
