"""Texts contain the items that a comparison of sets in plain Python says, at the bytes where their words stand."""

import unicodedata
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_audit.config import Parameters
from corpus_audit.measure.fingerprints.containment import ItemIndex, find_contained, index_items
from corpus_audit.measure.fingerprints.fingerprint import fingerprint, shingle_hashes
from generative.reference_tokenizer import shingle

PARAMETERS = Parameters()
# Few words, so that texts have shingles in common; with scripts that fold, combine and stand without spaces.
WORDS = ("one", "Two", "three", "Straße", "été", "cafe\u0301", "<\u0338", "中文", "の", "ไทย", "9", "—", "…", "\n")
sentences = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
untimed = settings(deadline=None)


def items_of(works: Sequence[str], parameters: Parameters = PARAMETERS) -> ItemIndex:
    offsets, hashes = shingle_hashes(pa.array(works, pa.large_string()), parameters)
    sets = pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), pa.array(hashes))
    names = pa.array([str(i) for i in range(len(works))], pa.string())
    return index_items(pa.repeat("works", len(works)), names, sets, parameters.containment_threshold)


@untimed
@given(st.lists(sentences, max_size=8), st.lists(sentences, max_size=5), st.sampled_from([0.3, 0.8, 1.0]))
def test_what_is_contained_is_as_defined(works: list[str], texts: list[str], threshold: float) -> None:
    parameters = Parameters(containment_threshold=threshold)
    # A set in two parts is more than each of them.
    texts = [*texts, " and ".join(texts), " and ".join(works)]
    column = pa.array(texts, pa.large_string())
    items = items_of(works, parameters)
    expected = {}
    for position, text in enumerate(texts):
        held = set(shingle(text, 5))
        for item, work in enumerate(works):
            wanted = set(shingle(work, 5))
            if wanted and len(held & wanted) >= threshold * len(wanted) - 1e-9:
                expected[position, item] = len(held & wanted)
    found = find_contained(column, items, parameters).to_pylist()
    assert {(row["position"], row["item"]): row["shared_shingles"] for row in found} == expected
    watched = np.flatnonzero(fingerprint(column, parameters, items.watch).watched)
    assert {position for position, _ in expected} <= set(watched.tolist()), "the first pass lets all suspects through"


@untimed
@given(sentences, sentences, st.sampled_from(["NFC", "NFD"]))
def test_stretches_hold_the_words_of_the_item(before: str, after: str, form: str) -> None:
    work = "the darling buds of May été 床前明月光，疑是地上霜 and summer's lease hath all too short a date"
    text = unicodedata.normalize(form, f"{before} . {work.upper()} . {after}")  # type: ignore[arg-type]
    (row,) = find_contained(pa.array([text], pa.large_string()), items_of([work]), PARAMETERS).to_pylist()
    found = text.encode()[row["longest_start"] : row["longest_end"]].decode()
    assert unicodedata.normalize("NFC", found).strip(" .") == work.upper()
    assert (row["start_bytes"], row["end_bytes"]) == ([row["longest_start"]], [row["longest_end"]])


