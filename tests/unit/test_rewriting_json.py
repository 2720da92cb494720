"""JSON written anew without some entries of its lists: all else keeps its bytes, and stays JSON."""

import json
from dataclasses import replace

import numpy as np
import pytest

from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.locations.local import LocalFile
from corpus_audit.corpus.recognition import PLAIN
from corpus_audit.corpus.rewriting.changes import FileChanges
from corpus_audit.corpus.rewriting.json_texts import mask_json
from corpus_audit.corpus.rewriting.rewrite import rewrite_file
from corpus_audit.errors import RewriteError
from corpus_audit.vocabulary import FileFormat
from unit.test_rewriting import entry_of, rewrite, texts_of

MAIL = ("me@home.org", "[EMAIL_ADDRESS]")
ROWS = [{"text": f"story {number}, é", "n": 1.50} for number in range(4)]


def indented(rows):
    return json.dumps(rows, indent=2, ensure_ascii=False).replace("1.5", "1.50").encode() + b"\n"


INDENTED = indented(ROWS)


@pytest.mark.parametrize("dropped", [[], [0], [3], [1, 2], [0, 1], [2, 3], [0, 3], [0, 1, 2], [0, 1, 2, 3]])
def test_a_list_stays_a_list_without_the_entries_that_go(tmp_path, dropped):
    done, target, entry = rewrite(tmp_path, "a.json", FileFormat.JSON, INDENTED, dropped)
    kept = [row for number, row in enumerate(ROWS) if number not in dropped]
    assert json.loads(target.read_bytes()) == kept
    assert done.dropped == len(dropped)
    assert target.read_bytes().count(b"1.50") == len(kept)
    if kept:
        assert target.read_bytes() == indented(kept)
        assert texts_of(target, entry) == [row["text"] for row in kept]


def test_what_stands_beside_lists_stays(tmp_path):
    content = b'{"v" : "1.0", "train":[{"text":"a"} , {"text":"b"}],\n"test": [ {"text":"c"}, {"text":"d"} ], "n":[1]}'
    _, target, entry = rewrite(tmp_path, "a.json", FileFormat.JSON, content, [0, 3])
    assert target.read_bytes() == b'{"v" : "1.0", "train":[{"text":"b"}],\n"test": [ {"text":"c"} ], "n":[1]}'
    assert texts_of(target, entry) == ["b", "c"]


def test_the_list_that_a_manifest_names_is_cut(tmp_path):
    content = b'{"meta": [{"body": "no"}], "items": [{"body": "a"}, {"body": "b"}, {"body": "c"}]}'
    path = tmp_path / "a.json"
    path.write_bytes(content)
    entry = replace(entry_of("a.json", FileFormat.JSON, len(content)), text_fields=("/items/*/body",))
    target = tmp_path / "new.json"
    changes = FileChanges(np.array([1], np.int64))
    rewrite_file(FileInput(LocalFile(path, "a.json", len(content)), len(content)), entry, changes, target)
    assert target.read_bytes() == b'{"meta": [{"body": "no"}], "items": [{"body": "a"}, {"body": "c"}]}'


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_entries_are_the_same_however_a_file_comes(monkeypatch, tmp_path, size):
    monkeypatch.setattr("corpus_audit.corpus.json_stream._CHUNK", size)
    masks = {2: [("story", "[X]")]}
    _, target, _ = rewrite(tmp_path, "a.json", FileFormat.JSON, INDENTED, [0, 3], masks)
    kept = [ROWS[1], ROWS[2] | {"text": "[X] 2, é"}]
    assert target.read_bytes() == indented(kept)


def test_only_texts_are_masked(tmp_path):
    written = r'{ "me@home.org" : "write \"to\" me@home.org\u00e9", "n": 1.0, "in": ["me@home.org"] }'
    masked = r'{ "me@home.org" : "write \"to\" [EMAIL_ADDRESS]\u00e9", "n": 1.0, "in": ["[EMAIL_ADDRESS]"] }'
    assert mask_json(written, [MAIL]) == masked
    assert mask_json(written, [MAIL, ("not there", "[X]")]) is None
    _, target, _ = rewrite(tmp_path, "a.json", FileFormat.JSON, f"[{written}]".encode(), masks={0: [MAIL]})
    assert target.read_text() == f"[{masked}]"


def test_a_row_with_a_value_that_is_not_met_goes(tmp_path):
    done, target, _ = rewrite(tmp_path, "a.json", FileFormat.JSON, INDENTED, masks={1: [("gone", "[X]")]})
    assert (done.unmasked, len(json.loads(target.read_bytes()))) == (1, 3)


