"""A manifest as text for people: recorded values, and gaps to fill in."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import yaml
from pydantic import BaseModel

from corpus_audit.manifest.model import (
    LISTED_FILES,
    Collection,
    DataFile,
    Dataset,
    FieldsOfFiles,
    FileFields,
    License,
    Manifest,
    ModelDescription,
    Origin,
    PersonalInformation,
    Source,
    Synthetic,
)
from corpus_audit.manifest.packed import Packed
from corpus_audit.manifest.parts import LicenseEvidence
from corpus_audit.manifest.reservations import OptOuts
from corpus_audit.vocabulary import NOT_RECORDED

_ASKED: Mapping[type[BaseModel], frozenset[str]] = {
    Dataset: frozenset({"version", "title", "description", "issuer", "intended_uses", "release", "languages"}),
    ModelDescription: frozenset({"version", "role"}),
    Source: frozenset({"kind", "collector"}),
    Origin: frozenset({"url"}),
    Collection: frozenset({"method", "from_", "until"}),
    License: frozenset({"expression"}),
    PersonalInformation: frozenset({"present"}),
    OptOuts: frozenset({"checked"}),
    Synthetic: frozenset({"generated"}),
}
"""Fields that are written out even when nothing is recorded, because baseline rules ask for them."""

_ONE_LINERS = (DataFile, FieldsOfFiles, LicenseEvidence)
_INTRODUCTION = "# What says not-recorded is for a person to fill in; until then an audit reports it as missing.\n"


def dump_manifest(manifest: Manifest, style: Literal["yaml", "json"]) -> str:
    """Return a manifest as text that loads as the same manifest; important gaps show as not-recorded."""
    fields = _fields(manifest)
    if style == "json":
        return json.dumps(fields, indent=1, ensure_ascii=False) + "\n"
    return _INTRODUCTION + yaml.dump(fields, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**20)


def stored_manifest(manifest: Manifest) -> Iterator[bytes]:
    """Yield a manifest as the JSON that an audit keeps, source by source: every field, in the order of the model."""
    rest = manifest.model_copy(update={"sources": ()}).model_dump_json(by_alias=True, indent=1)
    before, _, after = rest.partition('\n "sources": []')
    yield f'{before}\n "sources": ['.encode()
    for number, source in enumerate(manifest.sources):
        yield b",\n  " if number else b"\n  "
        yield from _stored_source(source)
    end = "\n ]" if manifest.sources else "]"
    yield f"{end}{after}".encode()


def _stored_source(source: Source) -> Iterator[bytes]:
    """Yield a source as it stands in a list, some of its files at a time."""
    rest = source.model_copy(update={"files": ()}).model_dump_json(by_alias=True, indent=1)
    before, _, after = rest.replace("\n", "\n  ").partition('\n   "files": []')
    yield f'{before}\n   "files": ['.encode()
    files = source.files if isinstance(source.files, Packed) else Packed(DataFile, source.files)
    for number, some in enumerate(files.portions()):
        lines = LISTED_FILES.dump_json(tuple(some), by_alias=True, indent=1)[1:-2]
        yield (b"," if number else b"") + lines.replace(b"\n", b"\n   ")
    end = "\n   ]" if files else "]"
    yield f"{end}{after}".encode()


class _OneLine(dict[str, Any]):
    """A mapping that YAML writes on one line: a manifest has thousands of files."""


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes no anchors, which loading refuses."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - yaml's signature
        """Always true: *data* is written in full wherever it occurs."""
        return True


_Dumper.add_representer(_OneLine, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, True))


def _fields(part: BaseModel) -> dict[str, Any]:
    """Return the fields of *part* that are recorded or asked for, in the order of the model."""
    asked = _ASKED.get(type(part), frozenset())
    fields = {}
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if isinstance(value, BaseModel) or value != field.default:
            plain = _plain(value)
        else:
            plain = NOT_RECORDED if name in asked else None
        if isinstance(part, FileFields) and isinstance(plain, list) and len(plain) == 1:
            plain = plain[0]
        if plain not in (None, {}):
            fields[field.alias or name] = plain
    return _OneLine(fields) if isinstance(part, _ONE_LINERS) else fields


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _fields(value)
    if isinstance(value, tuple | Packed):
        return [_plain(entry) for entry in value]
    return str(value) if isinstance(value, str) else value
