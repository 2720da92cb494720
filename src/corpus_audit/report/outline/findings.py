"""Problems by severity, each once: what is wrong, why, remedy, evidence, decision, and the rules that it breaks."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Bullets, Heading, Paragraph, TableBlock
from corpus_audit.report import wording
from corpus_audit.report.formatting import format_number, format_value
from corpus_audit.report.model import Report
from corpus_audit.report.outline.columns import Column
from corpus_audit.report.outline.extent import Extent, cut_table
from corpus_audit.report.portions import Portion
from corpus_audit.report.problem_groups import (
    MissingFields,
    ProblemGroup,
    ProblemRow,
    alike,
    contradictions,
    count_missing,
    group_problems,
    missing_fields,
    owners,
)
from corpus_audit.report.problems import first_names, group_sentence, name_field, name_row
from corpus_audit.report.sections import Finding
from corpus_audit.report.translator import Translator
from corpus_audit.report.views import by_severity
from corpus_audit.vocabulary import Language

_REMEDIES_NAMED = 3
_PLACES_NAMED = 10
"""Sources named that leave the same fields empty; the page lists each."""

_COLUMNS_SHOWN = 5
"""More columns of evidence than these tear words apart on paper; the page and report.json have all."""


def next_steps(report: Report, words: Translator, _extent: Extent) -> Iterator[Block]:
    """Yield what to do next, and who does it."""
    groups = contradictions(group_problems(report))
    if not groups:
        return
    yield Heading(words("What to do next"))
    for owner, found in owners(groups):
        name = words(wording.OWNERS[owner])
        yield Heading(name[:1].upper() + name[1:], level=3, count=format_number(len(found)))
        remedies = dict.fromkeys(words.choose(group.lead.remedy) for group in found)
        yield Bullets(tuple(remedies)[:_REMEDIES_NAMED])


def not_stated(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield the fields of the manifest to fill in, a row for sources that leave the same ones empty."""
    missing = missing_fields(group_problems(report))
    if not missing:
        return
    title, in_all = words("Not stated: fields of the manifest to fill in"), count_missing(report, missing)
    yield Heading(title, level=3, count=format_number(in_all))
    places = alike(missing)
    left = in_all - sum(map(len, places[: extent.rows]))
    in_table = min(extent.rows, len(places)) + left
    shown = (
        Column(words("Of"), lambda rows: first_names([_whose(row, words) for row in rows], _PLACES_NAMED, words)),
        Column(words("Severity"), lambda rows: words(wording.SEVERITIES[rows[0].severity])),
        Column(
            words("Fields to fill in"),
            lambda rows: words.join(name_field(field.field, words) for field in rows[0].fields),
        ),
    )
    yield cut_table(title, Portion(in_table, "findings.parquet", places), shown, extent.rows, words)


def findings(report: Report, words: Translator, extent: Extent) -> Iterator[Block]:
    """Yield every problem with the first of its rows."""
    groups = contradictions(group_problems(report))
    yield Heading(words("Problems"), count=format_number(len(groups)))
    if not report.rules:
        yield Paragraph(words("No rule was applied, so nothing was judged."))
    elif not report.findings:
        yield Paragraph(words("No rule that was evaluated failed."))
    packs = {pack.pack: words.choose(pack.title) for pack in report.audit.packs}
    for part in by_severity(groups):
        yield Heading(words(wording.SEVERITIES[part.severity]), level=3, count=format_number(len(part.groups)))
        for group in part.groups[: extent.rules_explained]:
            yield from _problem(group, packs, words, extent)
        if named := part.groups[extent.rules_explained :]:
            yield Bullets(tuple(group_sentence(group, words) for group in named))


def _whose(missing: MissingFields, words: Translator) -> str:
    return missing.row.source_id or name_row(missing.evidence_table, missing.row.named, words)


def _problem(group: ProblemGroup, packs: dict[str, str], words: Translator, extent: Extent) -> Iterator[Block]:
    lead = group.lead
    yield Heading(group_sentence(group, words), level=4)
    yield Paragraph(f"{words(wording.NATURES[lead.failure_kind])} · {words(wording.OWNERS[lead.owner])}", is_soft=True)
    for name, text in ((words("Why"), lead.why), (words("Remedy"), lead.remedy)):
        yield Paragraph(words("{name}: {value}").format(name=name, value=words.choose(text)))
    yield _evidence(group, words, extent)
    yield Bullets(tuple(_broken(group, packs, words)))


def _broken(group: ProblemGroup, packs: dict[str, str], words: Translator) -> Iterator[str]:
    """Yield every rule that a problem breaks: its pack, its id, and what it rests on."""
    for rule in group.rules:
        rests_on = rule.citations_zh if words.language is Language.CHINESE else rule.citations
        parts = (packs.get(rule.pack, rule.pack), rule.rule_id, *rests_on)
        yield " · ".join(parts)


def _evidence(group: ProblemGroup, words: Translator, extent: Extent) -> TableBlock:
    def column(name: str) -> Column:
        return Column(
            words(wording.column_label(name)), lambda row: format_value(name, row.lead.evidence.get(name), words)
        )

    shown = (
        Column(words("Where"), lambda row: name_row(row.lead.evidence_table, row.lead.named, words)),
        *(column(name) for name in group.columns[:_COLUMNS_SHOWN]),
        Column(words("Decision"), lambda row: _decided(row, words)),
    )
    title = words("Evidence: %(title)s") % {"title": words.choose(group.lead.title)}
    rows = Portion(group.count, "findings.parquet", group.rows)
    return cut_table(title, rows, shown, extent.finding_rows, words)


def _decided(row: ProblemRow, words: Translator) -> str:
    decided = [finding for finding in row.findings if finding.decision] or [row.lead]
    return words("; ").join(dict.fromkeys(decision_words(finding, words) for finding in decided))


def decision_words(finding: Finding, words: Translator) -> str:
    """Return what was decided about a finding."""
    decision = finding.decision
    if decision is None:
        return words(wording.word("none"))
    date, number = decision.decided_at[:10], decision.sequence
    noted = words("%(date)s, ledger entry %(number)s") % {"date": date, "number": number}
    return words("{name}: {value}").format(name=words(wording.DECISIONS[decision.status]), value=noted)
