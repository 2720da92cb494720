"""A source of a pack says whether it is in force or a draft, and since when, and citations repeat it."""

import pytest
from pydantic import ValidationError

from corpus_audit.policy.citations import cite, stage_of
from corpus_audit.policy.description import DESCRIPTION_FILE, PackSource, parse_description
from corpus_audit.policy.packs import available_packs, load_pack
from corpus_audit.policy.rules import Bilingual
from corpus_audit.vocabulary import CitationStatus, Language


def _source(**stage: str) -> PackSource:
    title = Bilingual(en="A law", zh="某法")
    return PackSource(id="law", title=title, status=CitationStatus.SECONDARY, used_for="tests", **stage)


@pytest.mark.parametrize(
    ("stage", "since", "english", "chinese"),
    [
        ("in-force", "2026-07-15", "in force since 2026-07-15", "自2026年7月15日起施行"),
        ("draft", "2026-05", "draft of 2026-05", "2026年5月草案"),
        ("published", "2025", "published 2025", "2025年发布"),
    ],
)
def test_a_stage_is_told_with_its_day(stage, since, english, chinese):
    source = _source(stage=stage, since=since)
    assert (stage_of(source, Language.ENGLISH), stage_of(source, Language.CHINESE)) == (english, chinese)


def test_a_source_may_say_nothing_of_its_stage():
    assert stage_of(_source(), Language.ENGLISH) == ""


@pytest.mark.parametrize("said", [{"stage": "draft"}, {"since": "2026"}, {"stage": "draft", "since": "soon"}])
def test_a_stage_without_a_day_is_refused(said):
    with pytest.raises(ValidationError):
        _source(**said)


RULES_OF_2026 = {
    "baseline.opt-outs-respected": ("draft of 2026-09-14", "published 2025-12-10"),
    "baseline.consent-evidence-found": ("published 2026-06",),
    "cn-generative-ai.conversation-consent-separate": ("art. 16 (in force since 2026-07-15",),
    "cn-generative-ai.conversation-guardians-consented": ("art. 17 (in force since 2026-07-15",),
    "eu-ai-act.reservations-respected": ("draft of 2026-09-14", "draft of 2026-01"),
    "eu-ai-act.summary-due": ("in force since 2025-08-02",),
    "us-california.owner-recorded": ("in force since 2026-01-01",),
}


@pytest.mark.parametrize(("rule_id", "said"), RULES_OF_2026.items())
def test_a_rule_cites_what_changed_with_its_stage(rule_id, said):
    pack = load_pack(rule_id.partition(".")[0])
    [rule] = [rule for rule in pack.rules if rule.rule_id == rule_id]
    cited = "; ".join(cite(rule.meta, pack.sources, Language.ENGLISH))
    assert all(words in cited for words in said), cited


def test_standards_on_training_data_are_cited_beside_each_other():
    pack = load_pack("cn-generative-ai")
    cited = {citation.source for rule in pack.rules for citation in rule.meta.citations}
    assert {"gb-t-45652", "gb-t-45654", "gb-t-45674"} <= cited


@pytest.mark.parametrize("name", available_packs())
def test_the_newest_change_of_a_pack_is_its_version(name):
    pack = load_pack(name)
    file = next(suite.path for suite in pack.suites).with_name(DESCRIPTION_FILE)
    description = parse_description(file.read_bytes(), [])
    assert description is not None
    assert description.changelog[0].version == pack.version
