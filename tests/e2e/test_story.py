"""The whole story in a browser: an engineer audits, a steward decides and approves, a regulator gets the bundle.

The deployment of docker-compose.yml runs as plain processes (topology.py). Each chapter is a fixture, so that a test
that needs what a chapter leaves behind says so. What people see goes to build/screenshots.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator

from browser.conftest import ARGUMENTS
from e2e.screenshots import SCREENSHOTS
from e2e.topology import HAS_AIRFLOW, REPOSITORY, Topology, started_topology, wait_until

pytest.importorskip("asyncpg")
sync_api = pytest.importorskip("playwright.sync_api")

from e2e.visitor import (  # noqa: E402 - needs playwright
    EXAMPLE_SIZE,
    REVIEW,
    SOON_MS,
    Visitor,
    api_of,
    log_of,
    wait_for_run,
    wait_for_task,
)

expect = sync_api.expect
CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.needs("chromium"),
    pytest.mark.skipif(not HAS_AIRFLOW, reason="Airflow, or its provider FAB, is missing"),
]

ROLES = {"enid": ["User", "Auditor"], "stella": ["User", "Audit Steward"], "regina": ["Regulator"]}
TITLE = "<script>document.title = 'taken over'</script> Household advice and a forum"
IN_TWO_MONTHS = (datetime.now(UTC) + timedelta(days=60)).date().isoformat()
REASON = "The forum's owner confirmed in writing that these texts may be used."
BULK_REASON = "Known, and to be mended in the next version."
REFUSAL = "A reason is required: say why in a sentence. Clear 'ask', and answer again."
CRITICAL = 4
"""Critical findings of the example; they come first in every list."""


@dataclass(frozen=True)
class AuditRun:
    """A run of audit_dataset, and the audit that it made."""

    run_id: str
    audit_id: str

    @property
    def page(self) -> str:
        """The address of the audit's page."""
        return f"{REVIEW}/audits/{self.audit_id}"


@dataclass(frozen=True)
class SignOff:
    """The run of review_audit that asked for an approval."""

    run_id: str


@pytest.fixture(scope="module")
def topology(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Topology]:
    """The running deployment with three people in it. What it logged is kept when a test failed."""
    before = request.session.testsfailed
    folder = tmp_path_factory.mktemp("topology")
    try:
        with started_topology(folder, stewards="stella") as started:
            _add_people(started)
            yield started
    finally:
        if request.session.testsfailed > before:
            shutil.copytree(folder / "airflow" / "logs", SCREENSHOTS.with_name("e2e-logs"), dirs_exist_ok=True)


def _password(name: str) -> str:
    return f"password of {name}"


def _add_people(topology: Topology) -> None:
    with api_of(topology, "admin", topology.variables["ADMIN_PASSWORD"]) as api:
        for name, roles in ROLES.items():
            person = {"username": name, "first_name": name.title(), "last_name": "Tester", "password": _password(name)}
            person |= {"email": f"{name}@example.org", "roles": [{"name": role} for role in roles]}
            api.post("/auth/fab/v1/users", json=person).raise_for_status()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, "--disable-dev-shm-usage"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def visit(topology: Topology, browser: Any) -> Callable[[str], Visitor]:
    """Return a function that sits somebody before a browser of their own, not logged in."""

    def sit(name: str) -> Visitor:
        context = browser.new_context(viewport=EXAMPLE_SIZE, accept_downloads=True)
        context.set_default_timeout(SOON_MS)
        return Visitor(topology, context, context.new_page(), name, _password(name))

    return sit


@pytest.fixture(scope="module")
def enid(visit: Callable[[str], Visitor]) -> Visitor:
    """The ML engineer."""
    visitor = visit("enid")
    visitor.log_in()
    expect(visitor.page.get_by_text("Welcome")).to_be_visible()
    return visitor


@pytest.fixture(scope="module")
def stella(visit: Callable[[str], Visitor]) -> Visitor:
    """The steward."""
    visitor = visit("stella")
    visitor.log_in()
    expect(visitor.page.get_by_text("Welcome")).to_be_visible()
    return visitor


@pytest.fixture(scope="module")
def regina(visit: Callable[[str], Visitor]) -> Visitor:
    """The regulator, who was sent the address of the review pages."""
    visitor = visit("regina")
    visitor.log_in(at=f"{REVIEW}/")
    expect(visitor.page.get_by_role("heading", name="Audits")).to_be_visible()
    return visitor


