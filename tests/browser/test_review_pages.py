"""Every review page in a real Chromium: it fits, axe-core finds no violation, nothing else is asked for."""

import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from corpus_audit import audit, schemas
from corpus_audit.export.bundle.keys import create_keys
from corpus_audit.ledger import DecisionRequest
from corpus_audit.references.adding import add_reference
from corpus_audit.review.publication import publish
from corpus_audit.review.web.standalone import create_standalone
from corpus_audit.store import write_json
from corpus_audit.vocabulary import DecisionAction, ReferenceKind, Role
from e2e.screenshots import screenshot_path

EXAMPLE = Path(__file__).parents[2] / "examples" / "small-corpus"
SCREENS = {
    "wide-light-en": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light", "locale": "en"},
    "narrow-dark-zh": {"viewport": {"width": 360, "height": 800}, "color_scheme": "dark", "locale": "zh-CN"},
}
REASON = "The publisher confirmed in writing that these texts may be used for training: see the letter in the folder."
LINK = (
    "https://example.org/letters/2026/the-address-of-a-letter-that-is-so-long-that-it-does-not-fit-a-narrow-screen.pdf"
)

CROWD = 27
"""Problems of one group that are decided together."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.needs("chromium"),
]


def write_crowded(folder):
    """Write a dataset of 27 sources that say nothing of themselves, and return its manifest."""
    folder.mkdir()
    for number in range(CROWD):
        (folder / f"{number}.txt").write_text(f"Letter {number} of the keeper of the lamp, on what the sea was like.")
    sources = [{"id": f"letters-{number}", "files": [{"path": f"{number}.txt"}]} for number in range(CROWD)]
    manifest = {"manifest_version": "1", "dataset": {"id": "letters", "version": "1"}, "sources": sources}
    write_json(folder / "manifest.json", manifest)
    return folder / "manifest.json"


class ServedPages:
    """The standalone app over a store in which every page has something to show, on a port of its own."""

    def __init__(self, folder):
        import uvicorn

        shutil.copy(EXAMPLE / "handbook" / "sourdough.md", folder / "sourdough.md")
        add_reference(folder / "store", "cook-books", [folder / "sourdough.md"], ReferenceKind.PROTECTED_WORKS)
        self.audit = audit(EXAMPLE / "manifest.yaml", folder / "store", workers=1).folder
        self.crowded = audit(write_crowded(folder / "crowded"), folder / "store", workers=1).folder
        create_keys(folder / "key")
        options = {"may_reveal": True, "signing_key": folder / "key"}
        app, self.token = create_standalone(folder / "store", "A. Steward", Role.STEWARD, **options)
        self._decide(app.state.desk)
        publish(self.audit, folder / "key", ["csv"])
        self._server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.05)
            assert self._thread.is_alive()
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    def _decide(self, desk):
        soon = (datetime.now(UTC) + timedelta(days=60)).date()
        waiver = DecisionRequest(DecisionAction.ACCEPT_RISK, REASON, "A. Steward", Role.STEWARD, soon, LINK)
        desk.record(self.audit, waiver, findings=[self._finding("personal-information-not-contradicted")])
        desk.record(self.audit, DecisionRequest(DecisionAction.COMMENT, "请补齐许可文件。", "B. Auditor", Role.AUDITOR))
        desk.record(
            self.audit,
            DecisionRequest(
                DecisionAction.APPROVE, "All has an owner.", "A. Steward", Role.STEWARD, despite="Each has a date."
            ),
        )

    def _finding(self, rule):
        rows = self.audit.read("evaluate", schemas.FINDINGS).to_pylist()
        return next(row["finding_id"] for row in rows if row["rule_id"] == f"baseline.{rule}")

    def fact(self, rule):
        """Return evidence table and fact of a rule, as the pages' addresses name them."""
        rows = self.audit.read("evaluate", schemas.RULES).to_pylist()
        return next(f"{row['evidence_table']}.{row['fact']}" for row in rows if row["rule_id"] == f"baseline.{rule}")

    def paths(self):
        """Return the addresses of all pages that show something of their own, by name."""
        one = f"/audits/{self.audit.audit_id}"
        (pair,) = self.audit.read("deduplicate", schemas.PAIRS).to_pylist()
        return {
            "audits": "/",
            "nothing-found": "/?text=nothing-is-called-so",
            "audit": one,
            "problem-group": f"{one}?fact={self.fact('personal-information-not-contradicted')}",
            "overlap-finding": f"{one}/findings/{self._finding('overlap-terms-compatible')}",
            "overlaps": f"{one}/overlaps",
            "pairs": f"{one}/pairs?a={pair['source_a']}&b={pair['source_b']}",
            "copies": f"{one}/copies?a={pair['record_a']}&b={pair['record_b']}",
            "works": f"{one}/works",
            "decisions": f"{one}/decisions",
            "history": "/history?dataset=small-corpus",
            "references": "/references",
            "trace": "/trace",
            "exports": f"{one}/exports",
            "statements": f"{one}/statements",
            "statements-of-a-form": f"{one}/statements?show=eu-summary",
            "refused": "/audits/no-audit-is-called-so",
            "finding": f"{one}/findings/{self._finding('personal-information-not-contradicted')}",
        }

    def stop(self):
        self._server.should_exit = True
        self._thread.join(20)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    pages = ServedPages(tmp_path_factory.mktemp("served"))
    yield pages
    pages.stop()


