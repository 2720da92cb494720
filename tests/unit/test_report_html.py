import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pytest

from corpus_audit.report.html import render_html
from corpus_audit.report.text import render_text
from corpus_audit.vocabulary import Verdict
from golden.report_fixture import large_input, small_input
from golden.report_rows import SCRIPT

FORBIDDEN = ("compliant", "authorised", "authorized")
LOADING = {"src", "srcset", "href", "action", "formaction", "data", "poster", "background", "xlink:href"}


class Page(HTMLParser):
    """What a browser would make of a page: its elements in order, and the text of style and script."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.inline = {"style": "", "script": ""}
        self.text = ""
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self._inside = tag if tag in self.inline else ""

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside:
            self.inline[self._inside] += data
        else:
            self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def html():
    return render_html(small_input().build())


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


def test_the_page_loads_nothing(page):
    for tag, attributes in page.elements:
        for name in LOADING & set(attributes):
            assert tag == "a", (tag, attributes)
            assert attributes[name].startswith("#")
    assert not re.search(r"@import|url\(", page.inline["style"])
    assert {tag for tag, _ in page.elements} & {"link", "iframe", "object", "embed", "img", "base"} == set()


def test_the_security_policy_admits_exactly_what_the_page_holds(page):
    metas = [meta for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert len(metas) == 1
    policy = metas[0]["content"]
    assert policy.startswith("default-src 'none';")
    for content in page.inline.values():
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    inline = [attributes for _, attributes in page.elements if {"style", "onclick", "onload"} & set(attributes)]
    assert inline == []


def test_links_within_the_page_lead_somewhere(page):
    identifiers = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    links = page.all("a")
    assert all("hidden" in attributes for attributes in links if "href" not in attributes), "a script fills it in"
    targets = {attributes["href"][1:] for attributes in links if "href" in attributes}
    assert targets <= set(identifiers)
    labels = {name for _, attributes in page.elements for name in attributes.get("aria-labelledby", "").split()}
    assert labels <= set(identifiers)


def test_headings_go_down_one_level_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_tables_and_scroll_regions_are_named(page):
    assert {"header", "nav", "main", "footer"} <= {tag for tag, _ in page.elements}
    assert all(attributes.get("scope") in {"row", "col", "colgroup"} for attributes in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))
    regions = [attributes for attributes in page.all("div") if attributes.get("role") == "group"]
    assert regions
    assert all(region["tabindex"] == "0" and region["aria-label"] for region in regions)


def _hostile(table: pa.Table, columns: set[str]) -> pa.Table:
    rows = [
        {k: f"{v}{SCRIPT}\"'<b onclick=x>" if k in columns and v else v for k, v in row.items()}
        for row in table.to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema=table.schema)


def test_nothing_a_manifest_or_a_pack_says_becomes_markup():
    given = small_input()
    closed = {
        "severity", "failure_kind", "state", "license_state", "terms_conflict", "reference_kind", "evidence_table",
        "purpose", "evidence", "rule_id", "pack", "restriction", "source_license_state", "terms_relation", "weight",
        "intended_permitted", "kind", "encoding_basis", "owner", "named", "left_out", "csv_names",
    }  # fmt: skip
    hostile = {
        name: _hostile(data, {f.name for f in data.schema if pa.types.is_string(f.type)} - closed)
        for name, data in {**given.evidence, "rules": given.rules, "findings": given.findings}.items()
    }
    rules, findings = hostile.pop("rules"), hostile.pop("findings")
    report = replace(given, evidence=hostile, rules=rules, findings=findings).build()
    page, plain = Page(render_html(report)), Page(render_html(given.build()))
    assert len(page.all("script")) == 1
    assert page.all("b") == []
    assert page.inline == plain.inline
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert SCRIPT in page.text


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_word_promises_what_an_audit_cannot(word, page):
    folder = files("corpus_audit.report")
    sources = [path for path in Path(str(folder)).rglob("*") if path.suffix in {".py", ".j2", ".js", ".css"}]
    assert len(sources) > 20
    assert [path.name for path in sources if word in path.read_text(encoding="utf-8").lower()] == []
    assert word not in page.text.lower()
    assert word not in render_text(small_input().build()).lower()


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_worded_and_marked(verdict):
    report = small_input().build()
    changed = report.verdict.model_copy(update={"verdict": verdict})
    html = render_html(report.model_copy(update={"verdict": changed}))
    assert f'class="verdict verdict-{verdict}"' in html


def test_an_empty_audit_still_makes_a_page():
    given = small_input()
    evidence = {name: data if name == "dataset" else data.slice(0, 0) for name, data in given.evidence.items()}
    verdict = {
        "verdict": "incomplete",
        "reasons": [{"code": "no-rule", "count": 0, "rules": {}}],
        "findings_by_severity": {},
        "rules_by_state": {},
    }
    empty = replace(given, evidence=evidence, rules=given.rules[:0], findings=given.findings[:0], verdict=verdict)
    page = Page(render_html(empty.build()))
    assert "No rule was applied to the evidence" in page.text
    assert "No rule that was evaluated failed." not in page.text


def test_contradictions_are_marked_by_a_symbol_and_a_word(html):
    marks = re.findall(
        r'<span class="mark mark-contradicted"><span class="symbol" aria-hidden="true">(.)</span> ([^<]+)', html
    )
    assert marks
    assert {symbol for symbol, _ in marks} == {"≠"}


def test_large_reports_stay_small_and_say_what_they_leave_out():
    report = large_input().build()
    html = render_html(report)
    assert len(html.encode()) < 5_000_000
    usual = report.model_copy(update={"findings": report.findings[:1200]})
    assert len(render_html(usual).encode()) < 3_000_000
    assert html.count('<tr class="row"') < len(report.findings)
    assert re.search(r"and [\d,]+ more in findings\.parquet", html)
    assert html.count("and 500 more in sources.parquet") == 2
    assert "All sources on this page are shown." in html
    assert 'href="#source-501"' not in html


def test_the_other_language_is_one_link_away():
    report = small_input().build()
    other = {"zh": "report.zh.html"}
    links = [link for link in Page(render_html(report, "en", other)).all("a") if link.get("rel") == "alternate"]
    assert links == [{"href": "report.zh.html", "hreflang": "zh-Hans", "lang": "zh-Hans", "rel": "alternate"}]
    assert not [link for link in Page(render_html(report)).all("a") if "hreflang" in link]


def test_the_chinese_page_says_so_and_has_the_rules_in_chinese():
    page = Page(render_html(small_input().build(), "zh"))
    assert page.all("html")[0]["lang"] == "zh-Hans"
    assert "未核查的内容" in page.text
    assert "What was not checked" not in page.text
    assert "每个来源的许可证都能读作 SPDX 表达式" in page.text
