"""What is documented of people's consent, case by case, and where they are in the data."""

import pytest

from corpus_audit.vocabulary import ConsentState

DEAD = {"deceased": "yes", "died_at": "2015-05-08"}
USES = ["internal-training", "commercial-training"]
STUDIO = {"grantor": "Studio", "relation": "rights-holder"}


@pytest.fixture
def people(corpus):
    """Return a corpus that answers what is documented of one person."""
    corpus.dataset = {"intended_uses": USES, "issuer": "The Audited"}
    return corpus


def judge(corpus, *grants, modalities=("voice",), **person):
    """Return the evidence of one person with these authorisations."""
    corpus.subject("p1", modalities, **person)
    for grant in grants:
        corpus.authorisation("p1", **grant)
    return corpus.row_of("subjects")


def judge_each(corpus, cases):
    """Return the evidence of one person for each case, which is an authorisation and what is known of the person."""
    for number, (grant, person) in enumerate(cases):
        corpus.subject(f"p{number:02}", **person)
        corpus.authorisation(f"p{number:02}", **({"grantor": f"p{number:02}"} | grant))
    return corpus.rows_of("subjects")


def test_a_complete_authorisation_documents(people):
    row = judge(people, {})
    assert (row["state"], row["voice_state"], row["face_state"]) == ("documented", "documented", "not-applicable")
    assert (row["gaps"], row["lapsed_state"]) == ([], "none")
    assert (row["uses_documented"], row["uses_open"], row["commercial"]) == (USES, [], "yes")
    assert (row["grantor_relation"], row["documented_by"]) == ("self", "https://example.org/consent")


def test_nobody_s_authorisation_is_missing(people):
    row = judge(people)
    assert (row["state"], row["gaps"], row["authorisations"]) == ("missing", ["missing"], 0)
    assert row["uses_open"] == USES


_SNAPSHOT = {"evidence_url": "https://example.org/registry", "evidence_sha256": "cd" * 32}
_NOTHING_LISTED = {"relation": "not-recorded", "separate": "not-recorded", "modalities": [], "scope": []}


def test_a_person_missing_from_the_snapshot_of_a_registry_is_not_recorded(people):
    row = judge(people, {**_SNAPSHOT, **_NOTHING_LISTED})
    assert (row["state"], row["gaps"]) == ("not-recorded", ["not-recorded"])
    assert row["documented_by"] == "https://example.org/registry"


def test_a_refusal_in_the_snapshot_of_a_registry_is_withdrawn(people):
    assert judge(people, {**_SNAPSHOT, "withdrawn_at": "2026-06-01"})["state"] == "withdrawn"


LIVING_ADULTS = [
    ({"withdrawn_at": "2026-11-23"}, "withdrawn"),
    ({"withdrawn_at": "2026"}, "withdrawn"),
    ({"withdrawn_at": "2026-11-24"}, "documented"),
    ({"expires_at": "2026-11-22"}, "expired"),
    ({"expires_at": "2026-11-23T08:00:00Z"}, "documented"),
    ({"expires_at": "2026"}, "documented"),
    ({"expires_at": "2025"}, "expired"),
    ({"signed_at": "2026-11-24"}, "not-yet-in-force"),
    ({"signed_at": "2026-11-23"}, "documented"),
    ({"separate": "no"}, "bundled-only"),
    ({"separate": "not-recorded"}, "not-recorded"),
    ({"modalities": ["face"]}, "scope-does-not-cover"),
    ({"modalities": []}, "not-recorded"),
    ({"scope": ["internal-training"]}, "scope-does-not-cover"),
    ({"scope": []}, "not-recorded"),
    ({"commercial": "no"}, "scope-does-not-cover"),
    ({"evidence_url": None}, "evidence-missing"),
    ({"evidence_url": None, "evidence_sha256": "ab" * 32}, "documented"),
    (STUDIO, "grantor-not-entitled"),
    ({"grantor": "Agent", "relation": "agent"}, "chain-broken"),
    ({"relation": "not-recorded"}, "not-recorded"),
    ({"relation": "spouse"}, "grantor-not-entitled"),
    ({"relation": "guardian"}, "documented"),
]


