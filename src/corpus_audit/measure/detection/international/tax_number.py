"""Tax numbers beside their label, of countries where one has check digits and no type of its own."""

import re

from stdnum.at import tin
from stdnum.de import stnr
from stdnum.fr import nif
from stdnum.gb import utr
from stdnum.kr import brn
from stdnum.ru import inn

from corpus_audit.measure.detection.checked_numbers import labelled_detector
from corpus_audit.measure.detection.detector import ConfirmedBy, LabelledForm, Match
from corpus_audit.measure.detection.labelled import is_no_amount

_FORMATS = (stnr, tin, nif, utr, inn, brn)


def _check(value: str) -> Match | None:
    compact = "".join(filter(str.isalnum, value))
    is_valid = any(number.is_valid(text) for number in _FORMATS for text in (value, compact))
    return Match(compact.encode(), 0.9, f"{ConfirmedBy.CHECKSUM}+context") if is_valid else None


DETECTOR = labelled_detector(
    "TAX_NUMBER",
    LabelledForm(
        ("TAX_NUMBER", "TAX_NUMBER_COMMON"), re.compile(r"[0-9]{8,13}"), _check, accepts=is_no_amount, is_near=True
    ),
)
