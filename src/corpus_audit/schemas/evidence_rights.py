"""Evidence of what licenses say: those of single records, and statements of one description that contradict."""

from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS, table

_PURPOSE = "yes, no or unknown; not-applicable where the records state no license of their own."

EVIDENCE_RECORD_LICENSES = table(
    "record_licenses", "one license that records of one source state, or those that state none",
    ("source_id", "license"),
    ("source_id", STR, "Source."),
    ("license", STR, "SPDX expression, or the words in quotes, short and masked; (none), or (others) for the rest."),
    ("license_state", STR, "How far it resolved (vocabulary LicenseState); of '(others)' the least that any did."),
    ("license_expression", STR, "SPDX expression it resolves to, or NOASSERTION."),
    ("spellings", INT, "Distinct spellings in the records; 0 where they state none."),
    ("records", INT, "Records that state it."),
    ("size_bytes", INT, "Bytes of those records: of text in UTF-8, of all else as the files are."),
    ("record_share", FLOAT, "records as a share of the records of the source."),
    ("internal_training", STR, f"Is internal training permitted: {_PURPOSE}"),
    ("commercial_training", STR, f"Is commercial training permitted: {_PURPOSE}"),
    ("redistribution_as_is", STR, f"May unchanged copies be passed on: {_PURPOSE}"),
    ("redistribution_derived", STR, f"May changed versions be passed on: {_PURPOSE}"),
    ("model_release", STR, f"May a trained model be released: {_PURPOSE}"),
    ("intended_permitted", STR, "The least of these over all intended uses; not-recorded when none is declared."),
    ("purposes_forbidden", STRINGS, "Intended uses that it forbids."),
    ("purposes_open", STRINGS, "Intended uses that it leaves unknown."),
    ("reasons", STRINGS, "Why it does not permit them, or why that is not known."),
    ("source_license", STR, "SPDX expression that counts for the source, or NOASSERTION."),
    ("source_license_state", STR, "How far the source's license resolved (vocabulary LicenseState)."),
    ("agrees", STR, "yes, no, not-recorded (unknown on one side), or not-applicable (nothing to compare)."),
    ("terms_relation", STR, "How its terms stand to those of the source (vocabulary LicenseRelation)."),
    ("weight", STR, "What it takes away from the source's terms (vocabulary InheritedWeight); else not-applicable."),
    ("purposes_lost", STRINGS, "Purposes that the source's license permits and this one does not."),
)  # fmt: skip

EVIDENCE_LICENSE_CONTRADICTIONS = table(
    "license_contradictions", "one statement of a source's license that is not its declared license",
    ("source_id", "kind", "stated", "stated_place"),
    ("source_id", STR, "Source."),
    ("kind", STR, "Where the other statement stands (vocabulary LicenseStatementKind)."),
    ("declared", STR, "License as declared, shortened."),
    ("declared_expression", STR, "SPDX expression it resolves to, or NOASSERTION."),
    ("declared_place", STR, "Where it is declared: document and JSON pointer."),
    ("stated", STR, "The other statement, shortened."),
    ("stated_expression", STR, "SPDX expression it resolves to."),
    ("stated_place", STR, "Where it stands: document and JSON pointer, a file, or another source."),
    ("terms_relation", STR, "How its terms stand to the declared ones (vocabulary LicenseRelation)."),
    ("weight", STR, "What it takes away from the declared terms (vocabulary InheritedWeight)."),
    ("purposes_lost", STRINGS, "Purposes that the declared license permits and this one does not."),
    ("deciding_expression", STR, "SPDX expression that counts for the source until one statement is corrected."),
)  # fmt: skip

EVIDENCE_OF_RIGHTS = (EVIDENCE_RECORD_LICENSES, EVIDENCE_LICENSE_CONTRADICTIONS)
