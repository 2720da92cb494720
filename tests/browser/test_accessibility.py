"""axe-core on every page that leaves the house: no violation, in both languages, narrow and wide, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from corpus_audit.export.form import Basis, Form, FormSection, LocalizedText, ask, declared, says
from corpus_audit.export.form_html import render_form_html
from corpus_audit.report.html import render_html
from corpus_audit.vocabulary import Language
from golden.report_fixture import small_input

pytestmark = [
    pytest.mark.browser,
    pytest.mark.needs("chromium"),
]


def check(browser, html, folder, **options):
    """Return what axe-core finds wrong with a page, folds opened: rule and places of each violation."""
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    # The page's own policy would refuse the checker's script.
    context = browser.new_context(bypass_csp=True, **options)
    try:
        page = context.new_page()
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        violations = Axe().run(page).response["violations"]
    finally:
        context.close()
    return {v["id"]: [node["target"] for node in v["nodes"]][:5] for v in violations}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [
        (Language.ENGLISH, "light", 1280),
        (Language.ENGLISH, "dark", 360),
        (Language.CHINESE, "dark", 1280),
        (Language.CHINESE, "light", 360),
    ],
)
def test_the_report_has_no_problem(browser, tmp_path, language, scheme, width):
    html = render_html(small_input().build(), language, {other: "#" for other in Language if other is not language})
    viewport = {"width": width, "height": 900}
    assert check(browser, html, tmp_path, color_scheme=scheme, viewport=viewport) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_has_no_problem(browser, tmp_path, scheme):
    title = LocalizedText(en="A title", zh="标题")
    fields = (
        ask(title, declared("a value", "/dataset/title"), note=title),
        ask(title, says(title, Basis.DERIVED, "sources.origin")),
        ask(title),
    )
    part = FormSection(number="1.1", title=title, fields=fields)
    form = Form(
        format="cn-assessment",
        title=title,
        source=title,
        legal_text=title,
        covers=title,
        scope=title,
        dataset_id="d",
        audit_id="a",
        manifest_sha256="0" * 64,
        tool_version="1",
        finished_at="2026-01-02",
        sections=(FormSection(number="1", title=title, sections=(part,)),),
    )
    assert check(browser, render_form_html(form), tmp_path, color_scheme=scheme) == {}


def test_the_check_sees_a_problem(browser, tmp_path):
    assert "image-alt" in check(browser, "<html lang=en><title>t</title><img src='data:,'>", tmp_path)
