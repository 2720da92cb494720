"""What was found in texts, and between them."""

from enum import StrEnum

from corpus_audit.vocabulary.values import NOT_RECORDED


class Modality(StrEnum):
    """What kind of content a record holds."""

    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"


class SpanKind(StrEnum):
    """What a marked stretch of a record is."""

    PERSONAL_INFORMATION = "personal_information"
    SECRET = "secret"  # noqa: S105 - a kind of span, not a secret
    NOTICE = "notice"
    AI_LABEL = "ai_label"
    OPT_OUT = "opt_out"


class SpanStatus(StrEnum):
    """How sure a span is: its own check or shape holds, or only a label beside it says what it is."""

    CONFIRMED = "confirmed"
    LABELLED = "labelled"


class CopyKind(StrEnum):
    """How alike two records are: the same bytes, or verified near-duplicates."""

    EXACT = "exact"
    NEAR = "near"


class SplitName(StrEnum):
    """The splits that every dataset means the same by; other names are kept as they are."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


class SplitRole(StrEnum):
    """What a split is for."""

    TRAINING = "training"
    EVALUATION = "evaluation"
    OTHER = "other"


class LeakageState(StrEnum):
    """What is known of the copies of training records in a split that a model is evaluated on."""

    LEAKED = "leaked"
    NONE_FOUND = "none-found"
    NOT_COMPARED = "not-compared"
    """No record of a training split was there to compare with, none of this split could be compared, or not all were.

    No training record was found among those that were compared.
    """


class RecordChange(StrEnum):
    """The change of a record between two audits."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class ReferenceKind(StrEnum):
    """What the works of a reference are, and so what it means that records contain them."""

    PROTECTED_WORKS = "protected-works"
    EVALUATION_SET = "evaluation-set"
    OPT_OUT = "opt-out"
    OTHER = "other"


class GarbageKind(StrEnum):
    """What lies in a store and nothing refers to."""

    MEASURED = "hint to a measured shard"
    RECEIVED = "received manifest"
    ATTACHMENT = "attachment of no decision"
    SUPPLEMENT = "supplement that the ledger does not name"
    SIGNATURES = "index of audits that are gone"
    UNFINISHED = "left by a killed process"


class NoticeState(StrEnum):
    """The relation of a text's own notice to the declaration of its source."""

    AGREES = "agrees"
    DIFFERS = "differs"
    RESERVED = "reserved"
    RESTRICTED = "restricted"
    NOTED = "noted"
    NOT_RECORDED = NOT_RECORDED


class LanguageState(StrEnum):
    """The relation of a detected language to the languages that the dataset declares."""

    DECLARED = "declared"
    UNDECLARED = "undeclared"
    UNDETERMINED = "undetermined"
    NOT_RECORDED = NOT_RECORDED