def test_what_a_living_adult_s_authorisation_lacks(people):
    rows = judge_each(people, [(grant, {}) for grant, _state in LIVING_ADULTS])
    assert [row["state"] for row in rows] == [state for _grant, state in LIVING_ADULTS]
    assert [row["gaps"] for row in rows] == [
        [] if state == "documented" else [state] for _grant, state in LIVING_ADULTS
    ]


ACTING_FOR_THE_DEAD = [
    ({"relation": "spouse"}, "documented"),
    ({"relation": "child"}, "documented"),
    ({"relation": "parent"}, "documented"),
    ({"relation": "sibling"}, "attestation-missing"),
    ({"relation": "grandchild", "nearer_relatives_absent": "yes"}, "documented"),
    ({"relation": "grandparent", "nearer_relatives_absent": "no"}, "grantor-not-entitled"),
    ({"relation": "other-relative", "nearer_relatives_absent": "yes"}, "grantor-not-entitled"),
    ({"relation": "guardian"}, "grantor-not-entitled"),
    ({"relation": "self", "signed_at": "2014"}, "documented"),
    ({"relation": "self", "signed_at": "2016-01-01"}, "grantor-not-entitled"),
    ({"relation": "self", "signed_at": "not-recorded"}, "not-recorded"),
]


def test_who_acts_for_the_dead(people):
    rows = judge_each(people, [(grant, DEAD) for grant, _state in ACTING_FOR_THE_DEAD])
    assert [row["state"] for row in rows] == [state for _grant, state in ACTING_FOR_THE_DEAD]


def test_a_cousin_is_told_both_reasons(people):
    row = judge(people, {"relation": "other-relative"}, **DEAD)
    assert row["state"] == "grantor-not-entitled"
    assert row["gaps"] == ["grantor-not-entitled", "attestation-missing"]


def test_a_date_of_death_says_that_somebody_died(people):
    assert judge(people, {"relation": "child"}, deceased="not-recorded", died_at="2015")["state"] == "documented"


MINORS_AND_UNKNOWN_PEOPLE = [
    ({"under_14": "yes", "minor": "not-recorded"}, "self", "guardian-missing"),
    ({"under_14": "yes", "minor": "not-recorded"}, "sibling", "guardian-missing"),
    ({"under_14": "yes", "minor": "not-recorded"}, "guardian", "documented"),
    ({"under_14": "yes", "minor": "not-recorded"}, "parent", "documented"),
    ({"under_14": "no", "minor": "yes"}, "self", "documented"),
    ({"minor": "yes"}, "self", "not-recorded"),
    ({"minor": "not-recorded"}, "self", "not-recorded"),
    ({"minor": "not-recorded"}, "parent", "not-recorded"),
    ({"deceased": "not-recorded"}, "spouse", "not-recorded"),
    ({"deceased": "not-recorded"}, "self", "documented"),
]


def test_minors_and_what_is_not_known_of_people(people):
    cases = [({"relation": relation}, person) for person, relation, _state in MINORS_AND_UNKNOWN_PEOPLE]
    assert [row["state"] for row in judge_each(people, cases)] == [
        state for _person, _relation, state in MINORS_AND_UNKNOWN_PEOPLE
    ]


def test_name_and_text_need_no_separate_authorisation(people):
    row = judge(people, {"separate": "no", "modalities": ["name", "text"]}, modalities=("name", "text"))
    assert (row["state"], row["mention_state"], row["likeness_state"]) == ("documented", "documented", "not-applicable")


def test_each_modality_has_a_state_of_its_own(people):
    row = judge(
        people, {"modalities": ["face"]}, {"modalities": ["voice"], "separate": "no"}, modalities=("face", "voice")
    )
    assert (row["face_state"], row["voice_state"], row["likeness_state"]) == (
        "documented",
        "bundled-only",
        "bundled-only",
    )
    assert row["uses_open"] == USES


def test_each_use_is_answered(people):
    row = judge(people, {"scope": ["internal-training"]})
    assert (row["uses_documented"], row["uses_open"]) == (["internal-training"], ["commercial-training"])


