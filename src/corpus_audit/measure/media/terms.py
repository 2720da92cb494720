"""The published terms that files use for themselves, and their consequences.

Sources: IPTC NewsCodes "Digital Source Type", PLUS License Data Format "Data Mining", C2PA and CAWG training and data
mining assertions. A term that is in none of them is ``other``, and its words are not repeated.
"""

from collections.abc import Mapping

from corpus_audit.measure.media.facts import OTHER, Label
from corpus_audit.vocabulary import LabelCarrier, LabelKind, LabelMeaning

_SOURCE_TYPES: Mapping[str, LabelMeaning] = {
    **dict.fromkeys(("trainedAlgorithmicMedia", "algorithmicMedia"), LabelMeaning.GENERATED),
    "trainedAlgorithmicData": LabelMeaning.GENERATED,
    **dict.fromkeys(("compositeWithTrainedAlgorithmicMedia", "compositeSynthetic"), LabelMeaning.PARTLY_GENERATED),
    **dict.fromkeys(
        (
            "digitalCapture", "computationalCapture", "negativeFilm", "positiveFilm", "print", "minorHumanEdits",
            "humanEdits", "compositeCapture", "digitalArt", "digitalCreation", "softwareImage",
        ),
        LabelMeaning.NOT_GENERATED,
    ),
    **dict.fromkeys(
        ("algorithmicallyEnhanced", "dataDrivenMedia", "virtualRecording", "composite", "screenCapture", "empty"),
        LabelMeaning.STATED,
    ),
}  # fmt: skip

_MINING: Mapping[str, LabelMeaning] = {
    "DMI-UNSPECIFIED": LabelMeaning.STATED,
    "DMI-ALLOWED": LabelMeaning.ALLOWED,
    "DMI-PROHIBITED": LabelMeaning.RESERVED,
    "DMI-PROHIBITED-AIMLTRAINING": LabelMeaning.RESERVED,
    "DMI-PROHIBITED-GENAIMLTRAINING": LabelMeaning.RESERVED,
    "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING": LabelMeaning.RESERVED,
    "DMI-PROHIBITED-SEECONSTRAINT": LabelMeaning.CONSTRAINED,
    "DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR": LabelMeaning.CONSTRAINED,
    "DMI-PROHIBITED-SEELINKEDRIGHTSEXPR": LabelMeaning.CONSTRAINED,
}

_USES: Mapping[str, LabelMeaning] = {
    "allowed": LabelMeaning.ALLOWED,
    "notAllowed": LabelMeaning.RESERVED,
    "constrained": LabelMeaning.CONSTRAINED,
}
_MINING_ENTRIES = frozenset(
    f"{namespace}.{use}"
    for namespace in ("c2pa", "cawg")
    for use in ("data_mining", "ai_training", "ai_generative_training", "ai_inference")
)
_NOT_ABOUT_TRAINING = "ai_inference"


def source_type(carrier: LabelCarrier, uri: str) -> Label:
    """Return what a digital source type says; *uri* ends in its term."""
    term = uri.strip().rstrip("/").rpartition("/")[2]
    known = _SOURCE_TYPES.get(term)
    return Label(carrier, LabelKind.SOURCE_TYPE, term if known else OTHER, known or LabelMeaning.STATED)


def data_mining(carrier: LabelCarrier, uri: str) -> Label:
    """Return what a PLUS data mining term says."""
    term = uri.strip().rpartition("/")[2]
    known = _MINING.get(term)
    return Label(carrier, LabelKind.MINING, term if known else OTHER, known or LabelMeaning.NOT_CONFORMING)


def mining_entry(entry: str, use: str) -> Label:
    """Return what one entry of a training and data mining assertion says; one on inference says nothing of training."""
    if entry not in _MINING_ENTRIES or use not in _USES:
        return Label(LabelCarrier.C2PA, LabelKind.MINING, OTHER, LabelMeaning.NOT_CONFORMING)
    meaning = LabelMeaning.STATED if entry.endswith(_NOT_ABOUT_TRAINING) else _USES[use]
    return Label(LabelCarrier.C2PA, LabelKind.MINING, f"{entry} {use}", meaning)
