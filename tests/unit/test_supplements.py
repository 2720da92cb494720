"""Supplements: what stewards state fills gaps, never speaks over the manifest, and stays told apart from it."""

from pathlib import Path

import pytest

from corpus_audit.errors import ManifestError
from corpus_audit.export.form import Basis, Checkbox, Form, FormSection, LocalizedText, ask, declared, measured
from corpus_audit.export.form_supplements import mark_supplements
from corpus_audit.export.inputs import SuppliedStatement
from corpus_audit.manifest.fillable import SOURCE_FIELDS, WHOLE_FIELDS, FieldShape, parse_value, written_value
from corpus_audit.manifest.load import load_manifest
from corpus_audit.manifest.loaded import LoadedManifest
from corpus_audit.manifest.supplements import (
    FieldStatement,
    ReceivedSupplement,
    Supplement,
    parse_supplement,
    stated_fields,
    statements_in_force,
    with_supplements,
)
from corpus_audit.vocabulary import SupplementState

MANIFEST = """
manifest_version: "1"
dataset: {id: songs, issuer: Contoso}
sources:
  - {id: first, license: MIT, collection: {from: 2026-01-01}, files: [{path: first/a.txt}]}
  - {id: second}
"""


@pytest.fixture
def loaded(tmp_path: Path) -> LoadedManifest:
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "a.txt").write_text("A song.")
    (tmp_path / "manifest.yaml").write_text(MANIFEST)
    return load_manifest(tmp_path / "manifest.yaml")


def supplement(*statements: tuple[str | None, str, object]) -> ReceivedSupplement:
    made = Supplement(
        dataset="songs",
        author="Ana",
        stated_at="2026-11-29T12:00:00+00:00",
        reason="Contract 7.",
        statements=tuple(
            FieldStatement.model_validate({"source": source, "field": field, "value": value})
            for source, field, value in statements
        ),
    )
    return parse_supplement("supplements/1.json", made.model_dump_json().encode())


def states(loaded: LoadedManifest) -> dict[tuple[str, str], SupplementState]:
    return {(row.source_id, row.field): row.state for row in loaded.supplements}


def test_a_supplement_fills_what_the_manifest_leaves_open_and_each_value_keeps_its_origin(
    loaded: LoadedManifest,
) -> None:
    said = supplement(
        ("second", "license.expression", "CC-BY-4.0"),
        ("first", "collection.until", "2026-02-01"),
        (None, "dataset.version", "3"),
        (None, "disclosure.provider.name", "Fabrikam"),
    )
    filled = with_supplements(loaded, [said])
    first, second = filled.manifest.sources
    assert (second.license.expression, first.collection.until, first.files) == (
        "CC-BY-4.0",
        "2026-02-01",
        loaded.manifest.sources[0].files,
    )
    assert (filled.manifest.dataset.version, filled.manifest.disclosure.provider.name) == ("3", "Fabrikam")
    origins = {origin.pointer: (origin.document, origin.received_pointer) for origin in filled.origins}
    assert origins["/sources/1/license/expression"] == ("supplements/1.json", "/statements/0/value")
    assert set(states(filled).values()) == {SupplementState.USED}
    assert filled.sha256 != loaded.sha256
    assert [document.name for document in filled.documents] == ["manifest.yaml", "supplements/1.json"]


