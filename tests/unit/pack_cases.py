"""For every rule of the packs beside the baseline, what makes an evidence row fail it, and what makes one pass it.

A row says what WORTHY says of its table, with the case on top: only what a rule is about is written down here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from unit.test_baseline_rules import WORTHY as BASELINE_WORTHY

Row = Mapping[str, Any]

WORTHY: Mapping[str, Row] = {
    **BASELINE_WORTHY,
    "dataset": BASELINE_WORTHY["dataset"] | {"release": "yes"},
    "sources": BASELINE_WORTHY["sources"]
    | {
        "notice": "yes",
        "processing": ["cleaned"],
        "personal_information_records": 0,
        "ai_label_records": 2,
        "ai_label_state": "found",
    },
    "models": BASELINE_WORTHY["models"] | {"filing_number": "F-1"},
    "subjects": BASELINE_WORTHY["subjects"]
    | {
        "deceased": "no",
        "under_14": "no",
        "face_state": "not-applicable",
        "voice_state": "documented",
        "gaps": [],
    },
    "opt_outs": BASELINE_WORTHY["opt_outs"] | {"state": "allowed"},
    "disclosure": {
        "provider": "A provider",
        "provider_contact": "models@example.org",
        "representative": "not-applicable",
        "code_of_practice": "no",
        "trained_models": 1,
        "summary_version": "2",
        "summary_updated_at": "2026-10-01",
        "summary_age_state": "recent",
        "summary_data_state": "covers",
        "reservation_measures": "Snapshots before every crawl.",
        "illegal_content_measures": "A classifier, then people.",
        "furthers": "It answers questions.",
        "characteristics": "Nineteenth century.",
        "rights_contact": "A desk",
        "complaints_contact": "rights@example.org",
        "records": 5000,
        "manual_sampled": 4000,
        "manual_rejected": 0,
        "manual_pass_share": 1.0,
        "manual_sampled_share": 0.8,
        "automatic_sampled": 5000,
        "automatic_rejected": 0,
        "automatic_pass_share": 1.0,
        "automatic_sampled_share": 1.0,
        "keywords": 10_000,
        "ethics_listed": "yes",
        "ethics_state": "documented",
        "publication_url": "https://example.org/poems",
        "publication_license": "CC0-1.0",
        "creators": ["An archive"],
        "share_alike": "no",
    },
    "source_disclosures": {
        "kind": "web-crawl",
        "synthetic": "yes",
        "legal_basis": "consent",
        "attribution": "yes",
        "modalities": ["text"],
        "content_types": ["poems"],
        "rights_holders": ["A poet"],
        "purchased": "no",
        "copyright": "yes",
        "aggregate_consumer_information": "no",
        "synthetic_purpose": "Rare words.",
        "crawl_kinds": "archives",
        "crawl_domains": 1,
        "model_interactions": "no",
        "services": "a forum",
        "sensitive_consent": "yes",
        "users_under_14": "yes",
        "guardian_consent": "yes",
        "minors_audited_at": "2026-08-01",
        "collection_ongoing": "no",
        "consent_reference": "the archive's register",
        "owner_state": "recorded",
        "content_state": "recorded",
        "crawler_state": "recorded",
        "protection_state": "recorded",
        "copyright_state": "agrees",
        "before_harmful_share": 0.0,
        "after_harmful_share": 0.05,
    },
    "gates": {"clean_share": 1.0, "state": "holds"},
    "references": {"records": 0},
    "propagated_restrictions": {"restriction": "stricter-license", "weight": "binds", "bytes": 1000},
    "license_evidence": {"state": "agrees"},
    "notices": {"entity_type": "LICENSE_NOTICE", "state": "agrees"},
    "languages": {"record_share": 0.05, "state": "declared"},
    "secrets": {"records": 0},
    "trained_models": {
        "depends_on": ["none"],
        "eu_market_at": "2026-09-01",
        "data_first_used_at": "2026-03-01",
        "keeps_training": "no",
        "summary_due_at": "2026-09-01",
        "summary_due_state": "recorded",
        "first_use_state": "recorded",
    },
}
"""For each evidence table, claims and measures that every rule of every pack is content with."""


@dataclass(frozen=True)
class Case:
    """What makes a row fail a rule, and what makes it pass where WORTHY does not speak to the rule."""

    fails: Row
    passes: Row = field(default_factory=dict)


def _says(column: str, fails: Any, passes: Any = None) -> Case:
    return Case({column: fails}, {} if passes is None else {column: passes})


def _unrecorded(column: str, **where: Any) -> Case:
    return Case({column: "not-recorded", **where}, where)


def _lacking(state: str) -> Case:
    """Return a case in which authorisations lack one thing among others, and one in which they lack all but it."""
    others = [other for other in _GAPS if other not in _SAME.get(state, (state,))]
    return _says("gaps", [others[0], state, others[-1]], others)


_GAPS = (
    "missing",
    "withdrawn",
    "expired",
    "not-yet-in-force",
    "grantor-not-entitled",
    "guardian-missing",
    "attestation-missing",
    "chain-broken",
    "scope-does-not-cover",
    "bundled-only",
    "evidence-missing",
    "not-recorded",
)
_SAME = {"expired": ("withdrawn", "expired", "not-yet-in-force")}

_LICENSES = {
    "license-recorded": _unrecorded("license_declared"),
    "license-resolved": _says("license_state", "ambiguous"),
}
_RECORD_LICENSES = {
    "record-licenses-not-stricter": _says("weight", "forbids", "binds"),
    "record-licenses-resolved": _says("license_state", "ambiguous", "not-recorded"),
    "record-licenses-recorded": Case(
        {"license_state": "not-recorded", "source_license_state": "per-record"}, {"source_license_state": "per-record"}
    ),
    "license-statements-agree": _says("weight", "leaves-open", "none"),
}
_MODELS = {
    "model-described": _says("declared", fails=False),
    "model-license-recorded": _unrecorded("license_declared"),
    "model-license-resolved": _says("license_state", "unrecognised"),
}
_OPT_OUTS = {
    "reservations-respected": _says("state", "reserved", "not-recorded"),
    "opt-outs-observed": _says("records_not_recorded", 1),
    "opt-outs-observed-in-time": _says("observation_state", "outside"),
}
_LABELS = Case(
    {"entity_type": "AIGC_LABEL", "state": "differs"}, {"entity_type": "AIGC_LABEL", "state": "not-recorded"}
)
_OPTED_OUT = {
    "opted-out-works-absent": Case({"reference_kind": "opt-out", "records": 1}, {"reference_kind": "opt-out"})
}
_PROTECTED = {
    "protected-works-absent": Case(
        {"reference_kind": "protected-works", "records": 1}, {"reference_kind": "protected-works"}
    )
}
_MEDIA_LABELS = _says("generated_state", "undeclared", "not-recorded")
_OWN_TERMS = {"record-terms-known": _says("records_not_recorded", 1)}
_EMBEDDED = {"embedded-reservations-absent": _says("meaning", "reserved", "constrained")}
_LOOSER = {
    "copies-under-looser-terms": _says("weight", "forbids", "binds"),
    "copies-after-lapsed-consent": _says("restriction", "consent-expired", "opted-out"),
    "license-text-agrees": _says("state", "differs", "undeclared"),
}
_COPIED = {"copies-of-reserved-records": _says("restriction", "opted-out", "consent-withdrawn")}
_PERSONAL = {
    "personal-information-not-denied": _says("personal_information_state", "undeclared", "not-recorded"),
    "subjects-described": _says("subjects_undescribed", 1),
}

CASES: Mapping[str, Mapping[str, Case]] = {
    "cn-generative-ai": _LICENSES
    | _RECORD_LICENSES
    | _MODELS
    | _OPT_OUTS
    | _OPTED_OUT
    | _PROTECTED
    | _LOOSER
    | _PERSONAL
    | {
        "purpose-recorded": _unrecorded("intended_uses_state"),
        "languages-recorded": _unrecorded("languages_state"),
        "keywords-rare-in-source": Case(
            {"gate": "source", "clean_share": 0.949}, {"gate": "source", "clean_share": 0.95}
        ),
        "keywords-rare-overall": Case(
            {"gate": "keyword", "clean_share": 0.979}, {"gate": "keyword", "clean_share": 0.98}
        ),
        "keywords-searched": Case({"gate": "keyword", "state": "too-few"}, {"gate": "keyword", "state": "fails"}),
        "faces-not-denied": _says("faces_state", "undeclared", "not-recorded"),
        "faces-answered": _says("faces_state", "not-recorded", "undeclared"),
        "voices-not-denied": _says("speech_state", "undeclared", "not-run"),
        "voices-answered": _says("speech_state", "not-recorded", "agrees"),
        "languages-as-declared": _says("state", "undeclared", "undetermined"),
        "sources-several": _says("sources", 1, 2),
        "repetition-bounded": _says("exact_duplicate_share", 0.31, 0.3),
        "license-text-kept": _says("license_evidence_state", "declared-only"),
        "contract-kept": Case({"kind": "licensed", "license_evidence_state": "not-recorded"}, {"kind": "licensed"}),
        "source-kind-recorded": _unrecorded("kind"),
        "origin-recorded": _unrecorded("origin"),
        "collector-recorded": _unrecorded("collector"),
        "collection-period-recorded": _says("collection_period_state", "partial"),
        "opt-outs-checked": _unrecorded("opt_outs_checked"),
        "personal-information-answered": _unrecorded("personal_information", personal_information_records=3),
        "legal-basis-of-pipl": _says("legal_basis", "legitimate-interests", "contract"),
        "user-input-with-consent": Case(
            {"kind": "user-data", "legal_basis": "contract"}, {"kind": "user-data", "legal_basis": "consent"}
        ),
        "synthetic-recorded": _unrecorded("synthetic"),
        "generators-named": _says("generator_models", []),
        "labels-not-contradicted": _LABELS,
        "media-labels-not-contradicted": _MEDIA_LABELS,
        "labels-kept": _says("ai_label_state", "missing"),
        "checksums-recorded": _says("files_without_checksum", 1),
        "content-reviewed-before-collection": _says("before_harmful_share", None),
        "content-clean-before-collection": _says("before_harmful_share", 0.051, 0.05),
        "content-reviewed-after-collection": _says("after_harmful_share", None),
        "content-clean-after-collection": _says("after_harmful_share", 0.051, 0.05),
        "consents-kept": _unrecorded("consent_reference"),
        "conversations-answered": _unrecorded("model_interactions", kind="user-data"),
        "conversation-consent-separate": Case(
            {"sensitive_consent": "no", "model_interactions": "yes"}, {"model_interactions": "yes"}
        ),
        "conversation-ages-answered": _unrecorded("users_under_14", model_interactions="yes"),
        "conversation-guardians-consented": _says("guardian_consent", "not-recorded"),
        "conversation-minors-audited": _unrecorded("minors_audited_at"),
        "corpus-reviewed-by-people": _says("manual_pass_share", None),
        "manual-sample-large-enough": _says("manual_sampled", 3999, 4000),
        "small-corpus-read-in-full": Case(
            {"records": 3999, "manual_sampled_share": 0.99}, {"records": 3999, "manual_sampled_share": 1.0}
        ),
        "manual-pass-rate": _says("manual_pass_share", 0.959, 0.96),
        "corpus-reviewed-by-programs": _says("automatic_pass_share", None),
        "automatic-sample-large-enough": _says("automatic_sampled_share", 0.099, 0.1),
        "automatic-pass-rate": _says("automatic_pass_share", 0.979, 0.98),
        "keyword-list-recorded": _says("keywords", None),
        "keyword-list-large-enough": _says("keywords", 9_999),
        "rights-contact-recorded": _unrecorded("rights_contact"),
        "complaints-channel-recorded": _unrecorded("complaints_contact"),
        "ethics-question-answered": _unrecorded("ethics_listed"),
        "ethics-review-documented": _says("ethics_state", "expired"),
        "file-as-declared": _says("state", "missing", "no-checksum"),
        "sensitive-information-declared": Case(
            {"entity_type": "CN_RESIDENT_ID", "state": "not-recorded"}, {"entity_type": "CN_RESIDENT_ID"}
        ),
        "overlap-terms-compatible": _says("terms_conflict", "conflicting", "unresolved"),
        "intended-use-not-forbidden": _says("permitted", "no", "unknown"),
        "record-licenses-not-forbidding": _says("intended_permitted", "no", "unknown"),
        "intended-use-decided": _says("permitted", "unknown", "no"),
        "outputs-not-forbidden": _says("models_permitted", "no", "unknown"),
        "model-origin-recorded": _unrecorded("origin"),
        "model-filed": _unrecorded("filing_number"),
        "subject-modalities-recorded": _says("modalities", []),
        "face-consent-documented": _says("face_state", "not-recorded"),
        "voice-consent-documented": _says("voice_state", "evidence-missing", "not-needed"),
        "separate-consent": _lacking("bundled-only"),
        "grantor-entitled": _lacking("grantor-not-entitled"),
        "nearer-relatives-absent": _lacking("attestation-missing"),
        "guardian-consent": _lacking("guardian-missing"),
        "grants-unbroken": _lacking("chain-broken"),
        "scope-names-use": _lacking("scope-does-not-cover"),
        "consent-in-force": _lacking("expired"),
        "consent-evidenced": _lacking("evidence-missing"),
        "mention-documented": _says("mention_state", "missing", "not-needed"),
        "death-answered": _unrecorded("deceased"),
        "age-answered": _unrecorded("under_14"),
        "unrecognisable-likeness-confirmed": _says("likeness_state", "not-needed"),
    },
    "eu-ai-act": _OPT_OUTS
    | _OWN_TERMS
    | _OPTED_OUT
    | _EMBEDDED
    | _COPIED
    | {
        "summary-version-recorded": _unrecorded("summary_version"),
        "summary-date-recorded": _unrecorded("summary_updated_at"),
        "summary-recent": _says("summary_age_state", "overdue"),
        "summary-covers-data": _says("summary_data_state", "older-than-data", "not-recorded"),
        "provider-recorded": _unrecorded("provider"),
        "provider-contact-recorded": _unrecorded("provider_contact"),
        "representative-recorded": _unrecorded("representative"),
        "models-named": _says("trained_models", 0),
        "market-date-recorded": _unrecorded("eu_market_at"),
        "summary-due": _says("summary_due_state", "overdue"),
        "model-dependencies-recorded": _says("depends_on", []),
        "further-training-answered": _unrecorded("keeps_training"),
        "content-measured": _says("records", 0),
        "languages-recorded": _unrecorded("languages_state"),
        "characteristics-recorded": _unrecorded("characteristics"),
        "modalities-recorded": _says("modalities", []),
        "content-types-recorded": _says("content_types", []),
        "last-collection-recorded": _unrecorded("collected_until"),
        "collection-ongoing-answered": _unrecorded("collection_ongoing"),
        "source-kind-recorded": _unrecorded("kind"),
        "public-dataset-linked": _unrecorded("origin", kind="public-dataset"),
        "license-recorded": _unrecorded("license_declared", kind="licensed"),
        "crawlers-described": _says("crawler_state", "partial"),
        "crawled-sites-described": _unrecorded("crawl_kinds"),
        "crawled-domains-listed": _says("crawl_domains", 0),
        "crawl-period-recorded": _says("collection_period_state", "partial"),
        "model-interactions-answered": _unrecorded("model_interactions", kind="user-data"),
        "services-named": _unrecorded("services", kind="user-data"),
        "synthetic-answered": _unrecorded("synthetic"),
        "generators-named": _says("generator_models", []),
        "generator-linked": _unrecorded("origin"),
        "labels-not-contradicted": _LABELS,
        "media-labels-not-contradicted": _MEDIA_LABELS,
        "code-of-practice-answered": _unrecorded("code_of_practice"),
        "reservation-measures-recorded": _unrecorded("reservation_measures"),
        "illegal-content-measures-recorded": _unrecorded("illegal_content_measures"),
        "opt-outs-checked": _says("opt_outs_checked", "no"),
        "reserved-texts-absent": _says("state", "reserved", "noted"),
    },
    "us-california": {
        "owner-recorded": _unrecorded("owner_state"),
        "purpose-furthered": _unrecorded("furthers"),
        "data-points-counted": _says("records", 0),
        "data-types-described": _unrecorded("content_state"),
        "protection-answered": _says("protection_state", "partial"),
        "copyright-not-denied": _says("copyright_state", "contradicted", "not-recorded"),
        "purchase-answered": _unrecorded("purchased"),
        "license-recorded": _unrecorded("license_declared"),
        "personal-information-answered": _unrecorded("personal_information"),
        "personal-information-not-denied": _PERSONAL["personal-information-not-denied"],
        "consumer-information-answered": _unrecorded("aggregate_consumer_information"),
        "processing-described": _says("processing", []),
        "collection-period-recorded": _unrecorded("collection_period_state"),
        "collection-ongoing-answered": _unrecorded("collection_ongoing"),
        "models-named": _says("trained_models", 0),
        "first-use-recorded": _unrecorded("data_first_used_at"),
        "first-use-after-collection": _says("first_use_state", "before-collection", "not-recorded"),
        "synthetic-answered": _unrecorded("synthetic"),
        "synthetic-purpose-described": _unrecorded("synthetic_purpose"),
        "labels-not-contradicted": _LABELS,
        "media-labels-not-contradicted": _MEDIA_LABELS,
    },
    "open-release": _LICENSES
    | _RECORD_LICENSES
    | _MODELS
    | _OPTED_OUT
    | _EMBEDDED
    | _COPIED
    | _PROTECTED
    | _LOOSER
    | _PERSONAL
    | {
        "version-recorded": _unrecorded("version"),
        "description-recorded": _unrecorded("description"),
        "release-intended": _says("release", "no"),
        "splits-without-leakage": _says("state", "leaked"),
        "languages-recorded": _unrecorded("languages_state"),
        "notices-kept": _says("license_evidence_state", "declared-only"),
        "origin-recorded": _unrecorded("origin"),
        "confidential-texts-absent": _says("state", "restricted", "reserved"),
        "notices-agree-with-license": _says("state", "differs", "not-recorded"),
        "secrets-absent": _says("records", 1, 0),
        "personal-information-absent": _says("personal_information_records", 1),
        "reserved-texts-absent": _says("state", "reserved", "noted"),
        "rights-holders-named": _says("rights_holders", []),
        "terms-of-the-whole-recorded": _unrecorded("publication_license"),
        "address-recorded": _unrecorded("publication_url"),
        "creators-recorded": _says("creators", []),
        "complaints-channel-recorded": _unrecorded("complaints_contact"),
        "share-alike-agrees": _says("share_alike", "conflict", "CC-BY-SA"),
        "file-as-declared": _says("state", "checksum-mismatch", "undeclared"),
        "checksums-recorded": _says("files_without_checksum", 1),
        "overlap-terms-compatible": _says("terms_conflict", "conflicting", "unresolved"),
        "record-copies-not-forbidden": _says("redistribution_as_is", "no", "unknown"),
        "record-changes-not-forbidden": _says("redistribution_derived", "no", "unknown"),
        "record-copies-decided": _says("redistribution_as_is", "unknown", "no"),
        "copies-not-forbidden": Case(
            {"purpose": "redistribution-as-is", "permitted": "no"},
            {"purpose": "redistribution-as-is", "permitted": "unknown"},
        ),
        "copies-decided": Case(
            {"purpose": "redistribution-as-is", "permitted": "unknown"},
            {"purpose": "redistribution-as-is", "permitted": "no"},
        ),
        "changes-not-forbidden": Case(
            {"purpose": "redistribution-derived", "permitted": "no"}, {"purpose": "redistribution-derived"}
        ),
        "changes-decided": Case(
            {"purpose": "redistribution-derived", "permitted": "unknown"}, {"purpose": "redistribution-derived"}
        ),
        "outputs-not-forbidden": Case(
            {"purpose": "redistribution-as-is", "models_permitted": "no"},
            {"purpose": "redistribution-as-is", "models_permitted": "unknown"},
        ),
        "likeness-documented": _says("likeness_state", "bundled-only"),
        "mention-documented": _says("mention_state", "missing"),
        "reservations-respected": _OPT_OUTS["reservations-respected"],
    },
}
"""By pack and by rule, without the pack's own name in front."""
