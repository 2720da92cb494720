"""A form as a document: Markdown for editing, PDF for submission."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Bullets, Document, Facts, Heading, Paragraph
from corpus_audit.export import form_words
from corpus_audit.export.form import Form, FormField, FormSection, LocalizedText, Value
from corpus_audit.export.form_words import worded, worded_value


def form_document(form: Form) -> Document:
    """Return a form as a document; one that is bilingual has Chinese first."""
    is_bilingual = bool(form.title.zh)
    return Document(
        kind=f"{form.dataset_id} · {form.audit_id}",
        title=worded(form.title, is_bilingual=is_bilingual),
        language="zh-Hans" if is_bilingual else "en",
        footer=f"{form.format} · {form.audit_id} · corpus-audit {form.tool_version}",
        blocks=tuple(_Blocks(is_bilingual).of_form(form)),
    )


class _Blocks:
    """The blocks of each part, all in one choice of languages."""

    def __init__(self, is_bilingual: bool) -> None:
        self._is_bilingual = is_bilingual

    def of_form(self, form: Form) -> Iterator[Block]:
        for words in (form.source, form.scope, form_words.LEGEND):
            yield from self._paragraphs(words)
        yield Facts(tuple((self._words(label), text, "") for label, text in form_words.form_facts(form)))
        for section in form.sections:
            yield from self._section(section, level=2)

    def _section(self, section: FormSection, level: int) -> Iterator[Block]:
        yield Heading(f"{section.number} {self._words(section.title)}", level)
        for field in section.fields:
            yield from self._field(field, level + 1)
        for part in section.sections:
            yield from self._section(part, min(level + 1, 3))

    def _field(self, field: FormField, level: int) -> Iterator[Block]:
        yield Heading(self._words(field.label), level)
        if field.values:
            yield Bullets(tuple(map(self._value, field.values)))
        else:
            yield Paragraph(self._words(form_words.STATES[field.state]), is_soft=True)
        if field.note:
            yield from self._paragraphs(field.note)

    def _value(self, value: Value) -> str:
        text = worded_value(value, is_bilingual=self._is_bilingual)
        return f"{text} ({self._words(form_words.BASES[value.basis])}: {value.reference})"

    def _paragraphs(self, words: LocalizedText) -> Iterator[Block]:
        for text in (words.zh, words.en) if self._is_bilingual else (words.en,):
            if text:
                yield Paragraph(text, is_soft=True)

    def _words(self, words: LocalizedText) -> str:
        return worded(words, is_bilingual=self._is_bilingual)
