"""One decision before it is written, and its validity checks.

What an action may be about, who may take it and whether it must expire are in one table, so that the command line,
the pages and a sign-off refuse the same things in the same words.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from corpus_audit.errors import DecisionError, Refusal
from corpus_audit.ledger.attachment import attachment_of
from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import DecisionAction, DecisionScope, Role

LONGEST_REASON = 4000
LONGEST_AUTHOR = 200
LONGEST_WAIVER = timedelta(days=366)
WAIVERS = frozenset({DecisionAction.ACCEPT_RISK, DecisionAction.FALSE_POSITIVE})
"""Actions that close a finding for a time. No other action does, so nothing closes one for good."""

_STARTS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NO_TEXT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_TURNS_DIRECTION = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_FINDING, _SOURCE, _AUDIT = DecisionScope.FINDING, DecisionScope.SOURCE, DecisionScope.AUDIT
_PERSON, _STORE, _DATASET = DecisionScope.PERSON, DecisionScope.STORE, DecisionScope.DATASET
_DECIDES = frozenset({Role.STEWARD})
_COMMENTS = frozenset({Role.AUDITOR, Role.STEWARD, Role.ADMIN})
_REVEALS = frozenset({Role.STEWARD, Role.ADMIN})
_DELETES = frozenset({Role.ADMIN})


@dataclass(frozen=True)
class _Rule:
    scopes: frozenset[DecisionScope]
    roles: frozenset[Role]


_RULES: Mapping[DecisionAction, _Rule] = {
    DecisionAction.ACCEPT_RISK: _Rule(frozenset({_FINDING}), _DECIDES),
    DecisionAction.FALSE_POSITIVE: _Rule(frozenset({_FINDING}), _DECIDES),
    DecisionAction.REMEDIATE: _Rule(frozenset({_FINDING, _SOURCE}), _DECIDES),
    DecisionAction.REOPEN: _Rule(frozenset({_FINDING}), _DECIDES),
    DecisionAction.EXCLUDE_SOURCE: _Rule(frozenset({_SOURCE}), _DECIDES),
    DecisionAction.APPROVE: _Rule(frozenset({_AUDIT}), _DECIDES),
    DecisionAction.REJECT: _Rule(frozenset({_AUDIT}), _DECIDES),
    DecisionAction.COMMENT: _Rule(frozenset({_FINDING, _SOURCE, _AUDIT}), _COMMENTS),
    DecisionAction.REVEAL: _Rule(frozenset({_FINDING}), _REVEALS),
    DecisionAction.DELETE: _Rule(frozenset({_AUDIT}), _DELETES),
    DecisionAction.TRACE: _Rule(frozenset({_PERSON, _STORE}), _COMMENTS),
    DecisionAction.WITHDRAW_CONSENT: _Rule(frozenset({_PERSON}), _DECIDES),
    DecisionAction.SUPPLEMENT: _Rule(frozenset({_DATASET}), _DECIDES),
    DecisionAction.READ: _Rule(frozenset({_AUDIT}), frozenset(Role)),
    DecisionAction.TRAIN: _Rule(frozenset({_AUDIT}), _COMMENTS),
}


@dataclass(frozen=True)
class Decision:
    """What a person decides, about what, why and until when; times in UTC.

    Of the scope ``person``, *finding_id* is the id of the person.
    """

    action: DecisionAction
    scope: DecisionScope
    dataset_id: str
    audit_id: str
    reason: str
    author: str
    role: Role
    finding_id: str = ""
    source_id: str = ""
    evidence_sha256: str = ""
    expires_at: datetime | None = None
    evidence_link: str = ""


NOTED = frozenset(
    {
        DecisionAction.DELETE,
        DecisionAction.READ,
        DecisionAction.SUPPLEMENT,
        DecisionAction.TRACE,
        DecisionAction.TRAIN,
        DecisionAction.WITHDRAW_CONSENT,
    }
)
"""Actions that are recorded by what does them, and by nothing else."""

_NO_DECISIONS = NOTED | {DecisionAction.COMMENT, DecisionAction.REVEAL}
"""Actions that no form of decisions offers."""


def actions_about(scope: DecisionScope, role: Role) -> tuple[DecisionAction, ...]:
    """Return the decisions that a person of this role may take about something, in the vocabulary's order."""
    return tuple(
        action
        for action, rule in _RULES.items()
        if scope in rule.scopes and role in rule.roles and action not in _NO_DECISIONS
    )


