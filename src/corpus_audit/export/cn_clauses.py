"""The parts of the Chinese self-assessment: clauses of one text each, with the facts and rules that belong to them.

Numbers of clauses come from secondary sources. A rule stands at every clause whose requirements it serves; at a clause
of a standard only where it cites that standard.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus_audit.export.cn_facts import FACTS, Fact
from corpus_audit.export.cn_samples import samples_table
from corpus_audit.export.form import FormTable, LocalizedText
from corpus_audit.export.inputs import ExportInputs, Row

_JURISDICTION = "CN"
_STANDARD, _ANNOTATION, _MEASURES = "GB/T 45654", "GB/T 45674", "Interim Measures"


@dataclass(frozen=True)
class Clause:
    """One clause: the requirements behind it, what its rules cite, and tables of its own."""

    number: str
    title: LocalizedText
    requirements: tuple[int, ...]
    cites: str = ""
    tables: tuple[Callable[[ExportInputs], FormTable], ...] = ()
    facts: tuple[int, ...] | None = None
    """The requirements whose facts stand here; those of *requirements* if None."""


@dataclass(frozen=True)
class TextPart:
    """The clauses of one text, or of texts of one kind."""

    number: str
    title: LocalizedText
    clauses: tuple[Clause, ...]


_STANDARD_PART = TextPart(
    "C",
    LocalizedText(
        en="GB/T 45654-2025, Basic security requirements for generative AI services",
        zh="GB/T 45654-2025《网络安全技术 生成式人工智能服务安全基本要求》",
    ),
    (
        Clause(
            "5.1",
            LocalizedText(en="Security of data sources", zh="训练数据来源安全"),
            (1, 2, 17),
            _STANDARD,
            facts=(17,),
        ),
        Clause(
            "5.2",
            LocalizedText(en="Security of data content", zh="训练数据内容安全"),
            (3, 4, 5, 15),
            _STANDARD,
            (samples_table,),
            facts=(),
        ),
        Clause(
            "5.3",
            LocalizedText(
                en="Security of data annotation (with GB/T 45674-2025)", zh="数据标注安全（并见 GB/T 45674-2025）"
            ),
            (2,),
            _ANNOTATION,
            facts=(),
        ),
    ),
)

PARTS = (
    TextPart(
        "B",
        LocalizedText(
            en="Interim Measures for the Management of Generative AI Services (2023), article 7",
            zh="《生成式人工智能服务管理暂行办法》第七条",
        ),
        (
            Clause(
                "7(1)",
                LocalizedText(
                    en="Data and base models from lawful sources", zh="第（一）项 使用具有合法来源的数据和基础模型"
                ),
                (1, 2),
            ),
            Clause(
                "7(2)",
                LocalizedText(
                    en="Intellectual property is not infringed", zh="第（二）项 不得侵害他人依法享有的知识产权"
                ),
                (3,),
            ),
            Clause(
                "7(3)",
                LocalizedText(
                    en="Consent to personal information, or another lawful ground",
                    zh="第（三）项 涉及个人信息的，取得个人同意或者符合法律、行政法规规定的其他情形",
                ),
                (4,),
            ),
            Clause(
                "7(4)",
                LocalizedText(
                    en="Quality: truthfulness, accuracy, objectivity and diversity",
                    zh="第（四）项 提高训练数据质量，增强训练数据的真实性、准确性、客观性、多样性",
                ),
                (5,),
            ),
        ),
    ),
    _STANDARD_PART,
    TextPart(
        "D",
        LocalizedText(en="Other laws and regulations of China", zh="其他法律法规"),
        (
            Clause(
                "D.1",
                LocalizedText(
                    en="Separate consent to faces and voices (Deep Synthesis Provisions, art. 14; PIPL, art. 29)",
                    zh="人脸、人声等敏感信息的单独同意（《互联网信息服务深度合成管理规定》第十四条、《个人信息保护法》第二十九条）",
                ),
                (6,),
            ),
            Clause(
                "D.2",
                LocalizedText(
                    en="Security of training data (Deep Synthesis Provisions, art. 14)",
                    zh="训练数据安全（《互联网信息服务深度合成管理规定》第十四条）",
                ),
                (7,),
            ),
            Clause(
                "D.3",
                LocalizedText(
                    en="Likeness and voice (Civil Code, art. 1019 and 1023(2); Beijing Internet Court, April 2024)",
                    zh="肖像与声音（《民法典》第一千零一十九条、第一千零二十三条第二款；北京互联网法院2024年4月判决）",
                ),
                (8, 9, 10, 11),
                facts=(8, 9, 10),
            ),
            Clause(
                "D.4",
                LocalizedText(en="The dead (Civil Code, art. 994)", zh="死者人格利益（《民法典》第九百九十四条）"),
                (12,),
            ),
            Clause(
                "D.5",
                LocalizedText(
                    en="Labels of generated content (Deep Synthesis Provisions, art. 17 and 18; GB 45438-2025)",
                    zh="生成合成内容标识（《互联网信息服务深度合成管理规定》第十七条、第十八条；GB 45438-2025）",
                ),
                (14,),
            ),
            Clause(
                "D.6",
                LocalizedText(
                    en="Prohibited content (Deep Synthesis Provisions, art. 6)",
                    zh="违禁内容（《互联网信息服务深度合成管理规定》第六条）",
                ),
                (15,),
                facts=(),
            ),
            Clause(
                "D.7",
                LocalizedText(
                    en="Ethics review (Measures for the Ethics Review of Science and Technology)",
                    zh="伦理审查（《科技伦理审查办法（试行）》）",
                ),
                (16,),
            ),
        ),
    ),
    TextPart(
        "E",
        LocalizedText(en="Good practice, asked by no law", zh="良好实践（并非法律要求）"),
        (
            Clause("E.1", LocalizedText(en="The purpose is known", zh="用途明确"), (13,)),
            Clause("E.2", LocalizedText(en="Rules of platforms", zh="平台规则"), (17,), facts=()),
            Clause(
                "E.3", LocalizedText(en="Evidence can be taken, given and weighed", zh="证据可取、可举、可验"), (18,)
            ),
        ),
    ),
)
"""The parts after the one about the dataset, each of one jurisdiction or of none."""


def facts_of(clause: Clause) -> tuple[Fact, ...]:
    """Return the facts that stand under a clause."""
    numbers = clause.requirements if clause.facts is None else clause.facts
    return tuple(fact for number in numbers for fact in FACTS.get(number, ()))


def placed_rules(inputs: ExportInputs) -> Mapping[str, Sequence[Row]]:
    """Return the rules of each clause by its number; a rule that serves several clauses stands at each.

    Rules about one fact all stand: they may judge other rows of it, and fare differently. A rule that serves a
    requirement of another jurisdiction is left out.
    """
    ours = {asked.number for asked in inputs.requirements if asked.asked_in == _JURISDICTION}
    placed: dict[str, list[Row]] = defaultdict(list)
    for row in inputs.rules.to_pylist():
        if ours.issuperset(row["requirements"]):
            for clause in _CLAUSES:
                if _serves(row, clause):
                    placed[clause.number].append(row)
    return placed


_CLAUSES = tuple(clause for part in PARTS for clause in part.clauses)


def _serves(rule: Row, clause: Clause) -> bool:
    is_cited = not clause.cites or any(clause.cites in citation for citation in rule["citations"])
    return is_cited and not set(clause.requirements).isdisjoint(rule["requirements"])
