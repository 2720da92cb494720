"""Rows of evidence, rules and findings as the pipeline writes them; columns left out get their defaults."""

from typing import Any

from corpus_audit.corpus.recognition import RECOGNISED
from corpus_audit.vocabulary import NOASSERTION, NOT_RECORDED

SCRIPT = "<script>document.title='ran'</script>"
"""Hostile text a manifest may hold; it must be inert wherever a report shows it."""


def license_columns(expression: str, family: str, **more: Any) -> dict[str, Any]:
    return {
        "license_declared": expression,
        "license_expression": expression,
        "license_state": "resolved",
        "license_reason": "",
        "license_family": family,
        "commercial_use": "yes",
        "derivatives": "yes",
        "redistribution": "yes",
        "share_alike": "no",
        **more,
    }


def unresolved(declared: str, state: str, reason: str) -> dict[str, Any]:
    return license_columns(
        NOASSERTION, "", license_declared=declared, license_state=state, license_reason=reason,
        commercial_use="unknown", derivatives="unknown", redistribution="unknown", share_alike="unknown",
    )  # fmt: skip


_SOUND = {
    "kind": "software-package",
    "origin": "https://pypi.org/project/example/",
    "collector": "data engineering",
    "collection_method": "installed from the package index",
    "collected_from": "2026-11-02",
    "collected_until": "2026-11-02",
    "license_evidence": 1,
    "license_evidence_files": ["LICENSE.txt"],
    "license_evidence_found": 1,
    "license_evidence_state": "found",
    "collection_period_state": "recorded",
    "personal_information": "no",
    "personal_information_state": "none",
    "legal_basis": "not-applicable",
    "legal_basis_state": "not-needed",
    "opt_outs_checked": "not-applicable",
    "synthetic": "no",
}

SOURCES: tuple[dict[str, Any], ...] = (
    _SOUND | license_columns("BSD-3-Clause", "permissive") | {
        "source_id": "numpy", "title": "NumPy", "files": 923, "files_verified": 921, "files_undeclared": 2,
        "size_bytes": 31_204_118, "records": 811, "text_bytes": 16_901_220, "characters": 16_899_410,
        "exact_duplicate_records": 14, "near_duplicate_records": 9, "exact_duplicate_share": 0.0041,
        "near_duplicate_share": 0.012, "personal_information_records": 6, "personal_information_spans": 11,
        "personal_information_values": 7, "personal_information_observed": ["EMAIL_ADDRESS"],
        "personal_information_state": "undeclared", "legal_basis": NOT_RECORDED, "legal_basis_state": NOT_RECORDED,
    },
    _SOUND | license_columns("Apache-2.0", "permissive") | {
        "source_id": "pyarrow", "title": "Apache Arrow", "files": 640, "files_verified": 640,
        "size_bytes": 88_410_002, "records": 402, "text_bytes": 6_110_770, "characters": 6_110_020,
        "personal_information": "yes", "personal_information_types": ["EMAIL_ADDRESS"],
        "personal_information_records": 3, "personal_information_spans": 3, "personal_information_values": 2,
        "personal_information_observed": ["EMAIL_ADDRESS"], "personal_information_state": "agrees",
        "legal_basis": "publicly-disclosed", "legal_basis_state": "recorded",
    },
    _SOUND | license_columns("GPL-3.0-or-later", "copyleft-strong", share_alike="GPL-3.0-or-later") | {
        "source_id": "readline-docs", "title": "Readline manual", "files": 12, "files_verified": 12,
        "size_bytes": 2_400_118, "records": 12, "text_bytes": 2_400_118, "characters": 2_399_997,
        "near_duplicate_records": 3, "near_duplicate_share": 0.31,
    },
    _SOUND | unresolved("Dual License", "ambiguous", "names no license") | {
        "source_id": "dateutil", "title": "dateutil", "files": 25, "files_verified": 24, "files_failed": 1,
        "size_bytes": 1_220_441, "records": 24, "text_bytes": 901_118, "characters": 901_004, "defects": 1,
        "license_evidence": 2, "license_evidence_files": ["LICENSE"],
        "license_evidence_urls": ["https://example.org/dateutil/license"], "license_evidence_found": 0,
        "license_evidence_state": "declared-only",
    },
    {
        "source_id": "forum-2024", "title": f"Forum threads {SCRIPT}", "kind": "web-crawl",
        "origin": "https://forum.example.org/", "collected_from": "2024-03", "collection_period_state": "partial",
        "files": 40, "files_without_checksum": 40, "size_bytes": 52_118_007, "records": 12_004,
        "text_bytes": 50_004_110, "characters": 31_118_004, "exact_duplicate_records": 611,
        "near_duplicate_records": 1_940, "exact_duplicate_share": 0.051, "near_duplicate_share": 0.146,
        "personal_information_records": 811, "personal_information_spans": 1_902, "personal_information_values": 640,
        "personal_information_observed": ["EMAIL_ADDRESS", "PHONE_NUMBER"],
        "personal_information_state": NOT_RECORDED, "defects": 2,
    } | unresolved(NOT_RECORDED, NOT_RECORDED, "no license is declared"),
    _SOUND | license_columns("CC-BY-NC-4.0", "non-commercial", commercial_use="no", redistribution="yes") | {
        "source_id": "新闻语料", "title": "新闻语料 2023", "kind": "licensed", "files": 3, "files_verified": 3,
        "size_bytes": 20_118_400, "records": 8_210, "text_bytes": 20_001_118, "characters": 6_700_400,
        "near_duplicate_records": 118, "near_duplicate_share": 0.021, "synthetic": "yes",
        "generator_models": ["draft-writer-7b"],
    },
)  # fmt: skip

