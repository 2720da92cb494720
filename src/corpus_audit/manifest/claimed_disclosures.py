"""Disclosures as rows: a provider's statements on the whole, each source, and each trained model."""

from collections.abc import Iterator, Mapping
from typing import Any

from corpus_audit.manifest.model import Manifest, Source
from corpus_audit.manifest.reviews import ContentReview
from corpus_audit.vocabulary import NOT_RECORDED

_Row = Mapping[str, Any]


def disclosure_row(manifest: Manifest) -> _Row:
    """Return the one row (schema CLAIMED_DISCLOSURE) about the dataset as a whole."""
    told, publication = manifest.disclosure, manifest.dataset.publication
    return {
        "dataset_id": manifest.dataset.id,
        "provider": told.provider.name,
        "provider_contact": told.provider.contact,
        "representative": told.provider.representative.name,
        "representative_contact": told.provider.representative.contact,
        "code_of_practice": told.provider.code_of_practice,
        "trained_models": len(told.models),
        "summary_version": told.summary.version,
        "summary_updated_at": told.summary.updated_at,
        "reservation_measures": told.measures.rights_reservations,
        "illegal_content_measures": told.measures.illegal_content,
        "furthers": told.furthers,
        "characteristics": told.characteristics,
        "rights_contact": told.rights_contact.name,
        "complaints_contact": told.rights_contact.contact,
        **_review_columns("manual", told.content_review.manual),
        **_review_columns("automatic", told.content_review.automatic),
        "keywords": told.content_review.keywords,
        "ethics_listed": told.ethics_review.listed,
        "ethics_approval": told.ethics_review.approval,
        "ethics_expires_at": told.ethics_review.expires_at,
        "publication_url": publication.url or NOT_RECORDED,
        "publication_license": publication.license,
        "creators": publication.creators,
    }


def source_disclosure_rows(manifest: Manifest) -> Iterator[_Row]:
    """Yield one row (schema CLAIMED_SOURCE_DISCLOSURES) for each source."""
    return map(_source_row, manifest.sources)


def trained_model_rows(manifest: Manifest) -> Iterator[_Row]:
    """Yield one row (schema CLAIMED_TRAINED_MODELS) for each model that was trained with the data."""
    for model in manifest.disclosure.models:
        yield {
            "trained_model": model.name,
            "url": model.url or NOT_RECORDED,
            "depends_on": sorted(set(model.depends_on)),
            "eu_market_at": model.eu_market_at,
            "data_first_used_at": model.data_first_used_at,
            "keeps_training": model.keeps_training,
        }


def _source_row(source: Source) -> _Row:
    told = source.disclosure
    crawlers = {crawler.name: crawler for crawler in told.crawl.crawlers}.values()
    return {
        "source_id": source.id,
        "modalities": sorted(set(told.modalities)),
        "content_types": sorted(set(told.content)),
        "label_kinds": sorted(set(told.labels)),
        "rights_holders": sorted(set(told.rights_holders)),
        "purchased": told.purchased,
        "copyright": told.protection.copyright,
        "trademark": told.protection.trademark,
        "patent": told.protection.patent,
        "aggregate_consumer_information": told.aggregate_consumer_information,
        "synthetic_purpose": told.synthetic_purpose,
        "crawlers": sorted(crawler.name for crawler in crawlers),
        "crawler_purposes": sum(crawler.purpose != NOT_RECORDED for crawler in crawlers),
        "crawler_behaviours": sum(crawler.behaviour != NOT_RECORDED for crawler in crawlers),
        "crawl_kinds": told.crawl.kinds,
        "crawl_domains": len(told.crawl.domains),
        "model_interactions": told.user_data.model_interactions,
        "other_services": told.user_data.other_services,
        "services": told.user_data.services,
        "sensitive_consent": told.user_data.sensitive_consent,
        "users_under_14": told.user_data.under_14,
        "guardian_consent": told.user_data.guardian_consent,
        "minors_audited_at": told.user_data.minors_audited_at,
        "collection_ongoing": source.collection.ongoing,
        "consent_reference": source.personal_information.consent_reference,
        **_review_columns("before", told.content_review.before_collection),
        **_review_columns("after", told.content_review.after_collection),
    }


def _review_columns(name: str, review: ContentReview) -> _Row:
    return {f"{name}_sampled": review.sampled, f"{name}_rejected": review.rejected}
