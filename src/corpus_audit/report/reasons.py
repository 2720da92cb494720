"""The reasons for a verdict in sentences."""

from collections.abc import Iterator

from corpus_audit.report import wording
from corpus_audit.report.formatting import format_number
from corpus_audit.report.sections import ReasonRow
from corpus_audit.report.translator import Translator
from corpus_audit.schemas.marking import _, _n

_RULES_NAMED = 5
_COUNTED = _(" ({count})")
_MORE = _n(" and {count} more rule", " and {count} more rules")


def reason_sentence(reason: ReasonRow, words: Translator) -> str:
    """Return a reason as one sentence."""
    return "".join(text for text, _rule in reason_parts(reason, words))


def reason_parts(reason: ReasonRow, words: Translator) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a reason's sentence, each with the rule it names, or '' for the words between."""
    one, many = wording.REASONS[reason.code]
    before, _rules, after = words.count(one, many, reason.count).partition("{rules}")
    yield before.format(count=format_number(reason.count)), ""
    yield from _named_rules(reason, words)
    yield after, ""


def _named_rules(reason: ReasonRow, words: Translator) -> Iterator[tuple[str, str]]:
    """Yield the rules with the most findings first, cut to what a sentence bears; the report has them all."""
    ordered = sorted(reason.rules.items(), key=lambda counted: (-counted[1], counted[0]))
    for position, (rule_id, count) in enumerate(ordered[:_RULES_NAMED]):
        yield words(", ") if position else "", ""
        yield rule_id, rule_id
        yield words(_COUNTED).format(count=format_number(count)) if count else "", ""
    left = len(ordered) - _RULES_NAMED
    if left > 0:
        yield words.count(*_MORE, left).format(count=left), ""
