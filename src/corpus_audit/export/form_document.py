"""A form as a document: annotated for those who fill it in, and public for those who read it."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Block, Bullets, Document, Facts, Heading, Paragraph, TableBlock
from corpus_audit.export import form_words
from corpus_audit.export.form import Checkbox, Form, FormField, FormSection, FormTable, LocalizedText, Value
from corpus_audit.export.form_words import TICKED, UNTICKED, worded, worded_value


def form_document(form: Form) -> Document:
    """Return a form as a document that says where each value is from; one that is bilingual has Chinese first."""
    is_bilingual = bool(form.title.zh)
    return Document(
        kind=f"{form.dataset_id} · {form.audit_id}",
        title=worded(form.title, is_bilingual=is_bilingual),
        language="zh-Hans" if is_bilingual else "en",
        footer=f"{form.format} · {form.audit_id} · corpus-audit {form.tool_version}",
        blocks=tuple(_Annotated(is_bilingual).of_form(form)),
    )


def public_document(form: Form) -> Document:
    """Return a form as its provider publishes it: questions, answers and what contradicts them."""
    is_bilingual = bool(form.title.zh)
    return Document(
        kind=worded(form.legal_text, is_bilingual=is_bilingual),
        title=worded(form.title, is_bilingual=is_bilingual),
        language="zh-Hans" if is_bilingual else "en",
        footer=worded(form.covers, is_bilingual=is_bilingual),
        blocks=tuple(_Public(is_bilingual).of_form(form)),
    )


class _Public:
    """The blocks of each part for its readers, all in one choice of languages."""

    def __init__(self, is_bilingual: bool) -> None:
        self._is_bilingual = is_bilingual

    def of_form(self, form: Form) -> Iterator[Block]:
        yield from self._paragraphs(form.covers)
        yield from self._sections(form)

    def _sections(self, form: Form) -> Iterator[Block]:
        for section in form.sections:
            yield from self._section(section, level=2)

    def _section(self, section: FormSection, level: int) -> Iterator[Block]:
        yield Heading(" ".join(filter(None, (section.number, self._words(section.title)))), level)
        for field in section.fields:
            yield from self._field(field, level + 1)
        for table in section.tables:
            yield self._table(table)
        for part in section.sections:
            yield from self._section(part, min(level + 1, 3))

    def _field(self, field: FormField, level: int) -> Iterator[Block]:
        yield Heading(self._words(field.label), level)
        if field.choices:
            yield Paragraph("   ".join(map(self._choice, field.choices)))
        values = tuple(self._value(value) for value in field.values if self._is_shown(value))
        if values:
            yield Bullets(values)
        elif not any(choice.is_chosen for choice in field.choices):
            yield Paragraph(self._words(form_words.nothing(field.state)), is_soft=True)
        for contradiction in field.contradictions:
            yield Paragraph(self._words(form_words.contradicted(contradiction)))
        if field.note:
            yield from self._paragraphs(field.note)

    def _is_shown(self, value: Value) -> bool:
        return not value.is_working

    def _choice(self, choice: Checkbox) -> str:
        return f"{TICKED if choice.is_chosen else UNTICKED} {self._words(choice.words)}"

    def _value(self, value: Value) -> str:
        return worded_value(value, is_bilingual=self._is_bilingual)

    def _table(self, table: FormTable) -> TableBlock:
        return TableBlock(
            self._words(table.title),
            tuple(map(self._words, table.headings)),
            tuple(tuple(map(self._words, row)) for row in table.rows),
        )

    def _paragraphs(self, words: LocalizedText) -> Iterator[Block]:
        for text in (words.zh, words.en) if self._is_bilingual else (words.en,):
            if text:
                yield Paragraph(text, is_soft=True)

    def _words(self, words: LocalizedText) -> str:
        return worded(words, is_bilingual=self._is_bilingual)


class _Annotated(_Public):
    """The same blocks with the origin of every value, and with what only those who fill in the form need."""

    def of_form(self, form: Form) -> Iterator[Block]:
        for words in (form.source, form.scope, form_words.LEGEND):
            yield from self._paragraphs(words)
        yield Facts(tuple((self._words(label), text, "") for label, text in form_words.form_facts(form)))
        yield from self._sections(form)

    def _is_shown(self, _value: Value) -> bool:
        return True

    def _choice(self, choice: Checkbox) -> str:
        text = super()._choice(choice)
        if choice.basis is None:
            return text
        return f"{text} ({self._words(form_words.BASES[choice.basis])}: {choice.reference})"

    def _value(self, value: Value) -> str:
        return f"{super()._value(value)} ({self._words(form_words.BASES[value.basis])}: {value.reference})"
