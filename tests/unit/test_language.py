"""The compiled classifier beside the library whose model it walks."""

import numpy as np
import pyarrow as pa
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from corpus_audit.measure.prose import language, language_model

SENTENCES = (
    "The boats were tied up in the harbour when we came down to see them.",
    "Die Boote lagen noch im Hafen, als wir am Morgen hinunterkamen.",
    "ΤΑ ΠΛΟΙΑ ΗΤΑΝ ΑΚΟΜΗ ΣΤΟ ΛΙΜΑΝΙ",
    "WE CAME DOWN TO THE HARBOUR AND THE BOATS WERE GONE.",
    "Cafe\u0301 de\u0301ja\u0300 vu: les bateaux e\u0301taient encore au port.",
    "我们早上下去的时候，船还停在港口里。",
    "私たちが朝に降りていくと、船はまだ港にありました。",
    "Når vi kom ned om morgenen, lå båtene fortsatt i havnen.",
    "def read(path): return [line.strip() for line in open(path)]",
    "1 2 3 4",
    "…",
)


@pytest.fixture(scope="module")
def library():
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def test_every_answer_is_the_librarys_and_probabilities_are_near(library, monkeypatch):
    monkeypatch.setattr(language, "FIRST_BYTES", language.MOST_BYTES)
    texts = [" ".join([sentence] * times) for sentence in SENTENCES for times in (1, 3, 40)]
    found = language.identify_languages(pa.array(texts)).to_pylist()
    for text, row in zip(texts, found, strict=True):
        expected, probability = library.classify(text.encode()[: language.MOST_BYTES].decode(errors="ignore"))
        assert row["language_confidence"] == pytest.approx(probability, abs=0.01)
        assert row["language_observed"] == (expected if probability >= 0.5 else "und")


def test_many_texts_side_by_side_get_the_answers_that_each_gets_alone():
    texts = [" ".join([sentence] * times) for times in (40, 1, 3) for sentence in SENTENCES]
    together = language.identify_languages(pa.array(texts)).to_pylist()
    assert together == [row for text in texts for row in language.identify_languages(pa.array([text])).to_pylist()]


def test_a_model_that_does_not_fit_is_refused():
    rows, features = np.zeros(2, np.uint32), np.zeros(2, np.int64)
    with pytest.raises(ValueError, match="does not know"):
        language_model._join_moves(np.zeros(256, np.uint16), rows, features + 200_000)
    with pytest.raises(ValueError, match="does not know"):
        language_model._in_steps(np.zeros((2, 200), np.float32))


def test_the_model_is_the_same_from_the_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load = language_model.load_model.__wrapped__  # without what this process has loaded before
    unpacked, classes = load()
    monkeypatch.setattr(language_model, "_unpack", None)  # it was to be kept
    kept, same = load()
    assert same == classes
    assert kept.first_row == unpacked.first_row
    for one, other in zip(kept, unpacked, strict=True):
        np.testing.assert_array_equal(one, other, strict=True)


def test_more_is_read_where_the_beginning_leaves_a_doubt():
    doubtful = "1 2 3 " * 43
    assert len(doubtful) > language.FIRST_BYTES
    [row] = language.identify_languages(pa.array([doubtful + " ".join(SENTENCES[:1] * 8)])).to_pylist()
    assert row["language_observed"] == "en"
