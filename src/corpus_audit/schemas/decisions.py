"""Decisions about findings, sources and audits: the columns of the ledger."""

from corpus_audit.schemas.table import INT, STR, table

DECISIONS = table(
    "decisions", "one entry of the ledger", ("sequence",),
    ("sequence", INT, "Place in the ledger, from 1, without gaps."),
    ("decided_at", STR, "When (ISO 8601, UTC, to the second)."),
    ("author", STR, "Who, by the name they logged in with."),
    ("role", STR, "What they were when they decided (vocabulary Role)."),
    ("action", STR, "What they decided (vocabulary DecisionAction)."),
    ("scope", STR, "What it is about (vocabulary DecisionScope)."),
    ("dataset_id", STR, "Dataset it is about, later audits included; (store) when it is about no single one."),
    ("audit_id", STR, "Audit whose report they had before them."),
    ("finding_id", STR, "Finding it is about, or the id of the person it is about; '' when it is about neither."),
    ("source_id", STR, "Source it is about; '' when it is about the whole dataset."),
    ("evidence_sha256", STR,
     "sha256 of the finding's evidence as they saw it, or the digest of the report approved or rejected; else ''."),
    ("reason", STR, "Why, in their own words."),
    ("expires_at", STR, "Until when it holds (ISO 8601, UTC); '' when it does not expire."),
    ("evidence_link", STR, "Address of what supports it, or attachment:SHA256/NAME; '' when they gave none."),
    ("previous_sha256", STR, "sha256 of the entry before; 64 zeros for the first."),
    ("sha256", STR, "sha256 of all other columns as canonical JSON."),
)  # fmt: skip

FINDING_STATUSES = table(
    "finding_statuses", "one finding with a decision", ("finding_id",),
    ("finding_id", STR, "The finding."),
    ("status", STR, "How it stands after that decision (vocabulary FindingStatus)."),
    ("sequence", INT, "Ledger entry that says so: the last decision about the finding."),
)  # fmt: skip
