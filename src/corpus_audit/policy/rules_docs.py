"""A pack's rules as a page of the documentation, readable without JSON."""

from collections.abc import Iterator

from corpus_audit.policy.citations import cite, stage_of
from corpus_audit.policy.packs import Pack
from corpus_audit.policy.requirements import REQUIREMENTS
from corpus_audit.policy.rules import Rule
from corpus_audit.policy.sentences import OWN, rule_sentence
from corpus_audit.vocabulary import Language


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
            lines += [*_rule(rule, pack), ""]
    return "\n".join(lines)


def expectations_reference() -> str:
    """Return a Markdown page with every expectation of ours and its sentence; it ends in a newline."""
    lines = [
        "# Expectations",
        "",
        "Generated from `src/corpus_audit/policy/sentences.py`. A suite of any pack may use these types.",
        "",
        "| type | each row it applies to | 适用的每一行 |",
        "|---|---|---|",
    ]
    for expectation in sorted(OWN):
        arguments = {"column": "column"}
        english, chinese = (rule_sentence(expectation, arguments, language) for language in Language)
        lines.append(f"| `{expectation}` | {english} | {chinese} |")
    return "\n".join([*lines, ""])


def _sources(pack: Pack) -> Iterator[str]:
    yield from ("| source | stage | status | used for |", "|---|---|---|---|")
    for source in pack.sources:
        title = f"[{source.title.en}]({source.url})" if source.url else source.title.en
        stage = stage_of(source, Language.ENGLISH)
        yield f"| {_cell(title)} ({_cell(source.title.zh)}) | {stage} | {source.status} | {_cell(source.used_for)} |"
    yield from ("", "*secondary*: the authors of the pack have not confirmed it against the official text.", "")


def _overview(pack: Pack) -> Iterator[str]:
    yield from ("| rule | severity | a failure shows | expects | owner | serves |", "|---|---|---|---|---|---|")
    for rule in pack.rules:
        meta = rule.meta
        link = f"[{rule.rule_id}](#{rule.rule_id.replace('.', '')})"
        serves = ", ".join(map(str, meta.requirements))
        yield f"| {link} | {meta.severity} | {meta.failure_kind} | {_cell(meta.title.en)} | {meta.owner} | {serves} |"
    yield ""


def _requirements(pack: Pack) -> Iterator[str]:
    served = {number for rule in pack.rules for number in rule.meta.requirements}
    yield from ("| served | requirement | asked by |", "|---|---|---|")
    for number in sorted(served):
        asked = REQUIREMENTS[number]
        yield f"| {number} | {asked.en} ({asked.zh}) | {asked.source} |"
    yield from ("", "Article numbers come from secondary sources.", "")


def _rule(rule: Rule, pack: Pack) -> Iterator[str]:
    meta, arguments = rule.meta, rule.configuration.get("kwargs", {})
    english, chinese = (rule_sentence(rule.expectation, arguments, language) for language in Language)
    yield from (f"### {rule.rule_id}", "", f"**{meta.title.en}.** {meta.title.zh}。", "")
    requirements = ", ".join(map(str, meta.requirements))
    yield f"- {meta.severity}, {meta.failure_kind}, serves {requirements}; owner: {meta.owner}"
    yield f"- Problem: `{meta.problem.en}` `{meta.problem.zh}`"
    yield f"- Asks: {english} {chinese} (`{rule.expectation}`)"
    yield f"- Why: {meta.why.en} {meta.why.zh}"
    yield f"- Remedy: {meta.remedy.en} {meta.remedy.zh}"
    for language in Language:
        yield f"- {_RESTS_ON[language]}{'; '.join(cite(meta, pack.sources, language))}"


_RESTS_ON = {Language.ENGLISH: "Rests on: ", Language.CHINESE: "依据："}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
