"""What was looked at and what was not: how units, reasons and roles are called."""

from collections.abc import Mapping

from corpus_audit.report.wording.terms import word
from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import (
    ColumnReason,
    ColumnRole,
    CoverageState,
    FileFormat,
    LeftOutKind,
    MediaState,
    SkipReason,
    Unit,
)

UNITS: Mapping[str, str] = {
    Unit.FILE: _("Files"),
    Unit.ROW: _("Rows"),
    Unit.MEMBER: _("Members of archives and documents"),
    Unit.MEDIUM: _("Pictures, recordings, films"),
    Unit.COLUMN: _("Columns"),
    Unit.ENCODED: _("Texts with encoded contents"),
    Unit.CRAWL_RECORD: _("Other records of crawls"),
    Unit.LINK: _("Links"),
    Unit.FOLDER: _("Folders"),
}

COVERAGE_STATES: Mapping[str, str] = {
    CoverageState.READ: _("read"),
    CoverageState.WITHIN_BOUND: _("read but for a small share"),
    CoverageState.PARTLY_READ: _("read in part"),
    CoverageState.LEFT_OUT: _("read, but not all that lies beside it"),
    CoverageState.UNREAD: _("not read"),
    CoverageState.NOTHING_THERE: _("nothing to read"),
}

SOURCE_COVERAGE: Mapping[str, str] = {**COVERAGE_STATES, CoverageState.UNREAD: _("not all read")}
"""The same of a source, of which much may have been read."""

COVERAGE_REASONS: Mapping[str, str] = {
    FileFormat.BINARY: _("of no known kind"),
    SkipReason.NOT_TEXT: _("neither a page nor a text"),
    SkipReason.UNKNOWN_KIND: _("of no known kind"),
    SkipReason.NESTED_ARCHIVE: _("an archive within an archive"),
    SkipReason.EXTERNAL: _("stored elsewhere"),
    SkipReason.NOTHING_DESCRIBED: _("describes no record"),
    SkipReason.NOT_SAMPLED: _("not part of the sample"),
    SkipReason.NOT_ACCOUNTED: _("lost while reading"),
    SkipReason.BASE64: _("base64, not decoded"),
    SkipReason.ATTACHED_FILE: _("attached to a document"),
    SkipReason.PAGE_PICTURE: _("a picture on a page"),
    SkipReason.NO_RESPONSE: _("requests, metadata and others that are no response"),
    MediaState.NOT_RUN: _("libraries not installed"),
    MediaState.NOT_DECODED: _("nothing here decodes it"),
    MediaState.TOO_LARGE: _("too large"),
    ColumnReason.OTHER_TYPE: _("of a type that is not read"),
    LeftOutKind.UNDECLARED: _("there and not declared"),
    LeftOutKind.IGNORED: _("ignored by the manifest"),
    LeftOutKind.LINK: _("not followed: to a folder, out of the root or to nothing"),
    LeftOutKind.FOLDER: _("cannot be listed"),
}
"""Reasons that read otherwise here than elsewhere; all others have their usual words."""

COLUMN_ROLES: Mapping[str, str] = {
    ColumnRole.TEXT: _("text"),
    ColumnRole.METADATA: _("metadata, scanned"),
    ColumnRole.MEDIA: _("media"),
    ColumnRole.SCANNED: _("scanned only"),
    ColumnRole.NOT_LOOKED_AT: _("not looked at"),
}

COLUMN_REASONS: Mapping[str, str] = {
    ColumnReason.TEXT_FIELD: _("named as text"),
    ColumnReason.METADATA_FIELD: _("named as metadata"),
    ColumnReason.HOLDS_TEXT: _("holds text"),
    ColumnReason.HOLDS_MEDIA: _("holds pictures, recordings or films"),
    ColumnReason.NUMBER: _("numbers"),
    ColumnReason.BOOLEAN: _("yes or no"),
    ColumnReason.TIME: _("times"),
    ColumnReason.BINARY: _("bytes that may hold anything"),
    ColumnReason.EMPTY: _("no values"),
    ColumnReason.OTHER_TYPE: _("of a type that is not read"),
    ColumnReason.LICENSE_UNJUDGED: _("states a license that was not judged"),
}

COVERAGE_MARKS: Mapping[str, str] = {
    CoverageState.READ: "supported",
    CoverageState.WITHIN_BOUND: "supported",
    CoverageState.PARTLY_READ: "unclear",
    CoverageState.LEFT_OUT: "contradicted",
    CoverageState.UNREAD: "contradicted",
    CoverageState.NOTHING_THERE: "missing",
}
"""The status whose symbol and colour mark a state."""


def coverage_reason(reason: str, unit: str = Unit.ROW) -> str:
    """Return why something of a unit was not looked at: bytes mean one thing of a file and another of a column."""
    if unit == Unit.COLUMN:
        return COLUMN_REASONS.get(reason) or word(reason)
    return COVERAGE_REASONS.get(reason) or word(reason)
