"""A text of very many sources: what lists overlaps says, everywhere, how many pairs it leaves out."""

from pathlib import Path

import pytest
import yaml

from corpus_audit import Audit
from corpus_audit import audit as run_audit
from corpus_audit.pipeline.delivery import export
from corpus_audit.schemas import COMMON_SOURCES
from corpus_audit.vocabulary import ExportName
from integration.review_client import ReviewClient

SOURCES = COMMON_SOURCES + 2
LICENSES = ("CC0-1.0", "CC-BY-NC-4.0")
UNLISTED = f"{(SOURCES - 2) * (SOURCES - 3) // 2:,}"
"""Pairs of the sources but for one of each license, which leads."""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    folder = tmp_path_factory.mktemp("choirs")
    song = " ".join(f"w{number}" for number in range(90))
    sources = []
    for number in range(SOURCES):
        (folder / f"{number}.txt").write_text(song)
        declared = {"expression": LICENSES[number % len(LICENSES)]}
        sources.append({"id": f"choir-{number}", "license": declared, "files": [{"path": f"{number}.txt"}]})
    document = {"manifest_version": "1", "dataset": {"id": "choirs"}, "sources": sources}
    (folder / "manifest.yaml").write_text(yaml.safe_dump(document))
    return run_audit(folder / "manifest.yaml", folder / "store")


def test_the_report_says_it_beside_the_overlaps_and_among_its_limits(finished: Audit) -> None:
    page = finished.report.read_text(encoding="utf-8")
    sentence = f"Up to {UNLISTED} other pairs of these sources are not listed as overlaps"
    copies, limits = (page.index(f'<section id="{name}"') for name in ("copies", "limits"))
    assert sentence in page[copies : page.index("</section>", copies)]
    assert sentence in page[limits : page.index("</section>", limits)]


def test_the_review_page_says_it(finished: Audit) -> None:
    client = ReviewClient(finished.folder.store, None)
    page = client.get("auditor", f"/audits/{finished.folder.audit_id}/overlaps").text
    assert f"Up to {UNLISTED} other pairs" in page


def test_the_assessment_for_china_says_it(finished: Audit, tmp_path: Path) -> None:
    export(finished.folder, [ExportName.CN_ASSESSMENT], tmp_path)
    text = (tmp_path / "cn-assessment.md").read_text(encoding="utf-8")
    assert f"up to {UNLISTED} more pairs of sources share common texts and were not compared" in text
    assert f"另有至多{UNLISTED}对来源含相同的常见文本，未逐对比较" in text
