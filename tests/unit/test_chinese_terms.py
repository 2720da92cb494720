"""One Chinese term for one thing, over every Chinese text: catalogue, packs, forms, questions."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "corpus_audit"
CATALOGUE = PACKAGE / "report" / "locales" / "zh" / "LC_MESSAGES" / "corpus_audit.po"

ROOMS = ("export", "ledger", "manifest", "policy", "report", "review")
"""Where Chinese is what people read; detectors look for words that are wrong here."""

RIGHT_WORDS = {
    "授权条款": "许可证",
    "执照": "许可证",
    "许可协议": "许可证",
    "许可证书": "许可证",
    "意图用途": "预期用途",
    "预定用途": "预期用途",
    "目标用途": "预期用途",
    "意向用途": "预期用途",
    "数据管家": "数据管理员",
    "数据专员": "数据管理员",
    "数据负责人": "数据管理员",
    "隐私信息": "个人信息",
    "个人数据": "个人信息",
    "数据集合": "数据集",
    "发现项": "审计发现",
    "文件包": "签名包",
    "审计包": "签名包",
    "人脸同意": "单独同意",
}
"""Words that are not used, and the word of Chinese law or of this project that is."""

# A permission that a person gives is 许可; the document is 许可证.
PERMISSION = re.compile(
    r"(?:取得.{0,8}|获得|给予的?|作出的|亲属的|这种|是谁|书面|允许使用的|另行取得|内不|不|的|经)许可(?!证)"
)
BARE = re.compile(r"许可(?!证|人|条件)")
TERMS = {"data steward": "数据管理员", "another steward": "数据管理员", "intended use": "预期用途"}
"""English words whose Chinese is always the same."""
MEASURE_WORDS = "个条行项种对人份次处类名"
GAP = re.compile(rf"(?:\{{\w+\}}|%\(\w+\)s|\d) [{MEASURE_WORDS}]")


def _pairs(part: Any) -> Iterator[tuple[str, str]]:
    """Yield (English, Chinese) of every bilingual text in a document."""
    if isinstance(part, dict):
        if isinstance(part.get("zh"), str) and isinstance(part.get("en"), str):
            yield part["en"], part["zh"]
        for value in part.values():
            yield from _pairs(value)
    elif isinstance(part, list):
        for value in part:
            yield from _pairs(value)


def _from_catalogue() -> Iterator[tuple[str, str]]:
    with CATALOGUE.open("rb") as stream:
        for message in read_po(stream, "zh"):
            texts = [message.string] if isinstance(message.string, str) else message.string
            yield from ((str(message.id), text) for text in texts if message.id)


def _from_packs() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "expectations").rglob("*")):
        if path.suffix == ".json":
            yield from _pairs(json.loads(path.read_text(encoding="utf-8")))
        elif path.suffix == ".yaml":
            yield from _pairs(yaml.safe_load(path.read_text(encoding="utf-8")))


def _from_code() -> Iterator[tuple[str, str]]:
    for path in sorted(path for room in ROOMS for path in (PACKAGE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.search("[\u4e00-\u9fff]{2}", node.value)
            ):
                yield "", node.value


CATALOGUE_TEXTS, PACK_TEXTS = list(_from_catalogue()), list(_from_packs())


def test_there_are_texts_to_read() -> None:
    assert len(CATALOGUE_TEXTS) > 1_000
    assert len(PACK_TEXTS) > 1_000


@pytest.mark.parametrize(("wrong", "right"), RIGHT_WORDS.items())
def test_a_term_has_one_word(wrong: str, right: str) -> None:
    texts = [zh for _en, zh in (*CATALOGUE_TEXTS, *PACK_TEXTS)]
    assert [zh for zh in texts if wrong in zh] == [], f"write {right}"


@pytest.mark.parametrize(("english", "chinese"), TERMS.items())
def test_a_term_of_the_field_is_translated_one_way(english: str, chinese: str) -> None:
    for en, zh in CATALOGUE_TEXTS:
        if english in en.lower():
            assert chinese in zh, en


def test_a_license_is_a_license() -> None:
    loose = [
        (en, zh)
        for en, zh in (*CATALOGUE_TEXTS, *PACK_TEXTS)
        if "license" in en.lower() and BARE.search(PERMISSION.sub("", zh))
    ]
    assert loose == []


def test_numbers_stand_close_to_their_measure_words() -> None:
    assert [zh for _en, zh in (*CATALOGUE_TEXTS, *PACK_TEXTS) if GAP.search(zh)] == []


def test_remedies_name_fields_in_words() -> None:
    dotted = re.compile(
        r"(?<![\w“(（/.-])(?:dataset|disclosure|collection|synthetic|personal_information|opt_outs)\.[a-z_.]+"
    )
    assert [zh for _en, zh in PACK_TEXTS if dotted.search(zh)] == []


def test_texts_in_the_code_use_the_same_words() -> None:
    found = [text for _en, text in _from_code() if any(wrong in text for wrong in RIGHT_WORDS)]
    assert found == []
