"""International bank account numbers (ISO 13616): country, length and structure of that country, modulus 97."""

import re

from stdnum import iban

from corpus_audit.measure.detection.detector import (
    Candidate,
    ConfirmedBy,
    Detector,
    LabelledForm,
    Match,
    context,
    propose_number,
)
from corpus_audit.vocabulary import SpanKind


def _confirm(candidate: Candidate) -> Match | None:
    value = candidate.text
    if not (value.isupper() or value.islower()):
        return None
    # A following word may look like one more group, so shorter endings are tried too.
    ends = [separator.start() for separator in re.finditer(r"[ -]|\s", value)]
    for end in (len(value), *reversed(ends)):
        # The national check digits that some countries add are not asked for: banks that merged kept invalid ones.
        number = "".join(value[:end].split())
        if iban.is_valid(number, check_country=False):
            return Match(iban.compact(number).encode(), 0.95, ConfirmedBy.CHECKSUM, end=end)
    return None


def _check(value: str) -> Match | None:
    compact = "".join(filter(str.isalnum, value)).upper()
    if not iban.is_valid(compact, check_country=False):
        return None
    return Match(compact.encode(), 0.99, f"{ConfirmedBy.CHECKSUM}+context")


_NO_ACCOUNT = re.compile(r"[0-9]{12}")
"""Twelve digits in a row: customers of cloud services. Belgian accounts of twelve digits are written in groups."""
_GROUPS = r"\b[{0}]{{2}}[0-9]{{2}}(?:(?:[ -]|\r?\n)[{0}0-9]{{4}}){{2,7}}(?:[ -][{0}0-9]{{1,3}})?\b"

DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="IBAN_CODE",
    proposals=(
        propose_number(r"\b[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\b"),
        propose_number(r"\b[a-z]{2}[0-9]{2}[a-z0-9]{11,30}\b"),
        *(propose_number(_GROUPS.format(letters)) for letters in ("A-Z", "a-z")),
    ),
    confirm=_confirm,
    context=context("iban, bank account, account number, konto, kontonummer", 0.99),
    labelled=LabelledForm(
        labels=("IBAN_CODE",),
        # Without its country and check digits it is still the account of a person.
        shape=re.compile(r"(?=(?:.*[0-9]){10})(?:[A-Z]{2}[0-9]{2})?[A-Z0-9]{11,30}"),
        check=_check,
        accepts=lambda value, _group: _NO_ACCOUNT.fullmatch(value) is None,
        has_letters=True,
        is_near=True,
        is_sure=True,
    ),
)
