"""A license sentence is found where one expression for all of it would find it."""

import re
from itertools import cycle, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from corpus_audit.measure.detection.notices.license_names import BEGINS_NAME, ONE_NAME, SOME_NAMES
from corpus_audit.measure.detection.notices.license_predicates import ACCORDING, STATED
from corpus_audit.measure.detection.notices.license_sentences import SENTENCES

FORMS = (*SENTENCES, *STATED, *ACCORDING)
NAMES = (
    "the Zlib License", "version 2 of the GPL or later", "zlib license", "revised BSD license", "new BSD", "MIT",
    "3-clause BSD", "two-clause BSD", "simplified BSD license", "MIT and GPL-2.0", "CeCILL-B",
    "GNU Lesser General Public License v2.1", "木兰宽松许可证 第2版", "Apache License, Version 2.0", "expat",
    "v3 of the LGPL", "Artistic License 2.0",
)  # fmt: skip
LEADS = (
    "Licensed under", "licensed under the terms of", "distributed under either the", "dual-licensed under", "License:",
    "license = \"", "All code here is", "Alle Patches sind", "unter der", "onder de", "sous licence",
    "bajo la licencia", "sotto licenza", "sob a licença", "на условиях", "согласно", "采用",
    "governed by a", "in accordance with", "(", "",
)  # fmt: skip
TRAILS = (
    ".", " unless noted", " license", " licensed", " 许可证发布", " の下", " 하에", ")", "\" ", " allows",
    "; see the LICENSE",
)  # fmt: skip


def _texts():
    rows = (Path(__file__).with_name("notice_sentences.tsv").read_text("utf-8")).splitlines()
    yield from (row.split("\t")[-1] for row in rows)
    yield from (
        f"{lead} {name}{trail}" for (lead, name), trail in zip(product(LEADS, NAMES), cycle(TRAILS), strict=False)
    )


TEXTS = [text.encode() for text in _texts()]


@pytest.mark.parametrize("form", FORMS, ids=[f"{number}" for number in range(len(FORMS))])
def test_a_sentence_is_found_where_one_expression_would_find_it(form):
    whole = re.compile(f"{form.lead}{SOME_NAMES}{form.trail}".encode())
    for text in TEXTS:
        expected = [match.span() for match in whole.finditer(text)]
        assert [found.span() for found in form.finditer(text, 0, len(text))] == expected, text.decode()
        assert form.fits(text) == bool(whole.fullmatch(text)), text.decode()


@given(some.from_regex(re.compile(ONE_NAME)))
def test_every_name_begins_where_a_name_may_begin(text):
    begun = [place.start() for place in re.finditer(BEGINS_NAME, text)]
    assert {found.start() for found in re.finditer(ONE_NAME, text)} <= set(begun)