def test_the_closest_authorisation_is_told_and_all_reasons_are_listed(people):
    row = judge(
        people,
        {"withdrawn_at": "2024", "evidence_url": "https://example.org/old"},
        {"separate": "no", "evidence_url": "https://example.org/terms"},
        {**STUDIO, "evidence_url": "https://example.org/studio"},
    )
    assert row["state"] == "bundled-only"
    assert row["gaps"] == ["withdrawn", "grantor-not-entitled", "bundled-only"]
    assert (row["documented_by"], row["lapsed_state"]) == ("https://example.org/terms", "withdrawn")
    assert (row["authorisations"], row["authorisations_withdrawn"]) == (3, 1)


def test_a_withdrawn_authorisation_that_was_replaced_leaves_nothing_open(people):
    row = judge(people, {"withdrawn_at": "2024"}, {"expires_at": "2020"}, {"signed_at": "2025"})
    assert (row["state"], row["gaps"], row["lapsed_state"]) == ("documented", [], "none")
    assert (row["authorisations_withdrawn"], row["authorisations_expired"]) == (1, 1)


@pytest.mark.parametrize(("modalities", "uses"), [((), USES), (("voice",), [])])
def test_without_a_modality_or_a_use_nothing_is_documented(people, modalities, uses):
    people.dataset["intended_uses"] = uses
    row = judge(people, {}, modalities=modalities)
    assert (row["state"], row["uses_documented"]) == ("not-recorded", [])
    assert row["commercial"] == ("yes" if uses else "not-recorded")


def test_a_person_who_cannot_be_told_needs_none(people):
    row = judge(people, identifiable="no")
    assert (row["state"], row["likeness_state"], row["gaps"]) == ("not-needed", "not-needed", [])


def test_no_commercial_use(people):
    people.dataset["intended_uses"] = ["internal-training"]
    row = judge(people, {"commercial": "no"})
    assert (row["state"], row["commercial"]) == ("documented", "no")


# --- chains -----------------------------------------------------------------------------------------------------------


def test_a_chain_leads_from_the_supplier_back_to_the_person(people):
    people.source("s", supplier="Platform")
    people.record("r", "s", 1, subject_ids=["p1"])
    row = judge(
        people,
        {"grantor": "platform owner", "grantee": "PLATFORM ", "relation": "agent"},
        {"grantor": "Studio", "grantee": "Platform Owner", "relation": "rights-holder"},
        {"grantee": " studio"},
    )
    assert (row["state"], row["gaps"]) == ("documented", [])


AGENT = {"grantor": "Agent", "relation": "agent"}
BROKEN_CHAINS = {
    "studio": ([{**STUDIO, "grantee": "Agent"}, AGENT], ["grantor-not-entitled", "chain-broken"]),
    "withdrawn": ([{"grantee": "Agent", "withdrawn_at": "2024"}, AGENT], ["withdrawn", "chain-broken"]),
    "bundled": ([{"grantee": "Agent", "separate": "no"}, AGENT], ["chain-broken", "bundled-only"]),
    "to nobody": ([{"grantee": "not-recorded"}, AGENT], ["chain-broken", "not-recorded"]),
    "a circle": ([{**AGENT, "grantee": "B"}, {**AGENT, "grantor": "B", "grantee": "Agent"}], ["chain-broken"]),
}


def test_what_was_passed_on_without_being_given_is_not_documented(people):
    people.source("s", supplier="Platform")
    for person, (grants, _gaps) in BROKEN_CHAINS.items():
        people.record(f"r of {person}", "s", 1, subject_ids=[person])
        people.subject(person)
        for grant in grants:
            people.authorisation(person, **grant)
    found = {row["subject_id"]: (row["gaps"], row["state"]) for row in people.rows_of("subjects")}
    assert found == {person: (gaps, gaps[-1]) for person, (_grants, gaps) in BROKEN_CHAINS.items()}


def test_a_chain_covers_no_more_than_its_narrowest_grant(people):
    row = judge(
        people,
        {"grantee": "Agent", "scope": ["internal-training"]},
        {"grantor": "Agent", "grantee": "Platform", "relation": "agent"},
    )
    assert row["uses_documented"] == ["internal-training"]


