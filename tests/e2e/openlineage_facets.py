"""Facets of OpenLineage events, held against the classes that the OpenLineage client has for them."""

import re
from typing import Any

import openlineage.client.generated as openlineage_facets


def facets_in(value: Any) -> list[dict[str, Any]]:
    """Return every facet anywhere in an event."""
    if isinstance(value, list):
        return [facet for item in value for facet in facets_in(item)]
    if not isinstance(value, dict):
        return []
    nested = [facet for item in value.values() for facet in facets_in(item)]
    return [value, *nested] if "_schemaURL" in value else nested


def check_facet(facet: dict[str, Any]) -> None:
    """Raise where a facet of the standard has other fields than the client knows, or another version."""
    known = _facet_class(facet["_schemaURL"].rsplit("/", 1)[1])
    fields = {name: value for name, value in facet.items() if not name.startswith("_")}
    assert known(**fields)._get_schema() == facet["_schemaURL"]


def _facet_class(name: str) -> Any:
    module = re.sub(r"(?<!^)(?=[A-Z])", "_", name.removesuffix("Facet")).lower()
    __import__(f"{openlineage_facets.__name__}.{module}")
    return getattr(getattr(openlineage_facets, module), name)
