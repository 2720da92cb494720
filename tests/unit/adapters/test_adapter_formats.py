"""Dataset cards, provenance metadata, summaries, data packages and bills of materials: what lands where."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.load import load_manifest
from corpus_audit.manifest.loaded import LoadedManifest
from corpus_audit.vocabulary import NOT_RECORDED, Answer, FileFormat
from unit.adapters import samples
from unit.adapters.samples import CARD_OF_CONFIGS, CYCLONEDX_FALLBACKS, HEX, Sample

SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "dpi" / "summaries"
Load = Callable[..., LoadedManifest]


def read(load: Load, sample: Sample) -> LoadedManifest:
    return load(sample.content, sample.name, sample.files)


def problems(loaded: LoadedManifest) -> set[tuple[str, str]]:
    return {(str(problem.code), problem.pointer) for problem in loaded.problems}


# --- Hugging Face -----------------------------------------------------------------------------------------------------


def test_a_card_and_its_snapshot_are_one_source(load: Load) -> None:
    loaded = read(load, samples.CARD)
    (source,) = loaded.manifest.sources
    assert loaded.manifest.dataset.version == "c" * 40
    assert loaded.manifest.dataset.languages == ("en", "de", "pt-BR")
    assert source.license.expression == "harbour-terms"
    assert source.license.evidence[0].file == "LICENSE"
    assert source.derived_from == ("log_books",)
    assert source.synthetic.generated is Answer.YES
    data, terms = source.files
    assert (data.path, data.sha256, data.format) == ("data/train-0.jsonl", HEX, FileFormat.JSONL)
    assert data.fields.text == ("prompt", "completion")
    assert (terms.path, terms.fields.text) == ("LICENSE", ())
    assert loaded.problems == ()


@pytest.mark.parametrize(
    "data_files",
    ["a*.csv", ["a.csv"], {"train": "a.csv"}, {"train": ["a.csv"]}, [{"split": "train", "path": ["a.csv"]}]],
)
def test_data_files_are_written_in_many_ways(data_files: Any, load: Load) -> None:
    card = f"---\nlicense: mit\nlanguage: en\nconfigs: [{{config_name: d, data_files: {data_files}}}]\n---\n"
    loaded = load(card, "README.md", {"a.csv": "", "b.csv": ""})
    assert [file.path for file in loaded.manifest.sources[0].files] == ["a.csv"]


def test_without_patterns_every_table_of_the_snapshot_is_data(load: Load) -> None:
    files = {"x/a.parquet": "", "b.jsonl.zst": "", "script.py": "", "picture.png": "", ".hidden/c.csv": ""}
    loaded = load("---\nlicense: mit\nlanguage: en\n---\n", "README.md", files)
    assert [file.path for file in loaded.manifest.sources[0].files] == ["b.jsonl.zst", "x/a.parquet"]


def test_the_words_of_a_conversation_lie_deeper(load: Load) -> None:
    features = """
dataset_info:
- config_name: default
  features:
  - name: id
    dtype: int64
  - name: talk
    list:
    - {name: words, dtype: string}
"""
    loaded = load(f"---\nlicense: mit\nlanguage: en{features}---\n", "README.md", {"a.jsonl": ""})
    assert loaded.manifest.sources[0].files[0].fields.text == ("/talk/*/words",)


CARD_OF_TWO = """---
license: mit
language: en
configs:
- {config_name: a, data_files: a.jsonl}
- {config_name: b, data_files: [{split: test, path: "b*.jsonl"}]}
dataset_info:
- config_name: a
  features: [{name: id, dtype: string}, {name: url, dtype: string}, {name: text, dtype: string}]
- config_name: b
  features:
  - {name: question, dtype: string}
  - {name: topic, dtype: string}
  - {name: answers, sequence: [{name: text, dtype: string}, {name: answer_start, dtype: int32}]}
  - {name: translation, dtype: {translation: {languages: [en, fr]}}}
