"""Payment card numbers: an issuer that exists, a length it issues (ISO/IEC 7812), a Luhn digit.

Cards of China UnionPay are CN_BANK_CARD. The numbers that payment services publish for trying things out are reported
with a low score.
"""

import re
from bisect import bisect_right

from stdnum import luhn

from corpus_audit.measure.detection.detector import (
    LABELLED_SCORE,
    Candidate,
    ConfirmedBy,
    Detector,
    LabelledForm,
    Match,
    context,
    propose_number,
)
from corpus_audit.measure.detection.labelled import FURTHER, NEAR
from corpus_audit.measure.detection.labels import WEAK
from corpus_audit.measure.detection.shapes import ungrouped
from corpus_audit.vocabulary import SpanKind

_ISSUERS = (
    # first and last issuer number (six digits), lengths in use
    (213100, 213199, (15,)),
    (220000, 220499, (16, 19)),
    (222100, 272099, (16,)),
    (300000, 305999, (14, 16)),
    (309500, 309599, (14, 16)),
    (340000, 349999, (15,)),
    (352800, 358999, (16, 19)),
    (360000, 369999, (14,)),
    (370000, 379999, (15,)),
    (380000, 399999, (14, 16)),
    (400000, 499999, (13, 16, 19)),
    (501800, 501899, (12, 13, 14, 15, 16, 17, 18, 19)),
    (501900, 501999, (16,)),
    (502000, 502099, (12, 13, 14, 15, 16, 17, 18, 19)),
    (503800, 503899, (12, 13, 14, 15, 16, 17, 18, 19)),
    (504175, 504175, (16,)),
    (506099, 506198, (16, 18, 19)),
    (506699, 506778, (16,)),
    (507865, 507964, (16, 18, 19)),
    (508500, 508999, (16,)),
    (509000, 509999, (16,)),
    (510000, 559999, (16,)),
    (589300, 589399, (12, 13, 14, 15, 16, 17, 18, 19)),
    (589562, 589562, (16,)),
    (589657, 589657, (16,)),
    (601100, 601199, (16, 19)),
    (603522, 603522, (16,)),
    (604201, 604219, (16,)),
    (606282, 606282, (16, 19)),
    (606985, 608500, (16,)),
    (627780, 627780, (16,)),
    (630400, 630499, (12, 13, 14, 15, 16, 17, 18, 19)),
    (636297, 636297, (16,)),
    (636368, 636368, (16,)),
    (644000, 659999, (16, 19)),
    (675900, 676399, (12, 13, 14, 15, 16, 17, 18, 19)),
    (817200, 819899, (16,)),
    (860000, 860099, (16,)),
    (911200, 911299, (16,)),
    (941700, 941799, (16,)),
    (970400, 970499, (16, 19)),
    (979200, 979299, (16,)),
    (986000, 986099, (16,)),
)
_FIRST_NUMBERS = [first for first, _, _ in _ISSUERS]

_TEST_NUMBERS = frozenset((
    "30569309025904", "3530111333300000", "371449635398431", "378282246310005", "38520000023237", "4000056655665556",
    "4012888888881881", "4111111111111111", "4222222222222", "4242424242424242", "5105105105105100", "5200828282828210",
    "5454545454545454", "5555555555554444", "6011000990139424", "6011111111111117",
))  # fmt: skip


def _is_issued(number: str) -> bool:
    issuer = int(number[:6])
    place = bisect_right(_FIRST_NUMBERS, issuer) - 1
    if place < 0:
        return False
    _, last, lengths = _ISSUERS[place]
    return issuer <= last and len(number) in lengths


def _confirm(candidate: Candidate) -> Match | None:
    number = ungrouped(candidate.text).replace(".", "")
    if " " in candidate.text and "-" in candidate.text:
        return None
    if number in _TEST_NUMBERS or number == number[:4] * 4:
        return Match(number.encode(), 0.2, ConfirmedBy.PLACEHOLDER) if luhn.is_valid(number) else None
    if not _is_issued(number) or not luhn.is_valid(number) or len(set(number)) < 3:
        return None
    return Match(number.encode(), 0.85, ConfirmedBy.CHECKSUM)


def _check(value: str) -> Match | None:
    """Return the match of a number in a labelled place whose Luhn digit is right, surer if its issuer is known."""
    number = "".join(filter(str.isdigit, value))
    if not luhn.is_valid(number):
        return None
    if number in _TEST_NUMBERS:
        return Match(number.encode(), 0.2, ConfirmedBy.PLACEHOLDER)
    if _is_issued(number) or number.startswith(_UNIONPAY):
        return Match(number.encode(), 0.97, f"{ConfirmedBy.CHECKSUM}+context")
    return Match(number.encode(), LABELLED_SCORE, ConfirmedBy.UNKNOWN_ISSUER)


def _accept(value: str, group: str) -> bool:
    """True unless a label stands further ahead, or means other things too, and no known issuer has such a number.

    A short number must hold: maps and tickets have numbers too.
    """
    number = "".join(filter(str.isdigit, value))
    if group in (NEAR, FURTHER):
        return _is_issued(number)
    is_doubtful = group.endswith(WEAK) or len(number) < _LEAST_UNCHECKED
    return not is_doubtful or luhn.is_valid(number)


_UNIONPAY = "62"
_LEAST_UNCHECKED = 14


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="CREDIT_CARD",
    proposals=(
        propose_number(r"\b[2-6][0-9]{11,18}\b", reach=24),
        propose_number(r"\b[2-6][0-9]{3}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{3})?\b", reach=24),
        propose_number(r"\b[2-6][0-9]{3}(?:\.[0-9]{4}){3}\b", reach=24),
        propose_number(r"\b3[47][0-9]{2}[ -][0-9]{6}[ -][0-9]{5}\b", reach=24),
    ),
    confirm=_confirm,
    context=context("card, credit, visa, mastercard, amex, cvv, cvc, expiry, 信用卡, 卡号", 0.97),
    standalone=True,
    labelled=LabelledForm(
        ("CREDIT_CARD", "CREDIT_CARD_WEAK"), re.compile(r"[0-9]{12,19}"), _check, accepts=_accept, is_near=True
    ),
)
