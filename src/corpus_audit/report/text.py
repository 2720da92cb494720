"""The report in a terminal: the verdict, why, and where to start."""

import textwrap
from collections.abc import Iterator
from gettext import NullTranslations

from corpus_audit.report import wording
from corpus_audit.report.formatting import Translate, format_bytes, format_number, format_share
from corpus_audit.report.model import Report
from corpus_audit.report.sections import (
    Rule,
)
from corpus_audit.report.views import SeverityFindings, group_findings
from corpus_audit.vocabulary import RuleState, Severity

WIDTH = 88
RULES_SHOWN = 5


def _(message: str) -> str:
    return message


def render_text(report: Report, translations: NullTranslations | None = None) -> str:
    """Return the report in a screenful of plain text; without colours, so that it reads the same in a log."""
    translate = (translations or NullTranslations()).gettext
    parts = (
        _verdict_lines(report, translate),
        _figure_lines(report, translate),
        _finding_lines(report, translate),
        _unjudged_lines(report, translate),
    )
    return "\n\n".join(text for lines in parts if (text := "\n".join(lines)))


def _verdict_lines(report: Report, translate: Translate) -> Iterator[str]:
    verdict, dataset = report.verdict, report.audit.dataset
    title = f"{translate(wording.word(dataset.title))} ({dataset.dataset_id})"
    yield f"{translate(wording.VERDICTS[verdict.verdict]).upper()}  {title}"
    yield from _wrapped(translate(wording.VERDICT_MEANINGS[verdict.verdict]))
    # Reasons name rules by their ids; the lines below name them by their titles, wherever there is one to name.
    if not report.findings and all(rule.state == RuleState.PASSED for rule in report.rules):
        for reason in verdict.reasons:
            yield from _wrapped(reason, "  - ")


def _figure_lines(report: Report, translate: Translate) -> Iterator[str]:
    summary = report.summary
    copies = summary.exact_duplicate_records + summary.near_duplicate_records
    share = summary.exact_duplicate_share + summary.near_duplicate_share
    size = format_bytes(summary.size_bytes)
    rows = (
        (_("Sources"), format_number(summary.sources)),
        (_("Files"), f"{format_number(summary.files)} ({size})"),
        (_("Records"), f"{format_number(summary.records)} ({format_bytes(summary.text_bytes)})"),
        (_("Copies"), f"{format_number(copies)} ({format_share(share)})"),
        (_("Personal information"), format_number(summary.personal_information_records)),
    )
    labels = [translate(label) for label, _value in rows]
    width = max(map(len, labels))
    for label, (_label, value) in zip(labels, rows, strict=True):
        yield f"  {label:<{width}}  {value}"


def _finding_lines(report: Report, translate: Translate) -> Iterator[str]:
    groups = {group.severity: group for group in group_findings(report)}
    for severity in Severity:
        count = report.verdict.findings_by_severity[severity]
        yield f"{translate(wording.SEVERITIES[severity])}: {format_number(count)}"
        if severity in groups:
            yield from _rule_lines(groups[severity], translate)


def _rule_lines(group: SeverityFindings, translate: Translate) -> Iterator[str]:
    for found in group.rules[:RULES_SHOWN]:
        yield from _wrapped(f"{found.rule.title}: {_failed(found.rule, translate)}", "  - ")
    left = len(group.rules) - RULES_SHOWN
    if left > 0:
        yield "  - " + translate(_("and {count} more")).format(count=left)


def _failed(rule: Rule, translate: Translate) -> str:
    return translate(_("not so for {failed} of {evaluated} {rows}")).format(
        failed=format_number(rule.rows_failed),
        evaluated=format_number(rule.rows_evaluated),
        rows=translate(wording.EVIDENCE_ROWS.get(rule.evidence_table) or wording.word(rule.evidence_table)),
    )


def _unjudged_lines(report: Report, translate: Translate) -> Iterator[str]:
    for state in (RuleState.ERRORED, RuleState.NOT_EVALUATED):
        for rule in report.rules:
            if rule.state == state:
                yield from _wrapped(f"{translate(wording.RULE_STATES[state])}: {rule.rule_id}. {rule.state_reason}")


def _wrapped(text: str, bullet: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, break_on_hyphens=False, initial_indent=bullet, subsequent_indent=" " * len(bullet)
    )
