"""The report of a small audit, byte for byte. CORPUS_AUDIT_REGENERATE=1 writes the files anew: read the diff."""

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

from corpus_audit.document.markdown import render_markdown
from corpus_audit.report.html import render_html
from corpus_audit.report.json import parse_report, render_json
from corpus_audit.report.model import report_json_schema
from corpus_audit.report.outline import short_report
from corpus_audit.report.text import render_text
from corpus_audit.vocabulary import Language
from golden.report_fixture import small_input

FOLDER = Path(__file__).parent / "report"
STYLE_OR_SCRIPT = re.compile(r"(<(style|script)\b[^>]*>)(.*?)(</\2>)", re.DOTALL)
DIGEST = re.compile(r"sha256-[A-Za-z0-9+/=]{44}")


def render_markup(report):
    """Return the page without its stylesheet and script: these are files of their own, tried in a browser."""
    return DIGEST.sub("sha256-…", STYLE_OR_SCRIPT.sub(r"\1\4", render_html(report)))


RENDERINGS = {
    "report.json": render_json,
    "report.html": render_markup,
    "report.txt": render_text,
    "report.md": lambda report: render_markdown(short_report(report)),
    "report.zh.md": lambda report: render_markdown(short_report(report, Language.CHINESE)),
}


@pytest.mark.parametrize("name", RENDERINGS)
def test_report_is_as_recorded(name):
    rendered = RENDERINGS[name](small_input().build())
    path = FOLDER / name
    if os.environ.get("CORPUS_AUDIT_REGENERATE"):
        path.write_text(rendered, encoding="utf-8")
    assert rendered == path.read_text(encoding="utf-8")


def test_recorded_json_validates_against_the_published_schema():
    schema = report_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads((FOLDER / "report.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(document | {"report_version": "1"})


def test_recorded_json_reads_back_as_the_report_it_was_written_from():
    assert parse_report((FOLDER / "report.json").read_bytes()) == small_input().build()
