"""Every sentence that the reports of the examples print under all packs, read in both languages."""

from pathlib import Path

import pytest

from corpus_audit import audit
from corpus_audit.report.model import Report
from corpus_audit.vocabulary import Language
from e2e.small_corpus import standing_clock
from golden.sentences import faults, sentences

ROOT = Path(__file__).parents[2]
PACKS = sorted(path.parent.name for path in (ROOT / "expectations").glob("*/pack.yaml"))

pytestmark = [pytest.mark.slow, pytest.mark.needs("libchromaprint1")]


@pytest.mark.parametrize("example", ["small-corpus", "voice-likeness"])
def test_no_sentence_of_an_example_is_doubled_bare_or_wrong_in_number(example: str, tmp_path: Path) -> None:
    manifest = ROOT / "examples" / example / "manifest.yaml"
    finished = audit(manifest, tmp_path / "store", packs=PACKS, workers=1, clock=standing_clock)
    text = (finished.folder.path / "report" / "report.json").read_text(encoding="utf-8")
    report = Report.model_validate_json(text)
    for language in Language:
        assert len(list(sentences(report, language))) > 1_000
        assert faults(report, language) == []
