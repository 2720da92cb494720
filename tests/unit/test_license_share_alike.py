"""Share-alike terms of many sources at once: one license must be left, whatever OR offers."""

import pytest

from corpus_audit.rights import share_alike
from corpus_audit.rights.share_alike import share_alike_of_all


@pytest.mark.parametrize(
    ("expressions", "answer"),
    [
        ([], "no"),
        (["MIT", "CC0-1.0"], "no"),
        (["MIT", "CC-BY-SA-4.0"], "CC-BY-SA"),
        (["CC-BY-SA-4.0", "GPL-2.0-only"], "conflict"),
        (["CC-BY-SA-4.0", "CC-BY-NC-4.0"], "conflict"),
        (["MIT OR GPL-2.0-only", "CC-BY-SA-4.0"], "CC-BY-SA"),
        (["MIT OR GPL-2.0-only"], "no"),
        (["GPL-2.0-only OR CC-BY-SA-4.0", "GPL-3.0-only OR CC-BY-SA-4.0"], "CC-BY-SA"),
        (["NOASSERTION", "MIT"], "unknown"),
        (["NOASSERTION", "CC-BY-SA-4.0", "GPL-2.0-only"], "conflict"),
    ],
)
def test_the_least_binding_choice_counts(expressions, answer):
    assert share_alike_of_all(expressions) == answer
    assert share_alike_of_all([*reversed(expressions), *expressions]) == answer


def test_more_choices_than_are_followed_are_unknown(monkeypatch):
    monkeypatch.setattr(share_alike, "MAX_CHOICES", 1)
    assert share_alike_of_all(["GPL-2.0-only OR CC-BY-SA-4.0"]) == "unknown"