---
"""


def test_each_configuration_has_the_features_of_its_own(load: Load) -> None:
    first, second = load(CARD_OF_TWO, "README.md", {"a.jsonl": "", "b1.jsonl": ""}).manifest.sources[0].files
    assert (first.fields.text, first.fields.url) == (("text",), "url")
    assert second.fields.text == ("question", "/answers/*/text", "/translation/en", "/translation/fr")


def test_a_text_that_no_name_tells_is_left_to_the_data(load: Load) -> None:
    features = (
        "dataset_info: {features: [{name: a, dtype: string}, {name: b, dtype: string}, {name: url, dtype: string}]}"
    )
    card = f"---\nlicense: mit\nlanguage: en\n{features}\n---\n"
    (file,) = load(card, "README.md", {"a.jsonl": ""}).manifest.sources[0].files
    assert (file.fields.text, file.fields.url, file.format) == ((), "url", FileFormat.JSONL)


@pytest.mark.parametrize(
    "features",
    [
        "[{name: system_prompt, dtype: string}, {name: id, dtype: string}]",
        "[{name: prompt, dtype: string}, {name: completion, dtype: string}, {name: messages, dtype: json}]",
    ],
)
def test_a_text_that_is_described_in_part_is_left_to_the_data(features: str, load: Load) -> None:
    card = f"---\nlicense: mit\nlanguage: en\ndataset_info: {{features: {features}}}\n---\n"
    assert load(card, "README.md", {"a.jsonl": ""}).manifest.sources[0].files[0].fields.text == ()


@pytest.mark.parametrize("before", ["", "\n\n", " \n\t\n", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_card_may_have_other_line_ends_and_blank_lines_before_it(before: str, end: str, load: Load) -> None:
    loaded = load((before + "---\nlicense: mit\nlanguage: en\n---\n# A card\n").replace("\n", end), "README.md")
    assert (loaded.format, loaded.manifest.sources[0].license.expression) == ("huggingface-card", "mit")


def test_a_card_without_license_says_so(load: Load) -> None:
    loaded = load("---\npretty_name: P\n---\n", "README.md")
    assert {problem.field for problem in loaded.problems} == {"source.license", "source.language"}
    assert loaded.manifest.sources[0].license.expression == NOT_RECORDED


@pytest.mark.parametrize(
    "text", ["# no front matter\n", "---\nlicense: mit\n", "---\n- a\n---\n", "---\nother: x\n---\n"]
)
def test_markdown_that_is_no_card_is_refused(text: str, load: Load) -> None:
    with pytest.raises(ManifestError, match="none of these formats"):
        load(text, "README.md")


def test_an_alias_in_a_card_is_refused_with_its_line(load: Load) -> None:
    loaded = load("---\nlicense: &a mit\ntags: [*a]\nlanguage: en\n---\n", "README.md")
    assert {pointer for _, pointer in problems(loaded)} >= {"/license", "/tags/0"}


def test_a_folder_is_read_by_its_description(load: Load, tmp_path: Path) -> None:
    read(load, samples.CARD)
    assert load_manifest(tmp_path).format == "huggingface-card"


# --- Data Provenance Standards ----------------------------------------------------------------------------------------


def test_provenance_metadata(load: Load) -> None:
    loaded = read(load, samples.ALLIANCE)
    (source,) = loaded.manifest.sources
    assert loaded.manifest.dataset.version == NOT_RECORDED, "source.version is that of the standard"
    assert (source.collector, source.supplier) == ("Archive", "Harbour Office")
    assert source.kind == "synthetic"
    assert source.collection.method == "machine-generated-mlops-synthetic: by a model"
    assert (source.collection.from_, source.collection.until) == ("2024-01-01", "2024-12-31")
    assert source.personal_information.present is Answer.YES
    assert source.personal_information.entity_types == ("PI",)
    assert source.personal_information.consent_reference == "https://example.org/consents"
    assert source.processing == ("privacy protected by masking, Masker",)
    assert loaded.problems == ()


def test_the_form_of_the_alliance_is_read_too(load: Load) -> None:
    loaded = read(load, samples.ALLIANCE_FORM)
    (source,) = loaded.manifest.sources
    assert loaded.manifest.dataset.title == "Form"
    assert source.derived_from == ("https://example.org/a.json", "https://example.org/b.json")
    assert source.processing == ("privacy protected by Scrubber",)
    assert source.kind == "web-crawl"


def test_the_form_of_oasis_is_read_too(load: Load) -> None:
    loaded = read(load, samples.OASIS)
    (source,) = loaded.manifest.sources
    assert (loaded.manifest.dataset.version, loaded.manifest.dataset.languages) == ("3.0.0", ("de",))
    assert loaded.manifest.dataset.description == "Notes of a harbour office."
    assert [(file.path, file.sha256) for file in source.files] == [("notes.txt", HEX)]


# --- Data Provenance Initiative ---------------------------------------------------------------------------------------


def test_every_summary_is_a_source(load: Load) -> None:
    loaded = read(load, samples.SUMMARY)
    notes, maps, songs = loaded.manifest.sources
    assert loaded.manifest.dataset.id == "Harbour"
    assert loaded.manifest.dataset.languages == ("en", "zh")
    assert notes.license.expression == "CC BY 4.0 AND OpenAI"
    assert notes.synthetic.generators == ("OpenAI-GPT-4",)
    assert maps.license.expression == NOT_RECORDED, "what nobody found is not recorded"
    assert maps.synthetic.generated is Answer.NOT_RECORDED, "no model is known, which is not a no"
    assert maps.origin.url == "https://huggingface.co/datasets/a/b"
    assert songs.license.expression == "MIT License AND Unspecified", "one that is unknown keeps the whole unknown"


def test_a_license_found_elsewhere_that_nobody_declares_is_a_conflict(load: Load) -> None:
    (conflict,) = [p for p in read(load, samples.SUMMARY).problems if p.code == "conflict"]
    assert conflict.pointer == "/harbour-notes/Inferred Metadata/HF Yaml License"
    assert conflict.source_id == "harbour-notes"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared files are not here")
@pytest.mark.parametrize("name", sorted(path.name for path in SHARED.glob("*.json")))
def test_a_published_summary_is_read(name: str) -> None:
    loaded = load_manifest(SHARED / name)
    assert loaded.format == "data-provenance-initiative"
    pointers = {origin.pointer for origin in loaded.origins}
    assert all(f"/sources/{number}/id" in pointers for number in range(len(loaded.manifest.sources)))


# --- Frictionless -----------------------------------------------------------------------------------------------------


def test_a_resource_with_its_own_terms_is_a_source_of_its_own(load: Load) -> None:
    loaded = read(load, samples.PACKAGE)
    notes, map_ = loaded.manifest.sources
    assert (notes.license.expression, map_.license.expression) == ("ODC-BY-1.0", "MIT")
    assert (notes.derived_from, map_.derived_from) == (("Log books",), ("Maps",))
    assert [file.path for file in map_.files] == ["a.txt", "b.txt"]
    (file,) = notes.files
    assert (file.size_bytes, file.sha256, file.format, file.fields.text) == (5, HEX, FileFormat.CSV, ("note",))
    assert loaded.manifest.dataset.issuer == "Harbour Press"


@pytest.mark.parametrize("written", ["d41d8cd98f00b204e9800998ecf8427e", "md5:00", "sha512:00"])
def test_a_checksum_of_another_kind_is_no_sha256(written: str, load: Load) -> None:
    loaded = load({"name": "n", "licenses": [{"name": "MIT"}], "resources": [{"path": "a.csv", "hash": written}]})
    assert loaded.manifest.sources[0].files[0].sha256 is None
    assert loaded.problems == ()


def test_a_false_sha256_is_a_problem(load: Load) -> None:
    loaded = load({"name": "n", "licenses": [{"name": "MIT"}], "resources": [{"path": "a", "hash": "sha256:none"}]})
    assert problems(loaded) == {("invalid", "/resources/0/hash")}


# --- SPDX and CycloneDX -----------------------------------------------------------------------------------------------


def test_a_dataset_package_with_what_it_is_related_to(load: Load) -> None:
    loaded = read(load, samples.SPDX)
    (source,) = loaded.manifest.sources
    assert (source.collector, source.supplier) == ("A. Clerk", "Harbour Press")
    assert source.license.expression == "CC-BY-4.0"
    assert source.personal_information.present is Answer.YES
    assert [(file.path, file.sha256) for file in source.files] == [("notes.txt", HEX)]
    assert loaded.problems == ()


def test_no_assertion_is_not_recorded(load: Load) -> None:
    (source,) = read(load, samples.SPDX_FALLBACKS).manifest.sources
    assert source.personal_information.present is Answer.NOT_RECORDED
    assert source.license.expression == "MIT"


@pytest.mark.parametrize(
    ("identifier", "expression"),
    [
        ("https://spdx.org/rdf/3.0.1/terms/Licensing/NoAssertion", NOT_RECORDED),
        ("https://spdx.org/rdf/3.0.1/terms/Licensing/None", "NONE"),
        ("urn:nowhere", NOT_RECORDED),
    ],
)
def test_no_license_and_no_assertion_are_two_things(identifier: str, expression: str, load: Load) -> None:
    package, relation = samples.SPDX_FALLBACKS.content["@graph"]
    loaded = load({"@graph": [package, relation | {"to": [identifier]}]})
    assert loaded.manifest.sources[0].license.expression == expression
    assert any(p.code == "dangling" for p in loaded.problems) == (identifier == "urn:nowhere")


def test_declared_and_concluded_licenses_that_differ_are_a_conflict(load: Load) -> None:
    package, relation = samples.SPDX_FALLBACKS.content["@graph"]
    declared = relation | {"relationshipType": "hasDeclaredLicense", "to": ["https://spdx.org/licenses/Apache-2.0"]}
    loaded = load({"@graph": [package, relation, declared]})
    assert loaded.manifest.sources[0].license.expression == "Apache-2.0"
    assert ("conflict", "/@graph/1/to/0") in problems(loaded)


def test_components_of_type_data_and_the_datasets_of_a_model_card(load: Load) -> None:
    loaded = read(load, samples.CYCLONEDX)
    test_notes, notes = loaded.manifest.sources
    assert test_notes.title == "Test notes"
    assert (notes.title, notes.collector, notes.supplier) == ("Harbour notes", "Harbour Office", "Archive")
    assert [(file.path, file.sha256) for file in notes.files] == [("notes.txt", HEX)]
    assert notes.personal_information.entity_types == ("names", "berths")
    assert loaded.manifest.dataset.title == "Harbour model"


# --- anything else ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [{}, [], {"name": "x"}, [1], {"resources": "x"}, {"@context": 1, "@type": "x"}])
def test_what_no_adapter_knows_is_refused_with_the_formats_there_are(content: Any, load: Load) -> None:
    with pytest.raises(ManifestError, match="croissant, huggingface-card"):
        load(content)


def test_a_key_that_is_there_twice_is_a_problem_of_the_description(load: Load) -> None:
    loaded = load('{"bomFormat": "CycloneDX", "metadata": {"component": {"name": "a", "name": "b"}}}')
    assert problems(loaded) == {("invalid", "/metadata/component/name")}


def test_a_folder_without_a_description_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="manifest init"):
        load_manifest(tmp_path)


def test_an_older_card_may_say_it_for_each_config(load: Load) -> None:
    loaded = read(load, CARD_OF_CONFIGS)
    assert loaded.manifest.dataset.languages == ("de", "en", "eo")
    assert loaded.manifest.sources[0].license.expression == "cc-by-3.0; mit"
    assert not [problem for problem in loaded.problems if problem.code == "missing"]


def test_a_component_without_contents_has_the_address_of_its_references(load: Load) -> None:
    sources = {source.title: source for source in read(load, CYCLONEDX_FALLBACKS).manifest.sources}
    assert sources["by maker"].origin.url == "https://example.org/set"