def test_a_supplement_never_speaks_over_the_manifest(loaded: LoadedManifest) -> None:
    said = supplement(
        ("first", "license.expression", "CC0-1.0"),
        (None, "dataset.issuer", "Contoso"),
        ("third", "collector", "Ana"),
        ("first", "collection.until", "2025-01-01"),
        ("second", "no.such.field", "x"),
        (None, "audit.parameters", "x"),
    )
    filled = with_supplements(loaded, [said])
    assert filled.manifest.sources == loaded.manifest.sources
    assert states(filled) == {
        ("first", "license.expression"): SupplementState.CONTRADICTED,
        ("(dataset)", "dataset.issuer"): SupplementState.STATED_SINCE,
        ("third", "collector"): SupplementState.NO_SOURCE,
        ("first", "collection.until"): SupplementState.INVALID,
        ("second", "no.such.field"): SupplementState.INVALID,
        ("(dataset)", "audit.parameters"): SupplementState.INVALID,
    }
    told = {(problem.source_id, problem.code) for problem in filled.problems}
    assert told >= {("first", "conflict"), ("third", "dangling"), ("first", "invalid")}
    assert not any("CC0" in problem.detail for problem in filled.problems)


def test_the_last_statement_counts_and_null_takes_it_back(loaded: LoadedManifest) -> None:
    first = supplement(("second", "collector", "Ana"), ("second", "supplier", "Bo"))
    second = supplement(("second", "collector", None), ("second", "supplier", "Cy"))
    assert list(statements_in_force([first, second])) == [("second", "supplier")]
    filled = with_supplements(loaded, [first, second])
    assert stated_fields(filled.manifest.sources[1]) == {"id": "second", "supplier": "Cy"}


def test_without_supplements_the_manifest_is_the_same(loaded: LoadedManifest) -> None:
    assert with_supplements(loaded, []) is loaded


def test_what_is_no_supplement_is_refused() -> None:
    with pytest.raises(ManifestError, match="is no supplement"):
        parse_supplement("supplements/1.json", b'{"statements": []}')


@pytest.mark.parametrize(
    ("fields", "name", "written", "value"),
    [
        (SOURCE_FIELDS, "collector", [" Contoso\r\nLtd "], "Contoso\nLtd"),
        (SOURCE_FIELDS, "processing", ["first\nthen\n\n"], ["first", "then"]),
        (SOURCE_FIELDS, "disclosure.modalities", ["text", "audio"], ["text", "audio"]),
        (SOURCE_FIELDS, "disclosure.crawl.domains", ["example.org"], [{"name": "example.org"}]),
        (
            SOURCE_FIELDS,
            "license.evidence",
            ["https://example.org/l"],
            [{"kind": "url", "url": "https://example.org/l"}],
        ),
        (WHOLE_FIELDS, "disclosure.content_review.keywords", ["120"], 120),
        (WHOLE_FIELDS, "disclosure.content_review.keywords", ["many"], "many"),
        (WHOLE_FIELDS, "dataset.release", ["not-recorded"], None),
        (WHOLE_FIELDS, "dataset.release", [""], None),
    ],
)
def test_what_is_written_becomes_a_value_of_the_manifest(fields, name, written, value):
    assert parse_value(fields[name], written) == value
    if isinstance(value, list):
        assert parse_value(fields[name], [written_value(value)]) == value


def test_every_field_has_a_question_in_both_languages_and_a_choice_its_words():
    for field in (*WHOLE_FIELDS.values(), *SOURCE_FIELDS.values()):
        assert field.en.endswith("?")
        assert field.zh.endswith("？")
        assert bool(field.choices) == (field.shape in (FieldShape.CHOICE, FieldShape.CHOICES, FieldShape.SUMMARY))
        assert "not-recorded" not in field.choices


def test_fields_of_the_european_template_are_stated_a_line_each(loaded: LoadedManifest) -> None:
    field = WHOLE_FIELDS["disclosure.summary.statements"]
    told = (
        "2.4.interactions: no",
        "1.3.text.size: largest",
        "2.2.1.modalities: text, other",
        "3.1.comments: Opt-out: all.",
    )
    text = "\n".join(told)
    value = parse_value(field, [text])
    assert value == [
        {"field": "2.4.interactions", "answer": "no"},
        {"field": "1.3.text.size", "range": "largest"},
        {"field": "2.2.1.modalities", "modalities": ["text", "other"]},
        {"field": "3.1.comments", "text": "Opt-out: all."},
    ]
    assert written_value(value) == text
    filled = with_supplements(loaded, [supplement((None, field.name, value))])
    assert [said.field for said in filled.manifest.disclosure.summary.statements] == [part["field"] for part in value]


