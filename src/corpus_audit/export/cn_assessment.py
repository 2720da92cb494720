"""A bilingual self-assessment for China: each clause with claims, measurements, samples and results."""

from collections.abc import Sequence

import pyarrow.compute as pc

from corpus_audit.export.cn_clauses import PARTS, TextPart, facts_of, placed_rules
from corpus_audit.export.cn_facts import Fact
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
from corpus_audit.export.inputs import ExportInputs, Row
from corpus_audit.vocabulary import Language, RuleState, Severity, Verdict

_TITLE = LocalizedText(en="Self-assessment of training data", zh="训练数据自评估")
_SOURCE = LocalizedText(
    en="Requirements of Chinese law and standards on training data, in the numbering of the Interim Measures and of "
    "GB/T 45654-2025. The numbers come from secondary sources: confirm them against the official text.",
    zh="按《生成式人工智能服务管理暂行办法》和 GB/T 45654-2025 的条款编号，列出中国法律法规和标准对训练数据的要求。"
    "条款编号来自二手资料，引用前请核对官方文本。",
)
_LEGAL_TEXT = LocalizedText(en="Self-assessment of training data", zh="训练数据自评估")
_SCOPE = LocalizedText(
    en="One dataset: what its manifest declares, what an audit of its files measured, and what the rules found. "
    "What is not recorded is neither met nor unmet. It says nothing about whether any law is met.",
    zh="涵盖一个数据集：清单的声明、对文件的实测、所用规则的结果。未记录的事项既不表示满足，也不表示不满足。本表不作任何合法性结论。",
)
_STATES = {
    RuleState.PASSED: LocalizedText(en="holds", zh="符合"),
    RuleState.FAILED: LocalizedText(en="does not hold", zh="不符合"),
    RuleState.ERRORED: LocalizedText(en="error", zh="出错"),
    RuleState.NOT_EVALUATED: LocalizedText(en="not evaluated", zh="未评估"),
    RuleState.NOTHING_TO_JUDGE: LocalizedText(en="nothing to judge", zh="没有可评判的内容"),
}
_SEVERITIES = {
    Severity.CRITICAL: LocalizedText(en="critical", zh="严重"),
    Severity.WARNING: LocalizedText(en="warning", zh="警告"),
    Severity.INFO: LocalizedText(en="information", zh="提示"),
}
_VERDICTS = {
    Verdict.PASS: LocalizedText(
        en="Pass: every rule was evaluated and no critical one failed", zh="通过：规则均已评估，无严重问题"
    ),
    Verdict.PASS_WITH_WAIVERS: LocalizedText(
        en="Pass with waivers: every rule was evaluated and stewards waived each critical finding",
        zh="有豁免地通过：规则均已评估，数据管理员对各严重问题作出豁免决定",
    ),
    Verdict.FAIL: LocalizedText(en="Fail: critical findings", zh="未通过：存在严重问题"),
    Verdict.INCOMPLETE: LocalizedText(
        en="Incomplete: data was not read, or rules could not be evaluated",
        zh="未完成：有数据未读取，或部分规则无法评估",
    ),
}


_ORDER = (
    RuleState.FAILED,
    RuleState.ERRORED,
    RuleState.NOT_EVALUATED,
    RuleState.PASSED,
    RuleState.NOTHING_TO_JUDGE,
)
"""What a reader looks for first."""


def cn_assessment(inputs: ExportInputs) -> Form:
    """Return the assessment of one dataset against Chinese law and standards, by their own numbering."""
    return Form(
        format="cn-assessment",
        title=_TITLE,
        source=_SOURCE,
        scope=_SCOPE,
        legal_text=_LEGAL_TEXT,
        **inputs.subject,
        sections=(_overview(inputs), *(_part(inputs, part) for part in PARTS)),
    )


def _overview(inputs: ExportInputs) -> FormSection:
    dataset = inputs.manifest.dataset
    verdict = Verdict(inputs.verdict["verdict"])
    return FormSection(
        number="A",
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


def _part(inputs: ExportInputs, part: TextPart) -> FormSection:
    rules = placed_rules(inputs)
    return FormSection(
        number=part.number,
        title=part.title,
        sections=tuple(
            FormSection(
                number=clause.number,
                title=clause.title,
                fields=(*(_fact(inputs, fact) for fact in facts_of(clause)), _rules(inputs, rules[clause.number])),
                tables=tuple(table(inputs) for table in clause.tables),
            )
            for clause in part.clauses
        ),
    )


def _fact(inputs: ExportInputs, fact: Fact) -> FormField:
    return ask(fact.label, fact.values(inputs))


def _rules(inputs: ExportInputs, serving: Sequence[Row]) -> FormField:
    """Return what became of every rule that serves a clause; no rule at all is said, not left out."""
    values = tuple(_rule_value(inputs, row) for row in sorted(serving, key=_weight))
    return FormField(
        label=LocalizedText(en="Checks and their results", zh="检查项及结果"),
        values=values,
        state=State.RECORDED if values else State.NOT_RECORDED,
        note=None
        if values
        else LocalizedText(en="No applied rule serves this clause.", zh="所用规则包中没有对应本条款的规则。"),
    )


def _weight(rule: Row) -> tuple[int, int, str]:
    return _ORDER.index(rule["state"]), list(Severity).index(rule["severity"]), rule["rule_id"]


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
