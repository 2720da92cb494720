"""Compile what a small audit needs before there is one: where the program is installed, or an image of it is made."""

import json

from corpus_audit.config import Parameters
from corpus_audit.dedup import candidates, verified
from corpus_audit.measure.detection.anchors import compile_words
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.pipeline.audit import audit
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
    """Audit a few invented texts in a temporary folder: what that compiles is kept, and later audits load it."""
    with ScratchFolder("corpus-audit-compiling-") as folder:
        texts = "".join(f"{json.dumps({'text': text})}\n" for text in _TEXTS)
        (folder / "texts.jsonl").write_text(texts, encoding="utf-8")
        (folder / "manifest.json").write_text(json.dumps(_manifest()), encoding="utf-8")
        audit(folder / "manifest.json", folder / "store")
    compile_words(DETECTORS)
    candidates.compile_ahead(Parameters())
    verified.compile_ahead(Parameters())


def _manifest() -> dict[str, object]:
    return {
        "manifest_version": "1",
        "dataset": {"id": "invented", "version": "1", "title": "Invented texts", "description": _NOT_RECORDED},
        "sources": [{"id": "texts", "title": "Texts", "files": [{"path": "texts.jsonl"}]}],
    }


if __name__ == "__main__":
    compile_ahead()
