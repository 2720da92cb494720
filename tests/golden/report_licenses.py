"""Licenses that records of the small report state, and statements that contradict declared ones."""

from collections.abc import Mapping
from typing import Any

from corpus_audit.vocabulary import NOASSERTION, Purpose


def _record_license(license_: str, permitted: str, **more: Any) -> Mapping[str, Any]:
    answers = dict.fromkeys((purpose.replace("-", "_") for purpose in Purpose), permitted)
    plain = {
        "source_id": "forum-2024", "license": license_, "license_state": "resolved", "license_expression": license_,
        "intended_permitted": permitted, "source_license": NOASSERTION, "source_license_state": "not-recorded",
        "agrees": "not-recorded", "terms_relation": "not-recorded", "weight": "not-applicable", "spellings": 1,
    }  # fmt: skip
    return plain | answers | more


RECORD_LICENSES = (
    _record_license("CC0-1.0", "yes", records=600, size_bytes=1_204_118, record_share=0.49),
    _record_license(
        "CC-BY-NC-4.0", "no", records=20, size_bytes=90_412, record_share=0.0164,
        purposes_forbidden=["commercial-training"], reasons=["commercial use is not granted"],
    ),
    _record_license(
        '"<b>all mine</b> ***"', "unknown", license_state="unrecognised", license_expression=NOASSERTION, records=3,
        size_bytes=812, record_share=0.0025, purposes_open=["commercial-training"], reasons=["the terms are not known"],
    ),
    _record_license(
        "(none)", "not-applicable", license_state="not-recorded", license_expression=NOASSERTION, records=597,
        size_bytes=1_101_003, record_share=0.4911, spellings=0, agrees="not-applicable",
        terms_relation="not-applicable",
    ),
)  # fmt: skip

LICENSE_CONTRADICTIONS = (
    {
        "source_id": "numpy", "kind": "address", "declared": "BSD-3-Clause", "declared_expression": "BSD-3-Clause",
        "declared_place": "manifest.yaml /sources/0/license/expression",
        "stated": "https://creativecommons.org/licenses/by-nc/4.0/", "stated_expression": "CC-BY-NC-4.0",
        "stated_place": "manifest.yaml /sources/0/license/evidence/0/url", "terms_relation": "stricter",
        "weight": "forbids", "purposes_lost": ["commercial-training"], "deciding_expression": "CC-BY-NC-4.0",
    },
    {
        "source_id": "pyarrow", "kind": "card", "declared": "Apache-2.0", "declared_expression": "Apache-2.0",
        "declared_place": "README.md /license", "stated": "MIT", "stated_expression": "MIT",
        "stated_place": "README.md line 40", "terms_relation": "looser", "weight": "none", "purposes_lost": [],
        "deciding_expression": "Apache-2.0",
    },
)  # fmt: skip
