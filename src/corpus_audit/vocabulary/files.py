"""What files are, how they were read, and what their columns hold."""

from enum import StrEnum

from corpus_audit.vocabulary.values import NOT_RECORDED


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
