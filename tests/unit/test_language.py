"""The compiled classifier beside the library whose model it walks."""

import pyarrow as pa
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from corpus_audit.measure.prose import language

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


def test_every_answer_and_probability_is_the_librarys(library, monkeypatch):
    monkeypatch.setattr(language, "FIRST_BYTES", language.MOST_BYTES)
    texts = [" ".join([sentence] * times) for sentence in SENTENCES for times in (1, 3, 40)]
    found = language.identify_languages(pa.array(texts)).to_pylist()
    for text, row in zip(texts, found, strict=True):
        expected, probability = library.classify(text.encode()[: language.MOST_BYTES].decode(errors="ignore"))
        assert row["language_confidence"] == pytest.approx(probability, abs=1e-4)
        assert row["language_observed"] == (expected if probability >= 0.5 else "und")


def test_more_is_read_where_the_beginning_leaves_a_doubt():
    doubtful = "1 2 3 " * 43
    assert len(doubtful) > language.FIRST_BYTES
    [row] = language.identify_languages(pa.array([doubtful + " ".join(SENTENCES[:1] * 8)])).to_pylist()
    assert row["language_observed"] == "en"
