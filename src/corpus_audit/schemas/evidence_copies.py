"""Evidence that follows copies and license texts: what records inherit, and what license files hold."""

from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS, table

EVIDENCE_PROPAGATED_RESTRICTIONS = table(
    "propagated_restrictions", "one restriction that records of one source come under because they copy others",
    ("source_id", "origin", "restriction", "license", "origin_license"),
    ("source_id", STR, "Source of the records that copy."),
    ("origin", STR, "Source of what they copy; the same source where one of its own records is restricted."),
    ("restriction", STR, "What they come under (vocabulary InheritedRestriction)."),
    ("license", STR, "Expression that the records are under, or NOASSERTION; '' unless a license restricts them."),
    ("origin_license", STR, "Stricter expression that the copies are under; '' unless a license restricts them."),
    ("weight", STR, "What the stricter license takes away (vocabulary InheritedWeight); else not-applicable."),
    ("purposes_lost", STRINGS, "Purposes that the looser license permits and the stricter one does not."),
    ("purposes_open", STRINGS, "Purposes that the looser license permits and the stricter one leaves unknown."),
    ("conditions_added", STRINGS, "Conditions that only the stricter license sets on purposes that both permit."),
    ("records", INT, "Records of source_id that copy a record of origin so restricted."),
    ("bytes", INT, "Their text in UTF-8 bytes."),
    ("record_share", FLOAT, "records as a share of the records of source_id."),
    ("exact_records", INT, "Of those, records with a copy byte for byte."),
    ("max_jaccard", FLOAT, "Highest verified Jaccard similarity to a copy."),
    ("example", STR, "The largest such record, by size then id."),
    ("example_origin", STR, "The record it copies."),
)  # fmt: skip

EVIDENCE_LICENSE_TEXTS = table(
    "license_evidence", "one source whose license evidence is a file: which license texts it holds", ("source_id",),
    ("source_id", STR, "Source."),
    ("license_declared", STR, "License as declared, or not-recorded."),
    ("license_expression", STR, "SPDX expression it resolves to, or NOASSERTION."),
    ("files", INT, "Files named as evidence."),
    ("files_recognised", INT, "Files that hold the text of at least one license of the SPDX list."),
    ("files_too_long", INT, "Files too long to be the license of one party: not looked at."),
    ("files_unreadable", INT, "Files that could not be read."),
    ("licenses", STRINGS, "SPDX identifiers of the licenses whose texts were found."),
    ("observed_from", STR, "Earliest recorded day on which a file was taken (ISO 8601), or not-recorded."),
    ("state", STR, "How the texts stand to the declaration (vocabulary LicenseTextAnswer)."),
)  # fmt: skip

EVIDENCE_OF_COPIES = (EVIDENCE_PROPAGATED_RESTRICTIONS, EVIDENCE_LICENSE_TEXTS)
