"""A bilingual self-assessment for China: each numbered requirement with claims, measurements and results."""

import pyarrow.compute as pc

from corpus_audit.export import groups
from corpus_audit.export.cn_facts import FACTS, Fact
from corpus_audit.export.form import (
    Basis,
    Form,
    FormField,
    FormSection,
    LocalizedText,
    State,
    Value,
    ask,
    declared,
    measured,
    says,
)
from corpus_audit.export.inputs import ExportInputs, RequirementText, Row
from corpus_audit.vocabulary import Language, RuleState, Severity, Verdict

_TITLE = LocalizedText(en="Self-assessment of training data", zh="训练数据自评估")
_SOURCE = LocalizedText(
    en="Requirements on training data in Chinese law and standards, as numbered by corpus-audit. Article numbers come "
    "from secondary sources: confirm them against the official text.",
    zh="依据中国法律法规和标准对训练数据的要求，编号由 corpus-audit 拟定。条款编号来自二手资料，引用前请核对官方文本。",
)
_LEGAL_TEXT = LocalizedText(en="Self-assessment of training data", zh="训练数据自评估")
_SCOPE = LocalizedText(
    en="One dataset: what its manifest declares, what an audit of its files measured, and what the rules found. "
    "What is not recorded is neither met nor unmet. It says nothing about whether any law is met.",
    zh="涵盖一个数据集：清单的声明、对文件的实测、所用规则的结果。未记录的事项既不表示满足，也不表示不满足。本表不作任何合法性结论。",
)
_STATES = {
    RuleState.PASSED: LocalizedText(en="holds", zh="成立"),
    RuleState.FAILED: LocalizedText(en="does not hold", zh="不成立"),
    RuleState.ERRORED: LocalizedText(en="error", zh="出错"),
    RuleState.NOT_EVALUATED: LocalizedText(en="not evaluated", zh="未评估"),
    RuleState.NOTHING_TO_JUDGE: LocalizedText(en="nothing to judge", zh="没有可供评判的内容"),
}
_SEVERITIES = {
    Severity.CRITICAL: LocalizedText(en="critical", zh="严重"),
    Severity.WARNING: LocalizedText(en="warning", zh="警告"),
    Severity.INFO: LocalizedText(en="information", zh="提示"),
}
_VERDICTS = {
    Verdict.PASS: LocalizedText(
        en="Pass: every rule was evaluated and no critical one failed", zh="通过：规则均已评估，无严重不成立项"
    ),
    Verdict.PASS_WITH_WAIVERS: LocalizedText(
        en="Pass with waivers: every rule was evaluated and stewards waived each critical finding",
        zh="有豁免地通过：规则均已评估，负责人对各严重不成立项作出豁免决定",
    ),
    Verdict.FAIL: LocalizedText(en="Fail: critical findings", zh="未通过：存在严重问题"),
    Verdict.INCOMPLETE: LocalizedText(
        en="Incomplete: data was not read, or rules could not be evaluated",
        zh="未完成：有数据未读取，或部分规则无法评估",
    ),
}


def cn_assessment(inputs: ExportInputs) -> Form:
    """Return the assessment of one dataset against every requirement of Chinese law and of good practice."""
    return Form(
        format="cn-assessment",
        title=_TITLE,
        source=_SOURCE,
        scope=_SCOPE,
        legal_text=_LEGAL_TEXT,
        covers=LocalizedText(en=groups.covers(inputs.manifest)),
        dataset_id=inputs.manifest.dataset.id,
        audit_id=inputs.audit_id,
        manifest_sha256=inputs.manifest_sha256,
        tool_version=inputs.tool_version,
        finished_at=inputs.finished_at,
        sections=(
            _overview(inputs),
            *(_requirement(inputs, asked) for asked in inputs.requirements if asked.asked_in == "CN"),
        ),
    )


def _overview(inputs: ExportInputs) -> FormSection:
    dataset = inputs.manifest.dataset
    verdict = Verdict(inputs.verdict["verdict"])
    return FormSection(
        number="0",
        title=LocalizedText(en="The dataset", zh="数据集概况"),
        fields=(
            ask(LocalizedText(en="Title", zh="名称"), declared(dataset.title, "/dataset/title")),
            ask(LocalizedText(en="Version", zh="版本"), declared(dataset.version, "/dataset/version")),
            ask(LocalizedText(en="Who answers for it", zh="责任主体"), declared(dataset.issuer, "/dataset/issuer")),
            ask(LocalizedText(en="Description", zh="说明"), declared(dataset.description, "/dataset/description")),
            ask(
                LocalizedText(en="What was read", zh="读取范围"),
                says(inputs.coverage.read(), Basis.MEASURED, "coverage.rows_read"),
            ),
            ask(
                LocalizedText(en="Verdict of the applied rules", zh="所用规则的结论"),
                says(_VERDICTS.get(verdict, LocalizedText(en=verdict, zh=verdict)), Basis.DERIVED, "verdict"),
            ),
            ask(
                LocalizedText(en="Applied packs", zh="所用规则包"),
                *(measured(f"{used.pack} {used.version}", "audit.packs") for used in inputs.packs),
            ),
        ),
    )


def _requirement(inputs: ExportInputs, requirement: RequirementText) -> FormSection:
    facts = FACTS.get(requirement.number, ())
    return FormSection(
        number=str(requirement.number),
        title=LocalizedText(en=f"{requirement.en} ({requirement.source})", zh=requirement.zh),
        fields=(*(_fact(inputs, fact) for fact in facts), _rules(inputs, requirement.number)),
    )


def _fact(inputs: ExportInputs, fact: Fact) -> FormField:
    return ask(fact.label, fact.values(inputs))


def _rules(inputs: ExportInputs, number: int) -> FormField:
    """Return what became of every rule that serves the requirement; no rule at all is said, not left out."""
    serving = [row for row in inputs.rules.to_pylist() if number in row["requirements"]]
    values = tuple(_rule_value(inputs, row) for row in serving)
    return FormField(
        label=LocalizedText(en="Rules", zh="规则"),
        values=values,
        state=State.RECORDED if values else State.NOT_RECORDED,
        note=None
        if values
        else LocalizedText(
            en="No rule of the applied packs serves this requirement.", zh="所用规则包中没有对应此项要求的规则。"
        ),
    )


def _rule_value(inputs: ExportInputs, rule: Row) -> Value:
    """Return what is wrong where a rule failed, and otherwise what it expects and what became of it."""
    state, severity = _STATES[RuleState(rule["state"])], _SEVERITIES[Severity(rule["severity"])]
    if rule["state"] == RuleState.FAILED:
        found = inputs.findings.filter(pc.equal(inputs.findings["rule_id"], rule["rule_id"])).to_pylist()
        en, zh = (inputs.describe(rule, found, language, max(rule["rows_failed"] or 0, 1)) for language in Language)
        words = LocalizedText(en=f"{en} ({severity.en})", zh=f"{zh}（{severity.zh}）")
    else:
        words = LocalizedText(en=f"{rule['title']}: {state.en}", zh=f"{rule['title_zh'] or rule['title']}：{state.zh}")
    return Value(words=words, basis=Basis.DERIVED, reference=f"rules {rule['rule_id']}")
