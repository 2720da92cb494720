"""Values behind other digits, references, encodings and unseen characters, with their bytes in the original text."""

import pyarrow as pa
import pytest

from corpus_audit.measure import text_windows
from corpus_audit.measure.detection.disguises import MARGIN_BYTES, plain_copies
from corpus_audit.measure.detection.scan import Scanner

SCANNER = Scanner(b"key")
MAIL = "jane.q@contoso.com"

# Text in front, the value as it is written, text behind, and its entity type.
DISGUISED = (
    ("手机", "１３８１２３４５６７８", "。", "CN_MOBILE"),
    ("身份证号", "１１０１０５１９４９１２３１００２Ｘ", "，", "CN_RESIDENT_ID"),
    ("Write to ", "taro＠contoso.co.jp", " soon", "EMAIL_ADDRESS"),
    ("Ｅメール：", "ｔａｒｏ＠ｃｏｎｔｏｓｏ．ｃｏ．ｊｐ", "まで", "EMAIL_ADDRESS"),
    ("<p>", "jane.q&#64;contoso.com", "</p>", "EMAIL_ADDRESS"),
    ("<p>", "jane.q&commat;contoso&period;com", "</p>", "EMAIL_ADDRESS"),
    ("<p>", "&#106;ane.q&#x40;contoso.com", "</p>", "EMAIL_ADDRESS"),
    ("?from=", "jane.q%40contoso.com", "&x=1", "EMAIL_ADDRESS"),
    ("Mail ", "jane.q [at] contoso [dot] com", ".", "EMAIL_ADDRESS"),
    ("Mail ", "jane.q(at)contoso.com", ".", "EMAIL_ADDRESS"),
    ("Mail ", "jane.q{at}contoso{punkt}com", ".", "EMAIL_ADDRESS"),
    ("Mail ", "jane.q at contoso dot com", ".", "EMAIL_ADDRESS"),
    ("Пишите: ", "jane.q[собака]contoso[точка]com", ".", "EMAIL_ADDRESS"),
    ("Mail ", "ja\u00adne.q@con\u200btoso.com", ".", "EMAIL_ADDRESS"),
    ("اتصل ", "+\u0664\u0664 \u0662\u0660 \u0668\u0663\u0666\u0666 \u0661\u0661\u0667\u0667", " الآن", "PHONE_NUMBER"),
    ("कॉल ", "+९१ ९८१२३ ४५६७८", " पर", "PHONE_NUMBER"),
    ("call ", "+44 20\u00a08366\u20111177", " now", "PHONE_NUMBER"),
    ("tel=", "%2B44 20 8366 1177", "&", "PHONE_NUMBER"),
    ("pay to ", "GB29\u00a0NWBK\u00a06016\u00a01331\u00a09268\u00a019", ".", "IBAN_CODE"),
    ("Reach me: ", "jane.q AT contoso DOT com", ".", "EMAIL_ADDRESS"),
    (" : ", "jane.q [arobase] contoso.com", " ou par courrier", "EMAIL_ADDRESS"),
    ("card ", "4539\u200b 1488 0343 \u20606467", ".", "CREDIT_CARD"),
    ("SSN: ", "536-\u200b90-4399", "", "US_SSN"),
    ("?tel=", "020%208366%201177", "&", "PHONE_NUMBER"),
    ("host ", "２０７.１５５.１５０.１５６", " up", "IP_ADDRESS"),
)  # fmt: skip


@pytest.mark.parametrize(("before", "value", "behind", "entity_type"), DISGUISED)
def test_a_disguised_value_is_found_with_its_bytes(before, value, behind, entity_type):
    text = f"é{before}{value}{behind}"
    rows = SCANNER.scan(pa.array([text])).to_pylist()
    content = text.encode()
    assert [(row["entity_type"], content[row["start_byte"] : row["end_byte"]].decode()) for row in rows] == [
        (entity_type, value)
    ]


def test_a_disguise_hashes_as_the_plain_value_and_is_masked():
    plain, disguised = SCANNER.scan(pa.array([MAIL, MAIL.replace("@", " [at] ")])).to_pylist()
    assert plain["keyed_hash"] == disguised["keyed_hash"]
    assert plain["masked"] == disguised["masked"] == "j***@***.com"


@pytest.mark.parametrize(
    "text",
    [
        "items[at].name = list (at) once",
        "100%40 more",
        "in 2015–2019 and pp. 1610–1621",
        "AT&amp;T &#169; 2020",
        "في عام ٢٠١٥ و٢٠١٦",
        "a sign at rest dot",
    ],
)
def test_what_only_looks_disguised_holds_nothing(text):
    assert SCANNER.scan(pa.array([text])).num_rows == 0


def test_a_plain_value_beside_a_disguise_is_found_once():
    rows = SCANNER.scan(pa.array([f"&#169; {MAIL} \u200b"])).to_pylist()
    assert [(row["start_byte"], row["end_byte"]) for row in rows] == [(7, 7 + len(MAIL))]


def test_what_surrounds_a_disguise_is_not_cut():
    digits = "1" * (MARGIN_BYTES + 200)
    assert SCANNER.scan(pa.array([f"{digits}-536-90-4399 \u200b&#64; x"])).num_rows == 0


@pytest.mark.parametrize("shift", [-9, -1, 0, 7])
def test_a_disguise_on_a_window_border_is_found_once(monkeypatch, shift):
    monkeypatch.setattr(text_windows, "PIECE_BYTES", 5000)
    value = "jane.q&#64;contoso.com"
    rows = SCANNER.scan(pa.array([" " * (5000 + shift) + value + " " * 6000])).to_pylist()
    assert [(row["start_byte"], row["end_byte"]) for row in rows] == [(5000 + shift, 5000 + shift + len(value))]


def test_copies_are_taken_around_disguises_only():
    record = b"x" * 50_000 + b"&#64;" + b"x" * 50_000
    (copy,) = plain_copies(record, [50_005])
    assert len(copy.text) < 1_000
    assert copy.original(copy.text.index(b"@"), copy.text.index(b"@") + 1) == (50_000, 50_005)
    assert b"x" not in repr(copy).encode()
