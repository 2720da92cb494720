"""Sentences that no fixed wording holds: notices composed of known phrases, and sentences that only look alike."""

from collections import Counter
from pathlib import Path

import pytest

from corpus_audit.measure.detection.notices.phrases import ROLES, phrase_table, possible_roles, read, role_bits
from corpus_audit.measure.detection.notices.sentence_anchors import LITERALS
from corpus_audit.measure.detection.notices.sentences import languages_of
from unit.detectors.noticed import noticed

SENTENCES = Path(__file__).with_name("composed_notices.tsv")
"""Language, kind of notice or ``none``, and the sentence, with tabs between them."""

KINDS = {
    "TRAINING_RESERVATION": {"reservation"},
    "ALL_RIGHTS_RESERVED": {"rights"},
    "DO_NOT_DISTRIBUTE": {"rights", "restriction"},
    "CONFIDENTIAL": {"restriction"},
    "LICENSE_NOTICE": {"restriction"},
}


@pytest.fixture(scope="module")
def sentences() -> list[tuple[str, str, set[str]]]:
    rows = [line.split("\t") for line in SENTENCES.read_text("utf-8").splitlines()]
    found: list[set[str]] = [set() for _ in rows]
    for row in noticed([text for _, _, text in rows]):
        found[row["index"]] |= KINDS.get(row["entity_type"], set())
    return [(kind, text, kinds) for (_, kind, text), kinds in zip(rows, found, strict=True)]


def test_a_combination_of_known_phrases_is_a_notice(sentences):
    assert [(kind, text) for kind, text, kinds in sentences if kind != "none" and kind not in kinds] == []


def test_the_same_phrases_in_a_report_or_of_other_things_are_none(sentences):
    assert [(text, kinds) for kind, text, kinds in sentences if kind == "none" and kinds] == []


def test_a_phrase_has_one_role_in_a_language():
    counts = {
        language: Counter(phrase for phrases in by_role.values() for phrase in phrases)
        for language, by_role in phrase_table().items()
    }
    assert {
        language: repeated
        for language, by_phrase in counts.items()
        if (repeated := [phrase for phrase, count in by_phrase.items() if count > 1])
    } == {}
    assert {role for by_role in phrase_table().values() for role in by_role} == set(ROLES)


def test_a_sentence_reads_as_the_roles_of_its_phrases_across_the_lines_of_a_comment():
    assert read("Please don't copy\n# my photos, thanks", "en").roles == "enuMO,-"


def test_the_roles_that_a_sentence_may_have_are_told_without_reading_it(sentences):
    for _, text, _ in sentences:
        for language in languages_of(text):
            roles = read(text, language).roles.replace(",", "")
            assert role_bits(roles) & ~possible_roles(text, language) == 0, text


def test_a_sentence_without_the_letters_of_a_rule_is_not_read():
    assert possible_roles("The delivery was noted on a Thursday in the office.", "en") & role_bits("DNnLWKr") == 0


def test_every_language_of_phrases_is_looked_for():
    assert set(LITERALS) == set(phrase_table())


def test_a_notice_is_narrowed_to_what_says_it():
    text = "Danke für den Besuch. Die Texte dürfen nicht zum Trainieren von Chatbots dienen. Bis bald."
    [row] = noticed([text])
    assert text.encode()[row["start_byte"] : row["end_byte"]].decode().startswith(("Texte dürfen", "dürfen"))
    assert row["masked"] == "TRAINING_RESERVATION"