def test_marks_codecs_and_bytes_that_are_no_utf_8_stay(tmp_path):
    content = b'\xef\xbb\xbf[{"text": "a\xff"}, {"text": "b"}]'
    _, target, _ = rewrite(tmp_path, "a.json", FileFormat.JSON, content, [1])
    assert target.read_bytes() == b'\xef\xbb\xbf[{"text": "a\xff"}]'
    other = '[{"text": "Schröder"}, {"text": "b"}]'.encode("cp1252")
    recognition = replace(PLAIN, encoding="cp1252")
    _, target, _ = rewrite(tmp_path, "b.json", FileFormat.JSON, other, [1], recognition=recognition)
    assert target.read_bytes() == '[{"text": "Schröder"}]'.encode("cp1252")


def test_a_file_that_breaks_off_is_refused(tmp_path):
    with pytest.raises(RewriteError, match=r"a\.json is not JSON to its end"):
        rewrite(tmp_path, "a.json", FileFormat.JSON, INDENTED[:-20], [0])


COLUMNS = b'{"text": ["mail me@home.org", "b"], "n": [1, 2]}'
APART = b'{"data": [["mail me@home.org", 1], ["b", 2]], "columns": ["text", "n"]}'


@pytest.mark.parametrize("content", [COLUMNS, APART])
def test_rows_in_columns_are_refused_or_masked(tmp_path, content):
    for dropped in (0, 1):
        with pytest.raises(RewriteError, match=r"a\.json holds its records in columns"):
            rewrite(tmp_path, "a.json", FileFormat.JSON, content, [dropped])
    done, target, _ = rewrite(tmp_path, "b.json", FileFormat.JSON, content, masks={0: [MAIL]})
    assert target.read_bytes() == content.replace(b"me@home.org", b"[EMAIL_ADDRESS]")
    assert done.masked == 1


def test_a_list_that_holds_no_records_is_not_taken_for_one(tmp_path):
    content = b'{"text": "mail me@home.org", "data": ["x"], "again": "me\\u0040home.org", "number": 7}'
    done, target, _ = rewrite(tmp_path, "a.json", FileFormat.JSON, content, masks={0: [MAIL]})
    assert json.loads(target.read_bytes()) == {
        "text": "mail [EMAIL_ADDRESS]", "data": ["x"], "again": "[EMAIL_ADDRESS]", "number": 7
    }  # fmt: skip
    assert (done.masked, done.unmasked) == (1, 0)
    two = b'{"data": ["a"]}\n{"data": ["b"]}'
    with pytest.raises(RewriteError, match=r"b\.json holds its records"):
        rewrite(tmp_path, "b.json", FileFormat.JSON, two, [0])


def test_all_rows_in_columns_go_where_one_was_not_met_again(tmp_path):
    done, target, _ = rewrite(tmp_path, "a.json", FileFormat.JSON, COLUMNS, masks={0: [MAIL], 1: []})
    assert (done.masked, done.unmasked, target.exists()) == (0, 2, False)


def test_what_stands_beside_a_list_is_masked_with_its_first_record(tmp_path):
    content = b'{"by": "me@home.org", "data": [{"text": "a"}, {"text": "b"}], "to": "me@home.org"}'
    done, target, entry = rewrite(tmp_path, "a.json", FileFormat.JSON, content, masks={0: [MAIL]})
    assert target.read_bytes() == content.replace(b"me@home.org", b"[EMAIL_ADDRESS]")
    assert (done.masked, texts_of(target, entry)) == (1, ["a", "b"])


def test_what_stands_beside_a_list_is_masked_where_its_first_record_goes(tmp_path):
    content = b'{"by": "me@home.org", "data": [{"text": "a"}, {"text": "b"}], "to": "me@home.org"}'
    done, target, _ = rewrite(tmp_path, "a.json", FileFormat.JSON, content, [0], masks={0: [MAIL]})
    masked = "[EMAIL_ADDRESS]"
    assert json.loads(target.read_bytes()) == {"by": masked, "data": [{"text": "b"}], "to": masked}
    assert (done.dropped, done.masked) == (1, 0)


def test_half_a_surrogate_pair_stays_an_escape():
    assert json.loads(mask_json(r'"\u00fc\ud83d me@home.org"', [MAIL])) == "\u00fc\ud83d [EMAIL_ADDRESS]"
    masked = mask_json('"ü\\ud83d me@home.org"', [MAIL])
    assert json.loads(masked.encode()) == "ü\ud83d [EMAIL_ADDRESS]"


@pytest.mark.parametrize("content", [b'[{"text": "a"}, {"text": "b"', b'[{"text": "a"}, {"text": "b"} x'])
def test_damage_is_an_error_that_says_so(tmp_path, content):
    with pytest.raises(RewriteError, match=r"a\.json is not JSON to its end"):
        rewrite(tmp_path, "a.json", FileFormat.JSON, content, [0])