@pytest.mark.parametrize("line", ["2.4.interactions", "9.9: yes", "2.4.interactions: yes\n2.4.interactions: no"])
def test_a_wrong_answer_to_the_template_is_refused(loaded: LoadedManifest, line: str) -> None:
    value = parse_value(WHOLE_FIELDS["disclosure.summary.statements"], [line])
    filled = with_supplements(loaded, [supplement((None, "disclosure.summary.statements", value))])
    assert set(states(filled).values()) == {SupplementState.INVALID}


def test_a_form_says_of_a_value_that_a_steward_stated_it(loaded: LoadedManifest) -> None:
    words = LocalizedText(en="A title")
    code_of_practice = "/disclosure/provider/code_of_practice"
    fields = (
        ask(words, declared("3", "/dataset/version"), measured("7", "/dataset/version")),
        ask(words, declared("Contoso", "/dataset/issuer")),
        ask(words, declared("Ana", "/sources/1/collector"), declared("Ana", "/sources/*/collector")),
        ask(words, declared("Public", "sources.kind, sources.synthetic"), declared("Ana", "/sources/1")),
        ask(words, declared("2026", "sources.collected_from"), declared("A page", "/sources/1/origin")),
        ask(
            words,
            choices=(
                Checkbox(words=words, is_chosen=True, basis=Basis.DECLARED, reference="sources.kind"),
                Checkbox(words=words, is_chosen=True, basis=Basis.DECLARED, reference=code_of_practice),
                Checkbox(words=words, is_chosen=True, basis=Basis.MEASURED, reference="content.modality"),
                Checkbox(words=words),
            ),
        ),
    )
    section = FormSection(number="1", title=words, sections=(FormSection(number="1.1", title=words, fields=fields),))
    form = Form(
        format="eu-summary",
        title=words,
        source=words,
        legal_text=words,
        covers=words,
        scope=words,
        dataset_id="songs",
        audit_id="a",
        manifest_sha256="0" * 64,
        tool_version="1",
        finished_at="2026-11-29",
        sections=(section,),
    )
    when = "2026-11-29T12:00:00+00:00"
    said = [
        SuppliedStatement("(dataset)", "dataset.version", "Ana", when),
        SuppliedStatement("second", "collector", "Bo", when),
        SuppliedStatement("first", "kind", "Cy", when),
        SuppliedStatement("second", "kind", "Bo", when),
        SuppliedStatement("(dataset)", "disclosure.provider.code_of_practice", "Ana", when),
    ]
    (marked,) = mark_supplements(form, loaded.manifest, said).sections[0].sections
    references = [value.reference for field in marked.fields for value in field.values]
    assert references == [
        "/dataset/version, stated by Ana on 2026-11-29 and not by the manifest",
        "/dataset/version",
        "/dataset/issuer",
        "/sources/1/collector, stated by Bo on 2026-11-29 and not by the manifest",
        "/sources/*/collector, in part stated by Bo on 2026-11-29 and not by the manifest",
        "sources.kind, sources.synthetic, in part stated by Cy on 2026-11-29, Bo on 2026-11-29 and not by the manifest",
        "/sources/1, in part stated by Bo on 2026-11-29 and not by the manifest",
        "sources.collected_from",
        "/sources/1/origin",
    ]
    assert [choice.reference for field in marked.fields for choice in field.choices] == [
        "sources.kind, in part stated by Cy on 2026-11-29, Bo on 2026-11-29 and not by the manifest",
        f"{code_of_practice}, stated by Ana on 2026-11-29 and not by the manifest",
        "content.modality",
        "",
    ]
    assert mark_supplements(form, loaded.manifest, []) is form
