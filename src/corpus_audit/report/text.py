"""The report in a terminal: the verdict, why, and where to start."""

import re
from collections.abc import Iterator, Sequence

from corpus_audit.document.cells import count_cells
from corpus_audit.report import wording
from corpus_audit.report.formatting import format_bytes, format_number, format_share, format_value
from corpus_audit.report.model import Report
from corpus_audit.report.reasons import reason_sentence, rows_failed
from corpus_audit.report.sections import HistoryEntry
from corpus_audit.report.translator import Translator, words_in
from corpus_audit.report.views import SeverityFindings, group_findings
from corpus_audit.report.wording.marking import _
from corpus_audit.vocabulary import Language, RuleState, Severity

WIDTH = 88
RULES_SHOWN = 5

# What may not be torn apart: a wide character with the marks that close after it, or a word of narrow characters.
_WIDE, _OPENING, _CLOSING = r"\u2e80-\uffef", "[（「“《]*", "[，。；：、）」”》！？]*"
_PIECE = re.compile(rf"{_OPENING}[{_WIDE}]{_CLOSING}|[^\s{_WIDE}]+{_CLOSING}|\s+")


def render_text(report: Report, language: Language = Language.ENGLISH, page: str = "") -> str:
    """Return the report in a screenful of plain text, and where its *page* is.

    There are no colours in it, so that it reads the same in a log.
    """
    words = words_in(language)
    parts = (
        _verdict_lines(report, words),
        _figure_lines(report, words),
        _finding_lines(report, words),
        _unjudged_lines(report, words),
        [words("Report: {path}").format(path=page)] if page else [],
    )
    return "\n\n".join(text for lines in parts if (text := "\n".join(lines)))


def _verdict_lines(report: Report, words: Translator) -> Iterator[str]:
    verdict, dataset = report.verdict, report.audit.dataset
    title = f"{words(wording.word(dataset.title))} ({dataset.dataset_id})"
    yield f"{words(wording.VERDICTS[verdict.verdict]).upper()}  {title}"
    yield from wrap(words(wording.VERDICT_MEANINGS[verdict.verdict]))
    # Reasons name rules by their ids; the lines below name them by their titles, wherever there is one to name.
    if not report.findings and all(rule.state == RuleState.PASSED for rule in report.rules):
        for reason in verdict.reasons:
            yield from wrap(reason_sentence(reason, words), "  - ")


def _figure_lines(report: Report, words: Translator) -> Iterator[str]:
    summary = report.summary
    copies = summary.exact_duplicate_records + summary.near_duplicate_records
    share = summary.exact_duplicate_share + summary.near_duplicate_share
    size = format_bytes(summary.size_bytes)
    rows = (
        (_("Sources"), format_number(summary.sources)),
        (_("Files"), f"{format_number(summary.files)} ({size})"),
        (_("Records"), f"{format_number(summary.records)} ({format_bytes(summary.text_bytes)})"),
        (_("Copies"), f"{format_number(copies)} ({format_share(share, words)})"),
        (_("Personal information"), format_number(summary.personal_information_records)),
    )
    labels = [words(label) for label, _value in rows]
    width = max(map(count_cells, labels))
    for label, (_label, value) in zip(labels, rows, strict=True):
        yield f"  {label}{' ' * (width - count_cells(label))}  {value}"


def _finding_lines(report: Report, words: Translator) -> Iterator[str]:
    groups = {group.severity: group for group in group_findings(report)}
    for severity in Severity:
        count = format_number(report.verdict.findings_by_severity[severity])
        yield words("{name}: {value}").format(name=words(wording.SEVERITIES[severity]), value=count)
        if severity in groups:
            yield from _rule_lines(groups[severity], words)


def _rule_lines(group: SeverityFindings, words: Translator) -> Iterator[str]:
    for found in group.rules[:RULES_SHOWN]:
        title, failed = words.choose(found.rule.title), rows_failed(found.rule, words)
        yield from wrap(words("{name}: {value}").format(name=title, value=failed), "  - ")
    left = len(group.rules) - RULES_SHOWN
    if left > 0:
        yield "  - " + words("and {count} more").format(count=left)


def _unjudged_lines(report: Report, words: Translator) -> Iterator[str]:
    for state in (RuleState.ERRORED, RuleState.NOT_EVALUATED):
        for rule in report.rules:
            if rule.state == state:
                yield from wrap(
                    words("{state}: {rule}. {reason}").format(
                        state=words(wording.RULE_STATES[state]),
                        rule=rule.rule_id,
                        reason=wording.reword(rule.state_reason, words),
                    )
                )


def wrap(text: str, bullet: str = "") -> list[str]:
    """Return *text* in lines of at most WIDTH narrow characters; wide characters count as two and break anywhere."""
    lines = [bullet]
    for piece in _PIECE.findall(text):
        if count_cells(lines[-1] + piece.rstrip()) > WIDTH and lines[-1].strip():
            lines.append(" " * len(bullet))
        if piece.strip() or lines[-1].strip():
            lines[-1] += piece
    return [line.rstrip() for line in lines]


def render_history(entries: Sequence[HistoryEntry], language: Language = Language.ENGLISH) -> str:
    """Return a dataset's audits as plain text, the latest first."""
    words = words_in(language)
    return "\n\n".join("\n".join(_history_lines(entry, words)) for entry in reversed(entries))


def _history_lines(entry: HistoryEntry, words: Translator) -> Iterator[str]:
    version = format_value("version", entry.dataset_version, words)
    verdict = words(wording.VERDICTS[entry.verdict]).upper()
    yield f"{entry.started_at[:10]}  {verdict}  {version}  ({entry.audit_id})"
    counts = (f"{words(wording.SEVERITIES[name])} {count:,}" for name, count in entry.findings_by_severity.items())
    changed = (
        words("{opened} opened, {closed} closed").format(
            opened=format_number(entry.findings_opened), closed=format_number(entry.findings_closed)
        ),
    )
    yield "  " + words.join((*counts, *changed))
    copies = format_share(entry.exact_duplicate_share + entry.near_duplicate_share, words)
    yield "  " + words("{records} records, copies {share} of the text, {personal} with personal information").format(
        records=format_number(entry.records), share=copies, personal=format_number(entry.personal_information_records)
    )
