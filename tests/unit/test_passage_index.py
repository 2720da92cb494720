"""The passage index: what it promises to find, and the file that it is kept in."""

import random

import numpy as np
import pyarrow as pa
import pytest

from corpus_audit.config import Parameters
from corpus_audit.errors import StoreError
from corpus_audit.measure.fingerprints import fingerprint as fingerprints
from corpus_audit.measure.fingerprints.fingerprint import TOKENIZER, fingerprint
from corpus_audit.measure.fingerprints.token_places import place_tokens
from corpus_audit.passages import index_file
from corpus_audit.passages.alignment import AskedText
from corpus_audit.passages.index_file import IndexRecipe, PassageWriter, open_index
from corpus_audit.passages.lookup import find_postings

PARAMETERS = Parameters()
RECIPE = IndexRecipe.of(PARAMETERS)
GUARANTEED = RECIPE.guaranteed.words


def chosen(texts, parameters=PARAMETERS):
    """Return the hashes that each text chooses, as sets."""
    found = fingerprint(pa.array(texts, pa.large_string()), parameters).chosen
    return [set(found.hashes[found.positions == position].tolist()) for position in range(len(texts))]


def naive(text, size=5, window=16):
    """Return one of so many shingles of a text, the plain way: a character without spaces is two thirds of a word."""
    placed = place_tokens(text.encode(), TOKENIZER)
    shingles = placed.shingles(size).tolist()
    tokens = [placed.text(number, 1)[1:].decode() for number in range(placed.hashes.size)]
    chosen, left = set(), 0
    for shingle, last in zip(shingles, tokens[-len(shingles) :] if shingles else (), strict=True):
        left -= 2 if len(last) == 1 and last >= "\u0800" else 3
        if left <= 0:
            chosen.add(shingle)
            left = 3 * window
    return chosen


def words(seed, count, of="abcdefghij"):
    generator = random.Random(seed)
    return ["".join(generator.choices(of, k=generator.randint(1, 6))) for _ in range(count)]


def write(path, texts):
    found = fingerprint(pa.array(texts, pa.large_string()), PARAMETERS).chosen
    with PassageWriter(path, RECIPE) as writer:
        writer.add(len(texts), found.positions, found.hashes)
    return open_index(path)


def found_by(index, passage):
    shingles = AskedText(place_tokens(passage.encode(), TOKENIZER), RECIPE.shingle_size).shingles
    return set(find_postings(index, np.unique(shingles)).records.tolist())


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 19, 20, 21, 22, 500, 40_000])
def test_a_text_chooses_its_first_shingle_and_one_of_every_window(count):
    text = " ".join(words(count, count))
    assert chosen([text]) == [naive(text)]


@pytest.mark.parametrize(
    "text",
    [
        "ab " * 300,
        "测试一段文字，" * 40,
        "Cafe\u0301 " * 90,
        "\u00c9cole \ud55c\uae00 " * 80,
        "字, one 词 " * 9_000,
        "词",
    ],
)
def test_repeated_other_and_unnormalised_texts_choose_alike(text):
    assert chosen(["x", text, "y"])[1] == naive(text)


def test_a_text_too_long_to_be_held_chooses_the_same(monkeypatch):
    text = " ".join(words(1, 3_000))
    whole = chosen([text])
    monkeypatch.setattr(fingerprints, "LONGEST", 1 << 10)
    assert chosen([text]) == whole


def test_nothing_is_chosen_where_no_index_is_kept():
    assert chosen(["some words " * 100], Parameters(passage_window=0)) == [set()]


def test_every_unchanged_passage_of_the_promised_length_is_found(tmp_path):
    """Recall of passages of 20 tokens and more is 1, wherever they stand and whatever stands around them."""
    assert RECIPE.guaranteed == (20, 28)
    generator = random.Random(5)
    records = [words(seed, generator.randint(40, 400)) for seed in range(150)]
    index = write(tmp_path / "passages.index", [" ".join(record) for record in records])
    asked = 0
    for number, record in enumerate(records):
        for length in (GUARANTEED, GUARANTEED + 1, 50, 100, 200):
            if len(record) >= length:
                start = generator.randint(0, len(record) - length)
                passage = " ".join([*words(generator.random(), 30), *record[start : start + length], *words("end", 30)])
                assert number in found_by(index, passage), (number, length)
                asked += 1
    assert asked > 300


def characters(seed, count):
    return "".join(map(chr, random.Random(seed).choices(range(0x4E00, 0x9FA0), k=count)))


def test_an_index_of_chinese_takes_six_percent_of_it_and_finds_every_passage_of_twenty_eight_characters(tmp_path):
    generator = random.Random(8)
    texts = [characters(seed, 2_000) for seed in range(300)]
    index = write(tmp_path / "passages.index", texts)
    assert (tmp_path / "passages.index").stat().st_size < 0.06 * sum(len(text.encode()) for text in texts)
    for number, text in enumerate(texts):
        start = generator.randrange(len(text) - 28)
        assert number in found_by(index, characters("before", 30) + text[start : start + 28] + "，" + " other" * 9)


def test_words_among_characters_keep_their_promise(tmp_path):
    """Twenty words between characters, wherever a shingle was chosen before them."""
    texts = [f"{characters(seed, seed)} {' '.join(words(seed, 20))} {characters(-seed, 40)}" for seed in range(1, 120)]
    index = write(tmp_path / "passages.index", texts)
    for number, text in enumerate(texts):
        assert number in found_by(index, " ".join([*text.split()[1:21], *words("end", 30)]))