PROPAGATED_RESTRICTIONS: tuple[dict[str, Any], ...] = (
    {
        "source_id": "readline-docs", "origin": "新闻语料", "restriction": "stricter-license",
        "license": "GPL-3.0-or-later", "origin_license": "CC-BY-NC-4.0", "weight": "forbids",
        "purposes_lost": ["commercial-training"], "purposes_open": ["model-release"],
        "conditions_added": ["not for commercial gain"], "records": 3, "bytes": 744_118, "record_share": 0.25,
        "exact_records": 1, "max_jaccard": 1.0, "example": "77aa11bb22cc33dd:0", "example_origin": "99aa11bb22cc33dd:4",
    },
    {
        "source_id": "forum-2024", "origin": "forum-2024", "restriction": "consent-withdrawn",
        "license": "", "origin_license": "", "weight": "not-applicable",
        "purposes_lost": [], "purposes_open": [], "conditions_added": [], "records": 2, "bytes": 1_204,
        "record_share": 0.0001, "exact_records": 2, "max_jaccard": 1.0, "example": "00aa11bb22cc33dd:8",
        "example_origin": "00aa11bb22cc33dd:7",
    },
)  # fmt: skip

COVERAGE_GAPS: tuple[dict[str, Any], ...] = (
    {"unit": "row", "reason": "null-text", "count": 120, "files": 1},
    {"unit": "column", "reason": "binary", "count": 1, "files": 1},
)

COVERAGE_FILES: tuple[dict[str, Any], ...] = (
    {
        "file": "threads/039.jsonl", "format": "jsonl", "state": "unread", "size_bytes": 18_000, "rows": 120,
        "rows_read": 0, "rows_unread": 120, "rows_scanned_only": 120, "reasons": ["null-text"],
    },
)  # fmt: skip

COVERAGE_COLUMNS: tuple[dict[str, Any], ...] = (
    {
        "column_name": "text", "role": "text", "reason": "text-field", "types": ["string"], "files": 40,
        "scanned_values": None,
    },
    {
        "column_name": f"/author/{SCRIPT}", "role": "scanned", "reason": "holds-text", "types": ["string"], "files": 40,
        "scanned_values": 12_124,
    },
    {
        "column_name": "avatar", "role": "not-looked-at", "reason": "binary", "types": ["binary"], "files": 1,
        "scanned_values": None,
    },
)  # fmt: skip

