"""The Chinese self-assessment: a failed rule stands at every clause that it serves, and unknown is never zero."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pytest

from corpus_audit.export.cn_clauses import placed_rules
from corpus_audit.export.cn_samples import samples_table
from corpus_audit.export.form import LocalizedText
from corpus_audit.export.inputs import ExportInputs, RequirementText
from corpus_audit.manifest.model import Manifest
from corpus_audit.schemas import RULES
from corpus_audit.schemas.table import Table

WHOLE = {
    "records": 100_000,
    "manual_sampled": None,
    "manual_rejected": None,
    "manual_pass_share": None,
    "automatic_sampled": None,
    "automatic_rejected": None,
    "automatic_pass_share": None,
    "automatic_sampled_share": None,
    "keywords": None,
}
GATE = {
    "gate": "keyword",
    "records": 0,
    "records_checked": 0,
    "records_rejected": 0,
    "records_needed": 0,
    "passes_at": 0.98,
    "clean_share": None,
    "state": "not-recorded",
}


def inputs(
    rules: Sequence[Mapping[str, Any]] = (), evidence: Mapping[str, list[dict[str, Any]]] | None = None
) -> ExportInputs:
    """Return an audit with some rules and evidence, and nothing else."""
    numbers = [(number, "CN") for number in range(1, 19)] + [(19, "EU"), (21, "US-CA")]
    return ExportInputs(
        audit_id="a",
        tool_version="1",
        manifest=Manifest.model_validate(
            {"manifest_version": "1", "dataset": {"id": "songs"}, "sources": [{"id": "s"}]}
        ),
        manifest_sha256="0" * 64,
        parameters={},
        packs=(),
        markers=(),
        verdict={},
        rules=_filled(RULES, rules),
        findings=pa.table({}),
        closed={},
        evidence={name: pa.Table.from_pylist(rows) for name, rows in (evidence or {}).items()},
        requirements=tuple(RequirementText(number, "", "", "", where) for number, where in numbers),
        describe=lambda _rule, _rows, _language, _count: "",
        name_type=lambda name: LocalizedText(en=name),
    )


def _filled(table: Table, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist([{field.name: row.get(field.name) for field in table.schema} for row in rows])


def rule(rule_id: str, fact: str, state: str, requirements: list[int], *citations: str) -> Mapping[str, Any]:
    pack = rule_id.partition(".")[0]
    return {
        "rule_id": rule_id,
        "pack": pack,
        "fact": fact,
        "evidence_table": "subjects",
        "state": state,
        "requirements": requirements,
        "citations": list(citations),
    }


def test_a_failed_rule_is_placed_beside_others_about_the_same_fact_and_at_each_clause() -> None:
    placed = placed_rules(
        inputs(
            [
                rule("cn-generative-ai.face-consent-documented", "likeness", "passed", [6, 8]),
                rule("cn-generative-ai.voice-consent-documented", "likeness", "failed", [6, 9, 11]),
                rule("open-release.copies", "use", "failed", [3], "GB/T 45654-2025 5.2"),
                rule("cn-generative-ai.use", "use", "passed", [3]),
                rule("eu-ai-act.use", "use", "failed", [3, 19]),
            ]
        )
    )
    told = {clause: {row["rule_id"].partition(".")[2]: row["state"] for row in rows} for clause, rows in placed.items()}
    consent = {"face-consent-documented": "passed", "voice-consent-documented": "failed"}
    assert told == {
        "D.1": consent,
        "D.3": consent,
        "7(2)": {"copies": "failed", "use": "passed"},
        "5.2": {"copies": "failed"},
    }


def source(sampled: int | None, rejected: int | None) -> dict[str, Any]:
    share = None if rejected is None or not sampled else rejected / sampled
    before = {"before_sampled": sampled, "before_rejected": rejected, "before_harmful_share": share}
    return before | {"after_sampled": None, "after_rejected": None, "after_harmful_share": None}


def samples(sources: list[dict[str, Any]], whole: Mapping[str, Any], gate: Mapping[str, Any]) -> list[list[str]]:
    """Return the figures and results of the samples, in English."""
    tables = {"source_disclosures": sources, "disclosure": [WHOLE | whole], "gates": [GATE | gate]}
    table = samples_table(inputs(evidence=tables))
    return [[cell.en for cell in row[2:]] for row in table.rows]


@pytest.mark.parametrize(
    ("sources", "figures"),
    [
        ([(4000, None)], ["4,000", "not recorded", "–", "not recorded"]),
        ([(None, None)], ["not recorded", "–", "–", "not recorded"]),
        ([(100, 1), (4000, None)], ["100", "1", "worst source: 99.0 %", "met; not recorded for 1 of 2 sources"]),
        ([(100, 1), (100, 6)], ["200", "7", "worst source: 94.0 %", "not met"]),
        ([(100, 0)], ["100", "0", "worst source: 100.0 %", "met"]),
    ],
)
def test_a_source_whose_rejected_items_are_unknown_has_not_passed(
    sources: list[tuple[int | None, int | None]], figures: list[str]
) -> None:
    assert samples([source(*one) for one in sources], {}, {})[0] == figures


@pytest.mark.parametrize(
    ("whole", "results"),
    [
        ({}, ["not recorded"] * 3),
        ({"manual_sampled": 5000, "automatic_sampled": 20_000, "automatic_sampled_share": 0.2}, ["not recorded"] * 3),
        ({"manual_sampled": 5, "automatic_sampled": 5, "automatic_sampled_share": 0.01}, ["not met"] * 2),
        ({"manual_sampled": 0, "automatic_sampled": 0, "keywords": 0}, ["nothing to judge"] * 2 + ["not met"]),
        (
            {"manual_sampled": 5000, "manual_rejected": 5, "manual_pass_share": 0.999, "keywords": 10_000},
            ["met", "not recorded", "met"],
        ),
        ({"manual_sampled": 5000, "manual_rejected": 500, "manual_pass_share": 0.9}, ["not met"]),
    ],
)
def test_a_review_of_the_whole_whose_result_is_unknown_is_not_recorded(
    whole: Mapping[str, Any], results: list[str]
) -> None:
    rows = samples([source(None, None)], whole, {})
    assert [row[-1] for row in rows[2:5]][: len(results)] == results


def test_a_corpus_that_was_not_searched_is_not_recorded_and_one_without_text_has_nothing_to_judge() -> None:
    assert samples([source(None, None)], {}, {"records": 7})[-1][-1] == "not recorded"
    assert samples([source(None, None)], {}, {})[-1][-1] == "nothing to judge"
