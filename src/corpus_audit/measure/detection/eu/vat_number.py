"""Value added tax numbers of the states of the European Union, of Switzerland, Norway and the United Kingdom.

Companies have them, and people who trade under their own name.
"""

import re

from stdnum.ch import uid as ch_uid
from stdnum.ch import vat as ch_vat
from stdnum.eu import vat
from stdnum.gb import vat as gb_vat
from stdnum.no import mva

from corpus_audit.measure.detection.checked_numbers import labelled_detector
from corpus_audit.measure.detection.detector import ConfirmedBy, LabelledForm, Match
from corpus_audit.measure.detection.labels import WEAK

_OTHERS = (ch_vat, gb_vat, mva)
_SWISS = "CHE"


def _check(value: str) -> Match | None:
    compact = "".join(filter(str.isalnum, value)).upper()
    is_valid = vat.is_valid(compact) or bool(vat.guess_country(compact)) or any(n.is_valid(compact) for n in _OTHERS)
    # The register number of a company has no suffix of the tax.
    is_valid = is_valid or (compact.startswith(_SWISS) and ch_uid.is_valid(compact))
    return Match(compact.encode(), 0.9, f"{ConfirmedBy.CHECKSUM}+context") if is_valid else None


def _accept(value: str, group: str) -> bool:
    """True unless a label that means other things too stands before a number of no country, or one that fails."""
    return not group.endswith(WEAK) or (any(map(str.isalpha, value)) and _check(value) is not None)


DETECTOR = labelled_detector(
    "VAT_NUMBER",
    LabelledForm(
        labels=("VAT_NUMBER", "VAT_NUMBER_WEAK"),
        shape=re.compile(r"(?=(?:.*[0-9]){7})(?:[A-Z]{2,3})?[0-9A-Z]{8,12}"),
        check=_check,
        accepts=_accept,
        has_letters=True,
        ends_in_letters=True,
        is_near=True,
    ),
)