OVERLAPS: tuple[dict[str, Any], ...] = (
    {
        "source_a": "forum-2024", "source_b": "新闻语料", "records_a": 402, "records_b": 118, "bytes_a": 1_640_022,
        "bytes_b": 420_118, "share_a": 0.0328, "share_b": 0.021, "exact_records": 80, "near_records": 322,
        "max_jaccard": 1.0, "example_a": "00aa11bb22cc33dd:17", "example_b": "99aa11bb22cc33dd:4",
        "license_a": NOASSERTION, "license_b": "CC-BY-NC-4.0", "terms_conflict": "unresolved",
        "conflict_reason": "the license of forum-2024 is not known",
        "share_records_a": 0.03, "share_records_b": 0.02, "is_large_part": False,
        "decisive_bytes_a": 1_600_000, "decisive_bytes_b": 400_000,
    },
    {
        "source_a": "forum-2024", "source_b": "readline-docs", "records_a": 9, "records_b": 3, "bytes_a": 801_022,
        "bytes_b": 744_118, "share_a": 0.016, "share_b": 0.31, "exact_records": 0, "near_records": 9,
        "max_jaccard": 0.94, "example_a": "00aa11bb22cc33dd:9", "example_b": "77aa11bb22cc33dd:0",
        "license_a": NOASSERTION, "license_b": "GPL-3.0-or-later", "terms_conflict": "conflicting",
        "conflict_reason": "share-alike on one side only",
        "share_records_a": 0.001, "share_records_b": 0.25, "is_large_part": True,
        "decisive_bytes_a": 801_022, "decisive_bytes_b": 744_118,
    },
    {
        "source_a": "numpy", "source_b": "pyarrow", "records_a": 5, "records_b": 5, "bytes_a": 40_118,
        "bytes_b": 40_118, "share_a": 0.0024, "share_b": 0.0066, "exact_records": 5, "near_records": 0,
        "max_jaccard": 1.0, "example_a": "11aa11bb22cc33dd:0", "example_b": "22aa11bb22cc33dd:0",
        "license_a": "BSD-3-Clause", "license_b": "Apache-2.0", "terms_conflict": "none", "conflict_reason": "",
        "share_records_a": 0.001, "share_records_b": 0.002, "is_large_part": False,
        "decisive_bytes_a": 40_118, "decisive_bytes_b": 40_118,
    },
)  # fmt: skip

DATASET_OVERLAPS: tuple[dict[str, Any], ...] = (
    {
        "audit_b": "environment-1a2b3c4d5e6f", "dataset_b": "environment", "version_b": "2026-10",
        "relation": "other-version", "state": "compared", "records_a": 4_200, "records_b": 4_188,
        "bytes_a": 31_000_000, "bytes_b": 30_900_000, "share_a": 0.91, "share_b": 0.97, "exact_records": 4_100,
        "near_records": 100, "unverified": 3, "licenses_a": ["MIT", "BSD-3-Clause"], "licenses_b": ["MIT"],
        "example_a": "11aa11bb22cc33dd:0", "example_b": "11aa11bb22cc33dd:0",
    },
    {
        "audit_b": "old-corpus-aabbccddeeff", "dataset_b": "old-corpus", "relation": "other-dataset",
        "state": "other-settings", "records_a": None, "records_b": None, "bytes_a": None, "bytes_b": None,
        "share_a": None, "share_b": None, "exact_records": None, "near_records": None, "unverified": None,
        "licenses_a": None, "licenses_b": None, "example_a": None, "example_b": None,
    },
)  # fmt: skip

REFERENCES: tuple[dict[str, Any], ...] = (
    {
        "reference": "poems-2024", "reference_kind": "protected-works", "reference_sha256": "a7" * 32, "items": 4_210,
        "items_too_short": 12, "source_id": "forum-2024", "items_found": 31, "records": 58, "record_share": 0.0047,
        "shared_bytes": 41_330, "max_containment": 1.0, "example_record": "00aa11bb22cc33dd:17",
        "example_item": "poems/evening.txt", "example_start": 1_200, "example_end": 2_044,
    },
    {
        "reference": "poems-2024", "reference_kind": "protected-works", "reference_sha256": "a7" * 32, "items": 4_210,
        "items_too_short": 12, "source_id": "numpy", "max_containment": None, "example_record": None,
        "example_item": None, "example_start": None, "example_end": None,
    },
    {
        "reference": "exam", "reference_kind": "evaluation-set", "reference_sha256": "b8" * 32, "items": 164,
        "source_id": "forum-2024", "max_containment": None, "example_record": None, "example_item": None,
        "example_start": None, "example_end": None,
    },
)  # fmt: skip

