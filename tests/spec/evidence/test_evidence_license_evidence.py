"""License texts that came along, beside the license that is declared."""

DECLARED_WITH_TEXTS = [
    ("MIT", [["MIT"]], "agrees"),
    ("MIT OR Apache-2.0", [["Apache-2.0"]], "agrees"),
    ("MIT AND Apache-2.0", [["Apache-2.0"]], "partial"),
    ("MIT AND Apache-2.0", [["Apache-2.0"], ["MIT"]], "agrees"),
    ("GPL-2.0-only WITH Classpath-exception-2.0", [["GPL-2.0-only", "GPL-2.0-or-later"]], "agrees"),
    ("MIT", [["GPL-3.0-only", "GPL-3.0-or-later"]], "differs"),
    ("MIT", [[]], "unrecognised"),
    ("some terms", [["MIT"]], "undeclared"),
]


def test_texts_stand_beside_the_declaration(corpus):
    for number, (declared, texts, _state) in enumerate(DECLARED_WITH_TEXTS):
        corpus.source(f"s{number}", license_declared=declared)
        for text, licenses in enumerate(texts):
            corpus.license_text(f"s{number}", f"LICENSE.{text}", *licenses)
    found = [(row["state"], row["files"], row["licenses"]) for row in corpus.rows_of("license_evidence")]
    assert found == [
        (state, len(texts), sorted(license_id for licenses in texts for license_id in licenses))
        for _declared, texts, state in DECLARED_WITH_TEXTS
    ]


def test_files_that_tell_nothing_are_counted(corpus):
    corpus.source("a", license_declared="MIT")
    corpus.license_text("a", "LICENSE", "MIT", observed_at="2026-02")
    corpus.license_text("a", "THIRD-PARTY", state="too-long", observed_at="2026-01-05")
    corpus.license_text("a", "gone", state="unreadable")
    row = corpus.row_of("license_evidence")
    assert (row["files"], row["files_recognised"], row["files_too_long"], row["files_unreadable"]) == (3, 1, 1, 1)
    assert (row["observed_from"], row["state"]) == ("2026-01-05", "agrees")
