"""The review app: decisions and what follows from them, what is masked, what is refused."""

import hashlib
import html
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from httpx import Response

from corpus_audit import schemas
from corpus_audit.errors import LedgerError, StoreError
from corpus_audit.export.bundle.keys import create_keys
from corpus_audit.ledger import Decision, DecisionRequest, Ledger, Reads
from corpus_audit.ledger.attachment import LARGEST
from corpus_audit.pipeline.audit import Audit
from corpus_audit.pipeline.audit import audit as run_audit
from corpus_audit.review.access import Person
from corpus_audit.review.index import AuditQuery
from corpus_audit.store import AuditFolder, locked_folder, read_json, write_table
from corpus_audit.vocabulary import DecisionAction, DecisionScope, Role
from e2e.small_corpus import CANARY
from integration.conftest import TITLE
from integration.review_client import ReviewClient, message_of

SOON = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()


@pytest.fixture
def client(store: Path, tmp_path: Path) -> ReviewClient:
    create_keys(tmp_path / "key")
    return ReviewClient(store, tmp_path / "key")


@pytest.fixture
def audit(store: Path, audited: AuditFolder) -> AuditFolder:
    return AuditFolder(store / "audits" / audited.audit_id)


def _findings(audit: AuditFolder, rule_id: str) -> list[str]:
    rows = audit.read("evaluate", schemas.FINDINGS).to_pylist()
    return [row["finding_id"] for row in rows if row["rule_id"] == rule_id]


def _critical(audit: AuditFolder) -> list[str]:
    rows = audit.read("evaluate", schemas.FINDINGS).to_pylist()
    return [row["finding_id"] for row in rows if row["severity"] == "critical"]


def _accept(findings: list[str], **changes: object) -> dict[str, object]:
    form = {"action": "accept-risk", "scope": "finding", "finding": findings, "expires_on": SOON, "reason": "Known."}
    return form | changes


def test_waivers_close_findings_and_the_verdict_follows(client: ReviewClient, audit: AuditFolder) -> None:
    waived = [*_critical(audit), *_findings(audit, "baseline.data-read"), *_findings(audit, "baseline.files-declared")]
    answer = client.decide("steward", f"/audits/{audit.audit_id}/decisions", _accept(waived))
    assert answer.status_code == 303
    listed = client.app.state.desk.index.get(audit.audit_id)
    assert (listed.verdict, listed.open_critical, listed.is_current) == ("pass-with-waivers", 0, True)
    assert listed.open_findings == listed.findings - len(waived)
    page = client.get("auditor", f"/audits/{audit.audit_id}", status="accepted").text
    assert page.count("all decided") >= 3
    assert " open</small>" not in page
    (entry,) = {entry.author for entry in client.app.state.desk.ledger.entries()}
    assert entry == "the steward"


def test_an_expired_waiver_shows_in_the_list_without_anybody_doing_anything(
    store: Path, audit: AuditFolder, client: ReviewClient
) -> None:
    from corpus_audit.review.service import ReviewService

    client.decide("steward", f"/audits/{audit.audit_id}/decisions", _accept(_critical(audit)))
    later = ReviewService(store, clock=lambda: datetime.now(UTC) + timedelta(days=40))
    (listed,) = later.index.find(AuditQuery()).audits
    assert (listed.verdict, listed.open_findings, listed.is_current) == ("fail", listed.findings, True)


def test_a_decision_stands_while_another_process_concludes(client: ReviewClient, audit: AuditFolder) -> None:
    with locked_folder(audit.path / ".partial-conclude"):
        answer = client.decide("steward", f"/audits/{audit.audit_id}/decisions", _accept(_critical(audit)))
        listed = client.app.state.desk.index.get(audit.audit_id)
    assert answer.status_code == 303
    assert (listed.verdict, listed.open_critical, listed.is_current) == ("fail", 0, False)
    assert client.get("auditor", f"/audits/{audit.audit_id}").status_code == 200
    assert client.app.state.desk.index.get(audit.audit_id).is_current


