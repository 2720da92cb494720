"""A form as Markdown: what people edit and hand in. Text of the manifest cannot become markup."""

from collections.abc import Iterator

from corpus_audit.document.markdown import escape
from corpus_audit.export import form_words
from corpus_audit.export.form import Form, FormField, FormSection, LocalizedText, Value
from corpus_audit.export.form_words import worded, worded_value


def render_form_markdown(form: Form) -> str:
    """Return a form as Markdown (CommonMark, without tables or HTML)."""
    is_bilingual = bool(form.title.zh)
    return "\n".join(_Lines(is_bilingual).of_form(form)) + "\n"


class _Lines:
    """The lines of each part, all in one choice of languages."""

    def __init__(self, is_bilingual: bool) -> None:
        self._is_bilingual = is_bilingual

    def of_form(self, form: Form) -> Iterator[str]:
        yield f"# {self._words(form.title)}"
        for words in (form.source, form.scope, form_words.LEGEND):
            yield from self._paragraph(words)
        yield ""
        for label, text in (
            (form_words.DATASET, form.dataset_id),
            (form_words.AUDIT, form.audit_id),
            (form_words.MANIFEST, form.manifest_sha256),
            (form_words.FINISHED, form.finished_at),
            (form_words.TOOL, f"corpus-audit {form.tool_version}"),
        ):
            yield f"- {self._words(label)}: {escape(text)}"
        for section in form.sections:
            yield from self._section(section, level=2)

    def _section(self, section: FormSection, level: int) -> Iterator[str]:
        yield from ("", f"{'#' * level} {escape(section.number)} {self._words(section.title)}")
        for field in section.fields:
            yield from self._field(field)
        for part in section.sections:
            yield from self._section(part, min(level + 1, 6))

    def _field(self, field: FormField) -> Iterator[str]:
        yield from ("", f"**{self._words(field.label)}**", "")
        if not field.values:
            yield f"*{self._words(form_words.STATES[field.state])}*"
        for value in field.values:
            yield f"- {self._value(value)}"
        if field.note:
            yield from self._paragraph(field.note)

    def _value(self, value: Value) -> str:
        text = escape(worded_value(value, is_bilingual=self._is_bilingual))
        basis = self._words(form_words.BASES[value.basis])
        return f"{text} ({basis}: {escape(value.reference)})"

    def _paragraph(self, words: LocalizedText) -> Iterator[str]:
        for text in (words.zh, words.en) if self._is_bilingual else (words.en,):
            yield from ("", escape(text)) if text else ()

    def _words(self, words: LocalizedText) -> str:
        return escape(worded(words, is_bilingual=self._is_bilingual))
