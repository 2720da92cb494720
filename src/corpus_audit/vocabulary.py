"""The shared vocabulary: enumerations and constants with the same meaning in every layer.

Belongs here: closed sets of terms that are stored, printed or compared. Not here: thresholds (policy packs),
column names (schemas), settings (config.py).
"""

from enum import StrEnum

NOT_RECORDED = "not-recorded"
"""The value of every missing claim or measure. It is never a "no" and never a "pass"."""

NOASSERTION = "NOASSERTION"
"""SPDX: the license is not known. Distinct from NONE, which says that there is none."""

PER_RECORD = "per-record"
"""What a source or dataset declares as its license when every record states its own."""

CLAIMS_SOURCE = "(claims)"
"""What stands for a source where a file holds claims and no records: tables of people, consents, snapshots of opt-outs.

No source can have this id: the ids of a manifest begin with a letter or digit.
"""

COLUMN_NAMES = "(column names)"
"""What spans in the names of columns, and in keys of JSON, have as their column."""

WHOLE_STORE = "(store)"
"""What stands for a dataset in the ledger where something is about no single one of them."""

WHOLE_DATASET = "(dataset)"
"""What stands for a source where something is said of the dataset as a whole. No source can have this id."""


class Answer(StrEnum):
    """A four-valued answer to a yes-or-no question."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not-applicable"
    NOT_RECORDED = NOT_RECORDED


class Language(StrEnum):
    """A language that people read rules and reports in (BCP 47)."""

    ENGLISH = "en"
    CHINESE = "zh"


class ExportName(StrEnum):
    """An export format of a finished audit."""

    EU_SUMMARY = "eu-summary"
    CA_3111 = "ca-3111"
    CN_ASSESSMENT = "cn-assessment"
    CROISSANT = "croissant"
    OPENLINEAGE = "openlineage"
    CYCLONEDX = "cyclonedx"
    SPDX = "spdx"
    PROV = "prov"
    CSV = "csv"
    ATTRIBUTION = "attribution"
    SARIF = "sarif"
    JUNIT = "junit"
    BADGE = "badge"


class StageOutcome(StrEnum):
    """How a run of a stage ended."""

    DONE = "done"
    UP_TO_DATE = "up to date"
    REUSED = "reused"
    FAILED = "failed"
    ABORTED = "aborted"


class ParameterOrigin(StrEnum):
    """Where the value of a parameter was set."""

    COMMAND_LINE = "command-line"
    FORM = "form"
    SCHEDULE = "schedule"
    PROGRAM = "program"
    MANIFEST = "manifest"
    DEFAULT = "default"


class FunnelStep(StrEnum):
    """A step at which records drop out of the exclusion funnel."""

    EXACT_DUPLICATE = "exact-duplicate"
    NEAR_DUPLICATE = "near-duplicate"
    LICENSE_FORBIDS = "license-forbids"
    OPTED_OUT = "opted-out"
    LICENSE_OPEN = "license-open"
    CONSENT_OPEN = "consent-open"
    LEFT = "left"


class ExclusionReason(StrEnum):
    """Why a record is left out of a dataset."""

    SOURCE_EXCLUDED = "source-excluded"
    LICENSE_FORBIDS = "license-forbids"
    LICENSE_OPEN = "license-open"
    INHERITED_RESTRICTION = "inherited-restriction"
    OPTED_OUT = "opted-out"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    CONSENT_OPEN = "consent-open"
    PERSONAL_INFORMATION = "personal-information"
    SECRET = "secret"  # noqa: S105 - a reason, not a secret
    EVALUATION_LEAK = "evaluation-leak"
    REFERENCE_HIT = "reference-hit"
    EXACT_DUPLICATE = "exact-duplicate"
    NEAR_DUPLICATE = "near-duplicate"


class CopyPreference(StrEnum):
    """By what the copy of a cluster is chosen that stays in a dataset."""

    LICENSE_FREEDOM = "license-freedom"
    QUALITY = "quality"
    SOURCE_ORDER = "source-order"
    LENGTH = "length"


class Severity(StrEnum):
    """How much a failed rule weighs, heaviest first."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class FailureKind(StrEnum):
    """What a failed rule shows about the evidence."""

    MISSING = "missing"
    CONTRADICTION = "contradiction"
    OUT_OF_BOUNDS = "out-of-bounds"


