"""Features as the datasets package writes them in dataset_info.json: a tree of columns and their types."""

from collections.abc import Iterator

from corpus_audit.corpus.field_roles.columns import EVERY, MAX_DEPTH, Path
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.conversion.record_fields import RecordFields

_TYPE = "_type"
_STRINGS = ("string", "large_string", "string_view")
_LISTS = ("Sequence", "List", "LargeList")
_TEXT = {"dtype": "string", _TYPE: "Value"}


def fields_of_features(features: Node | None) -> RecordFields:
    """Return the columns that features describe; none where there are none."""
    fields = RecordFields()
    if features is not None:
        for key, feature in features.members():
            _add(feature, (str(key),), fields)
    return fields


def _add(feature: Node, path: Path, fields: RecordFields) -> None:
    """Add a column, or those within it."""
    kind = feature.get(_TYPE)
    inner = list(_inner(feature, kind.text if kind is not None else None))
    if not inner:
        dtype = feature.get("dtype")
        fields.add(path, feature.place, is_text=dtype is not None and dtype.text in _STRINGS)
    elif len(path) < MAX_DEPTH:
        for step, node in inner:
            _add(node, (*path, step) if step else path, fields)


def _inner(feature: Node, kind: str | None) -> Iterator[tuple[str, Node]]:
    """Yield the steps into a feature and what is there: '*' for every entry of a list, else a column's name."""
    if isinstance(feature.value, list):
        yield from ((EVERY, entry) for entry in feature.each())
    elif kind in _LISTS:
        inner = feature.get("feature")
        if inner is not None:
            yield EVERY, inner
    elif kind == "Translation":
        yield from ((language.text or "", Node(_TEXT, language.place)) for language in feature.each("languages"))
    elif kind == "TranslationVariableLanguages":
        yield "translation", Node([_TEXT], feature.place)
    elif kind is None:
        yield from ((str(key), inner) for key, inner in feature.members())
