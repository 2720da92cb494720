"""Pictures, recordings, and the labels in them."""

from enum import StrEnum


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
