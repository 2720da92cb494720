"""Numbers of identity cards that letters of another script are a part of: Myanmar's and Mongolia's.

Labelled places (labelled.py) hold letters of ASCII, so that these are shapes of their own.
"""

import re

from corpus_audit.measure.detection.detector import (
    LABELLED_SCORE,
    Candidate,
    ConfirmedBy,
    Detector,
    Match,
    context,
    propose_number,
)
from corpus_audit.vocabulary import SpanKind

_TYPE = "NATIONAL_ID"
_BURMESE = r"\xe1[\x80\x81][\x80-\xbf]"
_LETTER = "[CENPSTV]"
_STATUS = rf"(?:{_LETTER}|(?i:naing|eh|pyu|thi|tha)|(?:{_BURMESE}){{1,6}})"
"""Whether a holder is a citizen (naing), a guest, naturalised, a monk or a nun."""
_TOWNSHIP = (
    rf"(?:[A-Za-z]{{2,18}} ?\({_STATUS}|(?:{_BURMESE}){{2,7}} ?\({_STATUS}|(?:{_BURMESE}){{8,13}} ?\({_LETTER})\)"
)
"""Where a card was made and what its holder is, in no more bytes than are looked at in front of six digits."""
_MYANMAR = rf"\b(?:1[0-4]|[1-9])/{_TOWNSHIP} ?[0-9]{{6}}\b"
_CYRILLIC = r"(?:\xd0[\x81\x90-\xaf]|\xd2\xae|\xd3\xa8)"
_MONGOLIAN = rf"{_CYRILLIC}{{2}} ?[0-9]{{8}}\b"
_BORN = re.compile("[0-9]{2}(?:0[1-9]|1[0-2]|2[1-9]|3[0-2])(?:0[1-9]|[12][0-9]|3[01])")
"""A birth date; twenty is added to the months of those born since 2000."""


def _confirm_burmese(candidate: Candidate) -> Match:
    return Match(candidate.value.replace(b" ", b"").upper(), 0.85, ConfirmedBy.SHAPE)


def _confirm_mongolian(candidate: Candidate) -> Match | None:
    compact = candidate.text.replace(" ", "")
    if _BORN.match(compact, 2) is None:
        return None
    return Match(compact.encode(), LABELLED_SCORE, ConfirmedBy.SHAPE)


DETECTORS = (
    Detector(
        kind=SpanKind.PERSONAL_INFORMATION,
        entity_type=_TYPE,
        proposals=(propose_number(_MYANMAR, reach=96),),
        confirm=_confirm_burmese,
    ),
    Detector(
        kind=SpanKind.PERSONAL_INFORMATION,
        entity_type=_TYPE,
        proposals=(propose_number(_MONGOLIAN, is_common=True),),
        confirm=_confirm_mongolian,
        context=context(
            "регистр, регистрийн, регистртэй, регистрын, рд, register, regnum, registriin, rd, үнэмлэх, үнэмлэхийн, "
            "Регистр, Регистрийн, РЕГИСТР, РЕГИСТРИЙН, РД, Үнэмлэх, Үнэмлэхийн, иргэний, Иргэний",
            0.85,
        ),
    ),
)