def test_one_decision_is_about_every_finding_of_a_list(client: ReviewClient, audit: AuditFolder) -> None:
    rule = "baseline.origin-recorded"
    form = _accept([], all_found="true", rule=rule, action="remediate", expires_on="")
    assert client.decide("steward", f"/audits/{audit.audit_id}/decisions", form).status_code == 303
    decided = {entry.finding_id for entry in client.app.state.desk.ledger.entries()}
    rows = audit.read("evaluate", schemas.FINDINGS).to_pylist()
    problems = {row["problem_id"] for row in rows if row["rule_id"] == rule}
    assert decided >= set(_findings(audit, rule))
    assert decided == {row["finding_id"] for row in rows if row["problem_id"] in problems}
    assert len(problems) == 3


def test_a_decision_about_several_findings_is_shown_before_it_is_written(
    client: ReviewClient, audit: AuditFolder
) -> None:
    path, chosen = f"/audits/{audit.audit_id}/decisions", _findings(audit, "baseline.origin-recorded")
    form = _accept(chosen)
    preview = client.post("steward", path, form)
    assert (preview.status_code, client.app.state.desk.ledger.entries()) == (200, [])
    assert "This closes 3 findings" in preview.text
    confirmed = re.search(r'name="confirmed" value="(\w+)"', preview.text)
    assert confirmed
    other = client.post("steward", path, _accept(chosen[:2], confirmed=confirmed[1]))
    assert "This closes 2 findings" in other.text
    back = client.post("steward", path, form | {"change": "true"})
    assert 'accept-risk" required checked' in back.text
    assert "Known.</textarea>" in back.text
    assert client.app.state.desk.ledger.entries() == []
    assert client.post("steward", path, form | {"confirmed": confirmed[1]}).status_code == 303
    assert len(client.app.state.desk.ledger.entries()) == 3


def test_what_waits_for_a_steward_comes_first(client: ReviewClient, audit: AuditFolder) -> None:
    assert "Waits for you" in client.get("steward", "/").text
    assert "Waits for you" not in client.get("auditor", "/").text
    assert "Waits for you" not in client.get("steward", "/", text="small").text
    path, (first, second, *_rest) = f"/audits/{audit.audit_id}/decisions", _critical(audit)
    client.post("steward", path, _accept([first]))
    assert f"until {SOON}" in client.get("steward", "/").text
    assert "Assigned to you" not in client.get("steward", "/").text
    client.post("steward", path, _accept([second], action="remediate", assignee="The Steward", reason="Ask them."))
    assert "Assigned to you" in client.get("steward", "/").text
    assert f"due on {SOON}" in client.get("steward", "/").text
    client.post("steward", path, _accept([second], action="reopen", expires_on="", reason="Done."))
    of_a_deleted = Decision(
        action=DecisionAction.REMEDIATE,
        scope=DecisionScope.FINDING,
        dataset_id="gone",
        audit_id="gone-1",
        finding_id=second,
        reason="Assigned to The Steward: Ask them.",
        author="A. Steward",
        role=Role.STEWARD,
    )
    client.app.state.desk.ledger.append([of_a_deleted])
    assert "Assigned to you" not in client.get("steward", "/").text


def test_a_refused_form_keeps_what_was_typed_and_marks_what_is_wrong(client: ReviewClient, audit: AuditFolder) -> None:
    (finding, *_rest) = _critical(audit)
    typed = "The letter of the publisher permits it."
    form = _accept([finding], of_finding=finding, expires_on="2999-01-01", reason=typed)
    answer = client.post("steward", f"/audits/{audit.audit_id}/decisions", form)
    assert answer.status_code == 422
    assert f"{typed}</textarea>" in answer.text
    assert re.search(r'name="expires_on" value="2999-01-01" aria-invalid="true" aria-describedby="(\S+)"', answer.text)
    assert re.search(r'value="accept-risk" required checked', answer.text)
    chinese = client.http.post(
        f"/audits/{audit.audit_id}/decisions?lang=zh",
        data=form | {"csrf_token": client.app.state.form_tokens.make(Person("the steward", Role.STEWARD))},
        headers={"person": "steward"},
    )
    assert re.search(r'role="alert">[^a-z]*</p>', chinese.text)


