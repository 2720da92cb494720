"""Values of a form that stewards stated where the manifest is silent: told apart from the manifest's own."""

from collections.abc import Iterable, Mapping

from corpus_audit.export.form import Basis, Form, FormField, FormSection, Value
from corpus_audit.export.inputs import SuppliedStatement
from corpus_audit.manifest.model import Manifest


def mark_supplements(form: Form, manifest: Manifest, supplements: Iterable[SuppliedStatement]) -> Form:
    """Return a form of a manifest in which each declared value of a supplement says who stated it, and when."""
    stated = {pointer: one for one in supplements for pointer in _pointers(one, manifest)}
    if not stated:
        return form
    return form.model_copy(update={"sections": tuple(_section(part, stated) for part in form.sections)})


_Stated = Mapping[str, SuppliedStatement]


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
    return field.model_copy(update={"values": tuple(_value(value, stated) for value in field.values)})


def _value(value: Value, stated: _Stated) -> Value:
    if value.basis is not Basis.DECLARED:
        return value
    found = next((one for pointer, one in stated.items() if _is_at(value.reference, pointer)), None)
    if found is None:
        return value
    some = "in part " if "*" in value.reference else ""
    told = f"{value.reference}, {some}stated by {found.author} on {found.stated_at[:10]} and not by the manifest"
    return value.model_copy(update={"reference": told})


def _is_at(reference: str, pointer: str) -> bool:
    return pointer == reference or pointer.startswith(f"{reference}/") or reference.startswith(f"{pointer}/")
