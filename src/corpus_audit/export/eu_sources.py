"""Section 2 of the European template: the origin of the data, by the template's kinds of source."""

from collections.abc import Iterator

from corpus_audit.export import groups
from corpus_audit.export.eu_domains import domains_field
from corpus_audit.export.form import (
    Basis,
    FormField,
    FormSection,
    LocalizedText,
    Value,
    answered,
    ask,
    ask_if,
    declared,
    derived,
)
from corpus_audit.export.formatting import format_count, format_month, format_share, recorded
from corpus_audit.export.groups import Sources
from corpus_audit.export.inputs import AuditedSource, ExportInputs
from corpus_audit.export.size_bins import large_shares
from corpus_audit.vocabulary import NOT_RECORDED, Answer, Modality, SourceKind

_KINDS = "sources.kind"
_OTHER_KINDS = (SourceKind.SELF_COLLECTED, SourceKind.SOFTWARE_PACKAGE, SourceKind.OTHER)
_MODALITIES = LocalizedText(en="Modality(ies) of the content covered")
_COMMENTS = LocalizedText(en="Additional comments (optional)")


def list_of_sources(inputs: ExportInputs) -> FormSection:
    """Return section 2 with all its parts."""
    return FormSection(
        number="2",
        title=LocalizedText(en="List of data sources"),
        sections=(
            _public_datasets(inputs.sources),
            FormSection(
                number="2.2",
                title=LocalizedText(en="Private non-publicly available datasets obtained from third parties"),
                sections=(_licensed(inputs.sources), _other_private(inputs.sources)),
            ),
            _crawled(inputs),
            _user_data(inputs.sources),
            _synthetic(inputs),
            _other(inputs.sources),
        ),
    )


# --- 2.1 and 2.2 ------------------------------------------------------------------------------------------------------