@pytest.fixture(scope="module")
def audited(topology: Topology, enid: Visitor) -> AuditRun:
    """An audit that the engineer asked for in Airflow's form."""
    corpus = topology.data / "small-corpus"
    shutil.copytree(REPOSITORY / "examples" / "small-corpus", corpus)
    manifest = corpus / "manifest.yaml"
    written = manifest.read_text(encoding="utf-8")
    retitled, count = re.subn(r"^  title: A small corpus.*$", f'  title: "{TITLE}"', written, count=1, flags=re.M)
    assert count == 1
    manifest.write_text(retitled, encoding="utf-8")
    run_id = enid.trigger("audit_dataset", manifest=manifest)
    enid.see("run-begun")
    enid.rest()
    with enid.api() as api:
        wait_for_run(api, "audit_dataset", run_id, "success")
        told = api.get(f"/api/v2/dags/audit_dataset/dagRuns/{run_id}/taskInstances/report/xcomEntries/return_value")
    audit_id = told.json()["value"]["audit_id"]
    return AuditRun(run_id, audit_id)


@pytest.fixture(scope="module")
def asked(audited: AuditRun, stella: Visitor) -> SignOff:
    """What the audit's report started: the steward is asked."""
    with stella.api() as api:
        (run,) = wait_until(
            lambda: api.get("/api/v2/dags/review_audit/dagRuns").json()["dag_runs"], "the report starts review_audit"
        )
        run_id = run["dag_run_id"]
        wait_for_task(api, "review_audit", run_id, "ask", "awaiting_input")
    return SignOff(run_id)


@pytest.fixture(scope="module")
def decided(audited: AuditRun, stella: Visitor) -> list[str]:
    """The reasons of what the steward decided: about one finding, then about all other critical ones together."""
    page = stella.open_menu()
    page.get_by_role("region", name="Waits for you").get_by_role("link", name="Household advice").click()
    expect(page.get_by_role("heading", name="Problems")).to_be_visible()
    stella.see("audit")
    page.get_by_role("link", name="List each problem").click()
    page.locator("table.findings tbody th a").first.click()
    expect(page.get_by_role("heading", name="Evidence")).to_be_visible()
    stella.see("finding")
    form = page.locator("form.decide")
    form.get_by_role("radio", name="False positive").check()
    form.get_by_label("Last day it holds").fill(IN_TWO_MONTHS)
    form.get_by_label("Reason").fill(REASON)
    stella.see("finding-decided")
    form.get_by_role("button", name="Record the decision").click()
    first = _written(page)
    stella.see("finding-recorded")
    page.get_by_role("link", name="Findings", exact=True).click()
    facets = page.get_by_role("navigation", name="Narrow the list")
    for value in ("Critical", "Open"):
        facets.get_by_role("link", name=re.compile(value)).click()
        expect(facets.locator("[aria-current]", has_text=value)).to_be_visible()  # the list is the narrower one
    page.get_by_role("link", name="List each problem").click()
    expect(page.locator("table.findings tbody tr")).to_have_count(CRITICAL - 1)
    page.get_by_label("Tick all on this page").check()
    bulk = page.get_by_role("group", name="Decide about the ticked problems")
    bulk.get_by_role("radio", name="Accept the risk").check()
    bulk.get_by_label("Last day it holds").fill(IN_TWO_MONTHS)
    bulk.get_by_label("Reason").fill(BULK_REASON)
    bulk.scroll_into_view_if_needed()
    stella.see("bulk-decision")
    bulk.get_by_role("button", name="Record the decision").click()
    page.get_by_role("button", name=re.compile("Record it for")).click()
    others = _written(page)
    assert first + others == CRITICAL
    stella.see("bulk-recorded")
    return [*[REASON] * first, *[BULK_REASON] * others]


def _written(page: FrameLocator) -> int:
    """Return how many entries the pages say were written to the ledger."""
    said = page.get_by_text("written to the ledger.")
    expect(said).to_be_visible()
    return int(said.inner_text().split()[0])


@pytest.fixture(scope="module")
def approved(audited: AuditRun, asked: SignOff, decided: list[str], stella: Visitor) -> AuditRun:
    """The audit, approved in Airflow's required actions after an answer without a reason was refused."""
    _answer(stella, "Approve", " ")
    with stella.api() as api:
        wait_for_run(api, "review_audit", asked.run_id, "failed")
        assert REFUSAL in log_of(api, "review_audit", asked.run_id, "record")
        _ask_again(stella, asked)
        wait_for_task(api, "review_audit", asked.run_id, "ask", "awaiting_input")
        _answer(stella, "Approve", "Every open finding has an owner.")
        wait_for_run(api, "review_audit", asked.run_id, "success")
    stella.open(f"/dags/review_audit/runs/{asked.run_id}")
    expect(stella.page.get_by_text("Success").first).to_be_visible()
    stella.see("signed-off")
    return audited


