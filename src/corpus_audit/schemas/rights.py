"""The resolution of license expressions."""

from corpus_audit.schemas.table import INT, STR, STRINGS, table

LICENSES = table(
    "licenses", "one declared license string and what it resolves to", ("license_declared",),
    ("license_declared", STR, "License as declared."),
    ("license_expression", STR, "SPDX expression it resolves to, or NOASSERTION."),
    ("license_state", STR, "How far it resolved (vocabulary LicenseState)."),
    ("license_reason", STR, "Why it did not resolve; '' when it did."),
    ("license_family", STR, "Families of the licenses in it, sorted and joined with ' AND '."),
    ("commercial_use", STR, "yes, no or unknown, after OR chose and AND merged."),
    ("derivatives", STR, "yes, no or unknown: may changed versions be shared."),
    ("redistribution", STR, "yes, no or unknown: may unchanged copies be passed on."),
    ("attribution", STR, "yes, no or unknown: has credit to be given when it is passed on."),
    ("notice", STR, "yes, no or unknown: have license text and notices to go along."),
    ("share_alike", STR, "no, unknown, conflict (no license satisfies all), or the family of changed versions."),
    ("use_restrictions", STRINGS, "Union of the restriction tags."),
)  # fmt: skip

LICENSE_TEXTS = table(
    "license_texts", "one file that a source names as evidence of its license", ("source_id", "file"),
    ("source_id", STR, "Source that names it."),
    ("file", STR, "Path relative to the root."),
    ("declared_sha256", STR, "Declared sha256 in hex; null when not recorded."),
    ("observed_sha256", STR, "sha256 of the bytes read, in hex; null when the file could not be read."),
    ("size_bytes", INT, "Bytes read; null when the file could not be read."),
    ("observed_at", STR, "When the provider took it (ISO 8601), or not-recorded."),
    ("licenses", STRINGS, "SPDX identifiers of the licenses whose text it holds; empty when none is known."),
    ("state", STR, "What it turned out to be (vocabulary LicenseTextState)."),
)  # fmt: skip

LICENSE_STATEMENTS = table(
    "license_statements", "one place in a description that states a source's license", ("source_id", "number"),
    ("source_id", STR, "Source."),
    ("number", INT, "Position among the source's statements, from 0: the declared license."),
    ("kind", STR, "Where it stands (vocabulary LicenseStatementKind)."),
    ("stated", STR, "The statement as it stands."),
    ("document", STR, "Document that states it."),
    ("pointer", STR, "JSON pointer of the statement in that document; of its text, the line."),
)  # fmt: skip
