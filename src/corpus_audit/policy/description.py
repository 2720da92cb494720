"""The description of a pack in ``pack.yaml``: names, sources of its rules, and packs that it extends."""

from typing import Annotated, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from corpus_audit.policy.lint import describe_errors
from corpus_audit.policy.rules import Bilingual, Text
from corpus_audit.vocabulary import CitationStatus, Severity, SourceStage

DESCRIPTION_FILE = "pack.yaml"


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


class PackSource(BaseModel):
    """Where a rule or threshold of a pack comes from, and whether its authors read the official text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Text
    title: Bilingual
    status: CitationStatus
    used_for: Text
    url: Text | None = None
    stage: SourceStage | None = None
    since: Annotated[str, BeforeValidator(str), StringConstraints(pattern=r"^\d{4}(-\d{2}){0,2}$")] | None = None
    """The day, month or year from which it applies, in which it was published, or of which the draft is."""

    @model_validator(mode="after")
    def _has_a_day(self) -> Self:
        if (self.stage is None) != (self.since is None):
            raise ValueError("stage and since go together")
        return self


class PackChange(BaseModel):
    """What a version of a pack changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    version: Text
    changes: Text


class Description(BaseModel):
    """What ``pack.yaml`` must say. YAML reads an unquoted version such as 1.0 as a number."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    title: Bilingual
    version: Text
    jurisdiction: Text
    changelog: tuple[PackChange, ...] = Field(min_length=1)
    sources: tuple[PackSource, ...] = ()
    extends: Annotated[tuple[Text, ...], BeforeValidator(_one_or_many)] = ()
    severities: dict[str, Severity] = {}
    lowered: dict[str, Text] = {}


_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads the description of a pack in a tenth of the time; each stage that asks for packs reads theirs."""


def parse_description(content: bytes, problems: list[str]) -> Description | None:
    """Return what ``pack.yaml`` says; None, with every reason added to *problems*, when it cannot be used."""
    try:
        return Description.model_validate(yaml.load(content, Loader=_PARSER))  # noqa: S506 - both are safe
    except yaml.YAMLError as error:
        problems.append(f"{DESCRIPTION_FILE}: not valid YAML: {' '.join(str(error).split())}")
    except ValidationError as error:
        problems.extend(describe_errors(DESCRIPTION_FILE, error))
    return None
