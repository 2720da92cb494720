"""The numbered requirements behind rules: requirements of law and good practice on training data.

Article numbers come from secondary sources; confirm them against the official text before quoting them to anyone.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Requirement:
    """One thing that is asked of training data, in both languages, and who asks it."""

    number: int
    en: str
    zh: str
    source: str
    asked_in: str = "CN"
    """Jurisdiction whose law asks it; good practice is listed where the founding requirements are."""


_INTERIM = "Interim Measures for Generative AI Services (CN, 2023), art. 7"
_DEEP = "Deep Synthesis Provisions (CN, 2022)"
_AI_ACT = "AI Act (EU, 2024), art. 53(1)"
_VOICE_CASE = "Beijing Internet Court, voice case of April 2024"

REQUIREMENTS = {
    requirement.number: requirement
    for requirement in (
        Requirement(1, "Data has a lawful source", "数据来源合法", f"{_INTERIM}(1)"),
        Requirement(2, "Models behind the data have a lawful source", "基础模型来源合法", f"{_INTERIM}(1)"),
        Requirement(3, "Intellectual property is respected", "不侵害知识产权", f"{_INTERIM}(2)"),
        Requirement(
            4, "Personal information has a legal basis", "处理个人信息有合法性基础", f"{_INTERIM}(3); PIPL, art. 13"
        ),
        Requirement(5, "Data is true, accurate, objective and diverse", "数据真实、准确、客观、多样", f"{_INTERIM}(4)"),
        Requirement(
            6, "Face and voice have separate consent", "人脸和人声取得单独同意", f"{_DEEP}, art. 14; PIPL, art. 29"
        ),
        Requirement(7, "Training data is secured", "保障训练数据安全", f"{_DEEP}, art. 14"),
        Requirement(8, "Likeness is used with permission", "经许可使用肖像", "Civil Code (CN), art. 1019"),
        Requirement(9, "Voice is protected like likeness", "声音比照肖像保护", "Civil Code (CN), art. 1023(2)"),
        Requirement(10, "An identifiable voice is protected", "可识别的声音受保护", _VOICE_CASE),
        Requirement(11, "The speaker permits the cloning of a voice", "声音克隆须经本人许可", _VOICE_CASE),
        Requirement(12, "Relatives act for the dead in order", "逝者权益由近亲属依次主张", "Civil Code (CN), art. 994"),
        Requirement(13, "The purpose is known", "用途明确", "Good practice"),
        Requirement(
            14, "Synthetic media stays labelled", "合成内容保留标识", f"{_DEEP}, art. 17 and 18; GB 45438-2025"
        ),
        Requirement(15, "Prohibited content is kept out", "不含违禁内容", f"{_DEEP}, art. 6; GB/T 45654-2025"),
        Requirement(
            16, "Listed activities pass an ethics review", "清单内活动通过伦理复核", "Ethics Review Measures (CN, 2023)"
        ),
        Requirement(17, "Platform rules are kept", "遵守平台规则", "Terms of the platforms"),
        Requirement(18, "Evidence can be taken, given and weighed", "证据可取、可举、可验", "Good practice"),
        Requirement(
            19,
            "Reservations of rights are found and respected",
            "识别并尊重权利保留声明",
            f"{_AI_ACT}(c)",
            asked_in="EU",
        ),
        Requirement(
            20, "The public summary can be filled in", "训练内容公开摘要可以填写完整", f"{_AI_ACT}(d)", asked_in="EU"
        ),
        Requirement(
            21,
            "The twelve items on training data can be stated",
            "训练数据文件的十二项内容可以说明",
            "Civil Code (California), 3111(a)",
            asked_in="US-CA",
        ),
    )
}
"""Every requirement by its number."""
