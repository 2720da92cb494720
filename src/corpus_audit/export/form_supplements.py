"""Values of a form that stewards stated where the manifest is silent: told apart from the manifest's own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from corpus_audit.export.form import Basis, Checkbox, Form, FormField, FormSection, Value
from corpus_audit.export.inputs import SuppliedStatement
from corpus_audit.manifest.model import Manifest

_COLUMNS: Mapping[str, str] = {
    "sources.collected_from": "collection/from",
    "sources.collected_until": "collection/until",
    "sources.collector": "collector",
    "sources.generator_models": "synthetic/generators",
    "sources.kind": "kind",
    "sources.opt_outs_checked": "opt_outs/checked",
    "sources.origin": "origin",
    "sources.personal_information": "personal_information/present",
    "sources.synthetic": "synthetic/generated",
}
"""The field of a source that each column of claims holds, for values that name the column instead."""

_Stated = Sequence[tuple[str, SuppliedStatement]]
_Told = TypeVar("_Told", Value, Checkbox)


def mark_supplements(form: Form, manifest: Manifest, supplements: Iterable[SuppliedStatement]) -> Form:
    """Return a form of a manifest in which all that rests on a supplement says who stated it, and when."""
    stated = [(pointer, one) for one in supplements for pointer in _pointers(one, manifest)]
    if not stated:
        return form
    return form.model_copy(update={"sections": tuple(_section(part, stated) for part in form.sections)})


def _pointers(one: SuppliedStatement, manifest: Manifest) -> Iterable[str]:
    """Yield the places that values of a form may name for a statement."""
    field = one.field.replace(".", "/")
    number = next((n for n, source in enumerate(manifest.sources) if source.id == one.source_id), None)
    return (f"/{field}",) if number is None else (f"/sources/{number}/{field}", f"/sources/*/{field}")


def _section(section: FormSection, stated: _Stated) -> FormSection:
    return section.model_copy(
        update={
            "fields": tuple(_field(field, stated) for field in section.fields),
            "sections": tuple(_section(part, stated) for part in section.sections),
        }
    )


def _field(field: FormField, stated: _Stated) -> FormField:
    return field.model_copy(
        update={
            "choices": tuple(_marked(choice, stated) for choice in field.choices),
            "values": tuple(_marked(value, stated) for value in field.values),
        }
    )


def _marked(told: _Told, stated: _Stated) -> _Told:
    """Return a value or a box with the stewards behind it: in part where it rests on more than they stated."""
    if told.basis is not Basis.DECLARED:
        return told
    places = tuple(_places(told.reference))
    found = [(pointer, one) for pointer, one in stated if any(_is_at(place, pointer) for place in places)]
    if not found:
        return told
    is_whole = len(places) == 1 and "*" not in places[0] and all(_is_within(places[0], pointer) for pointer, _ in found)
    by = ", ".join(dict.fromkeys(f"{one.author} on {one.stated_at[:10]}" for _, one in found))
    some = "" if is_whole else "in part "
    return told.model_copy(update={"reference": f"{told.reference}, {some}stated by {by} and not by the manifest"})


def _places(reference: str) -> Iterator[str]:
    """Yield the places of the manifest that a reference names, by themselves or by a column of claims."""
    for named in reference.split(", "):
        yield f"/sources/*/{_COLUMNS[named]}" if named in _COLUMNS else named


def _is_at(place: str, pointer: str) -> bool:
    return _is_within(place, pointer) or pointer.startswith(f"{place}/")


def _is_within(place: str, pointer: str) -> bool:
    return place == pointer or place.startswith(f"{pointer}/")
