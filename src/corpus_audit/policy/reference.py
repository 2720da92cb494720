"""A pack's rules as a page of the documentation, so that nobody has to read JSON to know what is asked."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from corpus_audit.policy.packs import Pack
from corpus_audit.policy.requirements import REQUIREMENTS
from corpus_audit.policy.rules import COLUMN_ARGUMENTS, Rule

_SIGNS = {"==": "is", "!=": "is not", "IN": "is one of", "NOT_IN": "is none of"}
_BRANCH_WORDS = {"and": " and ", "or": " or "}


def pack_reference(pack: Pack) -> str:
    """Return a Markdown page: what the pack is, a table of its rules, then each rule in full; it ends in a newline."""
    lines = [
        f"# Rules of the pack `{pack.id}`",
        "",
        f"{pack.titles.en} ({pack.titles.zh}), version {pack.version}, jurisdiction: {pack.jurisdiction}.",
        f"Generated from `expectations/{pack.id}/`.",
        "",
        *_sources(pack),
        *_overview(pack),
    ]
    lines += _requirements(pack)
    for suite in pack.suites:
        lines += [f"## Evidence table `{suite.evidence_table}`", ""]
        for rule in pack.rules_of(suite):
            lines += [*_rule(rule), ""]
    return "\n".join(lines)


def _sources(pack: Pack) -> Iterator[str]:
    yield from ("| source | status | used for |", "|---|---|---|")
    for source in pack.sources:
        title = f"[{source.title}]({source.url})" if source.url else source.title
        yield f"| {_cell(title)} | {source.status} | {_cell(source.used_for)} |"
    yield from ("", "*secondary*: the authors of the pack have not confirmed it against the official text.", "")


def _overview(pack: Pack) -> Iterator[str]:
    yield from ("| rule | severity | a failure shows | expects | serves |", "|---|---|---|---|---|")
    for rule in pack.rules:
        link = f"[{rule.rule_id}](#{rule.rule_id.replace('.', '')})"
        serves = ", ".join(map(str, rule.meta.requirements))
        yield f"| {link} | {rule.meta.severity} | {rule.meta.nature} | {_cell(rule.meta.title.en)} | {serves} |"
    yield ""


def _requirements(pack: Pack) -> Iterator[str]:
    served = {number for rule in pack.rules for number in rule.meta.requirements}
    yield from ("| served | requirement | asked by |", "|---|---|---|")
    for number in sorted(served):
        asked = REQUIREMENTS[number]
        yield f"| {number} | {asked.en} ({asked.zh}) | {asked.source} |"
    yield from ("", "Article numbers come from secondary sources.", "")


def _rule(rule: Rule) -> Iterator[str]:
    meta = rule.meta
    yield from (f"### {rule.rule_id}", "", f"**{meta.title.en}.** {meta.title.zh}。", "")
    yield f"- {meta.severity}, {meta.nature}, serves {', '.join(map(str, meta.requirements))}"
    yield f"- Judged by `{rule.expectation}` on {_judged(rule)}"
    if rule.row_condition is not None:
        yield f"- Applies where {describe_condition(rule.row_condition)}"
    yield f"- Why: {meta.why.en} {meta.why.zh}"
    yield f"- Remedy: {meta.remedy.en} {meta.remedy.zh}"
    if meta.citation:
        yield f"- Citation: {meta.citation}"


def _judged(rule: Rule) -> str:
    arguments = rule.configuration.get("kwargs", {})
    shown = {name: value for name, value in arguments.items() if name not in (*COLUMN_ARGUMENTS, "row_condition")}
    columns = ", ".join(f"`{column}`" for column in rule.columns) or "the whole table"
    settings = ", ".join(f"{name} {json.dumps(value, ensure_ascii=False)}" for name, value in sorted(shown.items()))
    return f"{columns} ({settings})" if settings else columns


def describe_condition(condition: Mapping[str, Any]) -> str:
    """Return a row condition in words, such as '`kind` is "web-crawl"'."""
    kind = condition["type"]
    if kind in _BRANCH_WORDS:
        return _BRANCH_WORDS[kind].join(map(describe_condition, condition["conditions"]))
    column = f"`{condition['column']['name']}`"
    if kind == "nullity":
        return f"{column} is {'missing' if condition['is_null'] else 'there'}"
    sign = _SIGNS.get(condition["operator"], condition["operator"])
    return f"{column} {sign} {json.dumps(condition['parameter'], ensure_ascii=False)}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