@pytest.fixture
def visit(browser, served):
    """Return a function that opens the pages in a browser of its own and gives the token."""
    contexts = []

    def visit(**options):
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(served.url)
        return page

    yield visit
    for context in contexts:
        context.close()


def problems_of(page):
    """Return what is wrong with a page as it stands: what sticks out of the screen, and what axe-core says."""
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    overhang = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = {v["id"]: v["nodes"] for v in Axe().run(page).response["violations"]}
    named = {rule: [node["target"] for node in nodes][:5] for rule, nodes in found.items()}
    return named | ({"overhang": overhang} if overhang else {})


@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_fits_and_breaks_no_rule_of_accessibility(served, visit, screen):
    page = visit(bypass_csp=True, **SCREENS[screen])  # the pages' own policy would refuse the checker's script
    problems = {}

    def look(name):
        problems[name] = problems_of(page)
        page.screenshot(path=screenshot_path(f"review-{name}-{screen}"), full_page=True)

    look("login")
    page.locator("[name=token]").fill(served.token)
    page.locator("main button").click()
    for name, path in served.paths().items():
        page.goto(served.url + path)
        look(name)
    page.locator("#records tbody th a").first.click()
    look("record")
    page.locator("form.panel textarea").fill("The person asked what is kept of them.")
    page.locator("form.panel button").click()
    page.get_by_role("status").wait_for()
    look("revealed")
    assert {name: found for name, found in problems.items() if found} == {}


def test_pages_ask_for_nothing_else_and_their_own_policy_refuses_nothing(served, visit):
    page = visit()
    page.locator("[name=token]").fill(served.token)
    page.locator("main button").click()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(served.url) else complaints.append(asked.url))
    paths = {name: path for name, path in served.paths().items() if name != "refused"}
    for path in paths.values():
        page.goto(served.url + path)
    assert complaints == []


class Steward:
    """A steward in front of the pages who counts clicks; keys that move to the next field are none."""

    def __init__(self, page):
        self.page = page
        self.clicks = 0

    def click(self, place):
        self.clicks += 1
        place.click()

    def type(self, label, text):
        """Write into a field of the form, reached by the keyboard."""
        self.page.locator(".decide").get_by_label(label).fill(text)

    def waits(self):
        """Return the clicks until now, once the pages say that something was recorded."""
        self.page.locator("p.said[role=status]").wait_for()
        return self.clicks


@pytest.fixture
def steward(served, visit):
    page = visit(**SCREENS["wide-light-en"])
    page.locator("[name=token]").fill(served.token)
    page.locator("main button").click()
    page.goto(f"{served.url}/audits/{served.audit.audit_id}")
    return Steward(page)


@pytest.fixture
def steward_of_many(served, steward):
    steward.page.goto(f"{served.url}/audits/{served.crowded.audit_id}")
    return steward


def _decide(steward):
    steward.click(steward.page.locator(".decide").get_by_role("radio", name="To be mended"))
    steward.type("Reason", "The supplier is asked for it.")
    steward.type("Who mends it", "Bo Lin")


