"""Resolution of a declared license: an SPDX expression, or NOASSERTION and the reason.

A name is looked up whole, then as an expression whose operands are looked up one by one. Nothing is guessed: a
name that several licenses share, or that is in no list, stays NOASSERTION.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus_audit.rights.expressions import (
    ExpressionSyntaxError,
    alternatives,
    canonical_expression,
    exception_id,
    license_ids,
)
from corpus_audit.rights.names import find_license, is_address
from corpus_audit.schemas.license_statements import ALSO, IN_OTHER_WORDS, split_statements
from corpus_audit.vocabulary import NOASSERTION, NOT_RECORDED, PER_RECORD, LicenseState

CLASSIFIER_SEPARATOR = "; "
"""What joins several package classifiers in one declared license."""

LONGEST_NAME = 200
"""More characters than this are a license text, not a name."""

_SHOWN = 100
_CLASSIFIER = re.compile(r"license\s*::", re.IGNORECASE)
# "or later" belongs to a name; only a lone "or" is an operator.
_OPERATOR = re.compile(
    r"(?<![^\s)])-?(?P<word>and|or|with)-?(?![^\s(])(?!\s+(?:later|newer|above|greater|any later)\b)", re.IGNORECASE
)
_NAME_AND_SHORT_NAME = re.compile(r"(?P<name>[^()]+) \((?P<short>[^()]+)\)")
_SEPARATORS = re.compile(r"[,;|&]|\s/\s|(?<=[^/:])/(?=[^/])|\band/or\b")
_LEAD = re.compile(
    r"^(?:licen[sc]es?\s*:|licen[sc]ed\s+under|(?:released|available|distributed|published)\s+under)\s+"
    r"(?:the\s+terms\s+of\s+)?(?:the\s+|an?\s+)?(?=\S)",
    re.IGNORECASE,
)
"""What may stand in front of a name: *License: MIT*, *Licensed under the MIT License*."""
_CHOICE = re.compile(
    r"(?:dual|double|tri(?:ple)?)[- ]?licen[sc]ed?[\s:,(-]+"
    r"(?:(?:under|as|with|by|either|both|the)[\s:]+){0,3}(?P<names>.+?)\)?",
    re.IGNORECASE,
)
_CHOICE_JOINTS = re.compile(r"\s*(?:\band/or\b|[,;|&/]|\band\b(?!\s+(?:later|newer|above)))\s*", re.IGNORECASE)


@dataclass(frozen=True)
class ResolvedLicense:
    """The resolution of a declared license; ``reason`` is empty exactly if it resolved."""

    expression: str
    state: LicenseState
    reason: str
    licenses: tuple[str, ...]


class _UnresolvedError(Exception):
    def __init__(self, state: LicenseState, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


@lru_cache(maxsize=4096)
def resolve_license(declared: str) -> ResolvedLicense:
    """Return the SPDX expression of *declared*, or NOASSERTION with the state and the reason.

    Takes SPDX expressions, hub ids, addresses, package classifiers (several joined with ``"; "``) and common names.
    """
    text = " ".join(declared.split())
    if text in ("", NOT_RECORDED, NOASSERTION):
        return ResolvedLicense(NOASSERTION, LicenseState.NOT_RECORDED, "no license is declared", ())
    if text == PER_RECORD:
        return ResolvedLicense(NOASSERTION, LicenseState.PER_RECORD, "each record states its own license", ())
    try:
        expression = _resolve(text)
    except _UnresolvedError as problem:
        return ResolvedLicense(NOASSERTION, problem.state, problem.reason, ())
    return ResolvedLicense(expression, LicenseState.RESOLVED, "", license_ids(expression))


def resolve_statements(stated: str) -> ResolvedLicense:
    """Return the license that a record states, in one column or in several (``schemas.license_statements``).

    All statements hold, so one that does not resolve leaves the whole unresolved. Of the words of one statement, such
    as an id, a name and an address, those count that resolve; where they name different licenses, all of them.
    """
    if ALSO not in stated and IN_OTHER_WORDS not in stated:
        return resolve_license(stated)
    found = [_in_any_words(words) for words in split_statements(stated)]
    said = [one for one in found if one.state not in _SAYS_NOTHING] or found[:1]
    return next((one for one in said if one.state is not LicenseState.RESOLVED), None) or _all_of(said)


_SAYS_NOTHING = (LicenseState.NOT_RECORDED, LicenseState.PER_RECORD)


def _in_any_words(words: Sequence[str]) -> ResolvedLicense:
    found = [resolve_license(word) for word in words]
    resolved = [one for one in found if one.state is LicenseState.RESOLVED]
    if resolved:
        return _all_of(resolved)
    return next((one for one in found if one.state not in _SAYS_NOTHING), found[0])


def _all_of(found: Sequence[ResolvedLicense]) -> ResolvedLicense:
    """Return the licenses that are named, all at once; a family's name beside one of its versions says nothing more."""
    expressions = list(dict.fromkeys(one.expression for one in found))
    exact = [name for name in expressions if not any(_is_family(name, other) for other in expressions)]
    return resolve_license(exact[0] if len(exact) == 1 else " AND ".join(f"({name})" for name in exact))


