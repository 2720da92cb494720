"""Laws of the license algebra, over any expression built from known and unknown licenses."""

import re
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from corpus_audit.rights.conflicts import compare_terms
from corpus_audit.rights.expressions import canonical_expression
from corpus_audit.rights.facts import license_facts
from corpus_audit.rights.licenses import resolve_license
from corpus_audit.rights.obligations import terms_of
from corpus_audit.rights.purposes import permits_expression
from corpus_audit.rights.terms import NO_LICENSES, merge, rank, terms_of_license
from corpus_audit.vocabulary import LicenseState, Purpose, TermsConflict

IDS = sorted(set(license_facts()) - {"NONE", "NOASSERTION"})
LICENSES = st.sampled_from([*IDS, "LicenseRef-unknown-1", "LicenseRef-unknown-2"])
TERMS = LICENSES.map(terms_of_license)
EXPRESSIONS = st.recursive(
    LICENSES,
    lambda inner: st.builds(lambda a, word, b: f"({a} {word} {b})", inner, st.sampled_from(["AND", "OR"]), inner),
    max_leaves=5,
)
PERMISSIONS = ("use", "commercial_use", "derivatives", "redistribution", "model_release")
DUTIES = ("attribution", "notice", "state_changes")


@given(TERMS, TERMS, TERMS)
def test_merging_is_commutative_associative_and_idempotent(a, b, c):
    assert merge([a, b]) == merge([b, a])
    assert merge([merge([a, b]), c]) == merge([a, merge([b, c])])
    assert merge([a, a]) == a
    assert merge([a, NO_LICENSES]) == a


@given(TERMS, TERMS)
def test_merging_never_permits_more_nor_asks_less(a, b):
    both = merge([a, b])
    assert all(rank(getattr(both, name)) <= rank(getattr(a, name)) for name in PERMISSIONS)
    assert all(rank(getattr(both, name)) >= rank(getattr(a, name)) for name in DUTIES)
    assert a.use_restrictions <= both.use_restrictions
    if a.share_alike == "conflict":
        assert both.share_alike == "conflict"


@given(EXPRESSIONS, EXPRESSIONS, st.sampled_from(Purpose))
def test_and_never_widens_an_answer(a, b, purpose):
    both = permits_expression(f"({a}) AND ({b})", purpose)
    assert rank(both.permitted) <= rank(permits_expression(a, purpose).permitted)


@given(EXPRESSIONS, EXPRESSIONS, st.sampled_from(Purpose))
def test_or_is_the_better_of_its_sides(a, b, purpose):
    sides = [permits_expression(side, purpose).permitted for side in (a, b)]
    assert permits_expression(f"({a}) OR ({b})", purpose).permitted == max(sides, key=rank)


@given(EXPRESSIONS, EXPRESSIONS, st.sampled_from(["AND", "OR"]))
def test_order_of_operands_does_not_matter(a, b, word):
    left, right = f"({a}) {word} ({b})", f"({b}) {word} ({a})"
    assert canonical_expression(left) == canonical_expression(right)
    assert terms_of(left) == terms_of(right)
    assert all(permits_expression(left, purpose) == permits_expression(right, purpose) for purpose in Purpose)


@given(EXPRESSIONS)
def test_the_canonical_form_keeps_the_terms(expression):
    canonical = canonical_expression(expression)
    assert canonical_expression(canonical) == canonical
    for purpose in Purpose:
        assert permits_expression(canonical, purpose).permitted == permits_expression(expression, purpose).permitted


@given(EXPRESSIONS, EXPRESSIONS)
def test_or_chooses_one_of_its_alternatives(a, b):
    assert terms_of(f"({a}) OR ({b})") in (terms_of(a), terms_of(b))


@given(st.lists(LICENSES, min_size=1, max_size=4))
def test_terms_of_and_are_the_merged_terms(ids):
    merged = reduce(lambda a, b: merge([a, b]), map(terms_of_license, ids))
    assert terms_of(" AND ".join(ids)) == merged


@given(EXPRESSIONS, EXPRESSIONS)
def test_comparison_is_symmetric_and_explained(a, b):
    one, other = compare_terms(a, b), compare_terms(b, a)
    assert one.conflict == other.conflict
    assert bool(one.reason) == (one.conflict is not TermsConflict.NONE)


@given(EXPRESSIONS, EXPRESSIONS)
def test_a_copy_taken_under_one_side_of_or_does_not_conflict(a, b):
    assert compare_terms(f"({a}) OR ({b})", a).conflict is TermsConflict.NONE


@given(EXPRESSIONS)
def test_a_valid_expression_resolves(expression):
    resolved = resolve_license(expression)
    if len(expression) <= 200:
        assert resolved.state == LicenseState.RESOLVED
        assert set(resolved.licenses) <= set(re.findall(r"[^\s()]+", expression))


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                ["MIT", "(", ")", "AND", "or", "with", "BSD", "/", ",", "GPL", "v2", "+", "LLVM-exception", "GPL-2.0"]
            )
        ).map(" ".join),
    )
)
def test_any_text_resolves_or_says_why(text):
    resolved = resolve_license(text)
    assert (resolved.state == LicenseState.RESOLVED) == (resolved.reason == "") == bool(resolved.licenses)
    assert (resolved.expression == "NOASSERTION") == (resolved.state != LicenseState.RESOLVED)
    terms_of(resolved.expression)
