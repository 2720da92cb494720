"""A regulator's form as data: numbered sections of fields, each with its values and their origin.

Markdown, HTML and JSON lay out the same form, so that none can say more than another. A field without values is *not
recorded*, unless an answer before it makes it not applicable.
"""

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


class FormField(_Part):
    """One question of the form and what there is to answer it."""

    label: LocalizedText
    values: tuple[Value, ...] = ()
    state: State = State.NOT_RECORDED
    note: LocalizedText | None = Field(None, description="What a reader has to know to use the answer.")


class FormSection(_Part):
    """A numbered part of the form."""

    number: str
    title: LocalizedText
    fields: tuple[FormField, ...] = ()
    sections: tuple["FormSection", ...] = ()


class Form(_Part):
    """A whole form, filled in as far as manifest and evidence allow."""

    form_version: Literal["1"] = "1"
    format: str = Field(description="Name of the export format.")
    title: LocalizedText
    source: LocalizedText = Field(description="The text that asks for this form, and how well it is known.")
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


def answered(answer: Answer, reference: str, basis: Basis = Basis.DECLARED) -> tuple[Value, ...]:
    """Return the value of an answer, or none if it is not recorded."""
    return () if answer is Answer.NOT_RECORDED else says(ANSWERS[answer], basis, reference)


def ask(label: LocalizedText, *values: tuple[Value, ...], note: LocalizedText | None = None) -> FormField:
    """Return a field with all *values*; without any it is not recorded."""
    given = tuple(value for some in values for value in some)
    return FormField(label=label, values=given, state=State.RECORDED if given else State.NOT_RECORDED, note=note)


def ask_if(answer: Answer, *fields: FormField) -> tuple[FormField, ...]:
    """Return *fields*, or each without values as not applicable when the question before them was answered no."""
    if answer is not Answer.NO:
        return fields
    return tuple(FormField(label=field.label, state=State.NOT_APPLICABLE) for field in fields)
