"""What license expressions resolve to."""

from corpus_audit.schemas.table import STR, STRINGS, table

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