PERSONAL_INFORMATION: tuple[dict[str, Any], ...] = (
    {
        "source_id": "forum-2024", "entity_type": "EMAIL_ADDRESS", "declared": NOT_RECORDED, "records": 611,
        "spans": 1_402, "distinct_values": 420, "records_looked_at": 12_124, "record_share": 0.0504,
        "columns": ["(text)", "/author/name"], "mean_score": 0.97, "state": NOT_RECORDED,
    },
    {
        "source_id": "forum-2024", "entity_type": "PHONE_NUMBER", "declared": NOT_RECORDED, "records": 240,
        "spans": 500, "distinct_values": 220, "records_looked_at": 12_124, "record_share": 0.0198,
        "columns": ["(text)"], "mean_score": 0.81, "state": NOT_RECORDED,
    },
    {
        "source_id": "numpy", "entity_type": "EMAIL_ADDRESS", "declared": "no", "records": 6, "spans": 11,
        "distinct_values": 7, "records_looked_at": 811, "record_share": 0.0074, "columns": ["(text)"],
        "mean_score": 0.98, "state": "undeclared",
    },
    {
        "source_id": "pyarrow", "entity_type": "EMAIL_ADDRESS", "declared": "yes", "records": 3, "spans": 3,
        "distinct_values": 2, "record_share": 0.0075, "mean_score": 0.99, "state": "declared",
    },
)  # fmt: skip

_HASH_A, _HASH_B = "a1" * 32, "b2" * 32

_NOTHING_RECOGNISED = dict.fromkeys(RECOGNISED)

_FILES: tuple[dict[str, Any], ...] = (
    {
        "source_id": "dateutil", "file": "dateutil/tz/win.py", "format": "text", "declared_size_bytes": 12_004,
        "observed_size_bytes": 12_004, "declared_sha256": _HASH_A, "observed_sha256": _HASH_B,
        "state": "checksum-mismatch", "records": 1, "text_bytes": 12_004, "defects": 1,
        "compression": "none", "encoding": "cp1252", "encoding_basis": "two-detectors-agree",
    },
    {
        "source_id": "forum-2024", "file": "threads/000.jsonl.gz", "format": "jsonl", "declared_size_bytes": None,
        "observed_size_bytes": 8_004_118, "declared_sha256": None, "observed_sha256": _HASH_B,
        "state": "no-checksum", "records": 300, "text_bytes": 7_000_000, "defects": 2,
        "compression": "gzip", "encoding": "utf-8", "encoding_basis": "valid",
    },
    {
        "source_id": "forum-2024", "file": "threads/old.csv", "format": "csv", "declared_size_bytes": 12_004,
        "observed_size_bytes": 12_004, "declared_sha256": _HASH_A, "observed_sha256": _HASH_A, "state": "verified",
        "records": 12, "text_bytes": 8_118, "compression": "none", "encoding": "utf-16",
        "encoding_basis": "byte-order-mark", "csv_delimiter": "\t", "csv_quote": '"', "csv_escape": "",
        "csv_first_line": 1, "csv_names": "in-file",
    },
    {
        "source_id": "numpy", "file": "numpy/core/_multiarray.so", "format": "binary", "declared_size_bytes": 9_118_004,
        "observed_size_bytes": 9_118_004, "declared_sha256": _HASH_A, "observed_sha256": _HASH_A, "state": "verified",
        "compression": "none",
    },
    {
        "source_id": "numpy", "file": "numpy/__init__.py", "format": "text", "declared_size_bytes": 20_118,
        "observed_size_bytes": 20_118, "declared_sha256": _HASH_A, "observed_sha256": _HASH_A, "state": "verified",
        "records": 1, "text_bytes": 20_118, "compression": "none", "encoding": "utf-8", "encoding_basis": "valid",
    },
    {
        "source_id": "readline-docs", "file": "manual/old.txt", "format": "text", "declared_size_bytes": 118_004,
        "observed_size_bytes": None, "declared_sha256": _HASH_A, "observed_sha256": None, "state": "missing",
    },
)  # fmt: skip

FILES = tuple({**_NOTHING_RECOGNISED, **file} for file in _FILES)

DEFECTS: tuple[dict[str, Any], ...] = (
    {"source_id": "dateutil", "file": "dateutil/tz/win.py", "code": "not-utf8", "count": 1, "places": ["byte 4096"],
     "detail": "the byte 0xE9 is not UTF-8"},
    {"source_id": "forum-2024", "file": "threads/000.jsonl.gz", "code": "bad-row", "count": 2,
     "places": ["row 12", "row 118"], "detail": "the line is not a JSON object"},
)  # fmt: skip