def _answer(visitor: Visitor, option: str, reason: str) -> None:
    """Answer what Airflow requires, from the list of required actions."""
    visitor.open("/required_actions")
    visitor.page.get_by_role("link", name="approve it?").click()
    visitor.page.locator("#element_reason").fill(reason)
    visitor.page.locator("#element_despite").fill("Counsel knows of what is open.")
    visitor.see("required-action")
    visitor.page.get_by_role("button", name=option, exact=True).click()
    expect(visitor.page.get_by_text(f"from {visitor.name}")).to_be_visible()
    visitor.rest()


def _ask_again(visitor: Visitor, asked: SignOff) -> None:
    """Clear the task that asks, and what follows it, as the log of the refusal says."""
    visitor.open(f"/dags/review_audit/runs/{asked.run_id}/tasks/ask")
    visitor.page.get_by_role("button", name=re.compile("clear", re.IGNORECASE)).first.click()
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog.get_by_text("Affected Tasks: 3")).to_be_visible()
    visitor.see("clear")
    dialog.get_by_role("button", name="Confirm").click()
    expect(dialog).to_be_hidden()
    visitor.rest()


def test_a_wrong_password_is_refused(visit: Callable[[str], Visitor]) -> None:
    visitor = visit("enid")
    visitor.log_in("not the password", at=f"{REVIEW}/")
    expect(visitor.page.get_by_text("Invalid login. Please try again.")).to_be_visible()
    visitor.see("wrong-password")
    assert visitor.get("/api/v2/dags").status == 401
    assert visitor.get(f"{REVIEW}/").status == 307
    visitor.context.close()


def test_the_engineer_sees_the_audit_of_a_run_on_its_tab(audited: AuditRun, enid: Visitor) -> None:
    enid.open(f"/dags/audit_dataset/runs/{audited.run_id}")
    expect(enid.page.get_by_text("Success").first).to_be_visible()
    enid.see("run-ended")
    enid.page.get_by_role("link", name="Audit", exact=True).click()
    page = enid.review_in("Audit")
    expect(page.locator("header.audit code")).to_have_text(audited.audit_id)
    enid.see("audit-tab")


