"""Composition of manifests: the included ones, and the corrections to them."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from corpus_audit.manifest.parts import Entries, ManifestPart
from corpus_audit.manifest.values import FolderPath, Identifier, RelativePath, Sha256, Text
from corpus_audit.vocabulary import NOT_RECORDED

SourceFields = Annotated[Mapping[str, Any], Field(min_length=1), WithJsonSchema({"type": "object", "minProperties": 1})]
"""Some fields of a source, as a manifest writes them; they are checked when the source they correct is known."""


class Correction(ManifestPart):
    """The including manifest's statements on a source, which replace those of the included description."""

    source: Identifier | None = Field(None, description="Id that the source has there; left out: all of its sources.")
    set: SourceFields = Field(description="Fields of a source. A list takes the place of the whole list.")
    reason: Text = Field(NOT_RECORDED, description="Why, for readers of the audit.")


class Include(ManifestPart):
    """Another manifest, or a description in any format that is read, whose sources become sources of this one."""

    path: RelativePath = Field(description="The file, or the folder it describes, relative to this manifest's folder.")
    sha256: Sha256 | None = Field(None, description="sha256 of its bytes in hex: any other content is refused.")
    prefix: Identifier | None = Field(
        None, description="Put before the ids of its sources, with a dot: two descriptions may use the same id."
    )
    folder: FolderPath | None = Field(
        None, description="Folder, relative to the root, that its paths are relative to; by default where it lies."
    )
    corrections: Entries[Correction] = Field((), description="What is known better here than there.")