def test_a_decision_is_taken_back_by_a_second_one_and_work_is_assigned(
    client: ReviewClient, audit: AuditFolder
) -> None:
    (finding, *_rest) = _critical(audit)
    path, page = f"/audits/{audit.audit_id}/decisions", f"/audits/{audit.audit_id}/findings/{finding}"
    client.post("steward", path, _accept([finding]))
    assert "Undo this decision" in client.get("steward", page).text
    undo = _accept([finding], action="reopen", expires_on="", reason="Taken by mistake.")
    assert client.post("steward", path, undo).status_code == 303
    assert client.app.state.desk.index.get(audit.audit_id).open_findings == len(
        audit.read("evaluate", schemas.FINDINGS)
    )
    assigned = _accept([finding], action="remediate", assignee="Bo Lin", reason="Ask the publisher.")
    assert client.post("steward", path, assigned).status_code == 303
    shown = client.get("steward", page).text
    assert f"Assigned to Bo Lin, due on {SOON}" in shown
    assert [entry.action for entry in client.app.state.desk.ledger.entries()] == ["accept-risk", "reopen", "remediate"]
    wrong = client.post("steward", path, _accept([finding], assignee="Bo Lin"))
    assert "Only what is to be mended is assigned" in message_of(wrong)


REFUSED = {
    "begins with &#39;=&#39;": {"reason": "=1+1"},
    "A reason is required": {"reason": "  "},
    "must expire": {"expires_on": ""},
    "at most": {"expires_on": "2999-01-01"},
    "is not a date": {"expires_on": "tomorrow"},
    "Choose a decision": {"action": "wave-through"},
    "is about source": {"action": "exclude-source"},
    "There is no finding &#39;f00&#39;": {"finding": ["f00"]},
    "tick at least one": {"finding": []},
    "not an address": {"evidence_link": "javascript:alert(1)"},
    "is revealed on the page of its record": {"action": "reveal"},
    "is recorded by what does it": {"action": "read", "scope": "audit"},
}


@pytest.mark.parametrize("said", REFUSED)
def test_what_may_not_be_decided_is_refused_in_words_and_nothing_is_written(
    client: ReviewClient, audit: AuditFolder, said: str
) -> None:
    form = _accept(_critical(audit), **REFUSED[said])
    answer = client.decide("steward", f"/audits/{audit.audit_id}/decisions", form)
    assert answer.status_code == 422
    assert said in message_of(answer)
    assert client.app.state.desk.ledger.entries() == []


def test_nothing_is_decided_on_an_edited_audit(client: ReviewClient, audit: AuditFolder) -> None:
    first, *rest = _critical(audit)
    kept = [row for row in audit.read("evaluate", schemas.FINDINGS).to_pylist() if row["finding_id"] != first]
    table = pa.Table.from_pylist(kept, schema=schemas.FINDINGS.schema)
    write_table(audit.table_path("evaluate", schemas.FINDINGS), schemas.FINDINGS, table)
    answer = client.post("steward", f"/audits/{audit.audit_id}/decisions", _accept(rest))
    assert answer.status_code == 404
    assert "evaluate/findings.parquet was changed" in message_of(answer)
    assert client.app.state.desk.ledger.entries() == []


@pytest.mark.parametrize("token", ["", "forged", "1.2", "9999999999.00", "x.y"])
def test_a_forged_form_is_refused(client: ReviewClient, audit: AuditFolder, token: str) -> None:
    answer = client.post("steward", f"/audits/{audit.audit_id}/decisions", _accept(_critical(audit)), token=token)
    assert answer.status_code == 403
    assert "Nothing was changed" in message_of(answer)
    assert client.app.state.desk.ledger.entries() == []


