"""Licenses, purposes and opt-outs."""

from enum import StrEnum

from corpus_audit.vocabulary.values import NOT_RECORDED, PER_RECORD


class Purpose(StrEnum):
    """What the data, or a model trained on it, is meant for."""

    INTERNAL_TRAINING = "internal-training"
    COMMERCIAL_TRAINING = "commercial-training"
    REDISTRIBUTION_AS_IS = "redistribution-as-is"
    REDISTRIBUTION_DERIVED = "redistribution-derived"
    MODEL_RELEASE = "model-release"


class LegalBasis(StrEnum):
    """Why personal information may be processed (PIPL art. 13 and GDPR art. 6 name these grounds)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal-obligation"
    VITAL_INTERESTS = "vital-interests"
    PUBLIC_INTEREST = "public-interest"
    LEGITIMATE_INTERESTS = "legitimate-interests"
    PUBLICLY_DISCLOSED = "publicly-disclosed"
    NOT_APPLICABLE = "not-applicable"
    NOT_RECORDED = NOT_RECORDED


class ModelRole(StrEnum):
    """What a model did to the data."""

    GENERATOR = "generator"
    ANNOTATOR = "annotator"
    CLEANER = "cleaner"
    BASE = "base"
    NOT_RECORDED = NOT_RECORDED


class LicenseState(StrEnum):
    """How far a declared license could be resolved."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNRECOGNISED = "unrecognised"
    PER_RECORD = PER_RECORD
    NOT_RECORDED = NOT_RECORDED


class LicenseTextState(StrEnum):
    """What a file that is named as evidence of a license turned out to be."""

    RECOGNISED = "recognised"
    UNRECOGNISED = "unrecognised"
    TOO_LONG = "too-long"
    UNREADABLE = "unreadable"


class LicenseTextAnswer(StrEnum):
    """The relation of the found license texts to the declared license."""

    AGREES = "agrees"
    PARTIAL = "partial"
    DIFFERS = "differs"
    UNDECLARED = "undeclared"
    UNRECOGNISED = "unrecognised"
    NOT_RECORDED = NOT_RECORDED


class TermsConflict(StrEnum):
    """How the license terms on two sides of an overlap relate."""

    NONE = "none"
    CONFLICTING = "conflicting"
    UNRESOLVED = "unresolved"
    TOO_SHORT = "too-short"
    """Only short records are shared, and they are no large part of either source: nothing follows from them."""


class DatasetLicense(StrEnum):
    """A dataset's statement on its sources' licenses: that each record states its own."""

    PER_RECORD = PER_RECORD
    NOT_RECORDED = NOT_RECORDED


class LicenseRelation(StrEnum):
    """The relation of one license's terms to another's."""

    SAME = "same"
    STRICTER = "stricter"
    LOOSER = "looser"
    DIFFERENT = "different"
    NOT_APPLICABLE = "not-applicable"
    NOT_RECORDED = NOT_RECORDED


class LicenseStatementKind(StrEnum):
    """Where in a description of a source its license is stated."""

    DECLARED = "declared"
    CORRECTED = "corrected"
    LIST = "list"
    ADDRESS = "address"
    FIELD = "field"
    CARD = "card"
    TEXT = "text"
    ORIGIN = "origin"


class InheritedRestriction(StrEnum):
    """What records come under because they copy others."""

    STRICTER_LICENSE = "stricter-license"
    OPTED_OUT = "opted-out"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    CONSENT_EXPIRED = "consent-expired"


class InheritedWeight(StrEnum):
    """What stricter terms take away at worst: a purpose, certainty about one, or freedom from a condition."""

    NONE = "none"
    BINDS = "binds"
    LEAVES_OPEN = "leaves-open"
    FORBIDS = "forbids"


class OptOutKind(StrEnum):
    """Where a rights holder's reservation was looked for."""

    ROBOTS = "robots.txt"
    TDMREP = "tdmrep.json"
    AI_TXT = "ai.txt"
    HEADERS = "headers"
    CONTENT_USAGE = "content-usage"
    CONTENT_SIGNAL = "content-signal"
    META = "meta"
    RSL = "rsl"


class OptOutProtocol(StrEnum):
    """The convention by which a record states what may be done with it."""

    ROBOTS_TAG = "robots-tag"
    TDMREP = "tdmrep"
    CONTENT_USAGE = "content-usage"
    CONTENT_SIGNAL = "content-signal"
    RSL = "rsl"


class StatementPlace(StrEnum):
    """Where a record states what may be done with it."""

    HEADER = "header"
    PAGE = "page"


class OptOutState(StrEnum):
    """The snapshots' answer for records: a reservation, none, or no statement."""

    RESERVED = "reserved"
    ALLOWED = "allowed"
    NOT_RECORDED = NOT_RECORDED
