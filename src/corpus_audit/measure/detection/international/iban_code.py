"""International bank account numbers (ISO 13616): country, length and structure of that country, modulus 97."""

from stdnum import iban

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, context, propose_number
from corpus_audit.vocabulary import SpanKind


def _confirm(candidate: Candidate) -> Match | None:
    value = candidate.text
    if not (value.isupper() or value.islower()):
        return None
    # A following word may look like one more group, so shorter endings are tried too.
    groups = value.split(" ")
    for count in range(len(groups), 0, -1):
        shorter = " ".join(groups[:count])
        # The national check digits that some countries add are not asked for: banks that merged kept invalid ones.
        if iban.is_valid(shorter, check_country=False):
            compact = iban.compact(shorter).encode()
            return Match(compact, 0.95, ConfirmedBy.CHECKSUM, end=len(shorter.encode()))
    return None


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="IBAN_CODE",
    proposals=(
        propose_number(r"\b[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\b"),
        propose_number(r"\b[a-z]{2}[0-9]{2}[a-z0-9]{11,30}\b"),
        propose_number(r"\b[A-Z]{2}[0-9]{2}(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?\b"),
    ),
    confirm=_confirm,
    context=context("iban, bank account, account number, konto, kontonummer", 0.99),
)
