"""Bank cards of China UnionPay: issuer numbers from 62, or older ones next to a word that says so; a Luhn digit."""

from stdnum import luhn

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, context, propose_number
from corpus_audit.measure.detection.shapes import ungrouped
from corpus_audit.vocabulary import SpanKind


def _confirm(candidate: Candidate) -> Match | None:
    number = ungrouped(candidate.text)
    if not luhn.is_valid(number) or len(set(number)) < 4:
        return None
    return Match(number.encode(), 0.8, ConfirmedBy.CHECKSUM)


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="CN_BANK_CARD",
    proposals=(
        propose_number(r"\b62[0-9]{14,17}\b", reach=24),
        propose_number(r"\b62[0-9]{2}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{3})?\b", reach=24),
        propose_number(r"\b9[0-9]{15,18}\b", reach=24, is_common=True),
    ),
    confirm=_confirm,
    context=context("银行卡, 银行账号, 银行账户, 卡号, 账号, 开户行, 借记卡, 储蓄卡, bank card, unionpay", 0.97),
    standalone=True,
)