MODELS: tuple[dict[str, Any], ...] = (
    {"model_id": "draft-writer-7b", "version": "1.2", "role": "generator", "origin": "https://models.example.org/7b",
     "license_declared": "apache-2.0", "declared": True, "license_expression": "Apache-2.0",
     "license_state": "resolved", "outputs_permitted": "yes", "sources": 1},
    {"model_id": "label-checker", "role": "annotator", "license_expression": NOASSERTION, "built_on": ["base-7b"],
     "lineage": ["base-7b"], "outputs_permitted": "unknown", "outputs_reasons": ["the terms are not known"],
     "sources": 0},
)  # fmt: skip

_NOT_DECLARED = dict.fromkeys(("face_state", "voice_state", "name_state", "text_state"), "not-applicable")

SUBJECTS: tuple[dict[str, Any], ...] = (
    {**_NOT_DECLARED, "subject_id": "singer-01", "deceased": "no", "minor": "no", "modalities": ["voice", "name"],
     "authorisations": 2, "authorisations_withdrawn": 1, "voice_state": "bundled-only", "name_state": "documented",
     "likeness_state": "bundled-only", "mention_state": "documented", "state": "bundled-only",
     "gaps": ["withdrawn", "bundled-only"], "uses_open": ["commercial-training"], "commercial": "yes",
     "lapsed_state": "withdrawn", "grantor_relation": "self", "documented_by": "consents/terms of <b>use</b>.txt",
     "evidence_state": "found", "source_ids": ["forum-2024"], "files": 1, "records": 240,
     "record_modalities": ["text"]},
    {**_NOT_DECLARED, "subject_id": "歌手-02", "deceased": "yes", "died_at": "1995-05-08", "modalities": ["voice"],
     "voice_state": "missing", "likeness_state": "missing", "mention_state": "not-applicable", "state": "missing",
     "gaps": ["missing"], "uses_open": ["commercial-training"], "commercial": "yes", "lapsed_state": "none",
     "source_ids": ["新闻语料"], "files": 2, "records": 3},
    {**_NOT_DECLARED, "subject_id": "narrator", "deceased": "no", "modalities": ["voice"], "authorisations": 1,
     "voice_state": "documented", "likeness_state": "documented", "mention_state": "not-applicable",
     "state": "documented", "uses_documented": ["commercial-training"], "commercial": "yes", "lapsed_state": "none",
     "grantor_relation": "self", "documented_by": "consents/narrator.pdf", "evidence_state": "found"},
)  # fmt: skip

OPT_OUTS: tuple[dict[str, Any], ...] = (
    {"source_id": "forum-2024", "host": "forum.example.org", "hosts": 1, "kind": "web-crawl", "snapshots": 2,
     "kinds": ["robots.txt", "tdmrep.json"], "crawlers": ["ExampleBot"], "observed_from": "2024-02-01",
     "observed_until": "2024-02-09", "observation_state": "outside", "records": 12_000, "records_allowed": 11_000,
     "records_reserved": 1_000, "records_self_reserved": 40, "reserved_by": ["headers", "tdmrep.json"],
     "state": "reserved"},
    {"source_id": "forum-2024", "host": "(other hosts)", "hosts": 17, "kind": "web-crawl",
     "observation_state": NOT_RECORDED, "records": 40, "records_not_recorded": 40},
)  # fmt: skip

RECORD_OPT_OUTS: tuple[dict[str, Any], ...] = (
    {"source_id": "forum-2024", "protocol": "robots-tag", "vocabulary": "noai, noml", "places": ["header"],
     "crawlers": ["ExampleBot"], "records": 60, "records_reserved": 40, "records_not_recorded": 20,
     "statements": ["noai", "otherbot: noai, noml"], "state": "reserved"},
    {"source_id": "forum-2024", "protocol": "content-usage", "vocabulary": "draft-ietf-aipref-vocab-08",
     "places": ["page"], "records": 7, "records_allowed": 7, "statements": ["search=y, train-ai=y"],
     "state": "allowed"},
)  # fmt: skip

MEDIA: tuple[dict[str, Any], ...] = (
    {"source_id": "forum-2024", "modality": "image", "records": 900, "records_measured": 896, "records_damaged": 3,
     "records_not_decoded": 1, "faces_declared": "no", "faces_records": 212, "faces_state": "undeclared",
     "faces_examples": ["avatars.tar 0001.jpg", f"{SCRIPT}.png"], "speech_state": "not-applicable"},
    {"source_id": "forum-2024", "modality": "audio", "records": 12, "records_measured": 12, "seconds": 66.5,
     "checks_not_run": ["copies", "speech"], "faces_state": "not-applicable", "speech_state": "not-run"},
)  # fmt: skip

