"""The catalogue: fresh, complete, and with words for every term that can be shown."""

import importlib.util
import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from jinja2 import DictLoader

from corpus_audit import vocabulary
from corpus_audit.evidence import tables
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.report import wording
from corpus_audit.report.html import make_environment
from corpus_audit.report.translator import words_in
from corpus_audit.vocabulary import Language, SpanKind

ROOT = Path(__file__).parents[2]
PROMISES = ("合规", "合法合规", "已授权", "compliant", "authorised", "authorized")
SHOWN = (
    vocabulary.Answer,
    vocabulary.SourceKind,
    vocabulary.Purpose,
    vocabulary.LegalBasis,
    vocabulary.ModelRole,
    vocabulary.FileState,
    vocabulary.Modality,
    vocabulary.DefectCode,
    vocabulary.LicenseState,
    vocabulary.TermsConflict,
)


@pytest.fixture(scope="module")
def script():
    specification = importlib.util.spec_from_file_location("update_catalogues", ROOT / "scripts/update_catalogues.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_catalogue_is_fresh_and_complete(script):
    messages = script.extracted()
    assert len(messages) > 400
    fresh = script.catalogue(Language.CHINESE, messages)
    assert list(script.problems(Language.CHINESE, fresh)) == []
    assert script.po_path(Language.CHINESE).read_bytes() == script.po_bytes(fresh), "stale: run make docs"


def test_the_words_of_every_template_are_in_the_catalogue(script):
    ids = [message.id for message in script.extracted()]
    known = {part for each in ids for part in ([each] if isinstance(each, str) else each)}
    used = {
        (path.name, text)
        for path in (ROOT / "src" / "corpus_audit").rglob("*.j2")
        for text in re.findall(r'_\("([^"]+)"\)', path.read_text(encoding="utf-8"))
    }
    assert {name for name, _text in used} >= {"audits.html.j2", "header.html.j2"}
    assert sorted((name, text) for name, text in used if text not in known) == []


def test_a_word_that_stands_in_a_template_is_in_the_language_of_the_page():
    page = DictLoader({"page": '{{ "not-recorded" | word }}'})
    pages = [make_environment(words_in(language), page).get_template("page").render() for language in Language]
    assert pages == ["not recorded", "未记录"]


def test_the_check_sees_what_is_missing_or_wrong(script):
    catalogue = script.Catalog("zh")
    catalogue.add("new", "")
    catalogue.add("{count} files", "文件")
    catalogue.add(("one file", "{count} files of %(all)s"), ("%(all)s中的一个文件",))
    assert list(script.problems("zh", catalogue)) == [
        "zh: not translated: 'new'",
        "zh: placeholders differ: '{count} files'",
    ]


def test_a_new_message_starts_without_a_translation(script):
    messages = script.Catalog()
    messages.add("nobody has said this before")
    messages.add(("one thing", "{count} things"))
    assert [message.string for message in script.catalogue("zh", messages) if message.id] == ["", ("",)]


def test_no_message_promises_what_an_audit_cannot(script):
    text = script.po_path(Language.CHINESE).read_text(encoding="utf-8").lower()
    assert [word for word in PROMISES if word in text] == []


def test_english_is_what_the_code_says():
    words = words_in(Language.ENGLISH)
    assert words("License") == "License"
    assert [words.count("one", "many", count) for count in (0, 1, 2)] == ["many", "one", "many"]


def test_chinese_has_its_own_words_and_marks():
    words = words_in(Language.CHINESE)
    assert isinstance(words.catalogue, GNUTranslations)
    assert words("License") == "许可证"
    assert words("") == ""
    assert words.join(["甲", "乙"]) == "甲、乙"
    assert words.count("%(count)s source", "%(count)s sources", 1) == "%(count)s个来源"


@pytest.mark.parametrize("terms", SHOWN, ids=lambda kind: kind.__name__)
def test_every_term_that_is_shown_has_words(terms):
    assert [str(term) for term in terms if term not in wording.WORDS and not str(term).isupper()] == []


def test_every_column_of_evidence_has_a_heading():
    columns = {name for table in tables.EVIDENCE for name in table.schema.names}
    assert sorted(columns - set(wording.COLUMNS)) == []


def test_every_type_that_is_looked_for_has_words():
    types = {detector.entity_type for detector in DETECTORS if detector.kind is SpanKind.PERSONAL_INFORMATION}
    assert sorted(types - set(wording.ENTITY_TYPES)) == []
