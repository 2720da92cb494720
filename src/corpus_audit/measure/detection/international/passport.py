"""Passport numbers beside their label; confirmed where the check digit of ICAO 9303 is printed with them."""

import re

from corpus_audit.measure.detection.checked_numbers import labelled_detector
from corpus_audit.measure.detection.detector import ConfirmedBy, LabelledForm, Match
from corpus_audit.measure.detection.international.mostly_letters import FewDigits, find_mostly_letters
from corpus_audit.measure.detection.labelled import has_letters_or_label

_WEIGHTS = (7, 3, 1)
_WITH_CHECK_DIGIT = 10


def _check(value: str) -> Match | None:
    compact = "".join(filter(str.isalnum, value)).upper()
    if len(compact) != _WITH_CHECK_DIGIT or not compact[-1].isdigit():
        return None
    total = sum(int(sign, 36) * _WEIGHTS[place % 3] for place, sign in enumerate(compact[:-1]))
    if total % 10 != int(compact[-1]):
        return None
    return Match(compact.encode(), 0.85, f"{ConfirmedBy.CHECKSUM}+context")


_LABELLED = labelled_detector(
    "PASSPORT",
    LabelledForm(
        labels=("PASSPORT", "PASSPORT_COMMON"),
        shape=re.compile(
            r"[A-Z]{0,3}[0-9]{6,9}[A-Z]?|[0-9]{10}|(?=(?:.*[0-9]){2})[CFGHJ-NPRTV-Z][0-9CFGHJ-NPRTV-Z]{8}[0-9]?"
            r"|[0-9]{2}[A-Z]{2}[0-9]{5}|(?=(?:.*[0-9]){2})[A-Z]{2}[0-9A-Z]{6}[0-9]"
            r"|(?=(?:.*[0-9]){2})[JX][0-9A-Z]{6,7}"
        ),
        check=_check,
        accepts=has_letters_or_label,
        has_letters=True,
        ends_in_letters=True,
    ),
)

_WORDS = (
    r"passport|passeport|pasaporte?|passaport[eo]|reisepa(?:ss|ß)|pass mit der serienn|\brp-nr|pass-?n(?:umme)?r|"
    r"pass nr|pas-?n(?:umme)?r|pas nr|paspoort|"
    r"paszport|paspor|travel document|reisdocument"
)
_SHAPES = r"[CFGHJ-NPRTV-Z][0-9CFGHJ-NPRTV-Z]{8}[0-9]?|[A-Z]{2}[0-9A-Z]{6}[0-9]|[JX][0-9A-Z]{6,7}"
DETECTOR = find_mostly_letters(_LABELLED, FewDigits(_WORDS, _SHAPES), _check)