def check_decision(decision: Decision, now: datetime) -> None:
    """Raise DecisionError with everything that is wrong with a decision taken at *now*."""
    refusals = (
        *_role_problems(decision),
        *_scope_problems(decision),
        *_reason_problems(decision.reason),
        *_expiry_problems(decision, now),
        *_link_problems(decision),
    )
    if refusals:
        raise DecisionError(*refusals)


def _role_problems(decision: Decision) -> Iterator[Refusal]:
    yield from _author_problems(decision.author)
    roles = _RULES[decision.action].roles
    if decision.role not in roles:
        yield Refusal(
            _("The role {role} may not record '{action}': it takes {roles}."),
            {"role": decision.role, "action": decision.action, "roles": " / ".join(sorted(roles))},
            "action",
        )


def _author_problems(author: str) -> Iterator[Refusal]:
    if not author.strip():
        yield Refusal(_("The decision has no author: log in, or give --author."))
    if len(author) > LONGEST_AUTHOR:
        yield Refusal(
            _("The author's name has more than {count} characters: give a name to log in with."),
            {"count": str(LONGEST_AUTHOR)},
        )
    if author.strip().startswith(_STARTS_FORMULA):
        yield Refusal(
            _("The author's name begins with {sign}, which a spreadsheet takes for a formula."),
            {"sign": repr(author.strip()[0])},
        )
    if any(unicodedata.category(character) in _NO_TEXT for character in author):
        yield Refusal(_("The author's name holds control characters: give it as plain text on one line."))


def _scope_problems(decision: Decision) -> Iterator[Refusal]:
    allowed = _RULES[decision.action].scopes
    if decision.scope not in allowed:
        yield Refusal(
            _("'{action}' is about {scopes}, not about {scope}."),
            {"action": decision.action, "scopes": " / ".join(sorted(allowed)), "scope": decision.scope},
            "action",
        )
    if decision.scope is _FINDING and not decision.finding_id:
        yield Refusal(_("The finding is not named."))
    if decision.scope is _PERSON and not decision.finding_id:
        yield Refusal(_("The person is not named."))
    if decision.scope is _SOURCE and not decision.source_id:
        yield Refusal(_("The source is not named."))


def _reason_problems(reason: str) -> Iterator[Refusal]:
    text = reason.strip()
    if not text:
        yield Refusal(_("A reason is required: say why in a sentence."), field_name="reason")
    if len(reason) > LONGEST_REASON:
        yield Refusal(
            _("The reason has more than {count} characters: put it into a document and link that."),
            {"count": str(LONGEST_REASON)},
            "reason",
        )
    if text.startswith(_STARTS_FORMULA):
        yield Refusal(
            _("The reason begins with {sign}, which a spreadsheet takes for a formula: begin with a word."),
            {"sign": repr(text[0])},
            "reason",
        )
    if any(_is_control(character) for character in reason):
        yield Refusal(_("The reason holds control characters: write plain text."), field_name="reason")


def _is_control(character: str) -> bool:
    """True if a character moves the cursor or turns the direction of a line, so that a text reads as another."""
    if unicodedata.bidirectional(character) in _TURNS_DIRECTION:
        return True
    return unicodedata.category(character) == "Cc" and character not in "\n\r\t"


def _expiry_problems(decision: Decision, now: datetime) -> Iterator[Refusal]:
    expires = decision.expires_at
    if expires is None:
        if decision.action in WAIVERS:
            yield Refusal(
                _("'{action}' must expire: give the last day on which it holds."),
                {"action": decision.action},
                "expires_on",
            )
        return
    if expires.astimezone(UTC) <= now:
        yield Refusal(
            _("The decision would have expired on {date} already: give a later day."),
            {"date": f"{expires:%Y-%m-%d}"},
            "expires_on",
        )
    elif expires.astimezone(UTC) > now + LONGEST_WAIVER:
        yield Refusal(
            _("A decision holds for a year at most: give a day before {date}."),
            {"date": f"{now + LONGEST_WAIVER:%Y-%m-%d}"},
            "expires_on",
        )


def _link_problems(decision: Decision) -> Iterator[Refusal]:
    link = decision.evidence_link
    if not link or (attachment_of(link) and decision.action not in NOTED):
        return
    if len(link) > LONGEST_REASON or not link.isprintable() or not _is_address(link):
        yield Refusal(
            _("The evidence link is not an address that begins with https:// or http://."), field_name="evidence_link"
        )
    elif "@" in urlsplit(link).netloc:
        yield Refusal(_("The address holds a user or a password: give it without."), field_name="evidence_link")


def _is_address(link: str) -> bool:
    try:
        return urlsplit(link).scheme in ("https", "http") and link.startswith(("https://", "http://"))
    except ValueError:  # brackets that enclose no address of a host
        return False
