"""Every rule of the pack baseline, with one evidence row that passes it and one that fails it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
import pytest

from corpus_audit.evidence import tables
from corpus_audit.policy.evaluate import evaluate
from corpus_audit.policy.packs import Suite, load_pack
from corpus_audit.policy.validation import Validator

TABLES = {table.name: table for table in tables.EVIDENCE}
BASELINE = load_pack("baseline")

WORTHY = {
    "dataset": {
        "version": "2026.1",
        "title": "Poems",
        "description": "Poems of the nineteenth century.",
        "issuer": "An archive",
        "intended_uses": ["internal-training"],
        "intended_uses_state": "recorded",
        "release": "no",
        "languages": ["en"],
        "languages_state": "recorded",
        "sources": 3,
        "records": 900,
        "exact_duplicate_share": 0.01,
        "near_duplicate_share": 0.02,
        "largest_source_share": 0.4,
    },
    "sources": {
        "kind": "web-crawl",
        "origin": "https://example.org/poems",
        "collector": "An archive",
        "collected_from": "2026-01-01",
        "collected_until": "2026-02-01",
        "collection_period_state": "recorded",
        "license_declared": "CC0-1.0",
        "license_expression": "CC0-1.0",
        "license_state": "resolved",
        "license_evidence": 1,
        "license_evidence_found": 1,
        "license_evidence_state": "found",
        "personal_information": "yes",
        "personal_information_types": ["EMAIL_ADDRESS"],
        "personal_information_observed": ["EMAIL_ADDRESS"],
        "personal_information_records": 2,
        "personal_information_state": "agrees",
        "legal_basis": "consent",
        "legal_basis_state": "recorded",
        "opt_outs_checked": "yes",
        "synthetic": "yes",
        "generator_models": ["a-model"],
        "files_without_checksum": 0,
        "subjects_undescribed": 0,
    },
    "coverage": {"state": "read", "files_undeclared": 0, "left_out": "ignored"},
    "files": {"state": "verified"},
    "defects": {"count": 0},
    "claim_problems": {"count": 1},
    "personal_information": {"declared": "yes", "state": "declared"},
    "overlaps": {"terms_conflict": "none", "decisive_bytes_a": 1000, "decisive_bytes_b": 5},
    "split_leakage": {"state": "none-found", "unassigned_records": 0},
    "purposes": {
        "intended": "yes",
        "license_expression": "CC0-1.0",
        "permitted": "yes",
        "models_permitted": "not-applicable",
    },
    "references": {"reference_kind": "protected-works", "records": 0},
    "models": {
        "declared": True,
        "version": "1",
        "role": "generator",
        "origin": "https://example.org/model",
        "license_declared": "Apache-2.0",
        "license_state": "resolved",
    },
    "subjects": {
        "modalities": ["voice", "name"],
        "identifiable": "yes",
        "likeness_state": "documented",
        "mention_state": "documented",
        "state": "documented",
        "commercial": "no",
        "lapsed_state": "none",
        "evidence_state": "found",
        "files": 1,
    },
    "media": {"checks_state": "run", "faces_state": "agrees", "speech_state": "none"},
    "labels": {"meaning": "not-generated", "generated_state": "none"},
    "propagated_restrictions": {"weight": "not-applicable", "restriction": "stricter-license", "bytes": 1000},
    "license_evidence": {"state": "agrees"},
    "record_licenses": {
        "license_state": "resolved",
        "intended_permitted": "yes",
        "redistribution_as_is": "yes",
        "redistribution_derived": "yes",
        "source_license_state": "resolved",
        "weight": "none",
    },
    "license_contradictions": {"kind": "address", "weight": "none"},
    "opt_outs": {
        "kind": "web-crawl",
        "snapshots": 1,
        "observation_state": "during",
        "records_reserved": 0,
        "records_not_recorded": 0,
    },
    "record_opt_outs": {"records_not_recorded": 0},
    "notices": {"entity_type": "LICENSE_NOTICE", "state": "agrees"},
    "labelled_information": {"declared": "yes"},
    "secrets": {"records": 0},
    "languages": {"state": "declared", "record_share": 0.5},
    "quality": {"damaged_share": 0.01},
    "names": {"entity_type": "PERSON", "state": "declared"},
    "gates": {"gate": "keyword", "state": "holds"},
}
"""For each evidence table, claims and measures that every rule is content with."""


@dataclass(frozen=True)
class Case:
    """What makes a row fail a rule, and what makes it pass where WORTHY does not speak to the rule."""

    rule: str
    fails: dict[str, Any]
    passes: dict[str, Any] = field(default_factory=dict)


CASES = (
    Case("data-read", {"state": "unread"}, {"state": "within-bound"}),
    Case("data-read", {"state": "nothing-there"}, {"state": "left-out"}),
    Case("files-declared", {"files_undeclared": 1}),
    Case("folders-looked-at", {"left_out": "not-looked-at"}, {"left_out": "none"}),
    Case("folders-looked-at", {"left_out": "ignored-too-much"}),
    Case("dataset-measured", {"records": 0}),
    Case("dataset-version-recorded", {"version": "not-recorded"}),
    Case("dataset-issuer-recorded", {"issuer": "not-recorded"}),
    Case("intended-uses-recorded", {"intended_uses": [], "intended_uses_state": "not-recorded"}),
    Case("release-recorded", {"release": "not-recorded"}),
    Case("languages-recorded", {"languages": [], "languages_state": "not-recorded"}),
    Case("exact-duplicates-bounded", {"exact_duplicate_share": 0.31}, {"exact_duplicate_share": 0.3}),
    Case("near-duplicates-bounded", {"near_duplicate_share": 0.31}, {"near_duplicate_share": 0.3}),
    Case("source-concentration-bounded", {"largest_source_share": 0.51}, {"largest_source_share": 0.5}),
    Case("license-recorded", {"license_declared": "not-recorded"}),
    Case("license-resolved", {"license_declared": "BSD", "license_state": "ambiguous"}),
    Case("license-resolved", {"license_state": "unrecognised"}, {"license_state": "per-record"}),
    Case("record-licenses-permit-use", {"intended_permitted": "no"}, {"intended_permitted": "unknown"}),
    Case("record-licenses-decide-use", {"intended_permitted": "unknown"}, {"intended_permitted": "not-recorded"}),
    Case("record-licenses-not-stricter", {"weight": "forbids"}, {"weight": "leaves-open"}),
    Case("record-licenses-agree", {"weight": "binds"}, {"weight": "forbids"}),
    Case("record-licenses-resolved", {"license_state": "unrecognised"}, {"license_state": "not-recorded"}),
    Case(
        "record-licenses-recorded",
        {"license_state": "not-recorded", "source_license_state": "per-record"},
        {"license_state": "resolved", "source_license_state": "per-record"},
    ),
    Case("license-statements-agree", {"weight": "forbids"}, {"kind": "card", "weight": "none"}),
    Case("license-evidence-found", {"license_evidence_state": "declared-only"}),
    Case("source-kind-recorded", {"kind": "not-recorded"}),
    Case("origin-recorded", {"origin": "not-recorded"}),
    Case("collector-recorded", {"collector": "not-recorded"}),
    Case("collection-period-recorded", {"collection_period_state": "partial"}),
    Case("files-have-checksums", {"files_without_checksum": 1}),
    Case(
        "personal-information-not-contradicted",
        {"personal_information": "no", "personal_information_state": "undeclared"},
    ),
    Case(
        "personal-information-answered",
        {"personal_information": "not-recorded", "personal_information_state": "not-recorded"},
    ),
    Case(
        "personal-information-considered",
        {"personal_information": "not-recorded", "personal_information_records": 0},
        {"personal_information": "no", "personal_information_records": 0},
    ),
    Case("legal-basis-recorded", {"legal_basis": "not-applicable", "legal_basis_state": "not-recorded"}),
    Case("opt-outs-checked", {"opt_outs_checked": "no"}),
    Case("synthetic-recorded", {"synthetic": "not-recorded"}, {"synthetic": "no"}),
    Case("generators-named", {"generator_models": []}),
    Case("file-as-declared", {"state": "checksum-mismatch"}, {"state": "undeclared"}),
    Case("file-opened", {"state": "refused"}),
    Case("file-stable", {"code": "file-changed"}),
    Case("content-readable", {"code": "truncated", "count": 1}),
    Case("personal-information-types-declared", {"state": "undeclared"}),
    Case("description-consistent", {"code": "conflict"}, {"code": "missing"}),
    Case("description-usable", {"code": "undecided"}, {"code": "conflict"}),
    Case("description-complete", {"code": "missing"}, {"code": "invalid"}),
    Case("described-data-local", {"code": "remote"}, {"code": "dangling"}),
    Case("overlap-terms-compatible", {"terms_conflict": "conflicting"}, {"terms_conflict": "unresolved"}),
    Case("overlap-terms-resolved", {"terms_conflict": "unresolved"}),
    Case("splits-without-leakage", {"state": "leaked", "leaked_records": 2}),
    Case("splits-compared", {"state": "not-compared"}),
    Case("splits-recorded-of-copies", {"unassigned_records": 1}),
    Case("no-protected-works", {"records": 1}),
    Case(
        "no-opted-out-works",
        {"reference_kind": "opt-out", "records": 1},
        {"reference_kind": "opt-out"},
    ),
    Case(
        "no-evaluation-items",
        {"reference_kind": "evaluation-set", "records": 1},
        {"reference_kind": "evaluation-set"},
    ),
    Case("intended-use-permitted", {"permitted": "no"}, {"permitted": "unknown"}),
    Case("intended-use-decided", {"permitted": "unknown"}, {"permitted": "no"}),
    Case("model-described", {"declared": False}),
    Case("model-license-recorded", {"license_declared": "not-recorded"}),
    Case("model-license-resolved", {"license_declared": "Custom", "license_state": "unrecognised"}),
    Case("model-version-recorded", {"version": "not-recorded"}),
    Case("model-origin-recorded", {"origin": "not-recorded"}),
    Case("outputs-permitted", {"models_permitted": "no"}, {"models_permitted": "unknown"}),
    Case("outputs-decided", {"models_permitted": "unknown"}, {"models_permitted": "yes"}),
    Case("subjects-described", {"subjects_undescribed": 1}),
    Case("subject-modalities-recorded", {"modalities": []}),
    Case("likeness-documented", {"likeness_state": "not-recorded"}, {"likeness_state": "not-applicable"}),
    Case("lapsed-consent-without-data", {"lapsed_state": "withdrawn"}),
    Case("mention-documented", {"mention_state": "missing"}, {"mention_state": "not-needed"}),
    Case(
        "mention-documented-for-gain",
        {"mention_state": "bundled-only", "commercial": "yes"},
        {"mention_state": "documented", "commercial": "yes"},
    ),
    Case("consent-evidence-found", {"evidence_state": "declared-only"}),
    Case("likeness-told-from-data", {"likeness_state": "not-needed"}),
    Case("opt-outs-respected", {"records_reserved": 1}),
    Case("opt-outs-observed", {"records_not_recorded": 1}),
    Case("record-terms-known", {"records_not_recorded": 1}),
    Case("copies-under-looser-terms", {"weight": "forbids"}),
    Case("copies-with-added-conditions", {"weight": "leaves-open"}, {"weight": "forbids"}),
    Case("copies-of-reserved-records", {"restriction": "opted-out"}),
    Case("copies-after-lapsed-consent", {"restriction": "consent-withdrawn"}),
    Case("license-text-agrees", {"state": "differs"}, {"state": "partial"}),
    Case("license-text-declared", {"state": "undeclared"}),
    Case("opt-outs-observed-in-time", {"observation_state": "outside"}),
    Case("media-checked", {"checks_state": "not-run"}),
    Case("faces-declared", {"faces_state": "undeclared"}, {"faces_state": "declared-not-found"}),
    Case("faces-recorded", {"faces_state": "not-recorded"}, {"faces_state": "not-run"}),
    Case("voices-declared", {"speech_state": "undeclared"}, {"speech_state": "agrees"}),
    Case("voices-recorded", {"speech_state": "not-recorded"}, {"speech_state": "not-applicable"}),
    Case("generated-content-declared", {"generated_state": "undeclared"}, {"generated_state": "agrees"}),
    Case("generated-content-recorded", {"generated_state": "not-recorded"}),
    Case("embedded-reservations-respected", {"meaning": "reserved"}, {"meaning": "allowed"}),
    Case("embedded-constraints-known", {"meaning": "constrained"}),
    Case("credentials-intact", {"meaning": "broken"}, {"meaning": "intact"}),
    Case("credentials-read", {"meaning": "not-read"}),
    Case("labels-conform", {"meaning": "not-conforming"}),
    Case("notices-agree-with-license", {"state": "differs"}),
    Case("text-credentials-read", {"entity_type": "CONTENT_CREDENTIALS"}),
    Case("texts-not-reserved", {"entity_type": "TRAINING_RESERVATION", "state": "reserved"}),
    Case("texts-not-confidential", {"entity_type": "CONFIDENTIAL", "state": "restricted"}),
    Case("labels-not-contradicted", {"entity_type": "AIGC_LABEL", "state": "differs"}, {"entity_type": "AIGC_LABEL"}),
    Case("labelled-values-declared", {"declared": "no"}),
    Case("secrets-absent", {"records": 1}),
    Case("languages-as-declared", {"state": "undeclared"}),
    Case("texts-undamaged", {"damaged_share": 0.011}),
    Case(
        "names-declared",
        {"entity_type": "PERSON", "state": "undeclared"},
        {"entity_type": "PERSON", "state": "not-recorded"},
    ),
    Case("keyword-gates-hold", {"state": "fails"}, {"state": "not-recorded"}),
)
RULES = {rule.rule_id: rule for rule in BASELINE.rules}
FILLERS = {pa.string(): "x", pa.int64(): 1, pa.float64(): 0.0, pa.bool_(): True}


@pytest.fixture(scope="module", autouse=True)
def _one_validator() -> Iterator[None]:
    """Share a context of Great Expectations: to open one takes half as long as to judge one rule."""
    validator = Validator()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus_audit.policy.evaluate.Validator", lambda: validator)
        yield


def _table(name: str, *rows: dict[str, Any]) -> pa.Table:
    """Return evidence whose row n is keyed by 'key-n' unless it says otherwise, with fillers where nothing is said."""
    table = TABLES[name]
    filler = {column.name: FILLERS.get(column.type, []) for column in table.schema}
    numbered = [dict.fromkeys(table.key, f"key-{number}") | row for number, row in enumerate(rows)]
    return pa.Table.from_pylist([filler | WORTHY[name] | row for row in numbered], schema=table.schema)


def _judge_alone(rule_id: str, table: pa.Table) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what became of one rule, and its findings, when nothing else is asked of an evidence table."""
    rule = RULES[rule_id]
    (file,) = [suite.path for suite in BASELINE.suites if suite.evidence_table == rule.evidence_table]
    suite = Suite(rule.evidence_table, {"name": "alone", "expectations": [rule.configuration]}, file)
    evaluation = evaluate([replace(BASELINE, suites=(suite,))], {rule.evidence_table: table})
    (row,) = evaluation.rules.to_pylist()
    return row, evaluation.findings.to_pylist()


