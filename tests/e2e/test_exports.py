"""Every export, read by the tools that its readers use."""

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import docx
import jsonschema
import pypdfium2 as pdfium
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from prov.model import ProvDocument
from sarif_pydantic import Sarif
from spdx_python_model import v3_0_1 as spdx

from corpus_audit import Audit, schemas
from corpus_audit.export.form import form_json_schema
from corpus_audit.export.openlineage_facet import (
    COVERAGE_FACET_NAME,
    COVERAGE_SCHEMA_URL,
    FACET_NAME,
    facet_json_schema,
)
from corpus_audit.pipeline.delivery import export
from corpus_audit.vocabulary import ExportName
from e2e.full_corpus import PERSON, TITLE
from e2e.openlineage_facets import check_facet, facets_in
from e2e.small_corpus import CANARY, POEM

FORMS = (ExportName.EU_SUMMARY, ExportName.CA_3111, ExportName.CN_ASSESSMENT)


@pytest.fixture(scope="module")
def folder(finished: Audit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    export(finished.folder, list(ExportName), folder)
    return folder


def test_exporting_again_gives_the_same_bytes(finished: Audit, folder: Path, tmp_path: Path) -> None:
    for path in export(finished.folder, list(ExportName), tmp_path):
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def text_of(pdf: bytes) -> str:
    """Return the text of every page of a PDF."""
    document = pdfium.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def text_of_docx(path: Path) -> str:
    """Return the text of a DOCX: paragraphs, cells of tables and the footer."""
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    footers = [paragraph.text for section in document.sections for paragraph in section.footer.paragraphs]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells, *footers])


def readable(path: Path) -> str:
    """Return what a reader of a file sees."""
    if path.suffix == ".docx":
        return text_of_docx(path)
    return text_of(path.read_bytes()) if path.suffix == ".pdf" else path.read_bytes().decode(errors="replace")


def test_no_export_holds_text_of_a_record(folder: Path) -> None:
    for path in folder.iterdir():
        content = readable(path)
        assert CANARY not in content, path.name
        assert POEM[:40] not in content, path.name
        assert not re.search(r"\b(compliant|authori[sz]ed) (with|to|by)\b", content), path.name


def test_mlcroissant_finds_no_error(folder: Path) -> None:
    import mlcroissant

    metadata = mlcroissant.Dataset(jsonld=folder / "croissant.json").metadata
    assert metadata.ctx.issues.errors == set()
    assert metadata.name == TITLE
    assert len(metadata.distribution) == 5


def test_cyclonedx_fits_its_schema(folder: Path) -> None:
    text = (folder / "bom.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    broken = json.loads(text) | {"components": [{"type": "no such type", "name": "x"}]}
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(broken)) is not None


def test_spdx_fits_its_model(folder: Path) -> None:
    found = spdx.SHACLObjectSet()
    with (folder / "dataset.spdx.json").open("rb") as stream:
        spdx.JSONLDDeserializer().read(stream, found)
    assert found.missing_ids == set()
    packages = list(found.foreach_type(spdx.dataset_DatasetPackage))
    assert {package.name for package in packages} == {TITLE, "=Poems of the coast", "pages", "made", "voices"}
    assert all(package.dataset_datasetType for package in packages)


def test_sarif_has_every_finding_at_a_file_of_its_source(folder: Path, finished: Audit) -> None:
    log = Sarif.model_validate_json((folder / "findings.sarif").read_bytes())
    run = json.loads((folder / "findings.sarif").read_bytes())["runs"][0]
    assert len(log.runs[0].results or ()) == finished.findings.num_rows
    files = {row["file"] for row in finished.tables["evidence.files"].to_pylist()}
    uris = {
        unquote(place["physicalLocation"]["artifactLocation"]["uri"])
        for result in run["results"]
        for place in result["locations"]
    }
    assert uris
    assert uris <= files
    assert all(run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"] for found in run["results"])
    assert "rows" in run["properties"]["coverage"]


def test_junit_has_a_test_for_each_rule_and_one_for_coverage(folder: Path, finished: Audit) -> None:
    root = ET.parse(folder / "junit.xml").getroot()
    cases = {case.get("classname"): case for case in root.iter("testcase")}
    rules = {row["rule_id"]: row["state"] for row in finished.folder.read("evaluate", schemas.RULES).to_pylist()}
    assert set(cases) == {*rules, "coverage"}
    for rule_id, state in rules.items():
        shown = [child.tag for child in cases[rule_id]]
        assert shown == {"passed": [], "failed": ["failure"]}.get(state, ["skipped"]), rule_id
    for suite in root.iter("testsuite"):
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))


def test_the_badge_says_the_verdict_and_what_was_read(folder: Path, finished: Audit) -> None:
    root = ET.parse(folder / "badge.svg").getroot()
    label = root.get("aria-label", "")
    assert str(finished.verdict).replace("-", " ") in label
    assert "rows" in label


def test_prov_reads_back_with_sources_and_stages(folder: Path) -> None:
    document = ProvDocument.deserialize(source=str(folder / "prov.json"), format="json")
    names = {str(record.identifier) for record in document.get_records() if record.identifier}
    assert {"ca:dataset/full", "ca:source/poems", "ca:model/maker-1"} <= names
    assert any(name.startswith("ca:stage/") and name.endswith("/evaluate") for name in names)


