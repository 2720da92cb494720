"""Every sentence that a problem can be reported in: of one row and of several, in both languages."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pytest

from corpus_audit.evidence import tables
from corpus_audit.evidence.row_names import ROW_NAMES, row_name
from corpus_audit.policy.packs import available_packs, load_pack
from corpus_audit.policy.problems import named_columns, named_figures
from corpus_audit.policy.rules import Rule
from corpus_audit.report.problems import ProblemRows, problem_sentence
from corpus_audit.report.translator import words_in
from corpus_audit.schemas.problems import TemplateField, fields_of, parse_problem
from corpus_audit.vocabulary import NOASSERTION, WHOLE_DATASET, Language

RULES = {rule.rule_id: rule for name in available_packs() for rule in load_pack(name).rules}
SCHEMAS = {table.name: table.schema for table in tables.EVIDENCE}
FILLERS: Mapping[pa.DataType, Any] = {pa.string(): "abc", pa.int64(): 1, pa.float64(): 0.25, pa.bool_(): True}
COLUMN = re.compile(r"[a-z]+_[a-z_]+|not-recorded")
DOUBLED_NEGATIVES = re.compile(
    r"\bnot\b[^:;,.()]*\b(no|not|none|without|nothing|never)\b|\b(no|without)\b[^:;,.()]*\b(no|not|without)\b", re.I
)
ALLOWED_WORDS = ("abc", "SPDX", "MB")


def _row(rule: Rule, number: int) -> dict[str, Any]:
    """Return the values that a finding keeps for its sentence, of a row called by its number."""
    schema = SCHEMAS[rule.evidence_table]
    values = {name: FILLERS.get(schema.field(name).type, ["abc"]) for name in named_columns(rule)}
    names = dict.fromkeys(row_name(rule.evidence_table).columns, f"abc{number}")
    return json.loads(json.dumps({**values, **names, **named_figures(rule)}))  # type: ignore[no-any-return]


def _sentence(rule: Rule, language: Language, failed: int) -> str:
    rows = [_row(rule, number) for number in range(failed)]
    column = rule.columns[0] if len(rule.columns) == 1 else ""
    template = rule.meta.problem.in_language(language)
    return problem_sentence(ProblemRows(template, rule.evidence_table, column, rows, failed, 9), words_in(language))


@pytest.mark.parametrize("failed", [1, 2, 7])
@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_problem_reads_as_a_sentence_in_both_languages(rule: Rule, failed: int) -> None:
    english, chinese = (_sentence(rule, language, failed) for language in Language)
    for sentence in (english, chinese):
        assert not set("{}[]") & set(sentence)
        assert not COLUMN.search(sentence)
        assert not sentence.endswith((".", "。", " "))
        assert "  " not in sentence
    assert not DOUBLED_NEGATIVES.search(english)
    assert not re.search(r"\b1 [a-z]+s\b", english.replace("1 of ", "")), english
    assert english.isascii() or set(english) - set("“”←") < set(map(chr, range(128)))
    assert not re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff]|[,:;()](?!\d{3})", chinese), chinese
    assert not re.search(r"没有[^，：（]*没有|不[^，：（]*没有|未[^，：（]*没有", chinese), chinese


def test_a_problem_names_one_row_and_counts_several() -> None:
    rule = RULES["cn-generative-ai.separate-consent"]
    assert _sentence(rule, Language.ENGLISH, 1) == "abc0: no separate consent for face or voice"
    assert _sentence(rule, Language.ENGLISH, 3) == (
        "3 of 9 people (abc0, abc1, abc2): no separate consent for face or voice"
    )
    assert _sentence(rule, Language.CHINESE, 3) == "9人中有3人（abc0、abc1、abc2）：人脸或人声没有取得单独同意"
    assert "and 4 more" in _sentence(rule, Language.ENGLISH, 7)
    copied = RULES["baseline.copies-under-looser-terms"]
    assert _sentence(copied, Language.ENGLISH, 1) == (
        "Copied text is offered under looser terms than its source: abc0 (abc0) ← abc0 (abc0) (1 record, 1 B)"
    )


def test_every_judged_table_has_names_for_its_rows() -> None:
    assert {rule.evidence_table for rule in RULES.values()} <= set(ROW_NAMES)
    assert row_name("checks").columns == next(table.key for table in tables.EVIDENCE if table.name == "checks")
    for name, named in ROW_NAMES.items():
        assert set(named.columns) <= set(SCHEMAS[name].names)


def test_the_same_fact_is_judged_on_the_same_table() -> None:
    by_fact: dict[str, set[str]] = {}
    for rule in RULES.values():
        by_fact.setdefault(rule.fact, set()).add(rule.evidence_table)
    shared = {fact for fact, found in by_fact.items() if len(found) > 1}
    assert shared <= {"license-recorded", "synthetic-recorded"}


def test_a_missing_license_and_the_whole_dataset_are_named_in_words() -> None:
    words = words_in(Language.ENGLISH)
    row = {"source_a": "a", "license_a": NOASSERTION, "source_b": "b", "license_b": "MIT"}
    assert problem_sentence(ProblemRows("{subject}", "overlaps", "", [row]), words) == (
        "a (license unknown) and b (MIT)"
    )
    whole = ProblemRows("{subject}: x", "gates", "", [{"source_id": WHOLE_DATASET}])
    assert problem_sentence(whole, words) == "The dataset as a whole: x"


@pytest.mark.parametrize(
    "template", ["{subject", "a] b", "[a [b]]", "{Subject}", "{a:b}", "[<a: b]", "[<A: b>]", "[<a: <b: c>>]"]
)
def test_a_template_that_cannot_be_read_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"partner|brace|bracket"):
        parse_problem(template)


def test_fields_know_their_nouns_and_whether_they_are_details() -> None:
    assert fields_of("{subject}: x[ ({n:row|rows})]") == (
        TemplateField("subject"),
        TemplateField("n", "row", "rows", is_detail=True),
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"files": 0, "rows": 0}, "abc: x (no file)"),
        ({"files": 2, "rows": 0}, "abc: x (2 files)"),
        ({"files": 1, "rows": 3}, "abc: x (1 file, 3 rows)"),
        ({"files": None, "rows": 0}, "abc: x"),
    ],
)
def test_a_clause_stands_only_where_its_column_is_above_zero_or_zero(values: dict[str, Any], said: str) -> None:
    template = "{subject}: x[ (<no files: no file><files: {files:file|files}><rows: {rows:row|rows}>)]"
    row = {"source_id": "abc", **values}
    assert problem_sentence(ProblemRows(template, "coverage", "", [row]), words_in(Language.ENGLISH)) == said
    assert [field.name for field in fields_of(template)] == ["subject", "files", "files", "files", "rows", "rows"]
    several = problem_sentence(ProblemRows(template, "coverage", "", [row] * 2, 2, 9), words_in(Language.ENGLISH))
    assert several == "2 of 9 sources (abc): x"
