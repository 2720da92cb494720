"""The audit parameters in a description, checked in place."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, WithJsonSchema, model_validator

from corpus_audit.config import DETECTORS_OFF, RULE_PREFIX, ParameterMeaning
from corpus_audit.config.parameters import SETTABLE, check_values
from corpus_audit.manifest.parts import ManifestPart, refusals


def _number_schema(about: ParameterMeaning) -> dict[str, Any]:
    return {"description": about.meaning, "type": "number", "minimum": about.minimum, "maximum": about.maximum}


_SCHEMA = {
    "type": "object",
    "properties": {name: _number_schema(about) for name, about in SETTABLE.items()}
    | {
        DETECTORS_OFF: {
            "description": "Entity types that are not looked for.",
            "type": "array",
            "items": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$"},
        }
    },
    "patternProperties": {f"^{RULE_PREFIX}[a-z0-9-]+\\.[a-z0-9-]+\\.[A-Za-z_.]+$": {"type": "number"}},
    "additionalProperties": False,
}

ParameterValues = Annotated[Mapping[str, Any], WithJsonSchema(_SCHEMA)]
"""Values by the names that docs/reference/parameters.md lists."""


class Parametrised(ManifestPart):
    """A part that may say by which parameters an audit is made."""

    parameters: ParameterValues | None = Field(
        None, description="Values of parameters by name, where they are not to be as they are by default."
    )

    @model_validator(mode="after")
    def _has_known_parameters(self) -> Self:
        problems, _choices = check_values(self.parameters or {})
        if problems:
            raise refusals([(("parameters", name), message) for name, message in problems])
        return self


class AuditChoices(Parametrised):
    """How the dataset is to be audited. Of what a manifest includes, this section does not count."""