LABELS: tuple[dict[str, Any], ...] = (
    {"source_id": "forum-2024", "modality": "image", "carrier": "xmp", "kind": "aigc-label", "value": "Label 1",
     "meaning": "generated", "records": 40, "record_share": 0.044, "examples": ["avatars.tar 0007.png"],
     "generated_declared": "no", "generated_state": "undeclared"},
    {"source_id": "forum-2024", "modality": "image", "carrier": "c2pa", "kind": "data-mining",
     "value": "cawg.ai_training notAllowed", "meaning": "reserved", "records": 3, "record_share": 0.003,
     "examples": ["avatars.tar 0009.jpg"], "generated_declared": "no", "generated_state": "none"},
)  # fmt: skip

RULES: tuple[dict[str, Any], ...] = (
    {"rule_id": "baseline.license-resolved", "severity": "critical", "failure_kind": "missing", "requirements": [1, 3],
     "title": "Every source has a license that can be read as an SPDX expression",
     "why": "Data whose terms are unknown cannot be shown to have a lawful source.",
     "remedy": "Ask the supplier for the terms, keep a copy, and declare the SPDX expression in the manifest.",
     "evidence_table": "sources", "column": "license_state", "expectation": "expect_column_values_to_be_in_set",
     "state": "failed", "rows_evaluated": 6, "rows_failed": 2},
    {"rule_id": "baseline.files-as-declared", "severity": "critical", "failure_kind": "contradiction",
     "requirements": [7, 18], "title": "Every file is there and is the file that was declared",
     "why": "A file that differs from its checksum is not the file whose rights were cleared.",
     "remedy": "Restore the declared file, or declare the new one and clear its rights again.",
     "evidence_table": "files", "column": "state", "expectation": "expect_column_values_to_not_be_in_set",
     "state": "failed", "rows_evaluated": 5, "rows_failed": 2},
    {"rule_id": "baseline.personal-information-declared", "severity": "critical", "failure_kind": "contradiction",
     "requirements": [4, 7], "title": "No personal information is found where none is declared",
     "why": "Processing personal information needs a basis, and a basis needs to be known beforehand.",
     "remedy": "Declare the types found and their legal basis, or remove the records.",
     "evidence_table": "sources", "column": "personal_information_state",
     "expectation": "expect_column_values_to_not_be_in_set", "state": "failed", "rows_evaluated": 6, "rows_failed": 1},
    {"rule_id": "baseline.overlap-terms", "severity": "critical", "failure_kind": "contradiction", "requirements": [3],
     "title": "Sources that share copies have terms that agree",
     "why": "A copy can only be used under the terms of the source it came from.",
     "remedy": "Find out which source is the original and drop the copies from the other.",
     "evidence_table": "overlaps", "column": "terms_conflict", "expectation": "expect_column_values_to_not_be_in_set",
     "state": "failed", "rows_evaluated": 3, "rows_failed": 1},
    {"rule_id": "baseline.legal-basis-recorded", "severity": "warning", "failure_kind": "missing", "requirements": [4],
     "title": "Where there is personal information a legal basis is recorded",
     "why": "Consent, or one of the other grounds the law names, is what makes processing possible.",
     "remedy": "Record the legal basis of each source that holds personal information.",
     "evidence_table": "sources", "column": "legal_basis_state", "expectation": "expect_column_values_to_not_be_in_set",
     "state": "failed", "rows_evaluated": 6, "rows_failed": 2},
    {"rule_id": "baseline.near-duplicates-bounded", "severity": "warning", "failure_kind": "out-of-bounds",
     "requirements": [5], "title": "Near copies stay under a tenth of the text",
     "why": "Repeated text weighs more in training than it should and hides where it came from.",
     "remedy": "Remove near copies, keeping the representative of each cluster.",
     "evidence_table": "sources", "column": "near_duplicate_share", "expectation": "expect_column_values_to_be_between",
     "state": "failed", "rows_evaluated": 6, "rows_failed": 2},
    {"rule_id": "baseline.collector-recorded", "severity": "info", "failure_kind": "missing", "requirements": [1],
     "title": "Every source names who collected it", "why": "Someone has to answer for the collection.",
     "remedy": "Name the person or body that collected the source.", "evidence_table": "sources",
     "column": "collector", "expectation": "expect_column_values_to_not_be_in_set", "state": "failed",
     "rows_evaluated": 6, "rows_failed": 1},
    {"rule_id": "baseline.origin-recorded", "severity": "warning", "failure_kind": "missing", "requirements": [1],
     "title": "Every source names its origin", "why": "A source without an origin has no provenance.",
     "remedy": "Record the address or the contract the source came from.", "evidence_table": "sources",
     "column": "origin", "expectation": "expect_column_values_to_not_be_in_set", "state": "passed",
     "rows_evaluated": 6},
    {"rule_id": "baseline.models-licensed", "severity": "warning", "failure_kind": "missing", "requirements": [2],
     "title": "Every model that produced data has a known license", "why": "Its terms may bind what it wrote.",
     "remedy": "Record version and license of each model.", "evidence_table": "models", "column": "license_state",
     "expectation": "expect_column_values_to_be_in_set", "state": "errored",
     "state_reason": "The column license_state could not be compared.", "rows_evaluated": 2},
    {"rule_id": "baseline.opt-outs-checked", "severity": "warning", "failure_kind": "missing", "requirements": [1],
     "title": "Opt-outs were checked before a crawl", "why": "Rights holders may have reserved their rights.",
     "remedy": "Check robots.txt and reservations, and record when.", "evidence_table": "sources",
     "column": "opt_outs", "expectation": "expect_column_values_to_be_in_set", "state": "not-evaluated",
     "state_reason": "The evidence has no column opt_outs."},
)  # fmt: skip


