"""The manifest's JSON Schema, for editors and other programs."""

from typing import Any

from corpus_audit.manifest.model import Manifest
from corpus_audit.vocabulary import NOT_RECORDED

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_GAP = "NotRecorded"


def manifest_json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a manifest.

    It says what the loader says, except that paths and URLs have more rules, ids and paths may not repeat, and an
    unquoted number is accepted as text.
    """
    schema = Manifest.model_json_schema(mode="validation")
    definitions = schema["$defs"]
    for part in (schema, *definitions.values()):
        _allow_gaps(part)
    definitions[_GAP] = {
        "description": "Nothing is recorded: the same as leaving the field out.",
        "enum": [NOT_RECORDED, None],
    }
    return {
        "$schema": _DIALECT,
        **schema,
        "title": "corpus-audit manifest",
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def _allow_gaps(part: dict[str, Any]) -> None:
    """Let every field that may be left out say so in words, as the loader does."""
    for name, field in part.get("properties", {}).items():
        field.pop("title", None)  # repeats the name
        if name not in part.get("required", ()):
            part["properties"][name] = _with_gap(field)


def _with_gap(field: dict[str, Any]) -> dict[str, Any]:
    outside: dict[str, Any] = {key: field[key] for key in ("description", "default") if key in field}
    inside = {key: value for key, value in field.items() if key not in outside}
    choices = [choice for choice in inside.get("anyOf", [inside]) if choice != {"type": "null"}]
    return {**outside, "anyOf": [*choices, {"$ref": f"#/$defs/{_GAP}"}]}
