"""Grant sentences of well-known licenses, with the SPDX identifier of each.

Where the sentence leaves the version open, so does the name (``GPL``, ``BSD``): it is what the text says, no more.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus_audit.measure.detection.detector import (
    Candidate,
    ConfirmedBy,
    DeferredExpression,
    Detector,
    Match,
    Pattern,
)
from corpus_audit.measure.detection.notices import prose
from corpus_audit.measure.detection.notices.commercial_use import TOPICS, limits_use
from corpus_audit.measure.detection.notices.license_field import FIELD, FIELD_WHOLE, read_field
from corpus_audit.measure.detection.notices.license_names import read_names
from corpus_audit.measure.detection.notices.license_predicates import (
    ACCORDING,
    CONDITIONAL,
    ENDS_WITH_NAME,
    GOES_ON_PASSING,
    IS_VAGUE,
    PASSED_ON,
    STATED,
)
from corpus_audit.measure.detection.notices.license_sentence import LicenseSentence
from corpus_audit.measure.detection.notices.license_sentences import PUBLIC_DOMAIN, SENTENCES, WAIVER
from corpus_audit.measure.detection.notices.statements import GAP, worded
from corpus_audit.measure.detection.notices.translated_names import DATA_LICENSES, GNU, GNU_WHOLE, read_translated
from corpus_audit.measure.detection.notices.use_limits import NON_COMMERCIAL, RESEARCH_ONLY
from corpus_audit.vocabulary import SpanKind

_VERSION = rf"(?:[Vv]ersion|v\.?)?(?:{GAP})?"
_SENTENCES = (
    ("Apache-2.0", worded("Apache License,? ") + _VERSION + r"2\.0"),
    ("MPL-2.0", worded("Mozilla Public License,? ") + _VERSION + r"2\.0"),
    ("EPL-2.0", worded("Eclipse Public License,? ") + r"(?:- )?" + _VERSION + r"2\.0"),
    ("MIT", worded("Permission is hereby granted, free of charge, to any person obtaining a copy")),
    ("ISC", worded("Permission to use, copy, modify, and/or distribute this software for any purpose")),
    ("BSD", worded("Redistribution and use in source and binary forms")),
    ("WTFPL", worded("Do What The Fuck You Want To Public License")),
    ("Artistic-1.0-Perl OR GPL-1.0-or-later", worded("under the same terms as (?:the )?Perl")),
    ("Unlicense", worded("This is free and unencumbered software released into the public domain")),
    ("LicenseRef-public-domain", PUBLIC_DOMAIN),
    ("CC0-1.0", WAIVER),
    *DATA_LICENSES,
    ("LicenseRef-non-commercial", NON_COMMERCIAL),
    ("LicenseRef-research-only", RESEARCH_ONLY),
    ("LicenseRef-non-commercial", TOPICS),
)
_NAMED = ("Apache-2.0", "MPL-2.0", "EPL-2.0")
_ENDS_LINE = re.compile(r"[^\w\r\n]*(?:v(?:ersion|\.)?\s*[\d.]+[^\w\r\n]*)?(?:\Z|[\r\n])", re.IGNORECASE)
_GNU_NAME = (
    "GNU (?:(?:(?P<variant>Lesser|Library|Affero|LESSER|LIBRARY|AFFERO) )?(?:General Public|GENERAL PUBLIC)"
    "|(?P<document>Free Documentation|FREE DOCUMENTATION)) (?:License|LICENSE)"
)
_GNU = worded(re.sub(r"\?P<\w+>", "?:", _GNU_NAME))
_GNU_WHOLE = DeferredExpression(
    (worded(_GNU_NAME) + rf"(?:[^.]{{0,120}}?{GAP}").encode()
    + rb"(?:[Vv]ersion|v\.?) ?(?P<version>[123](?:\.[0-3])?)(?P<later>[^.]{0,40}?any"
    + GAP.encode()
    + rb"later)?)?"
)
_GNU_FAMILIES = {None: "GPL", b"Lesser": "LGPL", b"Library": "LGPL", b"Affero": "AGPL"}


_TOPIC = DeferredExpression(TOPICS.encode())
_BARE_NAME = DeferredExpression(
    f"(?:{_GNU})|{'|'.join(sentence for name, sentence in _SENTENCES if name in _NAMED)}".encode()
)
_GRANTS = re.compile(
    r"under|unter|sous|bajo|sotto|\bsob\b|onder|\bterm|condi|licen[sc](?:ed|ing|i)|lizen[sz]i|distrib|releas|publish|publi[ck]"
    r"|veröffentl|cover|govern|copyright|©|\(c\)|received|cop(?:y|ies)|warrant|permi|subject|licen[sc]e[sd]?\W{0,8}\Z|:\s*\Z"
    r"|licencj|лиценз|услови|采用|遵循|基于|使用|许可|協議|协议|ライセンス|の下|もと|라이선스|라이센스|따라|따릅|따름|하에|に基づ|に従|に準拠|適用",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:propos(?:al|als|ed|es|ing) (?:to|that|we|it)|plan(?:s|ned|ning)? to|consider(?:s|ed|ing)? (?:to|\w+ing)"
    r"|whether|would have|(?:refus|declin)ed to|voted against)\b|\bVorschlag,|\b(?:erw(?:ä|Ä)g\w+|überleg\w+), "
    r"|\b(?:proposition (?:de|visant)|envisag\w+ de|propuesta de|propone que|proposta (?:di|de)|propõe que"
    r"|voorstel om|overweegt? om|propozycj\w+|rozważa\w*)\b|предлож\w+|предлага\w+|提议|是否|考虑|提案|検討"
    r"|かどうか|제안|검토",
    re.IGNORECASE,
)
"""What leads to a license that a text has not been given."""
_OWN_LINE = re.compile(r"(?:\A|[\r\n])[^\w\r\n]*(?:the\s+)?\Z", re.IGNORECASE)


_REMEMBERED = 1024
"""Most files of a corpus share the same few sentences."""


def _confirm(candidate: Candidate) -> Match | None:
    name = _name(candidate.value)
    if name is None or _PROPOSED.search(prose.ahead_in_sentence(candidate)):
        return None
    if _is_predicate(candidate.value) and (_is_supposed(candidate) or _is_told_of(candidate)):
        return None
    if _BARE_NAME.fullmatch(candidate.value) and _is_only_named(candidate):
        return None
    if _TOPIC.fullmatch(candidate.value) and not limits_use(candidate):
        return None
    return Match(name.encode(), 0.9, ConfirmedBy.SHAPE)


@lru_cache(maxsize=_REMEMBERED)
def _is_predicate(value: bytes) -> bool:
    """True of what only sentences find that say of a text what its license is."""
    return _fits(value, (*STATED, *ACCORDING)) and not _fits(value, SENTENCES)


def _is_supposed(candidate: Candidate) -> bool:
    """True if a sentence asks for a license, or supposes one."""
    return prose.is_asked(candidate) or CONDITIONAL.search(prose.ahead_in_sentence(candidate)) is not None


def _is_told_of(candidate: Candidate) -> bool:
    """True if a sentence says what is so by a license, and passes nothing on under it: "Selon la GPL, vous devez …"."""
    if _fits(candidate.value, STATED):
        return False
    ahead, behind = prose.ahead_in_sentence(candidate), prose.after(candidate)
    if PASSED_ON.search(ahead) or GOES_ON_PASSING.match(behind):
        return False
    return bool(IS_VAGUE.match(candidate.text)) or not ENDS_WITH_NAME.match(behind)


def _fits(value: bytes, sentences: Iterable[LicenseSentence]) -> bool:
    return any(sentence.fits(value) for sentence in sentences)


def _is_only_named(candidate: Candidate) -> bool:
    """True if nothing around a license's full name grants anything, and it does not open a line either."""
    ahead, behind = prose.before(candidate), prose.after(candidate)
    opens_a_line = _OWN_LINE.search(ahead) and _ENDS_LINE.match(behind)
    return not (opens_a_line or _GRANTS.search(ahead) or _GRANTS.search(behind))


