"""The page that says where a text or a person is: who may look, what is noted, and what is shown."""

import hmac
import json
import random

import pytest

from corpus_audit import audit
from corpus_audit.ledger import open_ledger
from corpus_audit.store import Store
from integration.review_client import ReviewClient, message_of

MANIFEST = """manifest_version: '1'
dataset: {id: letters, version: '1'}
sources:
- id: pages
  files: [{path: a.jsonl, fields: {text: text, subject_ids: people}}]
"""
EMAIL = "maria.keller@keller-druck.de"


def words(seed, count):
    generator = random.Random(seed)
    return " ".join("".join(generator.choices("abcdefghijk", k=generator.randint(2, 7))) for _ in range(count))


PASSAGE = words("passage", 60)
LETTER = f"{words('before', 3000)} {EMAIL} {PASSAGE} {words('after', 40)}"
REASON = "The author asked us on 3 March."


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("letters")
    rows = [(words(n, 80), ["p2"]) for n in range(5)] + [(LETTER, ["p1"])]
    (folder / "a.jsonl").write_text("".join(json.dumps({"text": t, "people": p}) + "\n" for t, p in rows))
    (folder / "manifest.yaml").write_text(MANIFEST)
    audit(folder / "manifest.yaml", folder / "store", workers=1)
    return ReviewClient(folder / "store")


def noted(client):
    return open_ledger(client.app.state.desk.store).entries(action="trace")


def test_a_text_is_shown_beside_the_record_that_holds_it_masked(client):
    page = client.post("auditor", "/trace", {"text": PASSAGE, "reason": REASON})
    assert page.status_code == 200
    for shown in ("letters", "a.jsonl, row 5", "100 % of the text; longest passage 60 tokens", "Side by side"):
        assert shown in page.text
    assert page.text.count(f'<mark class="shared">{PASSAGE}</mark>') == 1, "in the text that was given"
    assert page.text.count(PASSAGE) == 3, "in the form, and on both sides, though it stands deep in the record"
    assert EMAIL not in page.text


def test_who_looked_and_why_is_noted_and_the_text_is_not(client):
    before = len(noted(client))
    client.post("steward", "/trace", {"text": f"nothing of that {words('x', 20)}", "reason": REASON})
    *_, entry = noted(client)
    assert len(noted(client)) == before + 1
    assert (entry.author, entry.reason, entry.scope, entry.dataset_id) == ("the steward", REASON, "store", "(store)")
    key = Store(client.app.state.desk.store).key()
    assert entry.evidence_sha256 == hmac.new(key, f"nothing of that {words('x', 20)}".encode(), "sha256").hexdigest()


def test_a_person_is_found_by_the_id_that_the_data_gives_them(client):
    page = client.post("auditor", "/trace", {"subject": "p1", "reason": REASON})
    assert "a.jsonl, row 5" in page.text
    assert "p1: not recorded" in page.text
    assert (noted(client)[-1].scope, noted(client)[-1].finding_id) == ("person", "p1")
    assert "names this person" in client.post("auditor", "/trace", {"subject": "p3", "reason": REASON}).text


def test_a_form_that_asks_for_nothing_or_without_a_reason_is_refused(client):
    before = len(noted(client))
    for form, message in (
        ({"reason": REASON}, "one of the two"),
        ({"text": "word", "subject": "p1", "reason": REASON}, "one of the two"),
        ({"text": "some words", "reason": "  "}, "A reason is required"),
    ):
        answer = client.post("steward", "/trace", form)
        assert answer.status_code == 422
        assert message in message_of(answer)
    assert len(noted(client)) == before
    assert "no word" in message_of(client.post("steward", "/trace", {"text": ",.", "reason": REASON}))


def test_who_may_not_read_records_may_not_look(client):
    assert client.get("regulator", "/trace").status_code == 403
    assert client.post("regulator", "/trace", {"text": PASSAGE, "reason": REASON}).status_code == 403
    assert client.post("auditor", "/trace", {"text": PASSAGE, "reason": REASON}, token="forged").status_code == 403
    assert client.get("auditor", "/trace", lang="zh").text.count("出处检索") > 1