def _is_family(name: str, other: str) -> bool:
    """True if *name* stands for all versions of a license of which *other* is one."""
    family = name.removeprefix("LicenseRef-")
    return family != name and re.fullmatch(rf"{re.escape(family)}-\d.*", other, re.IGNORECASE) is not None


def _resolve(text: str) -> str:
    if _CLASSIFIER.match(text):
        return _resolve_classifiers(text)
    if len(text) > LONGEST_NAME:
        raise _UnresolvedError(LicenseState.UNRECOGNISED, "a text stands where the name of a license should")
    for name in dict.fromkeys((text, _LEAD.sub("", text))):
        known = _lookup(name)
        if known is not None:
            return known
    return _resolve_expression(_choice(name))


def _choice(text: str) -> str:
    """Return "dual-licensed under A and B" as ``A OR B``: two licenses are offered so that one may be chosen."""
    match = _CHOICE.fullmatch(text)
    joined = _CHOICE_JOINTS.sub(" OR ", match["names"]) if match else text
    return joined if len(list(_tokens(joined))) > 1 else text


def _lookup(text: str) -> str | None:
    """Return the id of a whole name, None if it is not listed; raises if it is ambiguous."""
    found = find_license(text) or _same_in_brackets(text)
    if found == NOASSERTION:
        raise _UnresolvedError(LicenseState.AMBIGUOUS, f"{_quoted(text)} does not name one license")
    return found


def _same_in_brackets(text: str) -> str | None:
    """Return the license of a name that repeats itself in brackets: ``Mozilla Public License 2.0 (MPL 2.0)``."""
    match = _NAME_AND_SHORT_NAME.fullmatch(text)
    if match is None:
        return None
    name, short = find_license(match["name"]), find_license(match["short"])
    return name if name == short else None


def _resolve_classifiers(text: str) -> str:
    """Resolve package classifiers; parents such as "OSI Approved" say less than their children and are dropped."""
    parts = [part.strip() for part in text.split(CLASSIFIER_SEPARATOR)]
    telling = [part for part in parts if part.lower() not in _PARENTS] or parts
    found = {_resolve_classifier(part) for part in telling}
    if len(found) > 1:
        reason = "several license classifiers do not say whether all of them apply or any"
        raise _UnresolvedError(LicenseState.AMBIGUOUS, reason)
    return found.pop()


_PARENTS = frozenset({"license :: osi approved", "license :: dfsg approved"})


def _resolve_classifier(text: str) -> str:
    known = _lookup(text)
    if known is None:
        raise _UnresolvedError(LicenseState.UNRECOGNISED, f"{_quoted(text)} is not a known classifier")
    return known


def _resolve_expression(text: str) -> str:
    parts = list(_tokens(text))
    if len(parts) == 1:
        raise _unknown_name(text)
    names = [_operand(part, follows=parts[i - 1] if i else "") for i, part in enumerate(parts)]
    try:
        expression = canonical_expression(" ".join(names))
        alternatives(expression)
    except ExpressionSyntaxError as error:
        reason = f"{_quoted(text)} is not a valid license expression"
        raise _UnresolvedError(LicenseState.UNRECOGNISED, reason) from error
    return expression


def _tokens(text: str) -> Iterator[str]:
    """Split at operators and grouping brackets: ``MIT or (ISC)`` gives ``MIT``, ``OR``, ``(``, ``ISC``, ``)``."""
    position = 0
    for match in _OPERATOR.finditer(text):
        yield from _ungrouped(text[position : match.start()].strip())
        yield match["word"].upper()
        position = match.end()
    yield from _ungrouped(text[position:].strip())


def _ungrouped(part: str) -> Iterator[str]:
    """Take the brackets that group off an operand and leave those that belong to its name."""
    opened = closed = 0
    while part.startswith("(") and _lookup(part) is None:
        part, opened = part[1:].strip(), opened + 1
    while part.endswith(")") and part.count(")") > part.count("("):
        part, closed = part[:-1].strip(), closed + 1
    yield from ["("] * opened
    if part:
        yield part
    yield from [")"] * closed


def _operand(part: str, follows: str) -> str:
    if part in ("AND", "OR", "WITH", "(", ")"):
        return part
    known = exception_id(part) if follows == "WITH" else _lookup(part)
    if known is None:
        raise _unknown_name(part)
    if known in (NOASSERTION, "NONE"):
        raise _UnresolvedError(LicenseState.UNRECOGNISED, f"{_quoted(part)} cannot be combined with a license")
    return known


def _unknown_name(text: str) -> _UnresolvedError:
    if _SEPARATORS.search(text) and not is_address(text):
        reason = f"{_quoted(text)} does not say whether all of its parts apply or any"
        return _UnresolvedError(LicenseState.AMBIGUOUS, reason)
    return _UnresolvedError(LicenseState.UNRECOGNISED, f"{_quoted(text)} is not a license name or id that is known")


def _quoted(text: str) -> str:
    return f"'{text}'" if len(text) <= _SHOWN else f"'{text[:_SHOWN]}…'"
