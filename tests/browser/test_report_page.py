"""The report in Debian's Chromium: it must work by keyboard, narrow, dark, and without the network or scripts."""

import re

import pytest
from playwright.sync_api import expect

from corpus_audit.report.html import render_html
from corpus_audit.store.identity import PackUsed
from golden import report_fixture
from golden.report_fixture import large_input, small_input

pytestmark = [
    pytest.mark.browser,
    pytest.mark.needs("chromium"),
]

CONTRASTS = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color) => {
    const [r, g, b] = rgba(color).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (rgba(color)[3] > 0) return color;
    }
    return "white";
  };
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.checkVisibility() || element.closest("script, style, option")) continue;
    const style = getComputedStyle(element);
    const ink = element.closest("svg") ? style.fill : style.color;
    const [light, dark] = [luminance(ink), luminance(ground(element))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const name = `${element.tagName.toLowerCase()}.${element.getAttribute("class") || ""}`;
    found.set(name, Math.min(ratio, found.get(name) ?? Infinity));
  }
  return Object.fromEntries(found);
}
"""


@pytest.fixture(scope="module")
def small_report(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render_html(small_input().build()), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def large_report(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render_html(large_input(sources=300, files=1_000).build()), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def open_page(browser):
    """Return a function that opens a report; everything the page asks for or complains about fails the test."""
    contexts, complaints = [], []

    def open_page(address, **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if request.url != address else None)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _visible_findings(page):
    return page.locator("#findings tr.row:visible").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(open_page, small_report, scheme):
    page = open_page(small_report, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    ratios = page.evaluate(CONTRASTS)
    assert len(ratios) > 20
    assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}


def test_light_and_dark_differ(open_page, small_report):
    grounds = {
        open_page(small_report, color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert len(grounds) == 2


@pytest.mark.parametrize("width", [320, 390, 768, 1400])
def test_no_page_is_wider_than_its_window(open_page, large_report, width):
    page = open_page(large_report, viewport={"width": width, "height": 844})
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "shown"), [(390, "narrow"), (1280, "wide")])
def test_each_figure_shows_the_drawing_that_fits(open_page, small_report, width, shown):
    page = open_page(small_report, viewport={"width": width, "height": 844})
    assert page.locator("figure").count() > 0
    assert page.locator("svg.chart:visible").count() == page.locator("figure").count()
    assert page.locator(f"svg.chart-{shown}:visible").count() == page.locator("figure").count()


def test_words_of_a_drawing_do_not_run_into_its_bars(open_page, small_report):
    page = open_page(small_report)
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll("svg.chart-wide")].flatMap((svg) => {
          const boxes = (selector) => [...svg.querySelectorAll(selector)].map((part) => part.getBoundingClientRect());
          const edge = svg.getBoundingClientRect();
          const bars = Math.min(...boxes("line").map((box) => box.left));
          return boxes("text")
            .filter((box) => (box.left < bars && box.right > bars) || box.right > edge.right + 1)
            .map((box) => [box.left, box.right, bars, edge.right]);
        })"""
    )
    assert overlaps == []


def test_the_first_tab_skips_to_the_report(open_page, small_report):
    page = open_page(small_report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_everything_that_can_be_focused_shows_it(open_page, small_report):
    page = open_page(small_report)
    unseen, stops = [], 0
    for _ in range(200):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """() => {
              const element = document.activeElement;
              const { outlineStyle, outlineWidth } = getComputedStyle(element);
              return [element.tagName, element.className, outlineStyle, parseFloat(outlineWidth)];
            }"""
        )
        if focus[0] == "BODY":
            break
        stops += 1
        if focus[2] == "none" or not focus[3]:
            unseen.append(focus)
    assert stops > 30
    assert unseen == []


def test_a_wide_table_scrolls_by_keyboard(open_page, small_report):
    page = open_page(small_report, viewport={"width": 390, "height": 844})
    region = page.locator("#source-table .scroll").first
    region.focus()
    page.keyboard.press("ArrowRight")
    # The page's own policy forbids `wait_for_function`, which evaluates its condition again and again.
    scrolled = region.evaluate(
        """async (element) => {
          for (let frame = 0; frame < 300 && element.scrollLeft === 0; frame++) {
            await new Promise(requestAnimationFrame);
          }
          return element.scrollLeft;
        }"""
    )
    assert scrolled > 0