def test_a_token_of_somebody_else_or_another_site_is_refused(client: ReviewClient, audit: AuditFolder) -> None:
    from corpus_audit.review.access import Person
    from corpus_audit.vocabulary import Role

    path, form = f"/audits/{audit.audit_id}/decisions", _accept(_critical(audit))
    others = client.app.state.form_tokens.make(Person("another", Role.STEWARD))
    assert client.post("steward", path, form, token=others).status_code == 403
    own = client.app.state.form_tokens.make(Person("the steward", Role.STEWARD))
    headers = {"person": "steward", "sec-fetch-site": "cross-site"}
    assert client.http.post(path, data=form | {"csrf_token": own}, headers=headers).status_code == 403
    assert client.app.state.desk.ledger.entries() == []


@pytest.mark.parametrize("name", ["%2e%2e", "..%2f..%2fetc", "%2e%2e%2fstore", "a%00b", "nobody-knows-it"])
def test_an_audit_id_is_never_a_path(client: ReviewClient, name: str, audit: AuditFolder) -> None:
    for path in (f"/audits/{name}", f"/audits/{name}/report", f"/audits/{name}/bundle"):
        answer = client.get("steward", path)
        assert answer.status_code == 404, path
        assert audit.audit_id not in answer.text
        assert "root:" not in answer.text


def test_markup_in_a_title_is_shown_as_text(client: ReviewClient, audit: AuditFolder) -> None:
    for path in ("/", f"/audits/{audit.audit_id}", f"/audits/{audit.audit_id}/report/report.html"):
        answer = client.get("steward", path)
        assert "<script>document.title" not in answer.text
        assert html.escape(TITLE, quote=False)[:20] in answer.text
    policy = client.get("steward", "/").headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_markup_in_a_reason_is_shown_as_text(client: ReviewClient, audit: AuditFolder) -> None:
    form = {"action": "comment", "scope": "audit", "reason": "seen <img src=x onerror=alert(1)>"}
    client.post("auditor", f"/audits/{audit.audit_id}/comments", form)
    page = client.get("auditor", f"/audits/{audit.audit_id}").text
    assert "<img" not in page
    assert "seen &lt;img" in page


def _record_with_canary(client: ReviewClient, audit: AuditFolder) -> tuple[str, str]:
    (finding,) = _findings(audit, "baseline.personal-information-not-contradicted")
    page = client.get("auditor", f"/audits/{audit.audit_id}/findings/{finding}").text
    assert CANARY not in page
    (record,) = re.findall(r"record\?record=([0-9a-f]+%3A\d+)", page)
    return finding, record.replace("%3A", ":")


def test_an_excerpt_is_masked_until_somebody_gives_a_reason(client: ReviewClient, audit: AuditFolder) -> None:
    finding, record = _record_with_canary(client, audit)
    page = client.get("steward+reveal", f"/audits/{audit.audit_id}/record", record=record, finding=finding)
    assert CANARY not in page.text
    assert "write to " in page.text
    form = {"record": record, "finding": finding, "reason": " "}
    refused = client.post("steward+reveal", f"/audits/{audit.audit_id}/reveal", form)
    assert refused.status_code == 422
    assert CANARY not in refused.text
    shown = client.post("steward+reveal", f"/audits/{audit.audit_id}/reveal", form | {"reason": "Asked by the person."})
    assert CANARY in shown.text
    assert shown.headers["cache-control"] == "no-store"
    (entry,) = client.app.state.desk.ledger.entries()
    assert (entry.action, entry.author, entry.finding_id) == ("reveal", "the steward", finding)
    assert entry.reason == f"Record {record}: Asked by the person."


def test_a_file_that_changed_since_shows_no_excerpt(
    client: ReviewClient, audit: AuditFolder, audited: AuditFolder
) -> None:
    _finding, record = _record_with_canary(client, audit)
    letters = audited.path.parents[2] / "corpus" / "people" / "letters.csv"
    before = letters.read_bytes()
    letters.write_bytes(before.replace(b"write to", b"to"))
    try:
        answer = client.get("auditor", f"/audits/{audit.audit_id}/record", record=record)
    finally:
        letters.write_bytes(before)
    assert answer.status_code == 404
    assert "has changed since the audit" in message_of(answer)
    assert CANARY not in answer.text


