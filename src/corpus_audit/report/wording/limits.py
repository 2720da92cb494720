"""What an audit did not check, in sentences."""

from collections.abc import Mapping

from corpus_audit.report.sections import LimitCode
from corpus_audit.schemas.marking import _, _n

LIMITS: Mapping[str, tuple[str, str]] = {
    LimitCode.FILES_NOT_READ_AS_TEXT: _n(
        "One file ({size}) is neither text nor a kind of media that is read. Its size and checksum were compared "
        "with what is declared; its content was not read.",
        "{count} files ({size}) are neither text nor a kind of media that is read. Their size and checksum were "
        "compared with what is declared; their content was not read.",
    ),
    LimitCode.FILES_NOT_READ: _n(
        "One file is missing, refused or unreadable. Nothing is known of its content.",
        "{count} files are missing, refused or unreadable. Nothing is known of their content.",
    ),
    LimitCode.FILES_READ_WITH_DEFECTS: _n(
        "One file ({size}) could be read only in part; the section on defects tells where.",
        "{count} files ({size}) could be read only in part; the section on defects tells where.",
    ),
    LimitCode.DETECTORS_OFF: _n(
        "One detector was switched off, so this type was not looked for: {values}. That none is in this report says "
        "nothing about the data.",
        "{count} detectors were switched off, so these types were not looked for: {values}. That none of them is in "
        "this report says nothing about the data.",
    ),
    LimitCode.BELOW_MINIMUM_SCORE: _n(
        "One place scored below the minimum score and was counted, not judged: {values}.",
        "{count} places scored below the minimum score and were counted, not judged: {values}.",
    ),
    LimitCode.DETECTORS_COVER_ONLY: _n(
        "Personal information was searched for in text, and only of one type. "
        "No other type was looked for. Of pictures, only the place and the names that their EXIF data hold were read.",
        "Personal information was searched for in text, and only of {count} types. "
        "No other type was looked for. Of pictures, only the place and the names that their EXIF data hold were read.",
    ),
    LimitCode.COPIES_ABOVE_THRESHOLD_ONLY: (
        _(
            "Near copies are texts whose sets of shingles have a Jaccard similarity of at least {values}. "
            "Short quotations, translations and paraphrases were not looked for."
        ),
        "",
    ),
    LimitCode.LARGE_GROUPS_COMPARED_IN_PART: (
        _(
            "In a group of more than {values} texts that are near copies, each was compared with some of the others. "
            "There may be more overlaps of sources, copies in test splits and copies in earlier audits "
            "than are counted."
        ),
        "",
    ),
    LimitCode.OVERLAPS_NOT_ALL_LISTED: _n(
        "One text stands in more than 64 sources. Each of them is set beside one or two sources of each license. "
        "Up to {values} other pairs of these sources are not listed as overlaps, and their terms were not compared "
        "pair by pair.",
        "{count} texts stand in more than 64 sources each. Each of these is set beside one or two sources of each "
        "license. Up to {values} other pairs of these sources are not listed as overlaps, and their terms were not "
        "compared pair by pair.",
    ),
    LimitCode.LISTS_SHORTENED: _n(
        "One list in a row of the evidence has more than {values} values. A report has the first of them, the tables "
        "of the audit all.",
        "{count} lists in rows of the evidence have more than {values} values each. A report has the first of them, "
        "the tables of the audit all.",
    ),
    LimitCode.COPIES_WITHIN_STORE_ONLY: (
        _("Copies were looked for within this dataset and in the references and earlier audits that the report names."),
        "",
    ),
    LimitCode.ADDRESSES_NOT_OPENED: _n(
        "One address is declared as license evidence. It was not opened: an audit makes no network request.",
        "{count} addresses are declared as license evidence. None was opened: an audit makes no network request.",
    ),
    LimitCode.LICENSE_TEXTS_NOT_READ: (
        _(
            "Licenses are taken as declared and resolved to SPDX expressions. "
            "Of license texts, only the files that a source names as evidence were compared with them."
        ),
        "",
    ),
    LimitCode.RULES_NOT_EVALUATED: _n(
        "One rule gave no result: {values}.",
        "{count} rules gave no result: {values}.",
    ),
}
"""Sentences for one and for several, a limit that is not counted has no second."""

LISTED_VALUES: Mapping[str, str] = {LimitCode.DETECTORS_COVER_ONLY: _("The types that were looked for")}
"""What the values are of limits that have too many for a sentence: they are listed below it."""
