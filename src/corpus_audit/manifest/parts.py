"""Base classes of a manifest's parts, its lists, and its kinds of evidence."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice
from typing import Annotated, Self, TypeVar

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import InitErrorDetails, ValidationError

from corpus_audit.manifest.values import Date, RelativePath, Sha256, Url, refusal
from corpus_audit.schemas.lean_model import LeanModel
from corpus_audit.vocabulary import NOT_RECORDED

MAX_ENTRIES = 10_000
"""The most entries a list may have, other than the lists of sources and of their files."""

_MAX_REPEATS = 1_000

_Entry = TypeVar("_Entry")
Entries = Annotated[tuple[_Entry, ...], Field(max_length=MAX_ENTRIES)]


class ManifestPart(LeanModel):
    """A mapping of fields in a manifest; frozen, and closed against fields it does not know."""

    # YAML reads an unquoted version such as 2024 as a number; what its author wrote is text.
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


_PartT = TypeVar("_PartT", bound=ManifestPart)


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    TEXT = "text"
    URL = "url"
    METADATA = "metadata"
    CONTRACT = "contract"
    REGISTRY = "registry"


class LicenseEvidence(ManifestPart):
    """Something a person can be shown: a file, an address, an entry in metadata, a contract, a registry of consents."""

    kind: EvidenceKind = Field(description="What it is: text, url, metadata, contract or registry.")
    file: RelativePath | None = Field(None, description="File that holds it, relative to the root.")
    url: Url | None = Field(None, description="Address where it was seen; never fetched.")
    sha256: Sha256 | None = Field(None, description="sha256 of the bytes that were seen.")
    observed_at: Date = Field(NOT_RECORDED, description="When it was seen.")

    @model_validator(mode="after")
    def _points_somewhere(self) -> Self:
        if self.kind is EvidenceKind.TEXT and self.file is None:
            raise refusal("lacks 'file': name the file that holds the text")
        if self.kind is EvidenceKind.URL and self.url is None:
            raise refusal("lacks 'url': give the address")
        if self.kind is EvidenceKind.REGISTRY and (self.sha256 is None or self.observed_at == NOT_RECORDED):
            raise refusal("lacks 'sha256' or 'observed_at': a registry counts by its dated snapshot")
        return self


def find_repeats(values: Iterable[object]) -> Iterator[tuple[int, int]]:
    """Yield (index, index of the first) for every value that was there before."""
    first: dict[object, int] = {}
    for index, value in enumerate(values):
        earlier = first.setdefault(value, index)
        if earlier != index:
            yield index, earlier


def describe_repeat(key: str, earlier: int) -> str:
    """Return what is wrong with an entry that repeats entry number *earlier*."""
    return f"repeats the {key} of entry {earlier}: each must be there once"


def refuse_repeats(part: _PartT, name: str, key: str, values: Iterable[object]) -> _PartT:
    """Return *part* when no value of its list *name* is there twice; else raise every repeat at its own place."""
    repeats = islice(find_repeats(values), _MAX_REPEATS)
    errors = [((name, index, key), describe_repeat(key, earlier)) for index, earlier in repeats]
    if errors:
        raise refusals(errors)
    return part


def refusal_at(place: tuple[str | int, ...], message: str) -> ValidationError:
    """Return the error that a validator raises about a field of its part."""
    return refusals([(place, message)])


def refusals(errors: Iterable[tuple[tuple[str | int, ...], str]]) -> ValidationError:
    """Return one error that holds several: pydantic joins them to the others, each with its own place."""
    details = [InitErrorDetails(type=refusal(message), loc=place, input=None) for place, message in errors]
    return ValidationError.from_exception_data("Manifest", details)
