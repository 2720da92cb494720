"""Rules as sentences for stewards, in their languages; Great Expectations is not loaded here.

An expectation of ours has a sentence of its own. One of Great Expectations' is put into words from its arguments.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from corpus_audit.vocabulary import Language


class Sentence(NamedTuple):
    """One sentence, without its full stop, in every language (vocabulary Language)."""

    en: str
    zh: str


OWN: Mapping[str, Sentence] = {
    "expect_claim_to_be_recorded": Sentence("an answer is recorded for {column}", "{column} 已有人填写"),
    "expect_license_to_be_resolved": Sentence(
        "the license resolves to an SPDX expression", "许可能够对应到 SPDX 表达式"
    ),
    "expect_license_text_to_be_found": Sentence(
        "the text of the license is among the files", "许可文本存在于数据文件之中"
    ),
    "expect_license_to_permit_purpose": Sentence("the license permits the purpose", "许可允许该用途"),
    "expect_license_not_to_forbid_purpose": Sentence("the license does not forbid the purpose", "许可没有禁止该用途"),
    "expect_license_to_decide_purpose": Sentence(
        "the license says whether the purpose is permitted", "许可说明了该用途是否获准"
    ),
    "expect_copies_to_have_compatible_terms": Sentence(
        "copies of the same text come under terms that do not conflict", "同一文本的副本所适用的许可条件互不冲突"
    ),
    "expect_share_alike_terms_to_agree": Sentence(
        "at least one license satisfies the share-alike terms of all parts",
        "至少有一种许可能满足各部分的相同方式共享条件",
    ),
    "expect_opt_outs_to_be_checked": Sentence(
        "it was checked whether rights are reserved against training", "已有人核查权利人是否声明保留训练权利"
    ),
    "expect_file_to_be_as_declared": Sentence(
        "the file is there with the size and checksum declared for it", "文件存在，且大小和校验和与声明一致"
    ),
    "expect_model_to_be_described": Sentence("the manifest describes the model", "清单描述了该模型"),
    "expect_personal_information_not_to_contradict_claim": Sentence(
        "no personal information was found where the manifest says there is none",
        "清单声明没有个人信息之处未发现个人信息",
    ),
    "expect_legal_basis_of_pipl": Sentence(
        "the legal basis is one that article 13 of the Personal Information Protection Law names",
        "合法性基础属于《个人信息保护法》第十三条所列情形",
    ),
    "expect_consent_as_legal_basis": Sentence("the legal basis is consent", "合法性基础为个人同意"),
    "expect_reservations_to_be_respected": Sentence(
        "no record is one that its rights holder reserved", "没有记录是权利人已声明保留的"
    ),
    "expect_consent_to_be_documented": Sentence(
        "consent is documented for {column}, or none is needed", "{column} 所需的同意已有书面依据，或无需同意"
    ),
    "expect_separate_consent_for_biometrics": Sentence(
        "consent to face and voice is given by itself, not within other terms",
        "对人脸和人声的同意系单独作出，未并入其他条款",
    ),
    "expect_grantor_to_be_entitled": Sentence(
        "the signer is the person, or may act for them", "签署人为本人或有权代其行事之人"
    ),
    "expect_nearer_relatives_to_be_absent": Sentence(
        "where a more distant relative signed, it is attested that there are no nearer ones",
        "由其他近亲属签署时，已有证明没有顺位在先的近亲属",
    ),
    "expect_guardian_to_consent": Sentence("a guardian signed for a child", "儿童由监护人签署"),
    "expect_chain_of_grants_to_be_unbroken": Sentence(
        "grants lead from the person to the user of the data without a gap", "从本人到数据使用者的授权链条完整"
    ),
    "expect_consent_to_cover_uses": Sentence(
        "the authorisation names the uses that the data is meant for", "授权范围列明了数据的预期用途"
    ),
    "expect_consent_to_be_in_force": Sentence(
        "the authorisation is neither withdrawn nor run out nor still to come", "授权未被撤回、未到期，且已经生效"
    ),
    "expect_consent_to_be_evidenced": Sentence(
        "there is a file or an address that shows the authorisation", "有文件或网址可以证明授权"
    ),
    "expect_claim_to_be_complete": Sentence(
        "everything that belongs to {column} is recorded", "{column} 所涉各项均已填写"
    ),
    "expect_summary_to_be_recent": Sentence(
        "the public summary was updated within half a year", "公开摘要在半年内更新过"
    ),
    "expect_summary_to_cover_data": Sentence(
        "the public summary is not older than the data", "公开摘要不早于数据的收集"
    ),
    "expect_first_use_to_follow_collection": Sentence(
        "the data was not used before any of it was collected", "数据的首次使用不早于收集"
    ),
    "expect_copyright_claim_to_fit_license": Sentence(
        "no claim denies copyright in what comes under its holder's terms", "未对附有权利人条件的内容声明不含版权作品"
    ),
    "expect_ethics_review_to_be_documented": Sentence(
        "an ethics approval that holds is documented, or none is needed", "伦理复核批准有据可查且在有效期内，或无需复核"
    ),
    "expect_ai_labels_not_to_contradict_claim": Sentence(
        "no label of generated content was found where the manifest says that no model made it",
        "清单声明并非模型生成之处未发现生成标识",
    ),
    "expect_ai_labels_to_be_kept": Sentence("what a model made still bears its label", "模型生成的内容仍带有生成标识"),
}
"""The sentence of each expectation of ours, by its type."""


def rule_sentence(expectation: str, arguments: Mapping[str, Any], language: Language) -> str:
    """Return one sentence: what an expectation with these arguments asks, and of which rows."""
    claim = _describe_claim(expectation, arguments, language)
    condition = arguments.get("row_condition")
    if condition is None:
        return f"{claim[0].upper()}{claim[1:]}." if language is Language.ENGLISH else f"{claim}。"
    where = describe_condition(condition, language)
    return f"Where {where}: {claim}." if language is Language.ENGLISH else f"当 {where} 时：{claim}。"


def has_own_sentence(expectation: str) -> bool:
    """True if this type has a sentence, so that readers need not see its name."""
    return expectation in OWN or expectation in _FROM_ARGUMENTS


def _describe_claim(expectation: str, arguments: Mapping[str, Any], language: Language) -> str:
    if expectation in OWN:
        return _in(language, OWN[expectation]).format(column=_quote(arguments.get("column", "")))
    if expectation in _FROM_ARGUMENTS:
        return _in(language, _FROM_ARGUMENTS[expectation](arguments))
    shown = ", ".join(f"{name} {_value(value)}" for name, value in arguments.items() if name != "row_condition")
    return f"{expectation} ({shown})"


def _in(language: Language, sentence: Sentence) -> str:
    return sentence.en if language is Language.ENGLISH else sentence.zh


# --- Great Expectations' own types ------------------------------------------------------------------------------------


def _in_set(arguments: Mapping[str, Any]) -> Sentence:
    column, values = _quote(arguments["column"]), arguments["value_set"]
    if len(values) == 1:
        return Sentence(f"{column} is {_value(values[0])}", f"{column} 为 {_value(values[0])}")
    return Sentence(f"{column} is one of {_values(values)}", f"{column} 属于 {_values(values, '、')} 之一")


def _not_in_set(arguments: Mapping[str, Any]) -> Sentence:
    column, values = _quote(arguments["column"]), arguments["value_set"]
    if len(values) == 1:
        return Sentence(f"{column} is not {_value(values[0])}", f"{column} 不为 {_value(values[0])}")
    return Sentence(f"{column} is none of {_values(values)}", f"{column} 不属于 {_values(values, '、')} 中任何一个")


def _between(arguments: Mapping[str, Any]) -> Sentence:
    bounds = _bounds(arguments)
    column = _quote(arguments["column"])
    return Sentence(f"{column} is {bounds.en}", f"{column} {bounds.zh}")


def _not_null(arguments: Mapping[str, Any]) -> Sentence:
    column = _quote(arguments["column"])
    return Sentence(f"{column} is there", f"{column} 有值")


def _distinct_values(arguments: Mapping[str, Any]) -> Sentence:
    bounds = _bounds(arguments)
    column = _quote(arguments["column"])
    return Sentence(f"the number of different values of {column} is {bounds.en}", f"{column} 的不同取值个数{bounds.zh}")


def _row_count(arguments: Mapping[str, Any]) -> Sentence:
    bounds = _bounds(arguments)
    return Sentence(f"the number of rows is {bounds.en}", f"行数{bounds.zh}")


def _bounds(arguments: Mapping[str, Any]) -> Sentence:
    low, high = arguments.get("min_value"), arguments.get("max_value")
    if low is None:
        return Sentence(f"at most {_value(high)}", f"不超过 {_value(high)}")
    if high is None:
        return Sentence(f"at least {_value(low)}", f"不少于 {_value(low)}")
    if low == high:
        return Sentence(f"exactly {_value(low)}", f"恰为 {_value(low)}")
    return Sentence(f"between {_value(low)} and {_value(high)}", f"介于 {_value(low)} 与 {_value(high)} 之间")


_FROM_ARGUMENTS: Mapping[str, Callable[[Mapping[str, Any]], Sentence]] = {
    "expect_column_values_to_be_in_set": _in_set,
    "expect_column_values_to_not_be_in_set": _not_in_set,
    "expect_column_values_to_be_between": _between,
    "expect_column_values_to_not_be_null": _not_null,
    "expect_column_unique_value_count_to_be_between": _distinct_values,
    "expect_table_row_count_to_be_between": _row_count,
}


# --- conditions and values --------------------------------------------------------------------------------------------

_SIGNS: Mapping[str, Sentence] = {
    "==": Sentence("is", "为"),
    "!=": Sentence("is not", "不为"),
    ">": Sentence("is above", "大于"),
    ">=": Sentence("is at least", "不少于"),
    "<": Sentence("is below", "小于"),
    "<=": Sentence("is at most", "不超过"),
    "IN": Sentence("is one of", "属于"),
    "NOT_IN": Sentence("is none of", "不属于"),
}
_BRANCHES: Mapping[str, Sentence] = {"and": Sentence(" and ", " 且 "), "or": Sentence(" or ", " 或 ")}
_THERE = Sentence("is there", "有值")
_MISSING = Sentence("is missing", "缺失")


def describe_condition(condition: Mapping[str, Any], language: Language) -> str:
    """Return a row condition in words, such as '`kind` is "web-crawl"'."""
    kind = condition["type"]
    if kind in _BRANCHES:
        parts = (_describe_part(part, kind, language) for part in condition["conditions"])
        return _in(language, _BRANCHES[kind]).join(parts)
    column = _quote(condition["column"]["name"])
    if kind == "nullity":
        return f"{column} {_in(language, _MISSING if condition['is_null'] else _THERE)}"
    value = condition["parameter"]
    shown = _values(value, ", " if language is Language.ENGLISH else "、") if isinstance(value, list) else _value(value)
    return f"{column} {_in(language, _SIGNS[condition['operator']])} {shown}"


def _describe_part(part: Mapping[str, Any], within: str, language: Language) -> str:
    """Return a part of a condition, in brackets where 'and' and 'or' meet."""
    words = describe_condition(part, language)
    return f"({words})" if part["type"] in _BRANCHES and part["type"] != within else words


def _quote(column: object) -> str:
    return f"`{column}`"


def _values(values: list[Any], separator: str = ", ") -> str:
    return separator.join(map(_value, values))


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
