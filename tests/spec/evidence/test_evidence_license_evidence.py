"""License texts that came along, beside the license that is declared."""

import pytest


@pytest.mark.parametrize(
    ("declared", "texts", "state"),
    [
        ("MIT", [["MIT"]], "agrees"),
        ("MIT OR Apache-2.0", [["Apache-2.0"]], "agrees"),
        ("MIT AND Apache-2.0", [["Apache-2.0"]], "partial"),
        ("MIT AND Apache-2.0", [["Apache-2.0"], ["MIT"]], "agrees"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", [["GPL-2.0-only", "GPL-2.0-or-later"]], "agrees"),
        ("MIT", [["GPL-3.0-only", "GPL-3.0-or-later"]], "differs"),
        ("MIT", [[]], "unrecognised"),
        ("some terms", [["MIT"]], "undeclared"),
    ],
)
def test_texts_stand_beside_the_declaration(corpus, declared, texts, state):
    corpus.source("a", license_declared=declared)
    for number, licenses in enumerate(texts):
        corpus.license_text("a", f"LICENSE.{number}", *licenses)
    row = corpus.row_of("license_evidence")
    assert row["state"] == state
    assert row["licenses"] == sorted(license_id for licenses in texts for license_id in licenses)
    assert row["files"] == len(texts)


def test_files_that_tell_nothing_are_counted(corpus):
    corpus.source("a", license_declared="MIT")
    corpus.license_text("a", "LICENSE", "MIT", observed_at="2026-02")
    corpus.license_text("a", "THIRD-PARTY", state="too-long", observed_at="2026-01-05")
    corpus.license_text("a", "gone", state="unreadable")
    row = corpus.row_of("license_evidence")
    assert (row["files"], row["files_recognised"], row["files_too_long"], row["files_unreadable"]) == (3, 1, 1, 1)
    assert (row["observed_from"], row["state"]) == ("2026-01-05", "agrees")
