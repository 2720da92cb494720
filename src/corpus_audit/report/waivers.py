"""The waivers of a report: which problems are closed for now, by whom and until when."""

from collections import Counter
from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.report import wording
from corpus_audit.report.formatting import format_number
from corpus_audit.report.model import Report
from corpus_audit.report.sections import FindingDecision, WaiverCount
from corpus_audit.report.translator import Translator
from corpus_audit.schemas.marking import _n
from corpus_audit.vocabulary import FindingStatus

_LINE = _n(
    "{title}: {count} finding, {how} by {author} until {date}",
    "{title}: {count} findings, {how} by {author} until {date}",
)
_EXPIRED = _n(
    "{title}: {count} finding, waiver by {author} expired on {date}",
    "{title}: {count} findings, waivers by {author} expired on {date}",
)


def waiver_lines(report: Report, words: Translator) -> Iterator[str]:
    """Yield a line for each rule whose findings are waived, or were until a waiver expired, by author and last day."""
    titles = {rule.rule_id: words.choose(rule.title) for rule in report.rules}
    for waiver in report.waivers:
        form = _EXPIRED if waiver.status == FindingStatus.EXPIRED else _LINE
        yield words.count(*form, waiver.findings).format(
            title=titles.get(waiver.rule_id, waiver.rule_id),
            count=format_number(waiver.findings),
            how=words(wording.DECISIONS[waiver.status]),
            author=waiver.author,
            date=waiver.date,
        )


def count_waivers(findings: pa.Table, decisions: Mapping[str, FindingDecision]) -> tuple[WaiverCount, ...]:
    """Return the waivers among *decisions* by finding id, counted over all *findings* (schema FINDINGS)."""
    wanted = {name: found for name, found in decisions.items() if _is_waiver(found.status)}
    known = findings.filter(pc.is_in(findings["finding_id"], pa.array(list(wanted), pa.string())))
    rows = zip(known["rule_id"].to_pylist(), known["finding_id"].to_pylist(), strict=True)
    counts = Counter((rule, *_of(wanted[finding])) for rule, finding in rows)
    return tuple(
        WaiverCount(rule_id=rule, status=status, author=author, date=date, findings=count)
        for (rule, status, author, date), count in sorted(counts.items())
    )


def _is_waiver(status: FindingStatus) -> bool:
    return status.is_closed or status is FindingStatus.EXPIRED


def _of(decision: FindingDecision) -> tuple[FindingStatus, str, str]:
    return decision.status, decision.author, decision.expires_at[:10]