def test_of_passages_of_fifty_with_one_word_in_twenty_changed_ninety_seven_percent_are_found(tmp_path):
    generator = random.Random(6)
    records = [words(seed, generator.randint(60, 400)) for seed in range(300)]
    index = write(tmp_path / "passages.index", [" ".join(record) for record in records])
    found = 0
    for number, record in enumerate(records):
        start, first = generator.randint(0, len(record) - 50), generator.randrange(20)
        passage = record[start : start + 50]
        passage[first::20] = ["changed"] * len(passage[first::20])
        found += number in found_by(index, " ".join(passage))
    assert found >= 0.97 * len(records)


def test_a_short_record_is_found_by_the_text_that_holds_it(tmp_path):
    records = [" ".join(words(seed, 12)) for seed in range(50)]
    index = write(tmp_path / "passages.index", records)
    for number, record in enumerate(records):
        assert number in found_by(index, " ".join([*words("before", 60), record, *words("after", 60)]))


def test_what_no_record_holds_is_hardly_a_candidate(tmp_path):
    index = write(tmp_path / "passages.index", [" ".join(words(seed, 300)) for seed in range(100)])
    assert found_by(index, " ".join(words("elsewhere", 5_000, of="klmnopqrst"))) == set()


def test_an_index_is_the_same_in_many_segments(tmp_path, monkeypatch):
    texts = [" ".join(words(seed, 200)) for seed in range(60)]
    whole = write(tmp_path / "one.index", texts)
    monkeypatch.setattr(index_file, "MOST_POSTINGS", 20)
    found = [
        fingerprint(pa.array(texts[first : first + 7], pa.large_string()), PARAMETERS).chosen
        for first in range(0, 60, 7)
    ]
    with PassageWriter(tmp_path / "many.index", RECIPE) as writer:
        for number, some in enumerate(found):
            writer.add(min(7, 60 - 7 * number), some.positions, some.hashes)
    many = open_index(tmp_path / "many.index")
    assert len(many.segments) > 5
    assert many.postings == whole.postings
    assert [found_by(many, text) for text in texts] == [found_by(whole, text) for text in texts]


def test_an_index_of_prose_takes_less_than_six_percent_of_it(tmp_path):
    texts = [" ".join(words(seed, 2_000, of="abcdefghijklmnopqrst")) for seed in range(200)]
    index = write(tmp_path / "passages.index", texts)
    assert (tmp_path / "passages.index").stat().st_size < 0.06 * sum(map(len, texts))
    assert all(found_by(index, " ".join(text.split()[700:720])) == {number} for number, text in enumerate(texts))


def test_no_index_and_a_damaged_one_are_told_apart(tmp_path):
    assert open_index(tmp_path / "none.index") is None
    path = tmp_path / "passages.index"
    write(path, ["some words that make a shingle"])
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(StoreError, match="damaged"):
        open_index(path)


def test_a_changed_index_leads_nowhere_else_than_to_records(tmp_path):
    path = tmp_path / "passages.index"
    texts = [" ".join(words(seed, 300)) for seed in range(40)]
    content = write(path, texts).content.copy()
    generator = np.random.default_rng(3)
    for _ in range(60):
        changed = content.copy()
        places = generator.integers(8, content.size - 400, 400)
        changed[places] = generator.integers(0, 256, places.size)
        path.write_bytes(changed.tobytes())
        for text in texts[:5]:
            assert found_by(open_index(path), text) <= set(range(40))


def test_a_broken_off_index_is_no_index(tmp_path):
    path = tmp_path / "passages.index"
    with pytest.raises(RuntimeError), PassageWriter(path, RECIPE):
        raise RuntimeError
    with pytest.raises(StoreError):
        open_index(path)


def align(asked, record, least=10):
    text = AskedText(place_tokens(asked.encode(), TOKENIZER), 5)
    return text.align(place_tokens(record.encode(), TOKENIZER), least)


def test_a_passage_is_given_with_its_bytes_in_both_texts():
    passage = "Ein STRASSENFEST für alle, die noch nie auf einem waren und jetzt kommen"
    asked = f"Vorher. {passage}! Danach."
    record = f"Ganz anders beginnt «es»: {passage.replace('STRASSENFEST', 'Straßenfest')}; und weiter"
    found = align(asked, record)
    (one,) = found.passages
    assert one.tokens == 13
    assert asked.encode()[one.asked_start : one.asked_end].decode() == passage
    assert "Straßenfest" in record.encode()[one.record_start : one.record_end].decode()
    assert 0.5 < found.containment < 1


def test_an_unnormalised_record_is_given_in_its_own_bytes():
    passage = " ".join(["cafe\u0301", *words("café", 14)])
    record = f"Vor Cafe\u0301. {passage}."
    (one,) = align(passage.replace("cafe\u0301", "café"), record).passages
    assert record.encode()[one.record_start : one.record_end].decode() == passage


def test_a_changed_word_parts_a_passage_and_short_runs_are_left_out():
    record = words("record", 40)
    asked = [*record[:18], "other", *record[19:]]
    found = align(" ".join(asked), " ".join(record))
    assert [passage.tokens for passage in found.passages] == [21, 18]
    assert align(" ".join(record[:9] + words("more", 9)), " ".join(record)).passages == ()


def test_a_short_text_must_be_there_whole():
    assert align("three of them", "Three of them.").containment == 1
    assert align("one two three four five six", "zero one two three four five six seven").passages[0].tokens == 6
    assert align("one two three four five six", "zero one two three four five seven").passages == ()


def test_a_passage_that_the_text_repeats_is_still_one_passage():
    record = words("record", 60)
    (one,) = align(" ".join([*record[:20], *words("between", 10), *record]), " ".join(record)).passages
    assert one.tokens == 60
