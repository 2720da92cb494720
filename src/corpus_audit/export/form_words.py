"""The fixed words of a rendered form, in English and Chinese, and the wording of its values."""

from corpus_audit.export.form import Basis, Form, LocalizedText, State, Value

STATES = {
    State.NOT_RECORDED: LocalizedText(en="not recorded", zh="未记录"),
    State.NOT_APPLICABLE: LocalizedText(en="not applicable", zh="不适用"),
}
BASES = {
    Basis.DECLARED: LocalizedText(en="declared", zh="声明"),
    Basis.MEASURED: LocalizedText(en="measured", zh="实测"),
    Basis.DERIVED: LocalizedText(en="derived", zh="推导"),
}
TICKED, UNTICKED = "☒", "☐"
DATASET = LocalizedText(en="Dataset", zh="数据集")
AUDIT = LocalizedText(en="Audit", zh="审计")
MANIFEST = LocalizedText(en="Manifest, sha256", zh="清单 sha256")
FINISHED = LocalizedText(en="Audit ended", zh="审计完成时间")
TOOL = LocalizedText(en="Made with", zh="生成工具")
LEGEND = LocalizedText(
    en="Behind every value stands what it rests on: declared in the manifest, measured by the audit, or derived from "
    "both; and where to find it.",
    zh="每个值后注明依据：清单声明、审计实测或由二者推导，并注明出处。",
)


def form_facts(form: Form) -> tuple[tuple[LocalizedText, str], ...]:
    """Return what identifies a form: labels with their values."""
    return (
        (DATASET, form.dataset_id),
        (AUDIT, form.audit_id),
        (FINISHED, form.finished_at),
        (TOOL, f"corpus-audit {form.tool_version}"),
        (MANIFEST, form.manifest_sha256),
    )


def worded(words: LocalizedText, *, is_bilingual: bool) -> str:
    """Return words in English, with the Chinese first where the form has both."""
    return f"{words.zh} / {words.en}" if is_bilingual and words.zh else words.en


def worded_value(value: Value, *, is_bilingual: bool) -> str:
    """Return what a value says, in the form's words or as it was declared."""
    return worded(value.words, is_bilingual=is_bilingual) if value.words else value.text


def nothing(state: State) -> LocalizedText:
    """Return what stands in a field where nothing is shown: what only the annotated document has counts for nothing."""
    return STATES.get(state, STATES[State.NOT_RECORDED])


def contradicted(words: LocalizedText) -> LocalizedText:
    """Return what the data shows against an answer, as it stands under the answer."""
    return LocalizedText(
        en=f"Contradicted by the data: {words.en}.", zh=f"与数据不符：{words.zh}。" if words.zh else ""
    )
