"""Findings by severity and rule: rule, requirement, why, remedy, evidence, decision."""

from collections import defaultdict
from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Bullets, Heading, Paragraph, TableBlock
from corpus_audit.report import wording
from corpus_audit.report.formatting import format_number, format_value
from corpus_audit.report.model import Report
from corpus_audit.report.outline.extent import Column, Extent, cut_table
from corpus_audit.report.problems import problem_sentences
from corpus_audit.report.sections import Finding, RuleRow
from corpus_audit.report.translator import Translator
from corpus_audit.report.views import RuleFindings, group_findings


def findings(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield every rule that has findings, with the first of them."""
    yield Heading(words("Findings"), count=format_number(len(report.findings)))
    if not report.rules:
        yield Paragraph(words("No rule was applied, so nothing was judged."))
    elif not report.findings:
        yield Paragraph(words("No rule that was evaluated failed."))
    by_rule: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for row in report.findings:
        by_rule[row.pack, row.rule_id].append(row)
    sentences = problem_sentences(report, words)
    for group in group_findings(report):
        yield Heading(words(wording.SEVERITIES[group.severity]), level=3, count=format_number(group.count))
        for found in group.rules[: extent.rules_explained]:
            rows = by_rule[found.rule.pack, found.rule.rule_id]
            yield from _rule(found, sentences[found.rule.rule_id], rows, words, extent)
        if named := group.rules[extent.rules_explained :]:
            yield Bullets(tuple(sentences[found.rule.rule_id] for found in named))


def _rule(found: RuleFindings, problem: str, rows: list[Finding], words: Translator, extent: Extent) -> Iterator[Block]:
    rule = found.rule
    yield Heading(problem, level=4)
    yield Paragraph(_about(rule, words), is_soft=True)
    why, remedy = words.choose(rule.why), words.choose(rule.remedy)
    yield Paragraph(words("{name}: {value}").format(name=words("Why"), value=why))
    yield Paragraph(words("{name}: {value}").format(name=words("Remedy"), value=remedy))
    yield _evidence(found, rows, words, extent)


def _about(rule: RuleRow, words: Translator) -> str:
    parts = [words(wording.NATURES[rule.failure_kind]), words.choose(rule.title), rule.rule_id]
    parts.append(words("evidence: %(table)s") % {"table": rule.evidence_table})
    if rule.requirements:
        numbers = words.join(str(number) for number in rule.requirements)
        message = words.count("requirement %(numbers)s", "requirements %(numbers)s", len(rule.requirements))
        parts.append(message % {"numbers": numbers})
    return " · ".join(parts)


def _evidence(found: RuleFindings, rows: list[Finding], words: Translator, extent: Extent) -> TableBlock:
    def column(name: str) -> Column:
        return Column(words(wording.column_label(name)), lambda row: format_value(name, row.evidence.get(name), words))

    columns = (
        Column(words("Where"), lambda row: row.subject),
        *(column(name) for name in found.columns),
        Column(words("Decision"), lambda row: decision_words(row, words)),
    )
    title = words("Evidence: %(title)s") % {"title": words.choose(found.rule.title)}
    return cut_table(title, rows, columns, extent.finding_rows, "findings.parquet", words)


def decision_words(finding: Finding, words: Translator) -> str:
    """Return what was decided about a finding."""
    decision = finding.decision
    if decision is None:
        return words(wording.word("none"))
    date, number = decision.decided_at[:10], decision.sequence
    noted = words("%(date)s, ledger entry %(number)s") % {"date": date, "number": number}
    return words("{name}: {value}").format(name=words(wording.DECISIONS[decision.status]), value=noted)