def test_two_copies_stand_side_by_side_with_what_they_share_marked(client: ReviewClient, audit: AuditFolder) -> None:
    (pair,) = [row for row in audit.read("deduplicate", schemas.PAIRS).to_pylist() if row["kind"] == "near"]
    asked = {"a": pair["record_a"], "b": pair["record_b"]}
    page = client.get("auditor", f"/audits/{audit.audit_id}/copies", **asked).text
    shared = [" ".join(text.split()) for text in re.findall(r'<mark class=" ?shared">(.*?)</mark>', page)]
    assert shared[1] == shared[2]
    assert shared[1].startswith("word0 of a passage")
    assert "</mark> with one more clause at the end" in page


def test_a_regulator_gets_the_bundle_once_it_is_approved_and_no_longer_when_it_is_rejected(
    client: ReviewClient, audit: AuditFolder, tmp_path: Path
) -> None:
    folder = f"/audits/{audit.audit_id}"

    def listed() -> bool:
        return audit.audit_id in client.get("regulator", "/").text

    assert not listed()
    decision = {"scope": "audit", "reason": "All is documented."}
    client.post("steward", f"{folder}/bundle", {"formats": ["csv"]})
    assert client.get("regulator", f"{folder}/bundle").status_code == 404
    refused = client.post("steward", f"{folder}/decisions", decision | {"action": "approve"})
    assert (refused.status_code, "in a reason of its own" in message_of(refused)) == (422, True)
    decision["despite"] = "The findings go to counsel with it."
    assert client.post("steward", f"{folder}/decisions", decision | {"action": "approve"}).status_code == 303
    # The bundle that is there was built before and does not hold the approval.
    assert client.get("regulator", f"{folder}/bundle").status_code == 404
    client.post("steward", f"{folder}/bundle", {"formats": ["csv"]})
    assert listed()
    bundle = client.get("regulator", f"{folder}/bundle")
    assert bundle.status_code == 200
    assert client.get("regulator", f"{folder}/report/report.zh.html").status_code == 200
    assert client.get("regulator", f"{folder}/record", record="x").status_code == 403
    _check_signature(bundle.content, tmp_path)
    _check_log(client, folder, bundle.content)
    client.post("steward", f"{folder}/decisions", decision | {"action": "reject"})
    assert client.get("regulator", f"{folder}/bundle").status_code == 404
    assert not listed()


def _check_log(client: ReviewClient, folder: str, bundle: bytes) -> None:
    """Check that the ledger says what the regulator has got: the bundle's exact bytes, and the report in it."""
    ledger = client.app.state.desk.ledger
    notes = ledger.entries(reads=Reads.ONLY, author="the regulator")
    assert [note.reason.split(" ")[0] for note in notes] == ["Bundle", "Report"]
    assert notes[0].evidence_sha256 == hashlib.sha256(bundle).hexdigest()
    client.get("regulator", f"{folder}/bundle")
    assert ledger.count(reads=Reads.ONLY, author="the regulator") == 2, "the same within an hour is noted once"
    assert "the regulator" not in client.get("auditor", f"{folder}/decisions").text
    page = client.get("auditor", f"{folder}/decisions", about="reads").text
    assert "Report report.zh.html of the approved bundle" in page
    assert client.get("regulator", f"{folder}/decisions", about="reads").status_code == 403


