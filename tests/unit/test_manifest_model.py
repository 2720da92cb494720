"""What a manifest may claim, and what it refuses."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticUndefined

from corpus_audit.manifest.model import DataFile, Dataset, Manifest, Source
from corpus_audit.manifest.parts import LicenseEvidence
from corpus_audit.vocabulary import NOT_RECORDED


def manifest(**parts: Any) -> Manifest:
    return Manifest.model_validate({"manifest_version": "1", "dataset": {"id": "d"}, **parts})


def errors(**parts: Any) -> dict[tuple[str | int, ...], str]:
    with pytest.raises(ValidationError) as caught:
        manifest(**parts)
    return {error["loc"]: error["msg"] for error in caught.value.errors()}


def models_under(model: type[BaseModel], seen: set[type[BaseModel]] | None = None) -> Iterator[type[BaseModel]]:
    seen = set() if seen is None else seen
    if model in seen:
        return
    seen.add(model)
    yield model
    annotations = [field.annotation for field in model.model_fields.values()]
    while annotations:
        annotation = annotations.pop()
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield from models_under(annotation, seen)
        else:
            annotations += get_args(annotation)


MODELS = list(models_under(Manifest))


def test_every_part_of_a_manifest_is_looked_at() -> None:
    assert len(MODELS) == 40


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_is_left_out_is_never_a_no(model: type[BaseModel]) -> None:
    defaults = {f.default for f in model.model_fields.values() if not isinstance(f.default, BaseModel)}
    assert defaults <= {NOT_RECORDED, None, (), PydanticUndefined}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_described(model: type[BaseModel]) -> None:
    assert all(field.description and field.description[-1] in ".?…" for field in model.model_fields.values())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_parts_are_frozen_and_know_their_fields(model: type[BaseModel]) -> None:
    assert model.model_config["frozen"]
    assert model.model_config["extra"] == "forbid"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("", "at least 1 character"),
        ("/etc/passwd", "absolute"),
        ("../secret", "'..'"),
        ("data/../../secret", "'..'"),
        ("data/..", "'..'"),
        ("..", "'..'"),
        ("data\\file", "backslash"),
        ("C:\\data", "backslash"),
        ("data/\0", "control character"),
        ("data/a\nb", "control character"),
        ("data/\x9b31m", "control character"),
        ("data/\u202egnp.exe", "reading direction"),
        ("~/data", "'~'"),
        ("~root/data", "'~'"),
        ("file:///etc/passwd", "URL"),
        ("javascript:alert(1)", "URL"),
        ("HTTP://example.org/x", "URL"),
        ("C:/data", "URL"),
        ("data//file", "empty part"),
        ("data/", "empty part"),
        ("./data", "only '.'"),
        ("data/./file", "only '.'"),
        (".", "only '.'"),
        ("a" * 4097, "at most 4096"),
    ],
)
def test_a_path_that_may_leave_the_root_is_refused(path: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told.replace(".", r"\.")):
        DataFile(path=path)


@pytest.mark.parametrize(
    "path", ["a", "data/part 1/file.txt", "...", "a..b", "x~", "数据/歌词.txt", ".hidden", "a/b:c", "it's"]
)
def test_ordinary_paths_pass_as_written(path: str) -> None:
    assert DataFile(path=path).path == path


def test_a_folder_may_be_the_root_itself() -> None:
    assert Source(id="s", folders=(".",)).folders == (".",)
    assert ("sources", 0, "folders", 0) in errors(sources=[{"id": "s", "folders": ["data/"]}])


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@example.org/",
        "example.org",
        "https://a b",
    ],
)
def test_addresses_that_are_not_plain_references_are_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        LicenseEvidence.model_validate({"kind": "url", "url": url})


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c#d", "s3://bucket/key", "hf://datasets/org/name", "HTTP://EXAMPLE.ORG"]
)
def test_plain_references_pass_as_written(url: str) -> None:
    assert LicenseEvidence.model_validate({"kind": "url", "url": url}).url == url


@pytest.mark.parametrize("date", ["2024", "2024-02", "2024-02-29", "2024-02-29T23:59:59Z", "2024-02-29T10:00+08:00"])
def test_dates_may_be_as_exact_as_they_are_known(date: str) -> None:
    assert manifest(sources=[{"id": "s", "collection": {"from": date}}]).sources[0].collection.from_ == date


@pytest.mark.parametrize(
    "date", ["2023-02-29", "24-01-01", "2024-13", "01.02.2024", "yesterday", "2024-1-1", "", "2024-01-01T10:00", "0000"]
)
def test_what_is_not_a_date_is_refused(date: str) -> None:
    assert ("sources", 0, "collection", "from") in errors(sources=[{"id": "s", "collection": {"from": date}}])


@pytest.mark.parametrize(
    ("start", "end"), [("2024-02", "2024-01-31"), ("2024-01-02", "2024-01-01"), ("2025", "2024-12-31")]
)
def test_a_period_that_ends_before_it_begins_is_refused(start: str, end: str) -> None:
    told = errors(sources=[{"id": "s", "collection": {"from": start, "until": end}}])
    assert told == {("sources", 0, "collection", "until"): "is earlier than 'from': correct one of them"}


@pytest.mark.parametrize(("start", "end"), [("2024-02", "2024"), ("2024", "2024-01-01"), (NOT_RECORDED, "2024")])
def test_a_period_may_be_vague(start: str, end: str) -> None:
    assert manifest(sources=[{"id": "s", "collection": {"from": start, "until": end}}])


def test_repeats_are_told_where_they_are() -> None:
    files = [{"path": "a"}, {"path": "b"}, {"path": "a"}]
    parts = {"sources": [{"id": "s", "files": files}], "models": [{"id": "m"}, {"id": "m"}]}
    assert errors(**parts).keys() == {("sources", 0, "files", 2, "path")}
    parts["sources"] = [{"id": "s"}, {"id": "t"}, {"id": "s"}]
    assert errors(**parts).keys() == {("models", 1, "id")}
    del parts["models"]
    assert errors(**parts, subjects=[{"id": "x"}]) == {
        ("sources", 2, "id"): "repeats the id of entry 0: each must be there once"
    }
    assert errors(subjects=[{"id": "x"}, {"id": "x"}]).keys() == {("subjects", 1, "id")}


def test_two_sources_may_declare_the_same_file() -> None:
    shared = [{"id": name, "files": [{"path": "a"}]} for name in ("s", "t")]
    assert len(manifest(sources=shared).sources) == 2


def test_evidence_points_to_something() -> None:
    sources = [{"id": "s", "license": {"evidence": [{"kind": "text"}, {"kind": "url"}, {"kind": "contract"}]}}]
    told = errors(sources=sources)
    assert list(told) == [("sources", 0, "license", "evidence", 0), ("sources", 0, "license", "evidence", 1)]


def test_a_registry_is_evidence_by_its_dated_snapshot() -> None:
    seen = {"kind": "registry", "url": "https://example.org/registry", "sha256": "ab" * 32, "observed_at": "2026-06-30"}
    whole = [{"id": "x", "authorisations": [{"evidence": seen}]}]
    assert manifest(subjects=whole).subjects[0].authorisations[0].evidence.observed_at == "2026-06-30"
    for missing in ("sha256", "observed_at"):
        partial = {name: value for name, value in seen.items() if name != missing}
        told = errors(subjects=[{"id": "x", "authorisations": [{"evidence": partial}]}])
        assert list(told) == [("subjects", 0, "authorisations", 0, "evidence")]


def test_checksums_are_kept_in_lower_case() -> None:
    assert DataFile(path="a", sha256="AB" * 32).sha256 == "ab" * 32


@pytest.mark.parametrize("title", ["", "  \n", "a\x1b[31mb", "a\0b"])
def test_text_is_something_to_read(title: str) -> None:
    with pytest.raises(ValidationError):
        Dataset(id="d", title=title)


@pytest.mark.parametrize("identifier", ["", "-a", "a b", "a/b", "ä", "a" * 129, "a\n"])
def test_identifiers_are_safe_everywhere(identifier: str) -> None:
    with pytest.raises(ValidationError):
        Dataset(id=identifier)


def test_a_statement_answers_what_its_field_asks() -> None:
    statements = [
        {"field": "2.3.domains", "answer": "yes"},
        {"field": "1.3.other.size", "range": "largest"},
        {"field": "2.3.domains", "modalities": ["text"]},
        {"field": "1.3.text", "answer": "yes"},
    ]
    at = ("disclosure", "summary", "statements")
    told = errors(disclosure={"summary": {"statements": statements}})
    assert told.keys() == {(*at, 0, "answer"), (*at, 1, "range"), (*at, 2, "modalities")}