REACHED = [
    ({"supplier": "Platform"}, "Platform", "documented"),
    ({"supplier": "Platform"}, "The audited", "documented"),
    ({"supplier": "Platform"}, "Studio", "chain-broken"),
    ({"supplier": "Platform"}, "not-recorded", "not-recorded"),
    ({"collector": "Studio"}, "Studio", "documented"),
    ({}, "Studio", "not-recorded"),
]


def test_a_chain_reaches_whoever_supplied_the_data_or_answers_for_it(people):
    for number, (source, _grantee, _state) in enumerate(REACHED):
        people.source(f"s{number}", **source)
        people.record(f"r{number}", f"s{number}", 1, subject_ids=[f"p{number:02}"])
    rows = judge_each(people, [({"grantee": grantee}, {}) for _source, grantee, _state in REACHED])
    assert [row["state"] for row in rows] == [state for _source, _grantee, state in REACHED]


def test_every_source_that_holds_the_person_is_reached(people):
    people.source("a", supplier="Platform")
    people.source("b", supplier="Broker")
    for source_id in "ab":
        people.record(f"r{source_id}", source_id, 1, subject_ids=["p1"])
    assert judge(people, {"grantee": "Platform"})["state"] == "chain-broken"
    people.authorisation("p1", grantee="Broker")
    assert people.row_of("subjects")["state"] == "documented"


# --- evidence files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "sha256", "evidence_state", "state"),
    [
        ({}, None, "found", "documented"),
        ({}, "ab" * 32, "found", "documented"),
        ({}, "cd" * 32, "different", "evidence-missing"),
        ({"state": "missing"}, None, "missing", "evidence-missing"),
        (None, None, "declared-only", "documented"),
    ],
)
def test_evidence_is_looked_for_among_the_files(people, file, sha256, evidence_state, state):
    if file is not None:
        people.file("(claims)", "consent.txt", **file)
    row = judge(people, {"evidence_url": None, "evidence_file": "consent.txt", "evidence_sha256": sha256})
    assert (row["evidence_state"], row["state"], row["documented_by"]) == (evidence_state, state, "consent.txt")


# --- where they are ---------------------------------------------------------------------------------------------------


def test_records_and_files_that_name_a_person_are_counted_once(people):
    people.source("a")
    people.source("b")
    people.file_claim("a", "whole", subject_ids=["p1"])
    people.file_claim("b", "clip.wav", subject_ids=["p1"])
    for row in range(3):
        people.record(f"w{row}", "a", 1, "whole", row=row, modality="text", subject_ids=["p1", "p1"][: row + 1])
    people.record("n0", "a", 1, "named", row=0, modality="audio", subject_ids=["p1", "p1", "p2"])
    people.record("n1", "a", 1, "named", row=1, modality="audio", subject_ids=None)
    row = judge(people)
    assert (row["source_ids"], row["files"], row["records"]) == (["a", "b"], 3, 4)
    assert row["record_modalities"] == ["text", "audio"]


def test_people_whom_nobody_describes_are_counted_and_not_named(people):
    people.source("a")
    people.source("b")
    people.subject("p1")
    people.record("r1", "a", 1, subject_ids=["p1", "Zhang San"])
    people.record("r2", "a", 1, row=1, subject_ids=["Zhang San", "Li Si"])
    a, b = people.rows_of("sources")
    assert (a["subjects"], a["subjects_undescribed"]) == (1, 2)
    assert (b["subjects"], b["subjects_undescribed"]) == (0, 0)


def test_states_are_words_of_the_vocabulary(people):
    for number in range(30):
        people.subject(f"p{number}", ("voice", "name"), deceased=("yes", "no")[number % 2])
        people.authorisation(f"p{number}", relation=("self", "child", "agent")[number % 3])
    words = {str(state) for state in ConsentState}
    for row in people.rows_of("subjects"):
        assert {row["state"], row["voice_state"], row["name_state"], *row["gaps"]} <= words
