"""A regulator's form as data: numbered sections of fields, each with its values and their origin.

Every rendering lays out the same form, so that none can say more than another. A field without values is *not
recorded*, unless an answer before it makes it not applicable. The annotated document says of every value where it is
from; the public one leaves that out, and never a contradiction.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus_audit.vocabulary import NOT_RECORDED, Answer


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LocalizedText(_Part):
    """The form's own words, in English and, where the form is bilingual, in Chinese."""

    en: str
    zh: str = ""


class Basis(StrEnum):
    """What a value rests on."""

    DECLARED = "declared"
    MEASURED = "measured"
    DERIVED = "derived"


class State(StrEnum):
    """Whether a field could be filled in."""

    RECORDED = "recorded"
    NOT_RECORDED = NOT_RECORDED
    NOT_APPLICABLE = "not-applicable"


class Value(_Part):
    """One value of a field. Text of the manifest is kept as declared; words of the form are translated."""

    text: str = Field("", description="What was declared or measured; '' where the form's own words say it.")
    words: LocalizedText | None = Field(None, description="What the form itself says.")
    basis: Basis = Field(description="declared in the manifest, measured by the audit, or derived from both.")
    reference: str = Field(description="Where it is from: a place in the manifest, or a column of an evidence table.")
    is_working: bool = Field(False, description="True if only those who fill in the form need it.")


class Checkbox(_Part):
    """One box of a question that offers several, and what its tick rests on."""

    words: LocalizedText
    is_chosen: bool = False
    basis: Basis | None = Field(None, description="What the tick rests on; null for an empty box.")
    reference: str = Field("", description="Where the tick is from.")


class FormField(_Part):
    """One question of the form and what there is to answer it."""

    key: str = Field("", description="Name of the field in statements of the manifest; '' if it has none.")
    label: LocalizedText
    choices: tuple[Checkbox, ...] = Field((), description="The boxes of the question, ticked and empty.")
    values: tuple[Value, ...] = ()
    state: State = State.NOT_RECORDED
    contradictions: tuple[LocalizedText, ...] = Field(
        (), description="What the data shows against an answer that was declared; printed wherever the answer is."
    )
    note: LocalizedText | None = Field(None, description="What a reader has to know to use the answer.")


class FormTable(_Part):
    """Figures of a section that are read side by side."""

    title: LocalizedText
    headings: tuple[LocalizedText, ...]
    rows: tuple[tuple[LocalizedText, ...], ...]


class FormSection(_Part):
    """A numbered part of the form."""

    number: str
    title: LocalizedText
    fields: tuple[FormField, ...] = ()
    tables: tuple[FormTable, ...] = ()
    sections: tuple["FormSection", ...] = ()


class Form(_Part):
    """A whole form, filled in as far as manifest and evidence allow."""

    form_version: Literal["1"] = "1"
    format: str = Field(description="Name of the export format.")
    title: LocalizedText
    source: LocalizedText = Field(description="The text that asks for this form, and how well it is known.")
    legal_text: LocalizedText = Field(description="The text that asks for this form, as the public document names it.")
    covers: LocalizedText = Field(description="The data that the form is about, as the public document names it.")
    scope: LocalizedText = Field(description="What the form covers, and what it does not say.")
    dataset_id: str
    audit_id: str
    manifest_sha256: str
    tool_version: str
    finished_at: str = Field(description="When the audit ended (ISO 8601).")
    sections: tuple[FormSection, ...]


def form_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a form."""
    schema = Form.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "corpus-audit form"}


# --- filling in -------------------------------------------------------------------------------------------------------

ANSWERS = {
    Answer.YES: LocalizedText(en="Yes", zh="是"),
    Answer.NO: LocalizedText(en="No", zh="否"),
    Answer.NOT_APPLICABLE: LocalizedText(en="Not applicable", zh="不适用"),
}


def declared(text: str | None, reference: str, *, label: str = "") -> tuple[Value, ...]:
    """Return the value of a claim, or none if it is not recorded; *label* tells several values apart."""
    if text is None or text == NOT_RECORDED:
        return ()
    return (Value(text=f"{label}: {text}" if label else text, basis=Basis.DECLARED, reference=reference),)


def measured(text: str, reference: str) -> tuple[Value, ...]:
    """Return the value of what the audit itself counted."""
    return (Value(text=text, basis=Basis.MEASURED, reference=reference),)


def derived(text: str, reference: str) -> tuple[Value, ...]:
    """Return a value that follows from claims and measures."""
    return (Value(text=text, basis=Basis.DERIVED, reference=reference),)


def says(words: LocalizedText, basis: Basis, reference: str) -> tuple[Value, ...]:
    """Return a value in the form's own words."""
    return (Value(words=words, basis=basis, reference=reference),)


def working(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return *values* as those that only the annotated document prints."""
    return tuple(value.model_copy(update={"is_working": True}) for value in values)


def ask(
    label: LocalizedText,
    *values: tuple[Value, ...],
    choices: Iterable[Checkbox] = (),
    contradictions: Iterable[LocalizedText] = (),
    note: LocalizedText | None = None,
    key: str = "",
) -> FormField:
    """Return a field with all *values* and *choices*; without a value or a tick it is not recorded."""
    given = tuple(value for some in values for value in some)
    offered = tuple(choices)
    is_recorded = given or any(choice.is_chosen for choice in offered)
    return FormField(
        key=key,
        label=label,
        choices=offered,
        values=given,
        state=State.RECORDED if is_recorded else State.NOT_RECORDED,
        contradictions=tuple(contradictions),
        note=note,
    )


def ask_if(answer: Answer, *fields: FormField) -> tuple[FormField, ...]:
    """Return *fields*, or each without values as not applicable when the question before them was answered no."""
    if answer is not Answer.NO:
        return fields
    return tuple(FormField(key=field.key, label=field.label, state=State.NOT_APPLICABLE) for field in fields)
