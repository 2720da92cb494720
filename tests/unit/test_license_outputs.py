"""What the licenses behind a model say about its outputs."""

import pytest

from corpus_audit.rights.facts import LicensePermission
from corpus_audit.rights.outputs import lineage_table, output_table, permits_outputs
from corpus_audit.vocabulary import Purpose

LLAMA_2, LLAMA_31 = "LicenseRef-llama-2-license-2023", "LicenseRef-llama-3.1-license-2024"


def model(model_id: str, expression: str, *built_on: str) -> dict[str, object]:
    return {"model_id": model_id, "license_expression": expression, "built_on": list(built_on)}


@pytest.mark.parametrize(
    ("expression", "purpose", "permitted", "reason"),
    [
        ("Apache-2.0", Purpose.COMMERCIAL_TRAINING, "yes", None),
        ("Apache-2.0", Purpose.REDISTRIBUTION_DERIVED, "yes", None),
        ("CC-BY-NC-4.0", Purpose.COMMERCIAL_TRAINING, "no", "commercial use is not granted"),
        ("CC-BY-NC-4.0", Purpose.INTERNAL_TRAINING, "yes", None),
        # No copies of the model are passed on with its outputs.
        ("CC-BY-NC-ND-4.0", Purpose.REDISTRIBUTION_DERIVED, "yes", None),
        ("CC-BY-SA-4.0", Purpose.MODEL_RELEASE, "unknown", "share-alike terms reach the outputs"),
        ("CC-BY-SA-4.0", Purpose.COMMERCIAL_TRAINING, "yes", None),
        (LLAMA_2, Purpose.INTERNAL_TRAINING, "unknown", "compete with the licensor's"),
        (LLAMA_31, Purpose.MODEL_RELEASE, "yes", None),
        ("LicenseRef-anthropic-terms", Purpose.INTERNAL_TRAINING, "no", "may not be used to train models"),
        ("LicenseRef-stability-ai-nc-2023-12-06", Purpose.COMMERCIAL_TRAINING, "no", "for research only"),
        ("NOASSERTION", Purpose.INTERNAL_TRAINING, "unknown", "the terms are not known"),
        (f"Apache-2.0 OR {LLAMA_2}", Purpose.INTERNAL_TRAINING, "yes", None),
        (f"Apache-2.0 AND {LLAMA_2}", Purpose.INTERNAL_TRAINING, "unknown", "compete with the licensor's"),
    ],
)
def test_limits_reach_outputs_and_terms_on_copies_do_not(
    expression: str, purpose: Purpose, permitted: str, reason: str | None
) -> None:
    answer = permits_outputs(expression, purpose)
    assert answer.permitted is LicensePermission(permitted)
    assert (reason is None and answer.reasons == ()) or any(reason in told for told in answer.reasons)


def test_a_duty_to_name_is_a_condition() -> None:
    assert any("carry the name" in told for told in permits_outputs(LLAMA_31, Purpose.MODEL_RELEASE).conditions)
    assert permits_outputs("Apache-2.0", Purpose.MODEL_RELEASE).conditions == ()


def test_what_a_model_was_built_on_binds_its_outputs_too() -> None:
    table = output_table([model("top", "MIT", "middle"), model("middle", "MIT", "base"), model("base", LLAMA_2)])
    answers = {(row["model_id"], row["purpose"]): row for row in table.to_pylist()}
    assert len(answers) == 3 * len(Purpose)
    top = answers["top", "internal-training"]
    assert (top["permitted"], top["reasons"]) == ("unknown", answers["base", "internal-training"]["reasons"])


def test_a_refusal_is_not_softened_by_what_else_is_unknown() -> None:
    table = output_table([model("top", "NOASSERTION", "base"), model("base", "LicenseRef-anthropic-terms")])
    (row,) = [r for r in table.to_pylist() if (r["model_id"], r["purpose"]) == ("top", "internal-training")]
    assert row["permitted"] == "no"
    assert row["conditions"] == []
    assert "the terms are not known" not in row["reasons"]


def test_lineage_ends_in_a_circle_and_at_models_that_nobody_describes() -> None:
    rows = lineage_table([model("a", "MIT", "b"), model("b", LLAMA_2, "a", "elsewhere")]).to_pylist()
    assert {row["model_id"]: row["lineage"] for row in rows} == {"a": ["b", "elsewhere"], "b": ["a", "elsewhere"]}
    assert [bool(row["license_notes"]) for row in rows] == [False, True]
