"""The result of a conversion: a manifest, the document's problems, and the origin of each field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus_audit.manifest.conversion.listing import Folder
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.model import Manifest
from corpus_audit.vocabulary import WHOLE_DATASET, ClaimProblemCode


@dataclass(frozen=True)
class SourceDocument:
    """A document as received: its parsed value, the name of its file, and the folder it describes (None: unknown).

    *beside* are the other documents that it consists of, by their paths from its folder.
    """

    root: Node
    name: str = ""
    folder: Folder | None = None
    is_front_matter: bool = False
    beside: Mapping[str, Node] = field(default_factory=dict)


class ClaimProblem(NamedTuple):
    """One thing a document states in a way that cannot be taken as a claim; *detail* repeats no value."""

    code: ClaimProblemCode
    pointer: str
    field: str
    detail: str
    source_id: str = WHOLE_DATASET
    document: str = ""


class ClaimOrigin(NamedTuple):
    """Where in which document a field of the manifest came from; both ends are JSON pointers.

    A correction also tells what it took the place of, where something was stated, and why.
    """

    pointer: str
    document: str
    received_pointer: str
    corrected_document: str | None = None
    corrected_pointer: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Conversion:
    """A manifest made from a document of another format."""

    manifest: Manifest
    format: str
    problems: Sequence[ClaimProblem] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    """For the JSON pointer of each field of the manifest, the pointer in the document it came from."""