def test_one_problem_takes_four_clicks_and_both_texts_one(steward):
    steward.click(steward.page.locator(".groups a", has_text="Copied text").first)
    clicks = steward.clicks
    steward.click(steward.page.get_by_role("link", name="Side by side").first)
    assert steward.page.locator(".sides .text").count() == 2
    assert steward.clicks - clicks == 1
    assert steward.page.get_by_text("License:").count() == 2
    steward.page.go_back()
    steward.clicks = clicks
    _decide(steward)
    steward.click(steward.page.locator(".decide").get_by_role("button", name="Record the decision"))
    assert steward.waits() <= 4
    assert steward.page.get_by_text("Assigned to Bo Lin").count() == 1


def test_a_group_of_27_problems_takes_five_clicks_and_is_confirmed(steward_of_many):
    steward = steward_of_many
    groups = steward.page.locator(".groups li").all()
    group = next(one for one in groups if f"{CROWD} of {CROWD} open" in one.inner_text())
    steward.click(group.locator("a"))
    steward.click(steward.page.get_by_label("Tick all on this page"))
    _decide(steward)
    steward.click(steward.page.locator(".decide").get_by_role("button", name="Record the decision"))
    steward.page.get_by_text("Nothing is written yet.").wait_for()
    assert steward.page.locator("main").inner_text().count("letters-") >= CROWD
    steward.page.screenshot(path=screenshot_path("review-confirm-wide-light-en"), full_page=True)
    steward.click(steward.page.get_by_role("button", name=f"Record it for these {CROWD} findings"))
    assert steward.waits() <= 5


def test_an_approval_takes_three_clicks(steward):
    page = steward.page
    steward.click(page.get_by_text("Approve or reject"))
    form = page.locator(".sign-off form").first
    steward.click(form.get_by_label("Approve the audit"))
    form.get_by_label("Reason", exact=False).first.fill("All has an owner.")
    form.get_by_label("Why it is approved despite this verdict").fill("Each has a date.")
    steward.click(form.get_by_role("button", name="Record the decision"))
    assert steward.waits() <= 3


def test_gaps_are_filled_by_keyboard_and_nothing_typed_is_lost(steward, served):
    page = steward.page
    page.get_by_role("link", name="Fill gaps").press("Enter")
    page.get_by_label("Who collected it?").fill("Contoso Data")
    page.get_by_label("On which day did its collection begin?").fill("soon")
    page.get_by_label("What they rest on").fill("Contract 7 says so.")
    page.get_by_role("button", name="Record the statements").press("Enter")
    page.get_by_role("alert").wait_for()
    wrong = page.get_by_label("On which day did its collection begin?")
    assert wrong.get_attribute("aria-invalid") == "true"
    assert page.get_by_label("Who collected it?").input_value() == "Contoso Data"
    assert problems_of(page) == {}
    page.screenshot(path=screenshot_path("review-statements-refused-wide-light-en"), full_page=True)
    wrong.fill("2026-01-02")
    page.get_by_role("button", name="Record the statements").press("Enter")
    assert steward.waits() == 0
    assert page.get_by_text("Stated by A. Steward on").count() == 2


def test_the_report_leads_to_the_page_of_its_gaps(steward, served):
    page = steward.page
    page.goto(f"{served.url}/audits/{served.audit.audit_id}/report/report.html#missing")
    page.get_by_role("link", name="State them on a page").click()
    page.get_by_role("heading", level=1).wait_for()
    assert "/statements" in page.url
    assert page.get_by_label("Who collected it?").count() == 1


def test_a_file_is_attached_and_downloaded(steward, served, tmp_path):
    page = steward.page
    (tmp_path / "letter.html").write_text("<script>document.title = 'taken over'</script>")
    page.goto(f"{served.url}/audits/{served.audit.audit_id}/findings/{served._finding('overlap-terms-compatible')}")
    page.locator(".decide").get_by_role("radio", name="To be mended").click()
    page.locator(".decide").get_by_label("Reason").fill("See the letter.")
    page.locator(".decide").get_by_text("Link or file that supports it").click()
    page.locator(".decide").get_by_label("Or a file that supports it").set_input_files(tmp_path / "letter.html")
    page.locator(".decide").get_by_role("button", name="Record the decision").click()
    steward.waits()
    with page.expect_download() as sent:
        page.get_by_role("link", name="letter.html").click()
    assert sent.value.suggested_filename == "letter.html"


def test_the_keys_lead_from_problem_to_problem(steward):
    page = steward.page
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator("table.findings").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Back to the list").wait_for()
    page.keyboard.press("u")
    page.locator("table.findings").wait_for()