def test_what_cannot_be_noted_is_not_shown(
    client: ReviewClient, audit: AuditFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    _finding, record = _record_with_canary(client, audit)

    def fail(*_given: object) -> None:
        raise LedgerError("The ledger cannot be used: check that it is there and writable.")

    monkeypatch.setattr(Ledger, "append", fail)
    answer = client.get("auditor", f"/audits/{audit.audit_id}/record", record=record)
    assert (answer.status_code, "write to" in answer.text) == (503, False)


def _check_signature(content: bytes, tmp_path: Path) -> None:
    from corpus_audit.export.bundle.keys import read_public_key
    from corpus_audit.export.bundle.verify import Conclusion, verify_bundle

    (tmp_path / "received.zip").write_bytes(content)
    verified = verify_bundle(tmp_path / "received.zip", read_public_key(tmp_path / "key.pub"))
    assert verified.conclusion is Conclusion.VERIFIED


def _approve(client: ReviewClient, folder: str) -> None:
    form = {"scope": "audit", "reason": "Read in full.", "action": "approve", "despite": "For the regulator to see."}
    assert client.decide("steward", f"{folder}/decisions", form).status_code == 303
    client.post("steward", f"{folder}/bundle", {"formats": ["csv"]})


def test_a_later_decision_voids_approval_and_bundle_and_says_so(client: ReviewClient, audit: AuditFolder) -> None:
    folder, first = f"/audits/{audit.audit_id}", _critical(audit)[:1]
    client.post("steward", f"{folder}/decisions", _accept(first))
    _approve(client, folder)
    seen = client.get("regulator", f"{folder}/report/report.html")
    assert (seen.status_code, client.get("regulator", f"{folder}/exports").status_code) == (200, 200)

    mend = {"action": "remediate", "scope": "finding", "finding": first, "reason": "Not so."}
    client.post("steward", f"{folder}/decisions", mend)
    for page in ("bundle", "exports", "report/report.html"):
        assert client.get("regulator", f"{folder}/{page}").status_code == 404, page
    assert audit.audit_id not in client.get("regulator", "/").text
    assert "approval void" in client.get("auditor", "/").text
    assert re.search(r"The approval of \S+ is void: decision \d+ was recorded", client.get("auditor", folder).text)
    assert re.search(r"superseded: decision \d+ was recorded", client.get("auditor", f"{folder}/exports").text)
    client.post("steward", f"{folder}/bundle", {"formats": ["csv"]})
    page = client.get("auditor", f"{folder}/exports").text
    assert "Superseded bundles" in page
    assert "not approved" in page or "approval void" in page
    assert client.get("regulator", f"{folder}/bundle").status_code == 404


def test_an_expired_waiver_voids_an_approval(store: Path, audit: AuditFolder, tmp_path: Path) -> None:
    create_keys(tmp_path / "key")
    client, folder = ReviewClient(store, tmp_path / "key"), f"/audits/{audit.audit_id}"
    client.decide("steward", f"{folder}/decisions", _accept(_critical(audit)))
    _approve(client, folder)
    later = ReviewClient(store, tmp_path / "key", clock=lambda: datetime.now(UTC) + timedelta(days=40))
    assert later.get("regulator", f"{folder}/bundle").status_code == 404
    assert "superseded: a waiver expired on" in later.get("auditor", f"{folder}/exports").text


def test_an_approval_is_of_the_report_that_was_read(client: ReviewClient, audit: AuditFolder) -> None:
    folder = f"/audits/{audit.audit_id}"
    read = re.search(r'name="report_sha256" value="(\w+)"', client.get("steward", folder).text)
    assert read
    client.post("steward", f"{folder}/decisions", _accept(_critical(audit)[:1]))
    form = {"scope": "audit", "action": "approve", "reason": "Read.", "despite": "So.", "report_sha256": read[1]}
    refused = client.decide("steward", f"{folder}/decisions", form)
    assert (refused.status_code, "The report changed since you read it" in message_of(refused)) == (422, True)


def test_without_a_key_no_approval_is_asked_for(store: Path, audit: AuditFolder) -> None:
    client, folder = ReviewClient(store), f"/audits/{audit.audit_id}"
    page = client.get("steward", folder).text
    assert "There is no key to sign with" in page
    assert 'value="approve"' not in page
    form = {"scope": "audit", "action": "approve", "reason": "Read.", "despite": "So."}
    assert client.decide("steward", f"{folder}/decisions", form).status_code == 409
    assert client.app.state.desk.ledger.entries() == []


def test_a_second_steward_can_be_required(
    client: ReviewClient, audit: AuditFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORPUS_AUDIT_APPROVERS", "2")
    folder = f"/audits/{audit.audit_id}"
    for _ in range(2):
        _approve(client, folder)
    assert "waiting for another steward" in client.get("auditor", "/").text
    assert client.get("regulator", f"{folder}/bundle").status_code == 404
    desk = client.app.state.desk
    other = DecisionRequest(DecisionAction.APPROVE, "Read too.", "another", Role.STEWARD, despite="So.")
    desk.record(audit, other)
    client.post("steward", f"{folder}/bundle", {"formats": ["csv"]})
    assert client.get("regulator", f"{folder}/bundle").status_code == 200


def test_a_file_supports_a_decision_and_is_only_ever_downloaded(client: ReviewClient, audit: AuditFolder) -> None:
    (finding, *_rest) = _critical(audit)
    path = f"/audits/{audit.audit_id}/decisions"
    token = client.app.state.form_tokens.make(Person("the steward", Role.STEWARD))
    letter = ("../<b>letter</b>.html", b"<script>document.title = 'taken over'</script>", "text/html")

    def send(name: str, content: bytes, **changes: object) -> Response:
        form = _accept([finding], of_finding=finding, csrf_token=token) | changes
        file = {"file": (name, content, "text/html")}
        return client.http.post(path, data=form, files=file, headers={"person": "steward"})

    assert "has more than 10 MiB" in message_of(send("large.bin", b"0" * (LARGEST + 1)))
    assert send("larger.bin", b"0" * (LARGEST + 2**20)).status_code == 413
    assert "The file is empty" in message_of(send("empty.txt", b""))
    again = send(letter[0], letter[1], reason="")
    assert again.status_code == 422
    kept = re.search(r'name="attachment" value="([^"]+)" checked', again.text)
    assert kept
    both = _accept([finding], of_finding=finding, attachment=kept[1], evidence_link="https://example.org/letter")
    assert "not both" in message_of(client.post("steward", path, both))
    assert client.post("steward", path, _accept([finding], attachment="attachment:../key/x")).status_code == 422
    lost = kept[1].replace(kept[1][11:19], "00000000")
    assert client.post("steward", path, _accept([finding], attachment=lost)).status_code == 404
    assert client.app.state.desk.ledger.entries() == []
    recorded = client.post("steward", path, _accept([finding], of_finding=finding, attachment=kept[1]))
    assert recorded.status_code == 303
    page = client.get("auditor", f"/audits/{audit.audit_id}/findings/{finding}").text
    address = re.search(r'href="([^"]+/attachments/[0-9a-f]{64})" download>', page)
    assert address
    sent = client.get("auditor", address[1])
    assert (sent.content, sent.headers["content-type"]) == (letter[1], "application/octet-stream")
    assert sent.headers["content-disposition"].startswith("attachment;")
    assert client.get("regulator", address[1]).status_code == 403
    assert client.get("auditor", f"/audits/{audit.audit_id}/attachments/{'0' * 64}").status_code == 404


def test_a_group_decision_shows_the_verdict_that_it_leads_to(client: ReviewClient, audit: AuditFolder) -> None:
    path = f"/audits/{audit.audit_id}/decisions"
    waived = [*_critical(audit), *_findings(audit, "baseline.data-read"), *_findings(audit, "baseline.files-declared")]
    after = r'Verdict after it: <span class="mark verdict-word verdict-([a-z-]+)">'
    some = client.post("steward", path, _accept(waived[:2]))
    every = client.post("steward", path, _accept(waived))
    assert [re.findall(after, answer.text) for answer in (some, every)] == [["fail"], ["pass-with-waivers"]]
    assert client.app.state.desk.index.get(audit.audit_id).verdict == "fail"


def test_problems_are_narrowed_by_jurisdiction(client: ReviewClient, audit: AuditFolder) -> None:
    page = client.get("auditor", f"/audits/{audit.audit_id}", jurisdiction="CN").text
    chosen = re.search(r'aria-current="true">China <small>([0-9]+)<', page)
    assert chosen
    assert f'class="count">{chosen[1]}<' in page
    assert "No finding is as you asked." in client.get("auditor", f"/audits/{audit.audit_id}", jurisdiction="EU").text


def test_a_steward_fills_gaps_and_the_next_audit_takes_them_in(
    client: ReviewClient, audit: AuditFolder, store: Path
) -> None:
    path = f"/audits/{audit.audit_id}/statements"
    page = client.get("steward", path).text
    names = re.findall(r'name="([^"]+[|][^"]+)"', page)
    assert "people|collector" in names
    assert client.get("auditor", path).status_code == 200
    assert "<textarea" not in re.sub(r'(?s)<div class="question">.*?</div>', "", client.get("auditor", path).text)
    wrong = {"people|collection.from": "soon", "people|collector": "Contoso Data", "reason": ""}
    refused = client.post("steward", path, wrong)
    assert refused.status_code == 422
    assert "collection.from must be a date" in message_of(refused)
    assert "A reason is required" in message_of(refused)
    assert 'value="Contoso Data"' in refused.text
    assert re.search(r'value="soon" aria-invalid="true" aria-describedby="(\S+)"', refused.text)
    assert client.app.state.desk.ledger.entries() == []
    right = wrong | {"people|collection.from": "2026-01-02", "reason": "Contract 7 says so."}
    assert client.post("auditor", path, right).status_code == 403
    assert client.post("steward", path, right).status_code == 303
    (entry,) = client.app.state.desk.ledger.entries()
    assert (entry.action, entry.scope, entry.source_id, entry.author) == (
        "supplement",
        "dataset",
        "people",
        "the steward",
    )
    assert "Stated by the steward on" in client.get("steward", path).text
    assert "What was stated until now" in client.get("steward", path).text
    assert client.get("steward", f"/audits/{audit.audit_id}/exports").text.count("fields to fill in") == 3
    assert client.post("steward", path, {"reason": "Nothing."}).status_code == 422
    again = audit_again(store, audit)
    assert again.folder.audit_id != audit.audit_id
    rows = again.folder.read("ingest", schemas.CLAIM_SUPPLEMENTS).to_pylist()
    assert {(row["field"], row["stated"], row["author"]) for row in rows} == {
        ("collector", "Contoso Data", "the steward"),
        ("collection.from", "2026-01-02", "the steward"),
    }
    report = again.report.read_text(encoding="utf-8")
    assert "Stated by stewards, not by the manifest" in report
    path = f"/audits/{again.folder.audit_id}/statements"
    assert "This audit took it in." in client.get("steward", path, show="all").text
    emptied = {"people|collection.from": "2026-01-02", "people|collector": "", "reason": "The contract ended."}
    assert client.post("steward", f"{path}?show=all&source=people", emptied).status_code == 303
    assert "It counts" not in client.get("steward", path, show="all").text


def test_a_supplement_that_is_not_as_it_was_written_stops_the_next_audit(
    client: ReviewClient, audit: AuditFolder, store: Path
) -> None:
    form = {"people|collector": "Contoso Data", "reason": "Contract 7 says so."}
    assert client.post("steward", f"/audits/{audit.audit_id}/statements", form).status_code == 303
    (kept,) = (store / "supplements").iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"Contoso", b"Fabrikam"))
    with pytest.raises(StoreError, match="is not the supplement that the ledger names"):
        audit_again(store, audit)


def audit_again(store: Path, audit: AuditFolder) -> Audit:
    """Return the next audit of a dataset, by what the one before was run with."""
    inputs = read_json(audit.path / "run.json")
    return run_audit(inputs["manifest"], store, inputs["packs"], workers=1)