class OwnerRole(StrEnum):
    """Who in an organisation answers for what a rule asks."""

    DATA_STEWARD = "data-steward"
    ENGINEERING = "engineering"
    LEGAL_COUNSEL = "legal-counsel"
    PRIVACY_OFFICER = "privacy-officer"
    CONTENT_SAFETY = "content-safety"
    ETHICS_COMMITTEE = "ethics-committee"


class CitationStatus(StrEnum):
    """Whether the authors of a pack read the source of a rule; a project rule has no outside source."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    HOUSE_RULE = "house-rule"


class RuleState(StrEnum):
    """What happened to one rule of one pack in one audit."""

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"
    NOT_EVALUATED = "not-evaluated"
    NOTHING_TO_JUDGE = "nothing-to-judge"


class Verdict(StrEnum):
    """What an audit concludes. It says what the rules found, never that anything is lawful."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    PASS_WITH_WAIVERS = "pass-with-waivers"  # noqa: S105 - the same
    FAIL = "fail"
    INCOMPLETE = "incomplete"


class ReasonCode(StrEnum):
    """Why a verdict is what it is; reports put it into words."""

    CONSENT_WITHDRAWN = "consent-withdrawn"
    CRITICAL_FINDINGS = "critical-findings"
    WARNING_FINDINGS = "warning-findings"
    INFO_FINDINGS = "info-findings"
    FINDINGS_WAIVED = "findings-waived"
    NO_RULE = "no-rule"
    RULES_ERRORED = "rules-errored"
    RULES_NOT_EVALUATED = "rules-not-evaluated"
    FINDINGS_LOST = "findings-lost"
    DETECTORS_OFF = "detectors-off"
    BOUNDS_LOOSENED = "bounds-loosened"
    SAMPLE_ONLY = "sample-only"
    UNREAD_DATA = "unread-data"
    NOTHING_JUDGED = "nothing-judged"
    ALL_RULES_PASSED = "all-rules-passed"


class TraceCoverage(StrEnum):
    """How far an audit was looked through for a text or a person."""

    ALL = "all"
    PARTLY = "partly"
    NO_INDEX = "no-index"
    NOT_MEASURED = "not-measured"
    OTHER_VERSION = "other-version"


class TraceState(StrEnum):
    """Whether a record that the index names was held against the text that is looked for."""

    VERIFIED = "verified"
    NOT_AT_HAND = "not-at-hand"
    CHANGED = "changed"
    NOT_READ = "not-read"


class DecisionAction(StrEnum):
    """What a person put down in the ledger about a finding, a source or a whole audit.

    The first seven are a steward's decisions; to reopen a finding takes back the one before. A comment decides nothing.
    What was done is put down because it was: an excerpt revealed, an audit read or deleted, a text or a person looked
    for, a model trained on what was audited; a withdrawal because a person said so. A supplement is
    statements that a manifest lacks.
    """

    ACCEPT_RISK = "accept-risk"
    FALSE_POSITIVE = "false-positive"
    REMEDIATE = "remediate"
    REOPEN = "reopen"
    EXCLUDE_SOURCE = "exclude-source"
    APPROVE = "approve"
    REJECT = "reject"
    COMMENT = "comment"
    REVEAL = "reveal"
    DELETE = "delete"
    TRACE = "trace"
    WITHDRAW_CONSENT = "withdraw-consent"
    SUPPLEMENT = "supplement"
    READ = "read"
    TRAIN = "train"


class ApprovalState(StrEnum):
    """How far an audit's report is approved. It is void when the report is another than the one that was approved."""

    NONE = ""
    WAITING = "waiting"
    APPROVED = "approve"
    REJECTED = "reject"
    VOID = "void"


class VoidCause(StrEnum):
    """What made an approval void: a later decision, a waiver that expired, or a report that was made again."""

    DECISION = "decision"
    EXPIRY = "expiry"
    REBUILT = "rebuilt"


class SourceKind(StrEnum):
    """How a source came to the dataset."""

    PUBLIC_DATASET = "public-dataset"
    LICENSED = "licensed"
    PRIVATE_DATASET = "private-dataset"
    WEB_CRAWL = "web-crawl"
    USER_DATA = "user-data"
    SYNTHETIC = "synthetic"
    SELF_COLLECTED = "self-collected"
    SOFTWARE_PACKAGE = "software-package"
    OTHER = "other"
    NOT_RECORDED = NOT_RECORDED


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


class FileFormat(StrEnum):
    """How records are read out of a file."""

    TEXT = "text"
    PARQUET = "parquet"
    JSONL = "jsonl"
    CSV = "csv"
    JSON = "json"
    ARROW = "arrow"
    HTML = "html"
    PDF = "pdf"
    WARC = "warc"
    TAR = "tar"
    ZIP = "zip"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    BINARY = "binary"


