"""The report in a terminal: the verdict, its reasons, and the next steps."""

import re
from collections.abc import Iterator, Sequence

from corpus_audit.document.cells import count_cells
from corpus_audit.report import wording
from corpus_audit.report.coverage import found_in, read_line, rows_read, unread_lines
from corpus_audit.report.formatting import format_bytes, format_limit, format_number, format_share, format_value
from corpus_audit.report.model import Report
from corpus_audit.report.parameters import changed_sentence
from corpus_audit.report.problem_groups import (
    MissingFields,
    contradictions,
    count_missing,
    group_problems,
    missing_fields,
)
from corpus_audit.report.problems import group_sentence, name_field, name_row, verdict_sentences
from corpus_audit.report.reasons import reason_sentence
from corpus_audit.report.sections import HistoryEntry, LimitCode
from corpus_audit.report.translator import Translator, words_in
from corpus_audit.report.waivers import waiver_lines
from corpus_audit.schemas.marking import _, _n
from corpus_audit.vocabulary import Language, ReasonCode, RuleState, Severity

WIDTH = 88
_WITHOUT_FAULT = (RuleState.PASSED, RuleState.NOTHING_TO_JUDGE)
RULES_SHOWN = 5

# What may not be torn apart: a wide character with the marks that close after it, or a word of narrow characters.
_WIDE, _OPENING, _CLOSING = r"\u2e80-\uffef", "[（「“《]*", "[，。；：、）」”》！？]*"
_NOT_STATED = _n("{source}: fill in {fields}", "{source}: fill in {fields}")
_MORE_FIELDS = _n("{fields} and {count} more field", "{fields} and {count} more fields")
FIELDS_SHOWN = 6
_PIECE = re.compile(rf"{_OPENING}[{_WIDE}]{_CLOSING}|[^\s{_WIDE}]+{_CLOSING}|\s+")


def render_text(report: Report, language: Language = Language.ENGLISH, page: str = "") -> str:
    """Return the report in a screenful of plain text, and where its *page* is.

    There are no colours in it, so that it reads the same in a log.
    """
    words = words_in(language)
    parts = (
        _verdict_lines(report, words),
        _limit_lines(report, words),
        _figure_lines(report, words),
        _finding_lines(report, words),
        _waiver_lines(report, words),
        _unjudged_lines(report, words),
        [words("Report: {path}").format(path=page)] if page else [],
    )
    return "\n\n".join(text for lines in parts if (text := "\n".join(lines)))


def _verdict_lines(report: Report, words: Translator) -> Iterator[str]:
    verdict, dataset = report.verdict, report.audit.dataset
    title = f"{dataset.name} ({dataset.dataset_id})" if dataset.name != dataset.dataset_id else dataset.dataset_id
    yield f"{words(wording.VERDICTS[verdict.verdict]).upper()}  {title}"
    yield from wrap(verdict_sentences(report, words))
    # Reasons name rules by their ids; the lines below name them by their titles, wherever there is one to name.
    if not report.findings and all(rule.state in _WITHOUT_FAULT for rule in report.rules):
        for reason in verdict.reasons:
            yield from wrap(reason_sentence(reason, words), "  - ")


def _limit_lines(report: Report, words: Translator) -> Iterator[str]:
    """Yield the operator's changes: no setting may change the meaning of a verdict unseen."""
    if report.audit.changed_parameters:
        yield from wrap(changed_sentence(report, words))
    for reason in report.verdict.reasons:
        if reason.code in (ReasonCode.BOUNDS_LOOSENED, ReasonCode.SAMPLE_ONLY):
            yield from wrap(reason_sentence(reason, words))
    for limit in report.limits:
        if limit.code in (LimitCode.DETECTORS_OFF, LimitCode.BELOW_MINIMUM_SCORE):
            yield from wrap(format_limit(limit, words))


