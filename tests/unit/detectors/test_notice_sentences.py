"""Sentences in twelve languages that license, reserve or restrict, and sentences that only speak of it."""

from pathlib import Path

import pytest

from unit.detectors.noticed import noticed

SENTENCES = Path(__file__).with_name("notice_sentences.tsv")
"""What a text says, or nothing, a tab, and the text with its line breaks as ``\\n``."""


def _said(texts: list[str]) -> list[set[str]]:
    found: list[set[str]] = [set() for _ in texts]
    for row in noticed(texts):
        found[row["index"]].add(row["masked"])
    return found


@pytest.fixture(scope="module")
def sentences() -> list[tuple[str, str, set[str]]]:
    rows = [line.split("\t") for line in SENTENCES.read_text("utf-8").splitlines()]
    texts = [text.replace("\\n", "\n") for _, text in rows]
    return [(name, text, said) for (name, _), text, said in zip(rows, texts, _said(texts), strict=True)]


def test_every_notice_is_noticed(sentences):
    assert [(name, text, said) for name, text, said in sentences if name and name not in said] == []


def test_what_only_speaks_of_it_is_nothing(sentences):
    assert [(text, said) for name, text, said in sentences if not name and said] == []


HEADINGS = (
    "Confidential", "Minutes\n\nVertraulich\n\nText", "* CONFIDENCIAL *\n\nInforme", "【机密】\n正文", "社外秘\n\n本文",
    "# Confidentiel\nTexte", "Page 3\nConfidential\n\f", "Classification: confidential\nx", "密级：机密\n正文",
    "Poufne.\n\nTreść", "Confidential – Internal Use Only", "보안등급: 대외비\n본문",
)  # fmt: skip
NO_HEADINGS = (
    "abase\nconfidence\nConfidential\nconfidently\n", "values:\n- honest\n- Confidential\n", "诚信\n保密\n勤奋\n",
    "He said\nconfidential things", "Confidential,\nPublic,\n", "CONFIDENTIAL = 3\n", "Riservata la sala,\npartirono.",
)  # fmt: skip


def test_a_word_is_a_mark_where_it_has_a_heading_or_a_field_to_itself():
    assert [
        text for text, said in zip(HEADINGS, _said(list(HEADINGS)), strict=True) if "CONFIDENTIAL" not in said
    ] == []


def test_a_word_in_a_list_or_a_sentence_is_no_mark():
    assert [text for text, said in zip(NO_HEADINGS, _said(list(NO_HEADINGS)), strict=True) if said] == []


def test_a_license_in_a_description_of_a_program_is_named():
    texts = {
        '{"name": "x", "license": "MIT"}': "MIT",
        'license = {text = "BSD-3-Clause"}': "BSD-3-Clause",
        "setup(name='x', license='Apache 2.0')": "Apache-2.0",
        "<license>\n  <name>Apache License, Version 2.0</name>": "Apache-2.0",
        'MODULE_LICENSE("Dual BSD/GPL");': "BSD OR GPL",
        "SPDX-License-Identifier: 0BSD": "0BSD",
        "遵循 CC 4.0 BY-SA 版权协议": "CC-BY-SA-4.0",
        "the GNU General Public License was written in 1989": None,
        "GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007": "GPL-3.0",
        "license = MIT + x": None,
    }
    assert _said(list(texts)) == [set() if name is None else {name} for name in texts.values()]