def test_the_engineer_reads_everything_masked_and_decides_nothing(audited: AuditRun, enid: Visitor) -> None:
    page = enid.open_menu()
    expect(page.get_by_role("heading", name="Audits")).to_be_visible()
    enid.see("audits")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("heading", name="Problems")).to_be_visible()
    assert enid.page.title() != "taken over"
    expect(page.get_by_role("button", name="Record the decision")).to_have_count(0)
    expect(page.get_by_role("checkbox")).to_have_count(0)
    enid.see("audit")
    page.get_by_role("link", name="declared free of personal information").first.click()
    expect(page.get_by_role("heading", name="Records behind it")).to_be_visible()
    expect(page.get_by_role("button", name="Record the decision")).to_have_count(0)
    enid.see("finding")
    page.locator("#records tbody th a").first.click()
    expect(page.locator("mark.masked").first).to_be_visible()
    enid.see("record")
    assert "@" in (REPOSITORY / "examples/small-corpus/contacts/entries.csv").read_text(encoding="utf-8")
    assert not re.search(r"[\w.]+@[\w.]+", page.get_by_role("region", name="Text of the record").inner_text())
    enid.open(f"{audited.page}/report")
    expect(enid.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    enid.see("report")


def test_the_steward_sees_what_two_near_copies_share(audited: AuditRun, stella: Visitor) -> None:
    page = stella.open_menu()
    page.get_by_role("group", name="Audits").get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Overlaps").click()
    expect(page.get_by_role("heading", name="Overlaps between sources")).to_be_visible()
    stella.see("overlaps")
    page.get_by_role("link", name="Copies", exact=True).first.click()
    expect(page.get_by_role("heading", name="Copies between")).to_be_visible()
    stella.see("copies")
    page.get_by_role("link", name="Side by side").first.click()
    expect(page.locator(".sides mark.shared")).not_to_have_count(0)
    stella.see("side-by-side")
    first, second = (
        [" ".join(text.split()) for text in side.locator("mark.shared").all_inner_texts()]
        for side in page.locator(".sides > div").all()
    )
    assert first
    assert first == second


def test_what_the_steward_decides_is_in_the_ledger_and_the_verdict_follows(
    audited: AuditRun, decided: list[str], topology: Topology, stella: Visitor
) -> None:
    listed = topology.run("scheduler", "corpus-audit", "ledger", "list", "--audit", audited.audit_id)
    assert [reason for reason in decided if reason not in listed.stdout] == []
    assert listed.stdout.count("stella") == len(decided)
    stella.open(f"{audited.page}/decisions")
    expect(stella.page.locator(".entry")).to_have_count(len(decided))
    stella.see("decisions")
    stella.open(audited.page)
    expect(stella.page.get_by_role("heading", name="Pass with waivers")).to_be_visible()
    stella.see("verdict")


def test_only_a_steward_may_answer_and_only_once(audited: AuditRun, asked: SignOff, enid: Visitor) -> None:
    with enid.api() as api:
        path = f"/api/v2/dags/review_audit/dagRuns/{asked.run_id}/taskInstances/ask/-1/hitlDetails"
        answer = api.patch(
            path, json={"chosen_options": ["Approve"], "params_input": {"reason": "I say so.", "despite": ""}}
        )
    assert answer.status_code == 403


def test_the_approval_is_in_a_ledger_that_verifies_and_the_bundle_is_there(
    approved: AuditRun, topology: Topology, stella: Visitor
) -> None:
    verified = topology.run("scheduler", "corpus-audit", "ledger", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    listed = topology.run("scheduler", "corpus-audit", "ledger", "list", "--audit", approved.audit_id)
    assert "Every open finding has an owner." in listed.stdout
    stella.open(f"{approved.page}/exports")
    expect(stella.page.get_by_text(re.compile("^approved by stella on "))).to_be_visible()
    stella.see("exports")


def test_the_regulator_sees_what_was_approved_and_verifies_the_bundle(
    approved: AuditRun, regina: Visitor, topology: Topology, tmp_path: Path
) -> None:
    page = regina.open_menu()
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    regina.see("audits")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", name="Signed bundle")).to_be_visible()
    expect(page.get_by_role("link", name="Findings", exact=True)).to_have_count(0)
    regina.see("exports")
    with regina.page.expect_download() as started:
        page.get_by_role("link", name=f"{approved.audit_id}.bundle.zip").click()
    received = tmp_path / started.value.suggested_filename
    started.value.save_as(received)
    command = [Path(sys.prefix) / "bin" / "corpus-audit", "verify", received, "--public-key", topology.public_key]
    verified = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env={"HOME": "/"})
    assert verified.returncode == 0, verified.stdout + verified.stderr
    regina.open(f"{approved.page}/report")
    expect(regina.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    regina.see("report")


def test_the_regulator_is_refused_everything_else(audited: AuditRun, regina: Visitor) -> None:
    for path in ("", "/decisions", "/overlaps", "/record?record=x", "/findings/x", "/copies?a=x&b=y"):
        answer = regina.get(audited.page + path)
        assert (answer.status, "may not do this" in answer.text()) == (403, True), path
    assert regina.get("/api/v2/dags").status == 403
    regina.open(f"{audited.page}/record?record=x")
    expect(regina.page.get_by_role("alert")).to_contain_text("Your role (regulator) may not do this")
    regina.see("refused")


REFUSED = {
    "Nothing was changed": (403, {"csrf_token": "1.00"}),
    "There is no finding &#39;gone&#39;": (422, {"finding": "gone"}),
    "begins with &#39;=&#39;": (422, {"reason": "=HYPERLINK(1)"}),
}


@pytest.mark.parametrize("said", REFUSED)
def test_a_form_that_is_not_as_it_must_be_is_refused_in_words(audited: AuditRun, stella: Visitor, said: str) -> None:
    stella.open(f"{audited.page}?each=yes")
    form = stella.page.locator("form.bulk")
    sent = {
        "csrf_token": form.locator("[name=csrf_token]").input_value(),
        "problem": form.locator("[name=problem]").first.input_value(),
        "scope": "finding",
        "action": "remediate",
        "reason": "A reason that must not be written.",
    }
    status, changed = REFUSED[said]
    answer = stella.post(f"{audited.page}/decisions", sent | changed)
    assert answer.status == status
    assert said in answer.text()
    assert sent["reason"] not in stella.get(f"{audited.page}/decisions").text()


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "nobody-knows-it"])
def test_an_audit_that_is_none_is_not_found(stella: Visitor, name: str) -> None:
    answer = stella.get(f"{REVIEW}/audits/{name}")
    assert answer.status == 404
    assert "root:" not in answer.text()
