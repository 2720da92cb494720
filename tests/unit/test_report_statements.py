"""Sentences of other layers, reworded: whatever those layers can say, a report can say in both languages."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest

from corpus_audit.report.translator import words_in
from corpus_audit.report.wording.statements import is_known, reword
from corpus_audit.rights.conflicts import compare_terms
from corpus_audit.rights.facts import license_facts
from corpus_audit.rights.licenses import resolve_license
from corpus_audit.rights.obligations import terms_of
from corpus_audit.rights.purposes import permits_expression
from corpus_audit.vocabulary import Language, Purpose

ENGLISH, CHINESE = words_in(Language.ENGLISH), words_in(Language.CHINESE)
LICENSES = (*sorted(license_facts()), "NOASSERTION", "MIT AND GPL-3.0-only", "GPL-2.0-only AND MPL-1.1")
UNRESOLVED = (
    "not-recorded",
    "Dual License",
    "BSD",
    "MIT, Apache",
    "MIT; or something",
    "MIT AND (",
    "MIT AND Proprietary",
    "MIT AND NOASSERTION",
    "License :: Nobody's",
    "License :: OSI Approved :: MIT License; License :: OSI Approved :: Apache Software License",
    "word " * 100,
)


def test_what_licenses_permit_can_be_said():
    said = set()
    for license_id, purpose in product(LICENSES, Purpose):
        answer = permits_expression(license_id, purpose)
        said |= {*answer.reasons, *answer.conditions}
    assert len(said) > 20
    assert sorted(statement for statement in said if not is_known(statement)) == []


def unlike(expressions: Iterable[str]) -> list[str]:
    """Return at most two expressions of each terms: a third under the same terms is compared with the same reasons."""
    alike = defaultdict(list)
    for expression in expressions:
        terms = terms_of(expression)
        alike[replace(terms, licenses=frozenset()), terms.families].append(expression)
    return [expression for some in alike.values() for expression in some[:2]]


def test_how_terms_conflict_can_be_said():
    said = {compare_terms(one, other).reason for one, other in product(unlike(LICENSES), repeat=2)} - {""}
    assert len(said) > 20
    assert sorted(reason for reason in said if not is_known(reason)) == []
    assert not [reason for reason in said if re.search(r"_| against (yes|no)(;|$)", reword(reason, ENGLISH))]
    assert not [reason for reason in said if re.search(r"against|not known|bind", reword(reason, CHINESE))]


@pytest.mark.parametrize("declared", UNRESOLVED)
def test_why_a_license_did_not_resolve_can_be_said(declared):
    reason = resolve_license(declared).reason
    assert is_known(reason)
    assert reword(reason, ENGLISH) == reason
    assert re.search(r"[\u4e00-\u9fff]", reword(reason, CHINESE))


@pytest.mark.parametrize(
    ("statement", "english", "chinese"),
    [
        (
            "commercial_use yes against no; share_alike no against MPL-2.0",
            "the first permits commercial use, the second does not; only the second binds changed versions, to MPL-2.0",
            "来源一允许商业使用，来源二不允许；仅来源二要求修改版本沿用许可证：MPL-2.0",
        ),
        (
            "not known: derivatives, redistribution",
            "not known of both sources: Sharing changed versions, Passing copies on",
            "两个来源均不明的条件：分享修改版本、转发副本",
        ),
        (
            "use_restrictions none against rail and research-only",
            "only the second limits use: behavioural limits (RAIL), for research only",
            "仅来源二限制使用：行为限制（RAIL）、仅限研究",
        ),
        ("row 12, byte 40", "row 12, byte 40", "第12行第40字节"),
        ("something nobody foresaw", "something nobody foresaw", "something nobody foresaw"),
        ("", "", ""),
    ],
)
def test_statements_become_sentences(statement, english, chinese):
    assert reword(statement, ENGLISH) == english
    assert reword(statement, CHINESE) == chinese