class Modality(StrEnum):
    """What kind of content a record holds."""

    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"


class MediaState(StrEnum):
    """How far a picture, recording or film could be measured."""

    MEASURED = "measured"
    DAMAGED = "damaged"
    TOO_LARGE = "too-large"
    NOT_DECODED = "not-decoded"
    NOT_RUN = "not-run"
    TRAILING_DATA = "trailing-data"


class MediaCheck(StrEnum):
    """What is looked for in pictures, recordings and films; each needs libraries that may not be installed."""

    LABELS = "labels"
    CREDENTIALS = "content-credentials"
    COPIES = "copies"
    FACES = "faces"
    SPEECH = "speech"


class LabelCarrier(StrEnum):
    """The place in a file of a statement about the file."""

    C2PA = "c2pa"
    XMP = "xmp"
    IPTC = "iptc"
    EXIF = "exif"
    PNG_TEXT = "png-text"
    TAGS = "tags"
    PDF_INFORMATION = "pdf-information"
    TEXT = "text"


class LabelKind(StrEnum):
    """What a statement in a file is about."""

    AIGC = "aigc-label"
    SOURCE_TYPE = "digital-source-type"
    GENERATOR = "generator-data"
    MINING = "data-mining"
    CREDENTIALS = "content-credentials"
    LICENSE = "license"
    COPYRIGHT = "copyright-notice"


class LabelMeaning(StrEnum):
    """The consequence of a statement, for any words and carrier."""

    GENERATED = "generated"
    PARTLY_GENERATED = "partly-generated"
    POSSIBLY_GENERATED = "possibly-generated"
    NOT_GENERATED = "not-generated"
    RESERVED = "reserved"
    CONSTRAINED = "constrained"
    ALLOWED = "allowed"
    INTACT = "intact"
    BROKEN = "broken"
    NOT_READ = "not-read"
    NOT_CONFORMING = "not-conforming"
    STATED = "stated"


class FileState(StrEnum):
    """What ingest saw when it set a declared file beside the disk."""

    VERIFIED = "verified"
    NO_CHECKSUM = "no-checksum"
    SIZE_MISMATCH = "size-mismatch"
    CHECKSUM_MISMATCH = "checksum-mismatch"
    MISSING = "missing"
    UNDECLARED = "undeclared"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


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


class DefectCode(StrEnum):
    """The kind of damage in a file or a row that could not be audited."""

    PATH_REFUSED = "path-refused"
    FILE_UNREADABLE = "file-unreadable"
    NOT_UTF8 = "not-utf8"
    TRUNCATED = "truncated"
    BAD_ROW = "bad-row"
    NO_TEXT_FIELD = "no-text-field"
    NULL_TEXT = "null-text"
    FILE_CHANGED = "file-changed"
    LIMIT_EXCEEDED = "limit-exceeded"
    MEMBER_REFUSED = "member-refused"
    MISLABELLED = "mislabelled"
    DAMAGED = "damaged"
    BAD_CLAIM = "bad-claim"
    EMPTY = "empty"
    POINTER = "pointer"
    ENCRYPTED = "encrypted"
    DUPLICATE_KEY = "duplicate-key"
    ENCODING_GUESSED = "encoding-guessed"
    READER_DIED = "reader-died"
    TRAILING_DATA = "trailing-data"


class EncodingBasis(StrEnum):
    """What the encoding of a text was recognised by, the surest first."""

    MARK = "byte-order-mark"
    VALID = "valid"
    AGREED = "two-detectors-agree"
    GUESSED = "detectors-disagree"


class ColumnNames(StrEnum):
    """Where the names of a delimited file's columns come from."""

    IN_FILE = "in-file"
    GENERATED = "generated"


class Unit(StrEnum):
    """What the content of a file is counted in."""

    FILE = "file"
    ROW = "row"
    MEMBER = "member"
    CRAWL_RECORD = "crawl-record"
    MEDIUM = "medium"
    COLUMN = "column"
    ENCODED = "encoded-content"
    LINK = "link"
    FOLDER = "folder"


class SkipReason(StrEnum):
    """Why content that is sound was not read."""

    NO_TEXT_FIELD = "no-text-field"
    NOT_TEXT = "not-text"
    NO_CONTENT = "no-content"
    UNKNOWN_KIND = "unknown-kind"
    NESTED_ARCHIVE = "nested-archive"
    EXTERNAL = "external"
    NOTHING_DESCRIBED = "nothing-described"
    NOT_SAMPLED = "not-sampled"
    NOT_ACCOUNTED = "not-accounted"
    NO_RESPONSE = "no-response"
    BASE64 = "base64"
    ATTACHED_FILE = "attached-file"
    PAGE_PICTURE = "page-picture"


