"""What a dataset is called where its manifest gives no title."""

from corpus_audit.manifest.model import Dataset
from corpus_audit.report.html import render_html
from corpus_audit.report.text import render_text
from golden.report_fixture import small_input


def untitled():
    report = small_input().build()
    dataset = report.audit.dataset.model_copy(update={"title": "not-recorded"})
    return report.model_copy(update={"audit": report.audit.model_copy(update={"dataset": dataset})})


def test_an_untitled_dataset_is_called_by_its_id():
    assert Dataset(id="letters").name == "letters"
    assert Dataset(id="letters", title="Letters of a keeper").name == "Letters of a keeper"


def test_a_report_of_an_untitled_dataset_begins_with_its_id():
    report = untitled()
    assert f"<h1>{report.audit.dataset.dataset_id}</h1>" in render_html(report)
    assert render_text(report).splitlines()[0].endswith(f"  {report.audit.dataset.dataset_id}")
