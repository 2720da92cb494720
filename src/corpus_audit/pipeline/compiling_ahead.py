"""Compile what audits need before there is one: where the program is installed, or an image of it is made."""

import json

from corpus_audit.measure.detection.anchors import compile_words
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.pipeline.audit import audit
from corpus_audit.pipeline.compiling_beside import compile_for_more_text
from corpus_audit.store import ScratchFolder

_SENTENCE = "A clear stream runs past the old mill and turns the wheel that grinds the flour of three villages"
_TEXTS = (
    _SENTENCE,
    f"{_SENTENCE} nearby",
    f"Today {_SENTENCE}",
    "Etwas anderes steht in diesem Satz.",
    "小河流过旧磨坊。",
    "It was built in 18\u200b30.",
)
"""Some are near-duplicates, which the later loops of deduplication are needed for; in one something may hide."""
_NOT_RECORDED = "not-recorded"


def compile_ahead() -> None:
    """Compile what little text is audited without, then audit a few invented texts in a temporary folder.

    What all that compiles is kept, and later audits load it.
    """
    compile_for_more_text()
    with ScratchFolder("corpus-audit-compiling-") as folder:
        texts = "".join(f"{json.dumps({'text': text})}\n" for text in _TEXTS)
        (folder / "texts.jsonl").write_text(texts, encoding="utf-8")
        (folder / "manifest.json").write_text(json.dumps(_manifest()), encoding="utf-8")
        audit(folder / "manifest.json", folder / "store")
    compile_words(DETECTORS)


def _manifest() -> dict[str, object]:
    return {
        "manifest_version": "1",
        "dataset": {"id": "invented", "version": "1", "title": "Invented texts", "description": _NOT_RECORDED},
        "sources": [{"id": "texts", "title": "Texts", "files": [{"path": "texts.jsonl"}]}],
    }


if __name__ == "__main__":
    compile_ahead()