def test_every_rule_has_a_case() -> None:
    assert {f"baseline.{case.rule}" for case in CASES} == set(RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_rule_tells_the_failing_row_from_the_passing_one(case: Case) -> None:
    rule_id = f"baseline.{case.rule}"
    table = _table(RULES[rule_id].evidence_table, case.passes, case.fails)
    row, findings = _judge_alone(rule_id, table)
    assert (row["state"], row["rows_evaluated"], row["rows_failed"]) == ("failed", 2, 1)
    (finding,) = findings
    assert "key-1" in finding["subject"]
    assert "key-0" not in finding["subject"]


def test_worthy_evidence_has_no_finding() -> None:
    evidence = {name: _table(name, {}) for name in WORTHY}
    evaluation = evaluate([BASELINE], evidence)
    assert evaluation.findings.num_rows == 0
    assert set(evaluation.rules["state"].to_pylist()) <= {"passed", "nothing-to-judge"}


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("license-resolved", {"license_declared": "not-recorded", "license_state": "not-recorded"}),
        ("source-concentration-bounded", {"sources": 1, "largest_source_share": 1.0}),
        ("legal-basis-recorded", {"personal_information": "no", "legal_basis": "not-recorded"}),
        ("opt-outs-checked", {"kind": "licensed", "opt_outs_checked": "not-recorded"}),
        ("generators-named", {"synthetic": "no", "generator_models": []}),
        ("collector-recorded", {"kind": "software-package", "collector": "not-recorded"}),
        ("collection-period-recorded", {"kind": "software-package", "collection_period_state": "not-recorded"}),
        ("overlap-terms-compatible", {"terms_conflict": "conflicting", "decisive_bytes_a": 999}),
        ("overlap-terms-compatible", {"terms_conflict": "too-short", "decisive_bytes_a": 0}),
        ("overlap-terms-resolved", {"terms_conflict": "too-short", "decisive_bytes_a": 0}),
        ("splits-without-leakage", {"state": "not-compared"}),
        ("intended-use-permitted", {"intended": "no", "permitted": "no"}),
        ("intended-use-decided", {"license_expression": "NOASSERTION", "permitted": "unknown"}),
        ("model-license-recorded", {"declared": False, "license_declared": "not-recorded"}),
        ("lapsed-consent-without-data", {"lapsed_state": "expired", "files": 0}),
        ("mention-documented", {"mention_state": "missing", "commercial": "yes"}),
        ("mention-documented-for-gain", {"mention_state": "missing", "commercial": "not-recorded"}),
        ("consent-evidence-found", {"state": "missing", "evidence_state": "not-recorded"}),
        ("opt-outs-observed", {"kind": "licensed", "records_not_recorded": 9}),
        ("opt-outs-observed-in-time", {"snapshots": 0, "observation_state": "not-recorded"}),
        ("outputs-permitted", {"intended": "no", "models_permitted": "no"}),
        ("labels-not-contradicted", {"entity_type": "LICENSE_NOTICE", "state": "differs"}),
        ("languages-as-declared", {"state": "undeclared", "record_share": 0.04}),
        ("names-declared", {"entity_type": "LOCATION", "state": "undeclared"}),
        ("keyword-gates-hold", {"gate": "manual", "state": "fails"}),
    ],
)
def test_a_rule_leaves_rows_alone_that_another_rule_speaks_about(rule: str, row: dict[str, Any]) -> None:
    rule_id = f"baseline.{rule}"
    judged, findings = _judge_alone(rule_id, _table(RULES[rule_id].evidence_table, row))
    assert (judged["state"], judged["rows_evaluated"], findings) == ("nothing-to-judge", 0, [])


def test_claims_about_nothing_leave_no_rule_of_sources_silent() -> None:
    """A manifest that records nothing at all is told so: no state or answer passes by being unknown."""
    unrecorded = {column.name: "not-recorded" for column in tables.SOURCES.schema if column.type == pa.string()}
    evaluation = evaluate([BASELINE], {"sources": _table("sources", unrecorded | {"personal_information_records": 1})})
    failed = {row["rule_id"] for row in evaluation.rules.to_pylist() if row["state"] == "failed"}
    assert failed == {
        f"baseline.{rule}"
        for rule in (
            "license-recorded",
            "license-evidence-found",
            "source-kind-recorded",
            "origin-recorded",
            "collector-recorded",
            "collection-period-recorded",
            "personal-information-answered",
            "synthetic-recorded",
        )
    }