@lru_cache(maxsize=_REMEMBERED)
def _name(value: bytes) -> str | None:
    """Return the license of a notice."""
    for name, sentence in _COMPILED:
        if sentence.fullmatch(value):
            return name
    gnu = _GNU_WHOLE.fullmatch(value)
    if gnu:
        return _gnu_name(gnu)
    translated = read_translated(value)
    if translated is not None:
        return translated
    if (stated := read_field(value)) is not None:
        return stated
    return read_names(value.decode(errors="replace"))


def _gnu_name(match: re.Match[bytes]) -> str:
    family, version = (
        "GFDL" if match["document"] else _GNU_FAMILIES[match["variant"] and match["variant"].title()],
        match["version"],
    )
    if version is None:
        return family
    number = version.decode()
    suffix = "-or-later" if match["later"] else ""
    return f"{family}-{number if '.' in number else number + '.0'}{suffix}"


_COMPILED = tuple((name, DeferredExpression(sentence.encode())) for name, sentence in _SENTENCES)

DETECTOR = Detector(
    kind=SpanKind.NOTICE,
    entity_type="LICENSE_NOTICE",
    proposals=(
        *(
            Pattern(sentence, compiled, before=256, after=16)
            for (_, sentence), (_, compiled) in zip(_SENTENCES, _COMPILED, strict=True)
        ),
        Pattern(_GNU, _GNU_WHOLE, before=96, after=320),
        Pattern(GNU, GNU_WHOLE, before=96, after=96),
        Pattern(FIELD, FIELD_WHOLE, before=32, after=64),
        *(
            Pattern(sentence.anchor, sentence, before=sentence.before, after=160)
            for sentence in (*SENTENCES, *STATED, *ACCORDING)
        ),
    ),
    confirm=_confirm,
    mask=lambda value: _name(value) or "***",
)
