"""Rows of evidence on texts for the golden report: something in every table, and every state once."""

from typing import Any

NOTICES: tuple[dict[str, Any], ...] = tuple(
    {"source_id": source, "entity_type": kind, "stated": stated, "declared": declared, "records": records,
     "spans": 2 * records, "distinct_values": 1, "records_looked_at": 811,
     "record_share": records / 811, "mean_score": 0.9, "state": state}
    for source, kind, stated, declared, records, state in (
        ("numpy", "LICENSE_NOTICE", "BSD", "BSD-3-Clause", 700, "agrees"),
        ("numpy", "SPDX_LICENSE_IDENTIFIER", "GPL-3.0-only", "BSD-3-Clause", 2, "differs"),
        ("numpy", "SPDX_LICENSE_IDENTIFIER", "unrecognised", "BSD-3-Clause", 1, "noted"),
        ("forum-dump", "TRAINING_RESERVATION", "", "NOASSERTION", 4, "reserved"),
        ("forum-dump", "CONFIDENTIAL", "", "NOASSERTION", 3, "restricted"),
        ("forum-dump", "AIGC_LABEL", "AIGC generated", "not-recorded", 5, "not-recorded"),
    )
)  # fmt: skip
SECRETS = (
    {"source_id": "numpy", "entity_type": "PRIVATE_KEY", "records": 1, "spans": 2, "distinct_values": 2,
     "records_looked_at": 811, "record_share": 0.001233, "mean_score": 0.95},
)  # fmt: skip
LANGUAGES: tuple[dict[str, Any], ...] = tuple(
    {"source_id": "numpy", "language": language, "declared": declared, "records_in_all": 100, "records": records,
     "record_share": records / 100, "records_declared_otherwise": 0, "mean_confidence": 0.97, "state": state}
    for language, declared, records, state in (
        ("en", "yes", 80, "declared"), ("de", "no", 15, "undeclared"), ("und", "no", 5, "undetermined"),
    )
)  # fmt: skip
_QUALITY = {
    "duplicate_share": 0.11, "characters_p10": 120, "characters_median": 2_400, "characters_p90": 48_000,
    "characters_most": 1_204_000, "mean_entropy_bits": 4.71, "damaged_records": 3, "damaged_share": 0.0037,
    "control_character_records": 1, "mean_compressed_share": 0.31,
    "mean_boilerplate_share": 0.012, "mean_repeated_line_share": 0.08, "records_judged": 98,
    "gopher_rejected_share": 0.93, "gopher_rules": ["stop-words", "too-few-words"], "c4_rejected_share": 0.71,
    "c4_rules": ["curly-bracket"],
}  # fmt: skip
QUALITY: tuple[dict[str, Any], ...] = (
    {"source_id": "(dataset)", "records": 1_213, **_QUALITY},
    {"source_id": "numpy", "records": 811, **_QUALITY},
    {"source_id": "pyarrow", "records": 0, **{name: None for name in _QUALITY if name.startswith(("mean", "char"))},
     "gopher_rejected_share": None, "c4_rejected_share": None},
)  # fmt: skip
DIVERSITY: tuple[dict[str, Any], ...] = tuple(
    {"aspect": aspect, "distinct_kinds": kinds, "largest": largest, "largest_share": share, "entropy_bits": 1.2,
     "effective_kinds": 2.297397}
    for aspect, kinds, largest, share in (
        ("languages", 3, "en", 0.8), ("scripts", 2, "latin", 0.97), ("sources", 6, "numpy", 0.6),
    )
)  # fmt: skip
NAMES: tuple[dict[str, Any], ...] = tuple(
    {"source_id": source, "entity_type": "PERSON", "method": method, "declared": declared, "records_sampled": 20,
     "records": 4, "spans": 9, "distinct_values": 7, "record_share": 0.2, "mean_score": 0.85, "state": state}
    for source, method, declared, state in (
        ("numpy", "presidio", "no", "undeclared"), ("forum-dump", "surname-and-title", "not-recorded", "not-recorded"),
    )
)  # fmt: skip
KEYWORDS = (
    {"source_id": "numpy", "keyword_list": "harmful", "records_checked": 811, "records": 60, "record_share": 0.074},
)
GATES: tuple[dict[str, Any], ...] = tuple(
    {"gate": gate, "source_id": source, "records": records, "records_needed": needed, "records_checked": checked,
     "records_rejected": rejected, "clean_share": (checked - rejected) / checked if checked else None,
     "passes_at": bound, "keyword_lists": ["harmful"], "state": state}
    for gate, source, records, needed, checked, rejected, bound, state in (
        ("keyword", "(dataset)", 1_213, 122, 1_213, 60, 0.98, "fails"),
        ("manual", "(dataset)", 1_213, 1_213, 0, 0, 0.96, "not-recorded"),
        ("source", "numpy", 811, 82, 811, 60, 0.95, "fails"),
        ("source", "pyarrow", 402, 41, 402, 0, 0.95, "holds"),
    )
)  # fmt: skip
CHECKS: tuple[dict[str, Any], ...] = tuple(
    {"check_id": check, "state": "not-run" if reason else "run", "reason": reason, "method": method,
     "records": records, "records_in_all": 1_213, "seed": 1}
    for check, reason, method, records in (
        ("keywords", "", "pyahocorasick 2.3.1", 1_213),
        ("languages", "", "py3langid 0.4.0", 1_213),
        ("manual-reading", "nobody-recorded-it", "", 0),
        ("names-presidio", "not-installed", "", 0),
        ("names-surname-and-title", "", "", 20),
        ("quality", "", "Gopher (Rae et al., 2021), C4 (Raffel et al., 2020)", 1_213),
    )
)  # fmt: skip

ROWS = {
    "notices": NOTICES,
    "secrets": SECRETS,
    "languages": LANGUAGES,
    "quality": QUALITY,
    "diversity": DIVERSITY,
    "names": NAMES,
    "keywords": KEYWORDS,
    "gates": GATES,
    "checks": CHECKS,
    "below_minimum_score": (
        {"source_id": "forum-2024", "kind": "personal_information", "entity_type": "CRYPTO", "records": 5, "spans": 7},
    ),
}
"""By the name of their table."""