def _in_chinese(title: str, why: str, remedy: str) -> dict[str, str]:
    return {"title_zh": title, "why_zh": why, "remedy_zh": remedy}


RULES_IN_CHINESE = {
    "baseline.license-resolved": _in_chinese(
        "每个来源的许可证都能读作 SPDX 表达式",
        "条款不明的数据，无法证明其来源合法。",
        "向供方索取条款，保存副本，并在清单中声明 SPDX 表达式。",
    ),
    "baseline.files-as-declared": _in_chinese(
        "每个文件都存在，且就是所声明的文件",
        "与校验和不符的文件，不是当初核清权利的文件。",
        "恢复所声明的文件，或声明新文件并重新核清其权利。",
    ),
    "baseline.personal-information-declared": _in_chinese(
        "声明没有个人信息之处未发现个人信息",
        "处理个人信息须有合法性基础，而基础须事先明确。",
        "声明所发现的类型及其合法性基础，或删除有关记录。",
    ),
    "baseline.overlap-terms": _in_chinese(
        "含有相同副本的来源，其条款相互一致",
        "副本只能依其原来源的条款使用。",
        "查明何者为原件，并从另一来源中删除副本。",
    ),
    "baseline.legal-basis-recorded": _in_chinese(
        "有个人信息之处记录了合法性基础",
        "同意或法律规定的其他基础，是处理的前提。",
        "为每个含个人信息的来源记录合法性基础。",
    ),
    "baseline.near-duplicates-bounded": _in_chinese(
        "近似副本不超过文本的十分之一",
        "重复文本在训练中占比过重，并掩盖其出处。",
        "删除近似副本，每簇只留代表。",
    ),
    "baseline.collector-recorded": _in_chinese(
        "每个来源都写明由谁收集",
        "收集须有人负责。",
        "写明收集该来源的人或机构。",
    ),
    "baseline.origin-recorded": _in_chinese(
        "每个来源都写明出处",
        "没有出处的来源无从溯源。",
        "记录来源的网址或合同。",
    ),
    "baseline.models-licensed": _in_chinese(
        "每个生成数据的模型都有已知的许可证",
        "模型的条款可能约束其产出。",
        "记录每个模型的版本和许可证。",
    ),
    "baseline.opt-outs-checked": _in_chinese(
        "爬取之前核查了退出声明",
        "权利人可能已保留其权利。",
        "核查 robots.txt 和权利保留声明，并记录日期。",
    ),
}