def _figure_lines(report: Report, words: Translator) -> Iterator[str]:
    summary = report.summary
    copies = summary.exact_duplicate_records + summary.near_duplicate_records
    share = summary.exact_duplicate_share + summary.near_duplicate_share
    size = format_bytes(summary.size_bytes)
    personal = found_in(summary.personal_information_records, report.coverage.total.rows_looked_at, words)
    rows = (
        (_("Read"), read_line(report.coverage, words)),
        *(("", line) for line in unread_lines(report.coverage, words)),
        (_("Sources"), format_number(summary.sources)),
        (_("Files"), f"{format_number(summary.files)} ({size})"),
        (_("Records"), f"{format_number(summary.records)} ({format_bytes(summary.text_bytes)})"),
        (_("Copies"), _of_records(copies, summary.records, share, words)),
        (_("Personal information"), personal),
    )
    labels = [words(label) for label, _value in rows]
    width = max(map(count_cells, labels))
    for label, (_label, value) in zip(labels, rows, strict=True):
        yield f"  {label}{' ' * (width - count_cells(label))}  {value}"


def _of_records(copies: int, records: int, share: float, words: Translator) -> str:
    if not records:
        return words("no records")
    counts = {"copies": format_number(copies), "records": format_number(records), "share": format_share(share, words)}
    return words("{copies} of {records} records ({share} of the bytes)").format(**counts)


def _finding_lines(report: Report, words: Translator) -> Iterator[str]:
    groups = group_problems(report)
    for severity in Severity:
        found = [group for group in contradictions(groups) if group.severity == severity]
        if found:
            waived = sum(group.is_waived for group in found)
            yield words("{name}: {value}").format(
                name=words(wording.SEVERITIES[severity]), value=_count_words(len(found), waived, words)
            )
            yield from _bullets([group_sentence(group, words) for group in found if not group.is_waived], words)
    rows = missing_fields(groups)
    in_all = count_missing(report, rows)
    missing = [_missing_line(row, words) for row in rows]
    if missing:
        yield words("{name}: {value}").format(name=words("Not stated"), value=format_number(in_all))
        yield from _bullets(missing, words, in_all)


def _count_words(found: int, waived: int, words: Translator) -> str:
    if not waived:
        return format_number(found)
    counts = {"found": format_number(found), "open": format_number(found - waived), "waived": format_number(waived)}
    return words("{found}, of which {open} open and {waived} waived").format(**counts)


def _bullets(lines: Sequence[str], words: Translator, in_all: int | None = None) -> Iterator[str]:
    for line in lines[:RULES_SHOWN]:
        yield from wrap(line, "  - ")
    left = (len(lines) if in_all is None else in_all) - RULES_SHOWN
    if left > 0:
        yield "  - " + words("and {count} more").format(count=left)


def _missing_line(missing: MissingFields, words: Translator) -> str:
    """Return what is not stated, as one line: whose it is, and the fields of the manifest to fill in."""
    names = [name_field(field.field, words) for field in missing.fields]
    listed, left = words.join(names[:FIELDS_SHOWN]), len(names) - FIELDS_SHOWN
    if left > 0:
        listed = words.count(*_MORE_FIELDS, left).format(fields=listed, count=left)
    name = missing.row.source_id or name_row(missing.evidence_table, missing.row.named, words)
    return words.count(*_NOT_STATED, len(names)).format(source=name, fields=listed)


def _waiver_lines(report: Report, words: Translator) -> Iterator[str]:
    lines = list(waiver_lines(report, words))
    if lines:
        yield words("Waivers")
    for line in lines:
        yield from wrap(line, "  - ")


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
    """Return *text* in lines of at most WIDTH cells; wide characters take two, and lines break between any two of them.

    A word that is longer stands on a line of its own, uncut, so that an address can be copied.
    """
    indent = " " * len(bullet)
    lines = [bullet]
    for piece in _PIECE.findall(text):
        is_empty = lines[-1] in (bullet, indent)
        if count_cells(lines[-1] + piece.rstrip()) > WIDTH and not is_empty:
            lines.append(indent)
            is_empty = True
        if piece.strip() or not is_empty:
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
    yield "  " + words("{records} records (read: {read}), copies {share} of the text").format(
        records=format_number(entry.records), read=rows_read(entry.rows_read, entry.rows, words), share=copies
    )
    yield "  " + words("Personal information: {found}").format(
        found=found_in(entry.personal_information_records, entry.rows_looked_at, words)
    )