def test_findings_are_filtered_by_severity_source_and_text(open_page, small_report):
    page = open_page(small_report)
    assert _visible_findings(page) == 10
    page.get_by_role("checkbox", name="Warning").uncheck()
    assert _visible_findings(page) == 6
    assert page.locator("#findings .severity:visible").count() == 1
    page.get_by_role("combobox", name="Source").select_option("dateutil")
    assert _visible_findings(page) == 2
    page.locator("#filter-findings").get_by_label("Text").fill("checksum DIFFERS")
    assert _visible_findings(page) == 1
    assert page.locator("#filter-findings [role=status]").inner_text() == "1 of 10 rows on this page are shown."
    page.locator("#filter-findings").get_by_role("button", name="Show all").click()
    expect(page.locator("#findings tr.row[hidden]")).to_have_count(0)
    assert _visible_findings(page) == 10


def test_findings_are_filtered_by_pack(open_page, tmp_path):
    packs = [PackUsed(name, {"en": name, "zh": name}, "1", "0" * 64) for name in ("baseline", "open-release")]
    path = tmp_path / "report.html"
    path.write_text(
        render_html(small_input(context=report_fixture.context(packs=tuple(packs))).build()), encoding="utf-8"
    )
    page = open_page(path.as_uri())
    page.get_by_role("combobox", name="Pack").select_option("open-release")
    assert _visible_findings(page) == 0
    page.get_by_role("combobox", name="Pack").select_option("baseline")
    assert _visible_findings(page) == 10


def test_the_filter_finds_rows_that_are_folded_away(open_page, large_report):
    page = open_page(large_report)
    page.locator("#filter-findings").get_by_label("Text").fill("source-00030")
    rows = page.locator("#findings tr.row:visible")
    assert rows.count() > 0
    assert all("source-00030" in text for text in rows.all_inner_texts())


def test_sources_are_filtered(open_page, large_report):
    page = open_page(large_report)
    form = page.locator("#filter-sources")
    form.get_by_label("Text").fill("source-00123")
    assert page.locator("#source-table tr.row:visible").count() == 1
    form.get_by_role("button", name="Show all").click()
    expect(page.locator("#source-table tr.row[hidden]")).to_have_count(0)
    form.get_by_label(re.compile("only with something")).check()
    shown = re.match(r"(\d+) of 300 sources", form.locator("[role=status]").inner_text())
    assert shown
    assert 0 < int(shown.group(1)) < 300


def test_a_link_opens_the_fold_its_row_is_in(open_page, large_report):
    page = open_page(f"{large_report}")
    row = page.locator("#source-200")
    assert not row.is_visible()
    page.evaluate("location.hash = '#source-200'")
    row.wait_for(state="visible")


def test_printing_opens_every_fold(open_page, small_report):
    page = open_page(small_report)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


def test_print_is_dark_on_light_whatever_the_screen(open_page, small_report):
    page = open_page(small_report, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.locator("nav:visible").count() == 0


def test_the_page_reads_in_full_without_scripts(open_page, small_report):
    page = open_page(small_report, java_script_enabled=False)
    assert not page.locator("#filter-findings").is_visible()
    assert _visible_findings(page) == 10
    assert page.get_by_role("heading", name="What was not checked").is_visible()


def test_hostile_text_stays_text(open_page, small_report):
    page = open_page(small_report)
    assert page.title().startswith("Fail")
    shown = page.get_by_text("document.title='ran'").locator("visible=true")  # another stands in a folded table
    assert shown.count() > 0


def test_the_accessibility_tree_names_figures_and_regions(open_page, small_report):
    page = open_page(small_report)
    assert page.get_by_role("img", name="Licenses by bytes on disk").count() == 1
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation", name="Contents").count() == 1
    assert page.get_by_role("region", name="Sources: claims beside the data").count() >= 1
    assert page.get_by_role("heading", level=1).count() == 1
