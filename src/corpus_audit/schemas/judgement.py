"""The results of policy packs: rules and findings."""

import pyarrow as pa

from corpus_audit.schemas.table import INT, STR, STRINGS, table

_BOUND = pa.struct({"argument": pa.string(), "of_pack": pa.float64(), "used": pa.float64(), "is_loosened": pa.bool_()})

RULES = table(
    "rules", "one rule of one pack, and what became of it", ("pack", "rule_id"),
    ("rule_id", STR, "Identifier of the rule, unique over all packs."),
    ("pack", STR, "Pack the rule belongs to."),
    ("severity", STR, "What a failure weighs in this audit (vocabulary Severity)."),
    ("declared_severity", STR, "What it weighs in the pack the rule belongs to (vocabulary Severity)."),
    ("severity_pack", STR, "Pack that weighs it otherwise; '' when none does."),
    ("severity_reason", STR, "Why that pack lets it weigh less; '' when it does not."),
    ("failure_kind", STR, "What a failure shows (vocabulary FailureKind)."),
    ("title", STR, "What the rule expects, in a few words, in English."),
    ("problem", STR, "What is wrong when it fails, in English: a sentence with fields for names and figures."),
    ("why", STR, "Why it matters, in English."),
    ("remedy", STR, "What to do about a failure, in English."),
    ("title_zh", STR, "The title in Chinese."),
    ("problem_zh", STR, "The sentence of the problem in Chinese."),
    ("why_zh", STR, "Why it matters, in Chinese."),
    ("remedy_zh", STR, "The remedy in Chinese."),
    ("requirements", pa.list_(pa.int32()), "Numbers of the requirements it serves."),
    ("citations", STRINGS, "What it rests on, in English; each ends with its status unless that is primary."),
    ("citations_zh", STRINGS, "The citations in Chinese."),
    ("citation_status", STR, "The weakest status among its citations (vocabulary CitationStatus)."),
    ("owner", STR, "Who answers for it (vocabulary OwnerRole)."),
    ("sentence", STR, "What it asks of which rows, as a sentence, in English."),
    ("sentence_zh", STR, "The sentence in Chinese."),
    ("bounds", pa.list_(_BOUND), "Figures of it that the operator set otherwise than the pack, by argument."),
    ("fact", STR, "Fact it judges: rules of several packs with the same one find the same problem."),
    ("evidence_table", STR, "Evidence table it judges."),
    ("column", STR, "Column it judges; '' when it judges several."),
    ("expectation", STR, "Great Expectations type."),
    ("state", STR, "What happened (vocabulary RuleState)."),
    ("state_reason", STR, "Why it errored or was not evaluated; '' otherwise."),
    ("rows_evaluated", INT, "Evidence rows it looked at."),
    ("rows_failed", INT, "Evidence rows that failed it."),
)  # fmt: skip

FINDINGS = table(
    "findings", "one evidence row that fails one rule", ("finding_id",),
    ("finding_id", STR, "First 16 hex digits of the sha256 of rule and subject: the same in every run."),
    ("problem_id", STR, "First 16 hex digits of the sha256 of evidence table, fact and subject: one for all rules."),
    ("rule_id", STR, "Rule that failed."),
    ("pack", STR, "Pack of the rule."),
    ("severity", STR, "Vocabulary Severity."),
    ("failure_kind", STR, "Vocabulary FailureKind."),
    ("evidence_table", STR, "Evidence table of the row."),
    ("subject", STR, "Key of the row: values of its key columns joined with ' / '."),
    ("source_id", STR, "Source concerned; null when the finding is about the whole dataset."),
    ("evidence", STR, "JSON object: the judged columns of that row, claims and measures only."),
    ("named", STR, "JSON object: columns of that row and figures of the rule that the problem's sentence names."),
)  # fmt: skip