EXACT = {
    "Thai": ("ทุกคนเกิดมามีอิสระและเสมอภาคกันในศักดิ์ศรีและสิทธิ", "เขาเขียนว่า", "แล้วจบ"),
    "Lao": ("ມະນຸດທຸກຄົນເກີດມາມີກຽດສັກສີສິດທິເສລີພາບ", "ລາວຂຽນວ່າ", "ແລ້ວຈົບ"),
    "Khmer": ("មនុស្សទាំងអស់កើតមកមានសេរីភាពនិងសមភាព", "គាត់សរសេរថា", "ហើយចប់"),
    "Burmese": ("လူတိုင်းသည်တူညီလွတ်လပ်သောဂုဏ်သိက္ခာဖြင့်", "သူရေးသည်", "ပြီးပါပြီ"),
    "Japanese": ("すべての人間は生まれながらにして自由であり尊厳と権利とについて平等である", "かれは", "と書いたabc"),
    "Korean": ("모든인간은태어날때부터자유로우며그존엄과권리에있어동등하다", "그는", "라고썼다"),
    "Chinese": ("人人生而自由在尊嚴和權利上一律平等他們賦有理性和良心", "wrote", "et"),
}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("language", EXACT)
def test_a_work_inside_text_without_spaces_has_its_exact_bytes(language: str, form: str) -> None:
    work, before, after = (unicodedata.normalize(form, part) for part in EXACT[language])  # type: ignore[arg-type]
    text = f"{before}{work}{after}"
    (row,) = find_contained(pa.array([text], pa.large_string()), items_of([EXACT[language][0]]), PARAMETERS).to_pylist()
    assert text.encode()[row["longest_start"] : row["longest_end"]].decode() == work


def test_vowel_points_of_arabic_and_hebrew_make_no_difference() -> None:
    plain = "بسم الله الرحمن الرحيم الحمد لله رب العالمين"
    vocalised = "بِسْمِ اللَّهِ الرَّحْمَٰنِ الرَّحِيمِ الْحَمْدُ لِلَّهِ رَبِّ الْعَالَمِينَ"
    text = f"قال: {vocalised} ثم"
    (row,) = find_contained(pa.array([text], pa.large_string()), items_of([plain]), PARAMETERS).to_pylist()
    assert text.encode()[row["longest_start"] : row["longest_end"]].decode() == vocalised
    hebrew = ("בראשית ברא אלהים את השמים ואת הארץ", "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ")
    assert find_contained(pa.array([hebrew[1]], pa.large_string()), items_of([hebrew[0]]), PARAMETERS).num_rows == 1


def test_an_item_that_comes_twice_has_two_stretches_and_one_that_lost_a_word_has_one() -> None:
    work = " ".join(f"w{i}" for i in range(40))
    texts = [f"{work} {'x y z ' * 20} {work}", work.replace("w20", "changed")]
    twice, changed = find_contained(pa.array(texts), items_of([work]), PARAMETERS).to_pylist()
    assert twice["stretches"] == 2
    assert [texts[0][a:b] for a, b in zip(twice["start_bytes"], twice["end_bytes"], strict=True)] == [work, work]
    assert (changed["shared_shingles"], changed["stretches"]) == (31, 1)
    assert texts[1][changed["longest_start"] : changed["longest_end"]] == texts[1]


def test_a_phrase_that_all_items_share_calls_up_none_of_them() -> None:
    phrase = "which of the following statements is true about"
    works = [f"{phrase} {' '.join(f'q{i}w{k}' for k in range(12))}" for i in range(500)]
    items = items_of(works)
    assert fingerprint(pa.array([phrase]), PARAMETERS, items.watch).watched.tolist() == [0]
    (row,) = find_contained(pa.array([f"see: {works[77]}?"]), items, PARAMETERS).to_pylist()
    assert (row["item"], row["longest_start"]) == (77, 5)
    everything = find_contained(pa.array([" . ".join(works)]), items, PARAMETERS)
    assert everything["item"].to_pylist() == list(range(500))
    assert everything["stretches"].to_pylist() == [1] * 500


def test_one_word_over_and_over_takes_one_place() -> None:
    """A long record of one word, held against an item of that word."""
    text = "word " * 300_000
    (row,) = find_contained(pa.array([text]), items_of(["word word word word word"]), PARAMETERS).to_pylist()
    assert (row["stretches"], row["longest_start"], row["longest_end"]) == (1, 0, len(text) - 1)


def test_no_items_and_no_texts_find_nothing() -> None:
    assert find_contained(pa.array(["one two three four five"]), items_of([]), PARAMETERS).num_rows == 0
    assert find_contained(pa.array([], pa.string()), items_of(["one two"]), PARAMETERS).num_rows == 0