PROBLEMS: dict[str, tuple[str, str]] = {
    "baseline.license-resolved": (
        "{subject}: the license does not name definite terms[ (“{license_declared}”)]",
        "{subject}：许可证未指明确定的条件[（“{license_declared}”）]",
    ),
    "baseline.files-as-declared": (
        "{subject}: not the declared file[ ({state})]",
        "{subject}：与声明不符[（{state}）]",
    ),
    "baseline.personal-information-declared": (
        "{subject}: declared without personal information[: {personal_information_spans:place|places} found]",
        "{subject}：声明不含个人信息，数据中却发现个人信息[（{personal_information_spans}处）]",
    ),
    "baseline.overlap-terms": (
        "The same content is offered under conflicting terms: {subject}",
        "同一内容以相互冲突的条件提供：{subject}",
    ),
    "baseline.legal-basis-recorded": (
        "{subject}: personal information without a recorded legal basis",
        "{subject}：含有个人信息，但未填写合法性基础",
    ),
    "baseline.near-duplicates-bounded": (
        "{subject}: too much text nearly repeats other text[ ({near_duplicate_share})]",
        "{subject}：近似重复的文本过多[（{near_duplicate_share}）]",
    ),
    "baseline.collector-recorded": (
        "{subject}: the manifest does not say who collected the data",
        "{subject}：未填写数据的收集者",
    ),
}

FINDINGS: tuple[tuple[str, str, str | None, dict[str, Any]], ...] = (
    ("baseline.license-resolved", "dateutil", "dateutil",
     {"license_declared": "Dual License", "license_state": "ambiguous"}),
    ("baseline.license-resolved", "forum-2024", "forum-2024",
     {"license_declared": NOT_RECORDED, "license_state": NOT_RECORDED}),
    ("baseline.files-as-declared", "dateutil / dateutil/tz/win.py", "dateutil",
     {"state": "checksum-mismatch", "declared_sha256": _HASH_A, "observed_sha256": _HASH_B}),
    ("baseline.files-as-declared", "readline-docs / manual/old.txt", "readline-docs",
     {"state": "missing", "declared_sha256": _HASH_A, "observed_sha256": None}),
    ("baseline.personal-information-declared", "numpy", "numpy",
     {"personal_information": "no", "personal_information_observed": ["EMAIL_ADDRESS"],
      "personal_information_spans": 11}),
    ("baseline.overlap-terms", "forum-2024 / readline-docs", "forum-2024",
     {"license_a": NOASSERTION, "license_b": "GPL-3.0-or-later", "terms_conflict": "conflicting"}),
    ("baseline.legal-basis-recorded", "forum-2024", "forum-2024",
     {"legal_basis": NOT_RECORDED, "personal_information_records": 811}),
    ("baseline.legal-basis-recorded", "numpy", "numpy",
     {"legal_basis": NOT_RECORDED, "personal_information_records": 6}),
    ("baseline.near-duplicates-bounded", "forum-2024", "forum-2024", {"near_duplicate_share": 0.146}),
    ("baseline.near-duplicates-bounded", "readline-docs", "readline-docs", {"near_duplicate_share": 0.31}),
    ("baseline.collector-recorded", "forum-2024", "forum-2024", {"collector": NOT_RECORDED}),
)  # fmt: skip

COMMON_TEXTS: tuple[dict[str, Any], ...] = (
    {"sources": 5_000, "texts": 1, "records": 5_200, "unlisted_pairs": 12_472_515},
    {"sources": 66, "texts": 2, "records": 132, "unlisted_pairs": 4_160},
)

SIMILARITY: tuple[dict[str, Any], ...] = (
    {"hundredths": 80, "kind": "near", "pairs": 3},
    {"hundredths": 86, "kind": "near", "pairs": 5},
    {"hundredths": 90, "kind": "near", "pairs": 12},
    {"hundredths": 98, "kind": "exact", "pairs": 14},
    {"hundredths": 98, "kind": "near", "pairs": 2},
)

SPLIT_LEAKAGE: tuple[dict[str, Any], ...] = (
    {
        "source_id": "forum-2024", "split": "test", "records": 1_000, "empty_records": 2, "training_records": 48_000,
        "leaked_records": 31, "leaked_share": 0.031, "exact_records": 12, "near_records": 19, "unassigned_records": 4,
        "uncompared_records": 7,
        "state": "leaked", "examples": ["00000000000000b1:17"], "training_examples": ["00000000000000a4:2081"],
    },
    {
        "source_id": "forum-2024", "split": "validation", "records": 500,
        "empty_records": 0, "training_records": 48_000,
        "leaked_records": 0, "leaked_share": 0.0, "exact_records": 0, "near_records": 0, "unassigned_records": 0,
        "uncompared_records": 0,
        "state": "none-found", "examples": [], "training_examples": [],
    },
)  # fmt: skip
