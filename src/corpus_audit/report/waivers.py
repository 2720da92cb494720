"""The waivers of a report: which problems are closed for now, by whom and until when."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus_audit.report import wording
from corpus_audit.report.formatting import format_number
from corpus_audit.report.model import Report
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


@dataclass(frozen=True, order=True)
class _Waiver:
    rule_id: str
    status: FindingStatus
    author: str
    date: str


def waiver_lines(report: Report, words: Translator) -> Iterator[str]:
    """Yield a line for each rule whose findings are waived, or were until a waiver expired, by author and last day."""
    titles = {rule.rule_id: words.choose(rule.title) for rule in report.rules}
    for waiver, count in sorted(_waivers(report).items()):
        form = _EXPIRED if waiver.status == FindingStatus.EXPIRED else _LINE
        yield words.count(*form, count).format(
            title=titles.get(waiver.rule_id, waiver.rule_id),
            count=format_number(count),
            how=words(wording.DECISIONS[waiver.status]),
            author=waiver.author,
            date=waiver.date,
        )


def _waivers(report: Report) -> Counter[_Waiver]:
    return Counter(
        _Waiver(found.rule_id, decision.status, decision.author, decision.expires_at[:10])
        for found in report.findings
        if (decision := found.decision) and (decision.status.is_closed or decision.status is FindingStatus.EXPIRED)
    )
