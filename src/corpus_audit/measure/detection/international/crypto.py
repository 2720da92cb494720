"""Addresses of cryptocurrency wallets: Bitcoin by its checksum, Ethereum next to a word that says so."""

from stdnum import bitcoin

from corpus_audit.measure.detection.detector import (
    Candidate,
    ConfirmedBy,
    Detector,
    Match,
    context,
    propose,
    propose_code,
)
from corpus_audit.vocabulary import SpanKind


def _confirm(candidate: Candidate) -> Match | None:
    value = candidate.text
    if value.startswith("0x"):
        is_filler = len(set(value[2:].lower())) < 8
        return None if is_filler else Match(value.lower().encode(), 0.5, ConfirmedBy.SHAPE)
    return Match(value.encode(), 0.95, ConfirmedBy.CHECKSUM) if bitcoin.is_valid(value) else None


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="CRYPTO",
    proposals=(
        propose_code(r"\b[13][1-9A-HJ-NP-Za-km-z]{25,34}\b"),
        propose(r"\bbc1[02-9ac-hj-np-z]{11,87}\b", reach=96),
        propose(r"\b0x[0-9A-Fa-f]{40}\b", is_common=True),
    ),
    confirm=_confirm,
    context=context("wallet, ethereum, eth, bitcoin, btc, crypto, 钱包", 0.95),
)
