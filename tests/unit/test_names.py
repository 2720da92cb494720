"""Names of people: the rules for Chinese ones, the model for English ones, and what is kept of either."""

import pyarrow as pa
import pytest

from corpus_audit.measure.prose.names import model
from corpus_audit.measure.prose.names.chinese import ChineseNames
from corpus_audit.measure.prose.names.finder import FoundName, find_name_spans


def chinese(text):
    [found] = ChineseNames().find([text])
    return [text[name.start : name.end] for name in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("昨天王小明先生来访。", ["王小明"]),
        ("张伟教授和李娜女士到场", ["张伟", "李娜"]),
        ("请找李经理。", ["李"]),
        ("欧阳锋师傅", ["欧阳锋"]),
        ("姓名：赵六，年龄：三十", ["赵六"]),
        ("联系人: 钱学森\n电话", ["钱学森"]),
        ("姓名：赵先生", ["赵"]),
    ],
)
def test_a_surname_before_a_title_or_behind_a_label(text, names):
    assert chinese(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "高级工程师",
        "任何老师都可以",
        "金融博士",
        "王是先生",
        "我们学习",
        "姓名：无",
        "作者：曾经有人说过",
        "石油工程师",
    ],
)
def test_other_words_are_no_names(text):
    assert chinese(text) == []


class Fixed:
    method, language = "fixed", "zh"

    def find(self, texts):
        yield [FoundName("PERSON", 1, 4, 0.6)]


def test_a_span_holds_bytes_a_mask_and_a_hash_and_never_the_name():
    records = pa.table({"record_id": ["f:0"], "source_id": ["a"]})
    [row] = find_name_spans(Fixed(), records, ["与王小明谈"], b"key").to_pylist()
    assert (row["start_byte"], row["end_byte"], row["masked"], row["method"]) == (3, 12, "***", "fixed")
    assert len(row["keyed_hash"]) == 16


def test_the_english_model_names_people_and_places():
    pytest.importorskip(model.MODEL)
    text = "Barack Obama met Angela Merkel in Berlin."
    [found, nothing] = model.EnglishNames().find([text, "x = 1"])
    assert [(name.entity_type, text[name.start : name.end]) for name in found] == [
        ("PERSON", "Barack Obama"),
        ("PERSON", "Angela Merkel"),
        ("LOCATION", "Berlin"),
    ]
    assert nothing == []


def test_the_installed_model_is_the_one_that_was_tested():
    pytest.importorskip(model.MODEL)
    assert model.model_digest() == model.MODEL_SHA256
    assert model.model_availability().reason == ""


def test_another_model_is_not_run(monkeypatch):
    pytest.importorskip(model.MODEL)
    monkeypatch.setattr(model, "MODEL_SHA256", "0" * 64)
    assert model.model_availability.__wrapped__().reason == "another-model"


def test_without_the_extra_there_is_no_model(monkeypatch):
    monkeypatch.setattr(model, "find_spec", lambda _name: None)
    assert model.model_availability.__wrapped__() == model.Availability("not-installed", "")
