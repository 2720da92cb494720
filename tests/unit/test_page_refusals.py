"""Why a page refuses something, in the reader's language."""

import pytest

from corpus_audit.errors import Refusal, StoreError
from corpus_audit.report.translator import words_in
from corpus_audit.review.web.wording import refusal_in_words, refusals_in_words
from corpus_audit.store import Store
from corpus_audit.vocabulary import Language

CHINESE = words_in(Language.CHINESE)


def test_an_audit_that_is_not_there_is_named_in_both_languages(tmp_path):
    with pytest.raises(StoreError) as refused:
        Store(tmp_path).open_audit("gone-1")
    assert str(refused.value) == f"There is no audit 'gone-1' in {tmp_path}. Known audits: none."
    assert refusals_in_words(refused.value, CHINESE).startswith("没有审计“gone-1”")


def test_a_role_without_a_permission_is_told_in_chinese():
    template = "Your role ({role}) may not do this: it takes the permission '{permission}'."
    told = refusal_in_words(Refusal(template, {"role": "regulator", "permission": "decide"}), CHINESE)
    assert told == "您的角色（监管人员）无权执行此操作：需要“decide”权限。"


@pytest.mark.parametrize("message", ["a message that no catalogue has", ""])
def test_what_is_not_known_is_passed_on(message):
    assert refusals_in_words(StoreError(message), CHINESE) == message
