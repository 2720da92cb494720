"""Finding, reading and linting policy packs: nothing here loads Great Expectations."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus_audit.errors import PackError
from corpus_audit.evidence import tables
from corpus_audit.policy.packs import available_packs, lint_pack, load_pack, load_packs, pack_digest, read_pack
from corpus_audit.policy.rules import Rule, RuleMeta
from corpus_audit.policy.rules_docs import pack_reference
from corpus_audit.vocabulary import Severity

REPOSITORY = Path(__file__).parents[2]
BASELINE = REPOSITORY / "expectations" / "baseline"
AUTHORS_PAGE = REPOSITORY / "docs" / "policy-packs.md"

Suite = dict[str, Any]


@pytest.fixture
def pack_folder(tmp_path: Path) -> Path:
    """Return a copy of the baseline that a test may damage."""
    return Path(shutil.copytree(BASELINE, tmp_path / "baseline"))


def _change_first_rule(folder: Path, change: Callable[[Suite], None], table: str = "sources") -> None:
    path = folder / f"{table}.json"
    suite = json.loads(path.read_text())
    change(suite["expectations"][0])
    path.write_text(json.dumps(suite))


def test_the_baseline_loads_by_name_and_by_folder() -> None:
    by_name, by_folder = load_pack("baseline"), load_pack(str(BASELINE))
    assert by_name.id == by_folder.id == "baseline"
    assert len(by_name.rules) == len(by_folder.rules) >= 14
    judged = [suite.evidence_table for suite in by_name.suites]
    assert judged == [table.name for table in tables.EVIDENCE if table.name in judged]
    assert pack_digest(by_name) == pack_digest(by_folder)


def test_packs_that_come_along_are_listed() -> None:
    assert "baseline" in available_packs()


def test_a_pack_of_ours_wins_over_a_folder_of_its_name(pack_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pack_folder / "sources.json").unlink()
    monkeypatch.chdir(pack_folder.parent)
    ours, theirs = load_pack("baseline"), load_pack("./baseline")
    assert len(theirs.suites) == len(ours.suites) - 1


def test_an_unknown_pack_is_refused_with_the_names_of_known_ones() -> None:
    with pytest.raises(PackError, match=r"no policy pack 'nothing'.*baseline.*pack\.yaml"):
        load_pack("nothing")


@pytest.mark.parametrize("file", ["pack.yaml", "sources.json"])
def test_the_digest_changes_with_any_byte(pack_folder: Path, file: str) -> None:
    before = pack_digest(load_pack(str(pack_folder)))
    with (pack_folder / file).open("a") as stream:
        stream.write("\n")
    assert pack_digest(load_pack(str(pack_folder))) != before


def test_a_rule_is_read_with_all_it_says() -> None:
    (rule,) = [rule for rule in load_pack("baseline").rules if rule.rule_id == "baseline.source-concentration-bounded"]
    assert rule.evidence_table == "dataset"
    assert rule.columns == ("largest_source_share",)
    assert rule.condition_columns == ("sources",)
    assert rule.expectation == "expect_column_values_to_be_between"
    assert rule.meta.requirements == (5,)


@pytest.mark.parametrize("rule", load_pack("baseline").rules, ids=lambda rule: rule.rule_id)
def test_texts_are_plain_and_in_both_languages(rule: Rule) -> None:
    for text in (rule.meta.title, rule.meta.why, rule.meta.remedy):
        assert text.en.isascii()
        assert any("\u4e00" <= character <= "\u9fff" for character in text.zh)
    for text in (rule.meta.why, rule.meta.remedy):
        assert text.en.endswith(".")
        assert text.zh.endswith("。")
    words = f"{rule.meta.title} {rule.meta.why} {rule.meta.remedy}".lower()
    assert not any(claim in words for claim in ("compliant", "authorised", "authorized", "合规", "已授权"))


def _remove_meta(rule: Suite) -> None:
    del rule["meta"]


PROBLEMS: tuple[tuple[str, Callable[[Suite], Any], str], ...] = (
    ("no-meta", _remove_meta, "expectation 1: it has no 'meta'"),
    ("no-title", lambda rule: rule["meta"].pop("title"), "meta: title: field required"),
    ("no-problem", lambda rule: rule["meta"].pop("problem"), "meta: problem: field required"),
    (
        "problem-without-subject",
        lambda rule: rule["meta"]["problem"].update(en="no origin"),
        "meta.problem.en: name what the sentence is about: {subject}",
    ),
    (
        "problem-names-no-column",
        lambda rule: rule["meta"]["problem"].update(zh="{subject}：没有[{colour}]"),
        "meta.problem.zh: 'colour' is no column of this table",
    ),
    (
        "problem-differs-by-row",
        lambda rule: rule["meta"]["problem"].update(en="{subject}: {kind} without terms"),
        "meta.problem.en: put 'kind' into [brackets]",
    ),
    (
        "problem-bracket",
        lambda rule: rule["meta"]["problem"].update(en="{subject}: no terms[ ({kind})"),
        "meta.problem.en: the bracket '[' at character 20 has no partner",
    ),
    ("one-language", lambda rule: rule["meta"]["why"].pop("zh"), "meta: why.zh: field required"),
    ("blank-text", lambda rule: rule["meta"]["why"].update(en=" "), "meta: why.en: string should have at least 1"),
    ("severity", lambda rule: rule["meta"].update(severity="fatal"), "meta: severity: input should be 'critical'"),
    (
        "failure_kind",
        lambda rule: rule["meta"].update(failure_kind="odd"),
        "meta: failure_kind: input should be 'missing'",
    ),
    (
        "requirement",
        lambda rule: rule["meta"].update(requirements=[99]),
        "meta: requirements: there is no requirement 99",
    ),
    ("no-requirement", lambda rule: rule["meta"].update(requirements=[]), "meta: requirements: tuple should have"),
    ("no-citation", lambda rule: rule["meta"].pop("citations"), "meta: citations: field required"),
    (
        "unknown-citation",
        lambda rule: rule["meta"].update(citations=[{"source": "hearsay"}]),
        "it cites 'hearsay', which the sources of pack.yaml do not list",
    ),
    ("owner", lambda rule: rule["meta"].update(owner="nobody"), "meta: owner: input should be 'data-steward'"),
    ("misspelt-meta", lambda rule: rule["meta"].update(null="pass"), "meta: null: extra inputs are not permitted"),
    ("rule-id", lambda rule: rule["meta"].update(rule_id="baseline"), "meta: rule_id: string should match pattern"),
    ("other-pack", lambda rule: rule["meta"].update(rule_id="mine.rule"), "rule_id must begin with the pack's id"),
    ("repeated", lambda rule: rule["meta"].update(rule_id="baseline.file-stable"), "is used 2 times"),
    ("two-severities", lambda rule: rule.update(severity="info"), "differs from meta.severity"),
    ("column", lambda rule: rule["kwargs"].update(column="licence"), "column 'licence' is not in this table"),
    ("column-type", lambda rule: rule["kwargs"].update(column=3), "take one column name"),
    ("evidence-column", lambda rule: rule["meta"].update(evidence_columns=["x"]), "evidence column 'x' is not in"),
    ("mostly", lambda rule: rule["kwargs"].update(mostly=0.9), "remove 'mostly'"),
    ("result-format", lambda rule: rule["kwargs"].update(result_format="COMPLETE"), "remove 'result_format'"),
    ("catch", lambda rule: rule["kwargs"].update(catch_exceptions=True), "remove 'catch_exceptions'"),
    ("text-condition", lambda rule: rule["kwargs"].update(row_condition="kind == 'x'"), "must be an object whose type"),
    (
        "code-condition",
        lambda rule: rule["kwargs"].update(row_condition={"type": "pass_through", "pass_through_filter": "@f()"}),
        "must be an object whose type",
    ),
    (
        "condition-column",
        lambda rule: rule["kwargs"].update(
            row_condition={
                "type": "and",
                "conditions": [{"type": "nullity", "column": {"name": "colour"}, "is_null": True}],
            }
        ),
        "row_condition reads column 'colour'",
    ),
    ("no-type", lambda rule: rule.pop("type"), "an expectation is an object with a 'type'"),
    ("kwargs", lambda rule: rule.update(kwargs=[]), "'kwargs' must be an object"),
)


@pytest.mark.parametrize(("change", "problem"), [row[1:] for row in PROBLEMS], ids=[row[0] for row in PROBLEMS])
def test_lint_finds(pack_folder: Path, change: Callable[[Suite], None], problem: str) -> None:
    _change_first_rule(pack_folder, change)
    problems = lint_pack(read_pack(str(pack_folder)))
    assert any(problem in found for found in problems), problems
    assert len(problems) == 1


def test_all_problems_are_told_at_once_each_with_its_place(pack_folder: Path) -> None:
    _change_first_rule(pack_folder, lambda rule: rule["meta"].update(severity="fatal", failure_kind="odd"))
    _change_first_rule(pack_folder, _remove_meta, table="models")
    (pack_folder / "licenses.json").write_text("{}")
    with pytest.raises(PackError) as caught:
        load_pack(str(pack_folder))
    assert len(caught.value.problems) == 4
    for place in (
        "sources.json, baseline.license-recorded: meta: severity",
        "sources.json, baseline.license-recorded: meta: failure_kind",
        "models.json, expectation 1",
        "licenses.json: there is no evidence table 'licenses'",
    ):
        assert any(problem.startswith(place) for problem in caught.value.problems)
        assert place in str(caught.value)


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        ("pack.yaml", "id: [", "pack.yaml: not valid YAML"),
        ("pack.yaml", "id: baseline", "pack.yaml: title: field required"),
        ("sources.json", "{", "sources.json: not valid JSON"),
        ("sources.json", "[]", "sources.json: a suite is an object with a list 'expectations'"),
        ("sources.json", '{"expectations": []}', "sources.json: a suite is an object with a list 'expectations'"),
        ("sources.json", '{"expectations": [3]}', "sources.json, expectation 1: an expectation is an object"),
    ],
)
def test_a_damaged_file_is_named(pack_folder: Path, file: str, content: str, problem: str) -> None:
    (pack_folder / file).write_text(content)
    with pytest.raises(PackError) as caught:
        load_pack(str(pack_folder))
    assert any(found.startswith(problem) for found in caught.value.problems)


def test_a_file_that_cannot_be_read_is_named(pack_folder: Path) -> None:
    (pack_folder / "models.json").unlink()
    (pack_folder / "models.json").mkdir()
    with pytest.raises(PackError, match=r"models\.json cannot be read"):
        load_pack(str(pack_folder))


def test_a_version_may_be_written_without_quotes(pack_folder: Path) -> None:
    description = pack_folder / "pack.yaml"
    description.write_text(re.sub(r"^version: .*$", "version: 1.0", description.read_text(), flags=re.MULTILINE))
    assert load_pack(str(pack_folder)).version == "1.0"


def test_packs_are_loaded_together_once_each(pack_folder: Path) -> None:
    assert [pack.id for pack in load_packs(["baseline"])] == ["baseline"]
    with pytest.raises(PackError, match="'baseline' was chosen more than once"):
        load_packs(["baseline", str(pack_folder)])


def test_a_pack_without_suites_is_refused(pack_folder: Path) -> None:
    for path in pack_folder.glob("*.json"):
        path.unlink()
    with pytest.raises(PackError, match="holds no suite"):
        load_pack(str(pack_folder))


def test_the_reference_page_has_every_rule_and_its_texts() -> None:
    pack = load_pack("baseline")
    page = pack_reference(pack)
    for rule in pack.rules:
        assert f"### {rule.rule_id}\n" in page
        for text in (rule.meta.title, rule.meta.problem, rule.meta.why, rule.meta.remedy):
            assert text.en in page
            assert text.zh in page
    assert '- Asks: Where `kind` is "web-crawl": ' in page
    assert "- Rests on: Interim Measures" in page


def test_the_page_for_authors_names_every_key_of_meta() -> None:
    table = AUTHORS_PAGE.read_text().split("| key of `meta`")[1].split("\n\n")[0]
    assert all(f"`{key}`" in table for key in RuleMeta.model_fields)


def test_the_examples_for_authors_are_a_pack(tmp_path: Path) -> None:
    page = AUTHORS_PAGE.read_text()
    (suite,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    description, weights = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "sources.json").write_text(suite)
    (tmp_path / "pack.yaml").write_text(description)
    baseline, ours = load_packs([str(tmp_path)])
    assert [rule.rule_id for rule in ours.rules] == ["ours.opt-outs-checked"]
    severities = {rule.rule_id: rule.severity for rule in baseline.rules}
    assert severities["baseline.license-evidence-found"] is Severity.CRITICAL
    (tmp_path / "pack.yaml").write_text(yaml.safe_dump(yaml.safe_load(description) | yaml.safe_load(weights)))
    assert load_packs([str(tmp_path)])


def test_reading_packs_loads_nothing_heavy() -> None:
    code = (
        "import sys; from corpus_audit.policy.packs import load_pack; load_pack('baseline'); "
        "sys.exit(bool({'great_expectations', 'pandas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