def test_openlineage_facets_are_those_of_its_client(folder: Path) -> None:
    lines = (folder / "openlineage.ndjson").read_text(encoding="utf-8").splitlines()
    facets = [facet for line in lines for facet in facets_in(json.loads(line))]
    assert [json.loads(line).get("eventType") for line in lines] == [None, "START", "COMPLETE"]
    own = [facet for facet in facets if facet["_schemaURL"].startswith("urn:")]
    assert len(own) == 4 + 4 + 1
    for facet in own:
        name = COVERAGE_FACET_NAME if facet["_schemaURL"] == COVERAGE_SCHEMA_URL else FACET_NAME
        jsonschema.Draft202012Validator(facet_json_schema()).validate({name: facet})
    for facet in facets:
        if facet not in own:
            check_facet(facet)


@pytest.mark.parametrize("name", FORMS)
def test_forms_say_the_same_in_every_rendering(folder: Path, name: str) -> None:
    document = json.loads((folder / f"{name}.json").read_bytes())
    jsonschema.Draft202012Validator(form_json_schema()).validate(document)
    markdown, html = ((folder / f"{name}.{suffix}").read_text(encoding="utf-8") for suffix in ("md", "html"))
    numbers = re.findall(r'"number": "([A-E]?[\d.]+)"', json.dumps(document))
    assert len(numbers) >= 12
    for number in numbers:
        assert re.search(rf"^#+ {re.escape(number)} ", markdown, re.MULTILINE), number
        assert re.search(rf">\s*{re.escape(number)}\s*<", html) or f"{number} " in html, number
    assert "<voices>" not in html
    printed = text_of((folder / f"{name}.pdf").read_bytes())
    for number in numbers:
        assert re.search(rf"^{re.escape(number)} ", printed, re.MULTILINE), number
    for text in (markdown, html, printed, text_of_docx(folder / f"{name}.docx")):
        assert document["manifest_sha256"] in text


@pytest.mark.parametrize("name", [ExportName.EU_SUMMARY, ExportName.CA_3111])
def test_a_public_form_has_no_words_of_the_tool(folder: Path, name: str) -> None:
    markdown, html = ((folder / f"{name}-public.{suffix}").read_text(encoding="utf-8") for suffix in ("md", "html"))
    page = re.sub(r"<style>.*?</style>|<[^>]*>", "", html, flags=re.DOTALL)
    printed = text_of((folder / f"{name}-public.pdf").read_bytes())
    for text in (markdown, page, printed, text_of_docx(folder / f"{name}-public.docx")):
        assert "Dataset: Poems, pages" in text.replace("\\", "")
        found = re.search(
            r"corpus-audit|manifest|audit|sha256|[0-9a-f]{16}|\b[a-z]+_[a-z]+\b|/sources/|not-recorded", text
        )
        assert found is None, found


def test_the_public_summary_has_what_its_provider_states(folder: Path) -> None:
    text = (folder / "eu-summary-public.md").read_text(encoding="utf-8")
    assert "☐ Less than 1 billion tokens ☐ 1 billion to 10 trillion tokens ☒ More than 10 trillion tokens" in text
    assert "☐ Less than 10,000 hours ☒ 10,000 to 1 million hours ☐ More than 1 million hours" in text
    assert "☒ Text ☐ Image ☐ Audio ☐ Video ☒ Other" in text
    for words in ("15 trillion tokens", "2 million tables", "Other: see below", "News sites of six countries", "older"):
        assert words in text
    assert "Contradicted by the data: the provider answers no, and the sources of this dataset show yes." in text


def test_the_european_summary_keeps_the_order_of_the_template(folder: Path) -> None:
    document = json.loads((folder / "eu-summary.json").read_bytes())
    numbers = [section["number"] for section in document["sections"]]
    inner = [part["number"] for section in document["sections"] for part in section["sections"]]
    assert numbers == ["", "1", "2", "3"]
    assert inner == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.1", "3.2", "3.3"]
    text = json.dumps(document)
    assert "news.example.org" in text
    assert "Less than 1 billion tokens" in text
    states = re.findall(r'"state": "([\w-]+)"', text)
    assert states.count("not-recorded") >= 5


def test_no_cell_of_the_findings_starts_a_formula(folder: Path) -> None:
    text = (folder / "findings.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) > 5
    assert [cell for row in rows for cell in row if cell.lstrip()[:1] in tuple("=+-@")] == []


def test_notices_name_every_source_and_what_is_missing(folder: Path) -> None:
    text = (folder / "ATTRIBUTION.txt").read_text(encoding="utf-8")
    assert "A. Poet" in text
    assert "License text:   poems/LICENSE (sha256 " in text
    assert all(source in text for source in ("poems", "pages", "made", "voices"))
    assert "not recorded" in text
    assert PERSON not in text


def test_the_chinese_assessment_goes_by_the_numbers_of_its_texts(folder: Path) -> None:
    document = json.loads((folder / "cn-assessment.json").read_bytes())
    inner = {part["number"]: part for section in document["sections"] for part in section["sections"]}
    assert list(inner)[:7] == ["7(1)", "7(2)", "7(3)", "7(4)", "5.1", "5.2", "5.3"]
    (samples,) = inner["5.2"]["tables"]
    assert [row[0]["zh"] for row in samples["rows"]][:2] == ["采集前逐个来源抽检", "采集后逐个来源抽检"]
    assert {row[-1]["en"] for row in samples["rows"]} == {"not recorded"}
    rules = re.findall(r'"reference": "rules ([\w.-]+)"', json.dumps(document))
    assert rules
    of_clause = {number: re.findall(r'"rules ([\w.-]+)"', json.dumps(part)) for number, part in inner.items()}
    assert all(len(set(placed)) == len(placed) for placed in of_clause.values())
    assert not [rule for rule in rules if rule.startswith(("eu-", "us-"))]
