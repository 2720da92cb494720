"""How a verdict, its reasons, and rules and findings are called."""

from collections.abc import Mapping

from corpus_audit.schemas.marking import _, _n
from corpus_audit.vocabulary import FailureKind, ReasonCode, RuleState, Severity, Verdict

VERDICTS: Mapping[str, str] = {
    Verdict.PASS: _("Pass"),
    Verdict.PASS_WITH_WAIVERS: _("Pass with waivers"),
    Verdict.FAIL: _("Fail"),
    Verdict.INCOMPLETE: _("Incomplete"),
}

VERDICT_MEANINGS: Mapping[str, str] = {
    Verdict.PASS: _(
        "The data was read, every rule of the applied packs was evaluated, and none that weighs on the verdict failed."
    ),
    Verdict.PASS_WITH_WAIVERS: _(
        "Every rule of the applied packs was evaluated. Stewards waived each finding that would make the verdict fail."
    ),
    Verdict.FAIL: _("This dataset fails."),
    Verdict.INCOMPLETE: _(
        "Not all data was read, or not every rule could be evaluated, so nothing can be concluded for the dataset as a "
        "whole."
    ),
}

REASONS: Mapping[str, tuple[str, str]] = {
    ReasonCode.CONSENT_WITHDRAWN: _n(
        "{count} person has withdrawn consent, and their records are still in the data.",
        "{count} people have withdrawn consent, and their records are still in the data.",
    ),
    ReasonCode.CRITICAL_FINDINGS: _n("{count} critical finding: {rules}.", "{count} critical findings: {rules}."),
    ReasonCode.WARNING_FINDINGS: _n("{count} warning: {rules}.", "{count} warnings: {rules}."),
    ReasonCode.INFO_FINDINGS: _n(
        "{count} finding for information: {rules}.", "{count} findings for information: {rules}."
    ),
    ReasonCode.FINDINGS_WAIVED: _n(
        "{count} finding is waived by a decision: {rules}.", "{count} findings are waived by decisions: {rules}."
    ),
    ReasonCode.NO_RULE: _n(
        "No rule was applied to the evidence, so nothing was judged.",
        "No rule was applied to the evidence, so nothing was judged.",
    ),
    ReasonCode.RULES_ERRORED: _n(
        "{count} rule could not be computed: {rules}.", "{count} rules could not be computed: {rules}."
    ),
    ReasonCode.RULES_NOT_EVALUATED: _n(
        "{count} rule was not evaluated: {rules}.", "{count} rules were not evaluated: {rules}."
    ),
    ReasonCode.FINDINGS_LOST: _n(
        "{count} rule failed without a finding to show for it: {rules}.",
        "{count} rules failed without a finding to show for it: {rules}.",
    ),
    ReasonCode.DETECTORS_OFF: _n(
        "{count} detector was switched off: what it finds was not looked for.",
        "{count} detectors were switched off: what they find was not looked for.",
    ),
    ReasonCode.BOUNDS_LOOSENED: _n(
        "{count} critical rule was judged by a looser bound than its pack has: {rules}.",
        "{count} critical rules were judged by looser bounds than their packs have: {rules}.",
    ),
    ReasonCode.SAMPLE_ONLY: (
        _("Only a sample of the data was read."),
        _("Only a sample of the data was read."),
    ),
    ReasonCode.UNREAD_DATA: _n(
        "Data of {count} source was not read, so nothing is said of it.",
        "Data of {count} sources was not read, so nothing is said of it.",
    ),
    ReasonCode.NOTHING_JUDGED: _n(
        "The only rule had nothing to judge.", "None of the {count} rules had anything to judge."
    ),
    ReasonCode.ALL_RULES_PASSED: _n(
        "The only rule that had anything to judge holds.", "All {count} rules that had anything to judge hold."
    ),
}
"""Sentences for one and for several; ``{rules}`` stands for the rules concerned."""

COUNTED_REASONS = frozenset({ReasonCode.CRITICAL_FINDINGS, ReasonCode.WARNING_FINDINGS, ReasonCode.INFO_FINDINGS})
"""Reasons that only count findings: a reader of the problems themselves needs no list of their rules."""

PROBLEM_COUNTS: Mapping[str, tuple[str, str]] = {
    Severity.CRITICAL: _n("{count} critical problem", "{count} critical problems"),
    Severity.WARNING: _n("{count} warning", "{count} warnings"),
    Severity.INFO: _n("{count} for information", "{count} for information"),
}

FIELDS_NOT_STATED = _n(
    "{count} critical field of the manifest not stated", "{count} critical fields of the manifest not stated"
)
"""Why a dataset fails where no problem is critical: empty fields are listed apart from problems."""

SEVERITIES: Mapping[str, str] = {
    Severity.CRITICAL: _("Critical"),
    Severity.WARNING: _("Warning"),
    Severity.INFO: _("Information"),
}

NATURES: Mapping[str, str] = {
    FailureKind.CONTRADICTION: _("Contradicted"),
    FailureKind.MISSING: _("Missing"),
    FailureKind.OUT_OF_BOUNDS: _("Out of bounds"),
}

RULE_STATES: Mapping[str, str] = {
    RuleState.PASSED: _("Holds"),
    RuleState.FAILED: _("Does not hold"),
    RuleState.ERRORED: _("Error"),
    RuleState.NOT_EVALUATED: _("Not evaluated"),
    RuleState.NOTHING_TO_JUDGE: _("Nothing to judge"),
}
