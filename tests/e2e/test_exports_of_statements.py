"""Exports for machines say which declarations a steward made and not the manifest."""

import json
from pathlib import Path

import jsonschema
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from prov.model import ProvDocument
from spdx_python_model import v3_0_1 as spdx
from typer.testing import CliRunner

from corpus_audit import audit
from corpus_audit.cli import app
from corpus_audit.export.openlineage_facet import FACET_NAME, facet_json_schema
from corpus_audit.manifest.summary import QUESTIONS, SummaryField
from corpus_audit.pipeline.delivery import export
from corpus_audit.vocabulary import ExportName
from e2e.openlineage_facets import facets_in

MANIFEST = """manifest_version: '1'
dataset: {id: songs, version: '1'}
sources:
- {id: first, license: {expression: MIT}, files: [{path: a.txt}]}
- {id: second, files: [{path: b.txt}]}
"""
SAID = [
    {"field": field.value, "text": f"Said of {field}."} | ({"answer": "yes"} if field in QUESTIONS else {})
    for field in SummaryField
]
"""A statement in each field of the European template; a no would leave out the fields that depend on it."""
STATED = {
    "first": "collector was stated by Ana Steward on {day}, and not by the manifest.",
    "second": "license.expression was stated by Ana Steward on {day}, and not by the manifest.",
    "songs": "dataset.issuer was stated by Ana Steward on {day}, and not by the manifest.",
}
"""The note about each source and about the dataset."""
MACHINES = (
    ExportName.PROV,
    ExportName.CROISSANT,
    ExportName.SPDX,
    ExportName.CYCLONEDX,
    ExportName.OPENLINEAGE,
    ExportName.ATTRIBUTION,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stated")
    (folder / "a.txt").write_text("A song of the sea.")
    (folder / "b.txt").write_text("A song of the land.")
    (folder / "manifest.yaml").write_text(f"{MANIFEST}disclosure: {json.dumps({'summary': {'statements': SAID}})}")
    first = audit(folder / "manifest.yaml", store=folder / "store")
    for source, field in (("first", "collector"), ("second", "license.expression"), (None, "dataset.issuer")):
        about = ("--source", source) if source else ()
        line = ("statements", "add", first.folder.audit_id, "--store", str(folder / "store"), *about)
        words = ("--set", f"{field}=CC0-1.0", "--reason", "Contract 7.", "--author", "Ana Steward")
        result = CliRunner().invoke(app, [*line, *words])
        assert result.exit_code == 0, result.output
    second = audit(folder / "manifest.yaml", store=folder / "store")
    export(second.folder, [*MACHINES, ExportName.EU_SUMMARY], folder / "exports")
    return folder / "exports"


@pytest.fixture(scope="module")
def notes(folder: Path) -> dict[str, str]:
    day = json.loads((folder / "bom.cdx.json").read_bytes())["annotations"][0]["timestamp"][:10]
    return {name: note.format(day=day) for name, note in STATED.items()}


def test_prov_attributes_each_statement_to_its_steward(folder: Path, notes: dict[str, str]) -> None:
    text = (folder / "prov.json").read_text(encoding="utf-8")
    ProvDocument.deserialize(content=text, format="json")
    prov = json.loads(text)
    told = {
        one["prov:influencee"].rsplit("/", 1)[1]: prov["entity"][one["prov:influencer"]]["prov:label"]
        for one in prov["wasInfluencedBy"].values()
    }
    assert told == notes
    stewards = {one["prov:agent"] for one in prov["wasAttributedTo"].values() if "statement" in one["prov:entity"]}
    assert stewards == {"ca:agent/Ana%20Steward"}


def test_croissant_keeps_them_beside_what_they_are_about(folder: Path, notes: dict[str, str]) -> None:
    import mlcroissant

    assert mlcroissant.Dataset(jsonld=folder / "croissant.json").metadata.ctx.issues.errors == set()
    document = json.loads((folder / "croissant.json").read_bytes())
    about = {one["@id"].rsplit(":", 1)[1]: one for one in (document, *document["prov:wasDerivedFrom"])}
    assert {name: one["prov:wasInfluencedBy"][0]["prov:label"] for name, one in about.items()} == notes


def test_spdx_annotates_the_packages(folder: Path, notes: dict[str, str]) -> None:
    found = spdx.SHACLObjectSet()
    with (folder / "dataset.spdx.json").open("rb") as stream:
        spdx.JSONLDDeserializer().read(stream, found)
    assert found.missing_ids == set()
    told = {one.subject._id.rsplit(":", 1)[1]: one.statement for one in found.foreach_type(spdx.Annotation)}
    assert told == notes


def test_cyclonedx_annotates_the_components(folder: Path, notes: dict[str, str]) -> None:
    text = (folder / "bom.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    annotations = json.loads(text)["annotations"]
    assert {one["subjects"][0].rsplit("/", 1)[1]: one["text"] for one in annotations} == notes
    assert {one["annotator"]["individual"]["name"] for one in annotations} == {"Ana Steward"}


def test_the_facet_of_openlineage_and_the_notices_repeat_those_of_sources(folder: Path, notes: dict[str, str]) -> None:
    lines = (folder / "openlineage.ndjson").read_text(encoding="utf-8").splitlines()
    facets = [facet for line in lines for facet in facets_in(json.loads(line)) if "statedByStewards" in facet]
    for facet in facets:
        jsonschema.Draft202012Validator(facet_json_schema()).validate({FACET_NAME: facet})
    assert {note for facet in facets for note in facet["statedByStewards"]} == {notes["first"], notes["second"]}
    notices = (folder / "ATTRIBUTION.txt").read_text(encoding="utf-8")
    assert [name for name in ("first", "second") if f"Note:           {notes[name]}" in notices] == ["first", "second"]


@pytest.mark.parametrize("name", ["eu-summary.json", "eu-summary-public.html"])
def test_each_field_of_the_european_template_holds_what_its_provider_says(folder: Path, name: str) -> None:
    summary = (folder / name).read_text(encoding="utf-8")
    assert [field for field in SummaryField if f"Said of {field}." not in summary] == []
