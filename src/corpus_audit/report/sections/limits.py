"""Unchecked aspects of an audit."""

from enum import StrEnum

from corpus_audit.report.sections.base import Section


class LimitCode(StrEnum):
    """What an audit did not check; every one is named in every report it applies to."""

    FILES_NOT_READ_AS_TEXT = "files-not-read-as-text"
    FILES_NOT_READ = "files-not-read"
    FILES_READ_WITH_DEFECTS = "files-read-with-defects"
    DETECTORS_OFF = "detectors-off"
    BELOW_MINIMUM_SCORE = "below-minimum-score"
    DETECTORS_COVER_ONLY = "detectors-cover-only"
    COPIES_ABOVE_THRESHOLD_ONLY = "copies-above-threshold-only"
    LARGE_GROUPS_COMPARED_IN_PART = "large-groups-compared-in-part"
    OVERLAPS_NOT_ALL_LISTED = "overlaps-not-all-listed"
    LISTS_SHORTENED = "lists-shortened"
    COPIES_WITHIN_STORE_ONLY = "copies-within-store-only"
    ADDRESSES_NOT_OPENED = "addresses-not-opened"
    LICENSE_TEXTS_NOT_READ = "license-texts-not-read"
    RULES_NOT_EVALUATED = "rules-not-evaluated"


class Limit(Section):
    """Something this audit did not check; the figures are null where they do not apply."""

    code: LimitCode
    count: int | None = None
    size_bytes: int | None = None
    values: tuple[str, ...] = ()
