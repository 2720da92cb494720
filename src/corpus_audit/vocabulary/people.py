"""People, and what they agreed to."""

from enum import StrEnum

from corpus_audit.vocabulary.values import NOT_RECORDED


class SubjectModality(StrEnum):
    """What of a person is in the data."""

    FACE = "face"
    VOICE = "voice"
    NAME = "name"
    TEXT = "text"


class Relation(StrEnum):
    """What the grantor of an authorisation is to the person it is about."""

    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    OTHER_RELATIVE = "other-relative"
    GUARDIAN = "guardian"
    AGENT = "agent"
    RIGHTS_HOLDER = "rights-holder"
    OTHER = "other"
    NOT_RECORDED = NOT_RECORDED


class ConsentState(StrEnum):
    """What evidence there is that a person's face, voice, name or text may be used as intended, least first.

    It says what is documented, never that a use is permitted.
    """

    MISSING = "missing"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_YET_IN_FORCE = "not-yet-in-force"
    GRANTOR_NOT_ENTITLED = "grantor-not-entitled"
    GUARDIAN_MISSING = "guardian-missing"
    ATTESTATION_MISSING = "attestation-missing"
    CHAIN_BROKEN = "chain-broken"
    SCOPE_DOES_NOT_COVER = "scope-does-not-cover"
    BUNDLED_ONLY = "bundled-only"
    EVIDENCE_MISSING = "evidence-missing"
    NOT_RECORDED = NOT_RECORDED
    DOCUMENTED = "documented"
    NOT_NEEDED = "not-needed"
