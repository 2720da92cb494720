"""What the renderings of a form say around it, in English and Chinese, and how a value is worded."""

from corpus_audit.export.form import Basis, State, Value, Words

STATES = {
    State.NOT_RECORDED: Words(en="not recorded", zh="未记录"),
    State.NOT_APPLICABLE: Words(en="not applicable", zh="不适用"),
}
BASES = {
    Basis.DECLARED: Words(en="declared", zh="声明"),
    Basis.MEASURED: Words(en="measured", zh="实测"),
    Basis.DERIVED: Words(en="derived", zh="推导"),
}
DATASET = Words(en="Dataset", zh="数据集")
AUDIT = Words(en="Audit", zh="审计")
MANIFEST = Words(en="Manifest, sha256", zh="清单 sha256")
FINISHED = Words(en="Audit ended", zh="审计完成时间")
TOOL = Words(en="Made with", zh="生成工具")
LEGEND = Words(
    en="Behind every value stands what it rests on: declared in the manifest, measured by the audit, or derived from "
    "both; and where to find it.",
    zh="每个值后注明依据：清单声明、审计实测或由二者推导，并注明出处。",
)


def worded(words: Words, *, is_bilingual: bool) -> str:
    """Return words in English, with the Chinese first where the form has both."""
    return f"{words.zh} / {words.en}" if is_bilingual and words.zh else words.en


def worded_value(value: Value, *, is_bilingual: bool) -> str:
    """Return what a value says, in the form's words or as it was declared."""
    return worded(value.words, is_bilingual=is_bilingual) if value.words else value.text