def _public_datasets(sources: Sources) -> FormSection:
    public = groups.of_kind(sources, SourceKind.PUBLIC_DATASET)
    used = groups.has_kind(sources, SourceKind.PUBLIC_DATASET)
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
            ask(LocalizedText(en="Have publicly available datasets been used?"), answered(used, _KINDS)),
            *ask_if(
                used,
                ask(_MODALITIES, _modalities(public)),
                ask(
                    LocalizedText(
                        en="List of large publicly available datasets (more than 3 % of the public data of a modality)"
                    ),
                    *_large(public, large),
                ),
                ask(
                    LocalizedText(en="General description of other publicly available datasets not listed above"),
                    *(declared(_name_and_origin(source), "sources.origin") for source in others),
                ),
                ask(_COMMENTS, *_licenses(public)),
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


def _licensed(sources: Sources) -> FormSection:
    licensed = groups.of_kind(sources, SourceKind.LICENSED)
    used = groups.has_kind(sources, SourceKind.LICENSED)
    return FormSection(
        number="2.2.1",
        title=LocalizedText(en="Datasets commercially licensed by rightsholders or their representatives"),
        fields=(
            ask(
                LocalizedText(en="Have transactional commercial licensing agreements been concluded?"),
                answered(used, _KINDS),
            ),
            *ask_if(used, ask(_MODALITIES, _modalities(licensed))),
        ),
    )


def _other_private(sources: Sources) -> FormSection:
    private = groups.of_kind(sources, SourceKind.PRIVATE_DATASET)
    used = groups.has_kind(sources, SourceKind.PRIVATE_DATASET)
    with_link = [source for source in private if source.claims.origin.url]
    without = [source for source in private if not source.claims.origin.url]
    return FormSection(
        number="2.2.2",
        title=LocalizedText(en="Private datasets obtained from other third parties"),
        fields=(
            ask(
                LocalizedText(
                    en="Have private datasets been obtained from third parties that are not licensed as in 2.2.1?"
                ),
                answered(used, _KINDS),
            ),
            *ask_if(
                used,
                ask(_MODALITIES, _modalities(private)),
                ask(
                    LocalizedText(en="List of private datasets that have an address"),
                    *(declared(_name_and_origin(source), "sources.origin") for source in with_link),
                ),
                ask(
                    LocalizedText(en="General description of private datasets that have none"),
                    *(declared(_name_and_origin(source), "sources.origin") for source in without),
                ),
                ask(_COMMENTS, *_licenses(private)),
            ),
        ),
    )


# --- 2.3 --------------------------------------------------------------------------------------------------------------


def _crawled(inputs: ExportInputs) -> FormSection:
    crawled = groups.of_kind(inputs.sources, SourceKind.WEB_CRAWL)
    used = groups.has_kind(inputs.sources, SourceKind.WEB_CRAWL)
    crawlers = [crawler for source in crawled for crawler in source.claims.disclosure.crawl.crawlers]
    at = "/sources/*/disclosure/crawl"
    return FormSection(
        number="2.3",
        title=LocalizedText(en="Data crawled and scraped from online sources"),
        fields=(
            ask(LocalizedText(en="Were crawlers used by the provider or on its behalf?"), answered(used, _KINDS)),
            *ask_if(
                used,
                ask(
                    LocalizedText(en="Crawler name(s) or identifier(s)"),
                    *(declared(name, f"{at}/crawlers") for name in recorded(c.name for c in crawlers)),
                ),
                ask(
                    LocalizedText(en="Purposes of the crawler(s)"),
                    *(declared(c.purpose, f"{at}/crawlers", label=c.name) for c in dict.fromkeys(crawlers)),
                ),
                ask(
                    LocalizedText(en="General description of crawler behaviour (robots.txt, captchas, paywalls)"),
                    *(declared(c.behaviour, f"{at}/crawlers", label=c.name) for c in dict.fromkeys(crawlers)),
                ),
                _period(crawled),
                ask(
                    LocalizedText(en="Comprehensive description of the type of content and online sources crawled"),
                    *(declared(kinds, f"{at}/kinds") for kinds in _kinds_of_sites(crawled)),
                ),
                ask(LocalizedText(en="Type of modality covered"), _modalities(crawled)),
                domains_field(crawled, inputs.manifest.disclosure.provider.small_enterprise),
                ask(_COMMENTS, *_licenses(crawled)),
            ),
        ),
    )


def _kinds_of_sites(crawled: Sources) -> list[str]:
    return recorded(source.claims.disclosure.crawl.kinds for source in crawled)


def _period(crawled: Sources) -> FormField:
    first = recorded(source.claims.collection.from_ for source in crawled)
    last = recorded(source.claims.collection.until for source in crawled)
    partly = groups.count_where(
        crawled, lambda source: NOT_RECORDED in (source.claims.collection.from_, source.claims.collection.until)
    )
    period = (
        f"{format_month(min(first)) if first else 'not recorded'} to "
        f"{format_month(max(last)) if last else 'not recorded'}"
    )
    return ask(
        LocalizedText(en="Period of data collection (MM/YYYY to MM/YYYY)"),
        declared(period if first or last else None, "sources.collected_from, sources.collected_until"),
        note=LocalizedText(en=f"The period of {partly} of {len(crawled)} crawled sources is not fully recorded.")
        if partly
        else None,
    )


# --- 2.4 to 2.6 -------------------------------------------------------------------------------------------------------


def _user_data(sources: Sources) -> FormSection:
    users = groups.of_kind(sources, SourceKind.USER_DATA)
    has_users = groups.has_kind(sources, SourceKind.USER_DATA)
    claims = [source.claims.disclosure.user_data for source in users]
    without_users = Answer.NO if has_users is Answer.NO else Answer.NOT_RECORDED
    with_model, with_services = (
        groups.any_answer(getattr(claim, name) for claim in claims) if claims else without_users
        for name in ("model_interactions", "other_services")
    )
    at = "/sources/*/disclosure/user_data"
    return FormSection(
        number="2.4",
        title=LocalizedText(en="User data"),
        fields=(
            ask(
                LocalizedText(en="Was data from users' interactions with the AI model used?"),
                answered(with_model, f"{at}/model_interactions"),
            ),
            ask(
                LocalizedText(
                    en="Was data from users' interactions with the provider's other services or products used?"
                ),
                answered(with_services, f"{at}/other_services"),
            ),
            *ask_if(
                has_users,
                ask(
                    LocalizedText(en="General description of the services or products used to collect user data"),
                    *(declared(name, f"{at}/services") for name in recorded(claim.services for claim in claims)),
                ),
                ask(LocalizedText(en="Type of modality covered"), _modalities(users)),
                ask(_COMMENTS),
            ),
        ),
    )


def _synthetic(inputs: ExportInputs) -> FormSection:
    synthetic = [source for source in inputs.sources if groups.is_synthetic(source) is Answer.YES]
    used = groups.any_answer(groups.is_synthetic(source) for source in inputs.sources)
    generators = {name for source in synthetic for name in source.claims.synthetic.generators}
    models = [row for row in inputs.rows("models") if row["model_id"] in generators]
    on_market = {model.id: model.on_market for model in inputs.manifest.models}
    marketed = [row for row in models if on_market.get(row["model_id"]) is Answer.YES]
    return FormSection(
        number="2.5",
        title=LocalizedText(en="Synthetic data"),
        fields=(
            ask(
                LocalizedText(en="Was synthetic AI-generated data created by the provider or on its behalf?"),
                answered(used, "sources.kind, sources.synthetic"),
            ),
            *ask_if(
                used,
                ask(LocalizedText(en="Modality of the synthetic data"), _modalities(synthetic)),
                ask(
                    LocalizedText(en="General-purpose AI models on the market that generated it"),
                    *(declared(_model_and_origin(row), "models.origin") for row in marketed),
                ),
                ask(
                    LocalizedText(en="Information about other AI models that generated it"),
                    *(declared(_model_and_origin(row), "models.origin") for row in models if row not in marketed),
                    note=LocalizedText(en="Models that are not recorded as being on the market are named here."),
                ),
                ask(
                    _COMMENTS,
                    *(
                        declared(purpose, "/sources/*/disclosure/synthetic_purpose")
                        for purpose in recorded(source.claims.disclosure.synthetic_purpose for source in synthetic)
                    ),
                ),
            ),
        ),
    )


def _other(sources: Sources) -> FormSection:
    other = groups.of_kind(sources, *_OTHER_KINDS)
    used = groups.has_kind(sources, *_OTHER_KINDS)
    return FormSection(
        number="2.6",
        title=LocalizedText(en="Other sources of data"),
        fields=(
            ask(
                LocalizedText(en="Have other sources been used than those of sections 2.1 to 2.5?"),
                answered(used, _KINDS),
            ),
            *ask_if(
                used,
                ask(
                    LocalizedText(en="Narrative description of these sources and of the data"),
                    *(
                        declared(f"{_name_and_origin(source)} ({source.claims.kind.replace('-', ' ')})", _KINDS)
                        for source in other
                    ),
                ),
                ask(_COMMENTS, *_licenses(other)),
            ),
        ),
    )


# --- what the parts share ---------------------------------------------------------------------------------------------


def _modalities(sources: Sources) -> tuple[Value, ...]:
    """Return the kinds of content of *sources*: read by the audit, or only declared."""
    read = {modality for source in sources for modality in groups.measured_modalities(source)}
    held = {modality for source in sources for modality in groups.modalities(source)}
    return tuple(
        Value(text=modality.value.capitalize(), basis=Basis.MEASURED, reference="content.modality")
        if modality in read
        else Value(text=modality.value.capitalize(), basis=Basis.DECLARED, reference="/sources/*/disclosure/modalities")
        for modality in Modality
        if modality in held
    )


def _name_and_origin(source: AuditedSource) -> str:
    origin = groups.origin(source)
    return f"{groups.title(source)} – {origin if origin != NOT_RECORDED else 'origin not recorded'}"


def _model_and_origin(row: dict[str, str]) -> str:
    version = f" {row['version']}" if row["version"] != NOT_RECORDED else ""
    origin = row["origin"] if row["origin"] != NOT_RECORDED else "origin not recorded"
    return f"{row['model_id']}{version} – {origin}"


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