class ColumnRole(StrEnum):
    """What was done with a column of a file."""

    TEXT = "text"
    METADATA = "metadata"
    MEDIA = "media"
    SCANNED = "scanned"
    NOT_LOOKED_AT = "not-looked-at"


class ColumnReason(StrEnum):
    """Why a column has its role."""

    TEXT_FIELD = "text-field"
    METADATA_FIELD = "metadata-field"
    HOLDS_MEDIA = "holds-media"
    HOLDS_TEXT = "holds-text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TIME = "time"
    BINARY = "binary"
    EMPTY = "empty"
    OTHER_TYPE = "other-type"
    LICENSE_UNJUDGED = "license-unjudged"


class LeftOutKind(StrEnum):
    """Why something in a source's folder is no part of an audit."""

    UNDECLARED = "undeclared"
    IGNORED = "ignored"
    LINK = "link-not-followed"
    FOLDER = "folder-not-listed"


class LeftOutState(StrEnum):
    """What else lies in a source's folders beside declared and undeclared files, the heaviest that applies."""

    NOT_LOOKED_AT = "not-looked-at"
    IGNORED_TOO_MUCH = "ignored-too-much"
    IGNORED = "ignored"
    NONE = "none"


class CoverageState(StrEnum):
    """Whether what is declared was read."""

    READ = "read"
    WITHIN_BOUND = "within-bound"
    PARTLY_READ = "partly-read"
    LEFT_OUT = "left-out"
    UNREAD = "unread"
    NOTHING_THERE = "nothing-there"

    @property
    def is_covered(self) -> bool:
        """True if a verdict may vouch for the source: all of it was read, but for a share within the bound."""
        return self in (CoverageState.READ, CoverageState.WITHIN_BOUND)


class ClaimProblemCode(StrEnum):
    """Why something that a description states, or should state, cannot be taken as a claim."""

    MISSING = "missing"
    INVALID = "invalid"
    CONFLICT = "conflict"
    DANGLING = "dangling"
    UNDECIDED = "undecided"
    REMOTE = "remote"


class GapReason(StrEnum):
    """Why something is not recorded: its format has no word for it, it was left out, or what was said was no answer."""

    CANNOT_SAY = "cannot-say"
    LEFT_OUT = "left-out"
    UNUSABLE = "unusable"


class SupplementState(StrEnum):
    """What became of a steward's statement in an audit."""

    USED = "used"
    STATED_SINCE = "stated-since"
    """The manifest says the same by now."""
    CONTRADICTED = "contradicted"
    """The manifest says something else: the audit goes by the manifest, and names both."""
    NO_SOURCE = "no-source"
    INVALID = "invalid"


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


class GarbageKind(StrEnum):
    """What lies in a store and nothing refers to."""

    MEASURED = "hint to a measured shard"
    RECEIVED = "received manifest"
    ATTACHMENT = "attachment of no decision"
    SIGNATURES = "index of audits that are gone"
    UNFINISHED = "left by a killed process"


class DecisionScope(StrEnum):
    """What a decision is about."""

    FINDING = "finding"
    SOURCE = "source"
    AUDIT = "audit"
    DATASET = "dataset"
    PERSON = "person"
    STORE = "store"


class Role(StrEnum):
    """What a person is to the audits: who may do what follows from it."""

    AUDITOR = "auditor"
    STEWARD = "steward"
    REGULATOR = "regulator"
    ADMIN = "admin"


class FindingStatus(StrEnum):
    """The status of a finding after decisions about it. Only the first two close it, and only for a time."""

    ACCEPTED = "accepted"
    FALSE_POSITIVE = "false-positive"
    OPEN = "open"
    TO_REMEDIATE = "to-remediate"
    EXPIRED = "expired"
    EVIDENCE_CHANGED = "evidence-changed"

    @property
    def is_closed(self) -> bool:
        """True if a decision closes the finding for now."""
        return self in (FindingStatus.ACCEPTED, FindingStatus.FALSE_POSITIVE)


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


class GateState(StrEnum):
    """Whether enough of what a gate looked at is clean."""

    HOLDS = "holds"
    FAILS = "fails"
    TOO_FEW = "too-few"
    NOT_RECORDED = NOT_RECORDED
