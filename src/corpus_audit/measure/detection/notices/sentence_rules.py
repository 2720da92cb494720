"""What makes a sentence a notice: rules over the roles of its phrases (phrases.py), in whatever order they come."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from corpus_audit.measure.detection.notices.phrases import RoleString, possible_roles, read, role_bits


class Says(StrEnum):
    """What a sentence says of a text."""

    RESERVED_FROM_AI = "TRAINING_RESERVATION"
    ALL_RIGHTS_RESERVED = "ALL_RIGHTS_RESERVED"
    DO_NOT_DISTRIBUTE = "DO_NOT_DISTRIBUTE"
    CONFIDENTIAL = "CONFIDENTIAL"
    NON_COMMERCIAL = "LicenseRef-non-commercial"
    RESEARCH_ONLY = "LicenseRef-research-only"


_USED = "[uUyt]"
_MUST_NOT = (
    f"N[-bHOMA]{{0,5}}{_USED}|m[^,zi]{{0,9}}n[^,zimP]{{0,9}}{_USED}|n-?m[^,zi]{{0,6}}{_USED}"
    f"|n[^,izmAP]{{0,9}}m[-bA]{{0,4}}{_USED}|{_USED}[^,izP]{{0,4}}n-?m|{_USED}[^,izP]{{0,8}}N"
)
_NOT_CONSENTED = "n[-b]{0,4}A|A[-M]{0,3}n"
_ASKED_NOT_TO = "e[-,OMHu]{0,4}n[-b]{0,3}[uUytTcC]"
_TOLD = f"{_ASKED_NOT_TO}|(?:^|,)-?n{{1,2}}-?[uUytTc]|(?:^|,)-?N-{{0,2}}{_USED}"
_FORBIDDEN = f"D|{_MUST_NOT}|{_NOT_CONSENTED}|{_ASKED_NOT_TO}"
_DENIED = f"D|{_MUST_NOT}|{_NOT_CONSENTED}|{_TOLD}"
_UNPERMITTED = "[WQ]|w[^,D]{0,7}A"
_PERMITTED_ONLY = "L[^,DniP]{0,3}A|A[^,DniP]{0,2}L"
_TRAINS_AI = "T|t[^,D]{0,12}[aj]|[aj][^,D]{0,3}t"
_FOR_LEARNING = "[uUyOMH].*j|j.*[uUyOMH]"
_FOR_AI = "[uUytOMH][^,]{0,5}F"
_TRAINS_A_MODEL = "t[^,D]{0,8}l|l[^,]{0,4}t"
_FORBIDDEN_TO_COPY = (
    "D[^P]{0,12}U|U[^P]{0,16}D|N-{0,2}b-?U|N-?U-{0,3}[OMHE]|m[^,]{0,9}n[^,]{0,9}U|n-?m[-b]{0,4}U"
    "|n[^,izmAP]{0,9}m[-bA]{0,4}U"
)
_TOLD_NOT_TO_COPY = "e[-,OMH]{0,4}n-{0,3}[uU]|(?:^|,)-?n{1,2}-?[uU]|(?:e-?|^-?)[uU][-MHO]{1,5}n"
_NOT_COMMERCIAL = "[Dn]-?[uU]?c|c[ub]{0,3}D|N[-bu]{0,6}c|m[^,]{0,9}n[^,]{0,6}c|c[^,]{0,4}[AN][^,]{0,2}n"
_CONFIDENTIAL_MESSAGE = (
    "H-{0,2}d.{0,14}C|C.{0,14}d.{0,10}R|d.{0,10}R.{0,12}C|C.{0,14}L.{0,6}R|d[-bHV]{0,4}L[-bV]{0,3}R|Hd.{0,6}L.{0,6}R"
)
_UNDER_A_CONDITION = "i[^,]{0,10}[DNnr]"
_WITHOUT_ASKING = "n-{0,2}[uU]-?Q|e.*n-?[uU]-?w[^,]{0,2}A|n-?[uU]-?w[^,]{0,2}A.*e"
_ANY_OF_SEVERAL = "[uUy][-,]{1,3}(?:[uUy][-,]{1,3}){0,2}[uUy]"
"""Acts that are named together are done to works."""
_ASKED_NOT_TO_DO_ANY = f"^e-?n{{1,2}}-?{_ANY_OF_SEVERAL}"
_FORBIDDEN_ALONE = (
    f"[uU]-?U-{{0,3}}D|^D{_ANY_OF_SEVERAL}|^-?D-?U[-,U]{{0,3}}$|^U-?D$|^D[yU]"
    "|D[-M]{0,3}[Uy]-{0,3}x|[Uy]-{0,3}x[-b]{0,3}D"
)
"""Of several acts, of a sentence that says nothing else, and of what is done with others."""


@dataclass(frozen=True)
class SentenceRule:
    """What a sentence must hold, each somewhere, and what it must not.

    A sentence that fits has a letter of each of the groups in *letters*, wherever they stand. Most sentences have not,
    and need not be read to tell.
    """

    says: Says
    letters: str
    needs: tuple[str, ...]
    lacks: str = "P"


def _first_and_others(letters: str) -> tuple[int, tuple[int, ...]]:
    """Return the first group of letters and the others, each as a set of bits."""
    first, *others = map(role_bits, letters.split())
    return first, tuple(others)


RULES = (
    SentenceRule(
        Says.RESERVED_FROM_AI,
        "Tt Taj DNnKL DNnKA",
        (_TRAINS_AI, f"{_DENIED}|(?:{_UNPERMITTED}).*D|{_PERMITTED_ONLY}|K"),
        f"[Pz]|m-{{0,2}}D|{_UNDER_A_CONDITION}",
    ),
    SentenceRule(Says.RESERVED_FROM_AI, "F uUytOMH DNn DNmAe", (_FOR_AI, _FORBIDDEN), f"[Pz]|{_UNDER_A_CONDITION}"),
    SentenceRule(Says.RESERVED_FROM_AI, "F n uUyt OMH", (_FOR_AI, "^-?n{1,2}-?[uUyt]", "[OMH]"), "[Pz]"),
    SentenceRule(
        Says.RESERVED_FROM_AI,
        "j uUyOMH DNnK DNmAeK",
        (_FOR_LEARNING, f"{_FORBIDDEN}|K", "[uUyOMH]"),
        f"[Pz]|{_UNDER_A_CONDITION}",
    ),
    SentenceRule(
        Says.RESERVED_FROM_AI, "T r", ("T", "r", "[OMHgED]|r[^,]{0,4}T"), f"[Pz]|m[^,nN]{{0,8}}r|{_UNDER_A_CONDITION}"
    ),
    SentenceRule(Says.RESERVED_FROM_AI, "t l DNn OMH", (_TRAINS_A_MODEL, _DENIED, "[OMH]"), "[Piz]"),
    SentenceRule(Says.RESERVED_FROM_AI, "D t al OM", ("[al]", "D-?[MHO]?-?t|t-{0,2}[bm]?D", "MO|HO|O-?M"), "[Piz]"),
    SentenceRule(Says.ALL_RIGHTS_RESERVED, "E g r", ("E-{0,2}g[^P]{1,16}r|r-{0,2}E-{0,2}g",), "[Pz]"),
    SentenceRule(
        Says.DO_NOT_DISTRIBUTE,
        "WQw WQA DNn Uuy UOMQe",
        (_UNPERMITTED, f"D|{_MUST_NOT}|{_TOLD}", f"U|[uy].*[OM]|[OM].*[uy]|{_WITHOUT_ASKING}"),
        "[Pz]",
    ),
    SentenceRule(
        Says.DO_NOT_DISTRIBUTE, "Q n uU OM", ("[uU][^,]{0,5}n,?-?Q|n-{0,2}[uU][^,]{0,5},?-?Q", "[OM]"), "[Pizt]"
    ),
    SentenceRule(Says.DO_NOT_DISTRIBUTE, "U OMg DNn DNm", (_FORBIDDEN_TO_COPY, "[OM]|g.*d|d.*g"), "[Pizt]"),
    SentenceRule(Says.DO_NOT_DISTRIBUTE, "D Uy", (_FORBIDDEN_ALONE, "[Uy]"), "[Pizt]"),
    SentenceRule(Says.DO_NOT_DISTRIBUTE, "e n Uy", (_ASKED_NOT_TO_DO_ANY, "[Uy]"), "[Pizt]"),
    SentenceRule(Says.DO_NOT_DISTRIBUTE, "d R D Uy", ("[Uy][^,]{0,6}D|D[^,]{0,4}[Uy]", "d.*R|R.*d"), "[Piz]"),
    SentenceRule(Says.DO_NOT_DISTRIBUTE, "n uU MO MU", (_TOLD_NOT_TO_COPY, "M|U.*O|O.*U"), "[Pizt]"),
    SentenceRule(Says.DO_NOT_DISTRIBUTE, "n A uU OM", (_NOT_CONSENTED, "[uU]", "[OM]"), "[Pizt]"),
    SentenceRule(Says.DO_NOT_DISTRIBUTE, "K uU OM", ("K", "[uU]", "[OM]"), "[Ptz]"),
    SentenceRule(Says.DO_NOT_DISTRIBUTE, "L A uU OM", (_PERMITTED_ONLY, "[uU]", "[OM]"), "[Pizt]"),
    SentenceRule(
        Says.DO_NOT_DISTRIBUTE, "x Uuy DNn dOMHIC", ("[uUy].{0,8}x|x.{0,8}[uUy]", _DENIED, "[dOMHIC]"), "[Piz]"
    ),
    SentenceRule(Says.DO_NOT_DISTRIBUTE, "D y dC", ("D.{0,4}y|y[^,]{0,6}D", "[dC]"), "[Piz]"),
    SentenceRule(Says.NON_COMMERCIAL, "c DNn uUyOMHd", (_NOT_COMMERCIAL, "[uUyOMHd]"), "[Piz]"),
    SentenceRule(Says.NON_COMMERCIAL, "c DN OMH", ("D.{0,10}c|c.{0,14}D|c.{0,4}N", "[OMH]"), "[Piz]"),
    SentenceRule(Says.NON_COMMERCIAL, "L k uUyOMHdApV", ("L.{0,10}k|k.{0,8}L", "[uUyOMHdApV]"), "[Piz]"),
    SentenceRule(
        Says.NON_COMMERCIAL,
        "L s up",
        ("u[^,]{0,2}L-?s|L[^,]{0,6}s-?[up]|s-?[up][-bV]{0,2}L|us-?L|s-{0,5}L-?u|L[^,]{0,3}u[^,]{0,3}s",),
        "[Piz]",
    ),
    SentenceRule(Says.RESEARCH_ONLY, "L p uUyOMHdAmV", ("L.{0,10}p|p.{0,8}L", "[uUyOMHdAmV]"), "[Piz]"),
    SentenceRule(Says.RESEARCH_ONLY, "m p n c", ("m[^,n]{0,6}p.{0,6}n[^,]{0,6}c",), "[Piz]"),
    SentenceRule(Says.CONFIDENTIAL, "L I uy", ("L.{0,5}I-{0,2}[uy]|[uy]-{0,3}I.{0,3}L",), "[Piz]"),
    SentenceRule(Says.CONFIDENTIAL, "dL CL HR", (_CONFIDENTIAL_MESSAGE,), "[Piz]"),
    SentenceRule(Says.CONFIDENTIAL, "C DNn yxU", ("C", _DENIED, "[yxU]"), "[Piz]"),
    SentenceRule(Says.CONFIDENTIAL, "C nx uUyx", ("C[-,]{0,3}n[-x]{0,3}[uUy]|^[r,-]{0,4}C-{0,2}x",), "[Piz]"),
    SentenceRule(Says.CONFIDENTIAL, "r n y x", ("r[-,]{1,3}n-?y[^,]{0,3}x",), "[Piz]"),
)


_BY_GROUPS = tuple((*_first_and_others(rule.letters), rule) for rule in RULES)


@dataclass(frozen=True)
class Found:
    """What a sentence says, and where in it that is said, in characters."""

    says: Says
    start: int
    end: int


def judge(sentence: str, language: str) -> tuple[Found, ...]:
    """Return what a sentence says by the words of a language, each thing once."""
    letters = possible_roles(sentence, language)
    rules = [rule for first, others, rule in _BY_GROUPS if letters & first and all(map(letters.__and__, others))]
    return _judged(read(sentence, language), rules) if rules else ()


def _judged(reading: RoleString, rules: Iterable[SentenceRule]) -> tuple[Found, ...]:
    matches = _Matches(reading.roles)
    found: dict[Says, Found] = {}
    for rule in rules:
        if rule.says not in found and (span := _span(rule, reading, matches)) is not None:
            found[rule.says] = Found(rule.says, *span)
    return tuple(found.values())


class _Matches(dict[str, re.Match[str] | None]):
    """Where expressions match in the roles of a sentence: rules have many in common."""

    def __init__(self, roles: str) -> None:
        super().__init__()
        self._roles = roles

    def __missing__(self, expression: str) -> re.Match[str] | None:
        self[expression] = match = _compiled(expression).search(self._roles)
        return match


_compiled = cache(re.compile)


def _span(rule: SentenceRule, reading: RoleString, matches: _Matches) -> tuple[int, int] | None:
    """Return where the phrases lie that a rule needs, or None where it does not fit."""
    if matches[rule.lacks]:
        return None
    needed = []
    for need in rule.needs:
        match = matches[need]
        if match is None:
            return None
        needed.append(match)
    first, last = min(match.start() for match in needed), max(match.end() for match in needed) - 1
    return reading.places[first][0], reading.places[last][1]
