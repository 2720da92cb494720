"""Names and short statements are stored without what is personal in them, and stay apart."""

from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.locations.named import NamedLocation
from corpus_audit.errors import StoreError
from corpus_audit.measure.detection.scan import Scanner
from corpus_audit.measure.masking import (
    Masker,
    is_suspicious,
    mask_claims,
    mask_document,
    path_masks,
    plain_addresses,
    real_names,
)
from corpus_audit.review.web.wording import refusals_in_words
from corpus_audit.schemas import CLAIMED_DISCLOSURE, CLAIMED_FILES

MAIL = "jane.q@contoso.com"


@pytest.fixture(scope="module")
def masker() -> Masker:
    scanner = Scanner(b"k" * 32)
    return Masker(lambda: scanner)


def shown(masker: Masker, *values: str | None) -> list[str | None]:
    return masker.column(pa.array(values, pa.string())).to_pylist()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (f"data/{MAIL}.txt", ("data/{EMAIL_ADDRESS-", "}.txt")),
        (f"/meta/{MAIL}/name", ("/meta/{EMAIL_ADDRESS-", "}/name")),
        ("tel_+49-30-901820_x.csv", ("tel_{PHONE_NUMBER-", "}_x.csv")),
        ("DE89370400440532013000.pdf", ("{IBAN_CODE-", "}.pdf")),
        (f"https://example.org/u/{MAIL.replace('@', '%40')}/x", ("https://example.org/u/{EMAIL_ADDRESS-", "}/x")),
        (f"ask {MAIL} for leave", ("ask {EMAIL_ADDRESS-", "} for leave")),
    ],
)
def test_a_detail_gives_way_to_its_type_and_the_rest_stays(masker: Masker, value: str, kept: tuple[str, str]) -> None:
    (found,) = shown(masker, value)
    assert found is not None
    assert (found.startswith(kept[0]), found.endswith(kept[1])) == (True, True)


@pytest.mark.parametrize(
    "value",
    [
        "data/part-00001-of-00010.parquet",
        "crawl/20230101_123456.warc.gz",
        "2024-05-06T07:08:09+02:00",
        "2024-05-06 07:08:09.123456Z",
        "1715000000",
        "CC-BY-4.0 OR LicenseRef-some-terms",
        "https://creativecommons.org/licenses/by/4.0/deed.zh-hans",
        "http://192.168.1.100:8080/index.html",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "zh-Hans",
        "",
    ],
)
def test_what_is_not_personal_stays_as_it_is(masker: Masker, value: str) -> None:
    assert shown(masker, value) == [value]


def test_two_names_stay_two_and_the_same_reads_the_same(masker: Masker) -> None:
    first, second, third = shown(masker, f"{MAIL}.txt", "john@contoso.com.txt", f"old/{MAIL}.txt")
    assert first != second
    assert third == f"old/{first}"


def test_lists_and_nulls_keep_their_shape(masker: Masker) -> None:
    values = pa.array([["a", MAIL], None, []], pa.list_(pa.string()))
    masked = masker.column(values)
    assert masked.is_null().to_pylist() == [False, True, False]
    assert masked.to_pylist()[0][0] == "a"
    assert MAIL not in str(masked)


def test_nothing_suspicious_needs_no_scanner() -> None:
    def refuse() -> Scanner:
        raise AssertionError

    assert Masker(refuse).column(pa.array(["data/a.jsonl", "MIT", None])).to_pylist() == ["data/a.jsonl", "MIT", None]


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ("Correct each at its place, then run the same command again.", False),
        ("jane at contoso dot com", True),
        ("JANE AT CONTOSO DOT COM", True),
        ("jane at contoso.com", True),
        ("jane [at] contoso [punkt] de", True),
        ("jane(AT)contoso(dot)com", True),
    ],
)
def test_an_at_is_suspicious_where_it_may_be_of_an_address(value: str, is_one: bool) -> None:
    assert is_suspicious(value) == is_one


@pytest.mark.parametrize(
    "disguised",
    [
        *("jane.roe (arroba) contoso (punto) com", "jane.roe[ät]contoso.de", "jane.roe(собака)contoso.ru"),
        *("jane.roe [chiocciola] contoso.it", "jane.roe (małpa) contoso.pl", "jane.roe(골뱅이)contoso.kr"),
        *("jane.roe&#64;contoso.com", "jane.roe&#x40;contoso.com", "jane.roe&commat;contoso.com"),
        *("jane.roe%40contoso.com", "jane.roe＠contoso.com", "jane.roe{at}contoso.com", "jane.roe at contoso dot com"),
    ],
)
def test_no_disguise_of_an_address_is_stored(masker: Masker, disguised: str) -> None:
    (shown,) = masker.column(pa.array([f"data of {disguised}"])).to_pylist()
    assert "jane" not in shown


def test_days_need_no_scanner_and_hold_nothing_that_is_masked(masker: Masker, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [str(date(1900, 1, 1) + timedelta(days=number)) for number in range(0, 73_000, 7)]
    assert not any(map(is_suspicious, days))
    assert is_suspicious(f"{days[0]}-12")
    monkeypatch.setattr("corpus_audit.measure.masking.is_suspicious", bool)
    assert masker.masks(days) == {}


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        ("https://jane:pw@example.org/a?x=1&mail=jane@b.org#end", "https://example.org/a?x=&mail="),
        ("https://example.org/?token", "https://example.org/"),
        ("https://example.org/a@b", "https://example.org/a@b"),
        ("/a/b", "/a/b"),
        (None, None),
    ],
)
def test_addresses_lose_user_info_values_of_queries_and_fragments(address: str | None, stored: str | None) -> None:
    assert plain_addresses(pa.array([address], pa.string())).to_pylist() == [stored]


def test_contacts_and_names_of_fields_stay(masker: Masker) -> None:
    told = pa.Table.from_pylist(
        [{"dataset_id": "d", "provider": MAIL, "provider_contact": MAIL}], schema=CLAIMED_DISCLOSURE.schema
    )
    (row,) = mask_claims(masker, CLAIMED_DISCLOSURE, told).to_pylist()
    assert (row["provider_contact"], row["provider"] == MAIL) == (MAIL, False)
    claims = pa.Table.from_pylist([{"source_id": "s", "file": "a", "text_fields": [MAIL]}], schema=CLAIMED_FILES.schema)
    assert mask_claims(masker, CLAIMED_FILES, claims) == claims


def test_a_document_keeps_its_shape(masker: Masker) -> None:
    document = {"title": f"by {MAIL}", "sources": [{"path": "a", "size": 1}], "rights_contact": {"contact": MAIL}}
    masked = mask_document(masker, document)
    assert masked["title"].startswith("by {EMAIL_ADDRESS-")
    assert (masked["sources"], masked["rights_contact"]) == (document["sources"], document["rights_contact"])


def test_a_masked_file_is_opened_by_its_real_name(masker: Masker, tmp_path: Path) -> None:
    claims = pa.Table.from_pylist(
        [{"source_id": "s", "file": f"{MAIL}.txt"}, {"source_id": "s", "file": "plain.txt"}],
        schema=CLAIMED_FILES.schema,
    )
    masks = path_masks(masker, [claims, claims])
    (row,) = real_names(masks, claims).to_pylist()
    assert row["path"] == f"{MAIL}.txt"
    stored = mask_claims(masker, CLAIMED_FILES, claims, masks)
    assert stored == mask_claims(masker, CLAIMED_FILES, claims)
    assert row["file"] in stored["file"].to_pylist()

    for name in (f"{MAIL}.txt", "plain.txt"):
        (tmp_path / name).write_text("some words")
    location = NamedLocation(LocalFolder(tmp_path), {row["file"]: row["path"]})
    assert [location.find(name).name for name in (row["file"], "plain.txt")] == [f"{MAIL}.txt", "plain.txt"]


def test_messages_of_pages_name_nobody() -> None:
    shown = refusals_in_words(StoreError(f"s/{MAIL}.txt has changed since the audit."), str)
    assert MAIL not in shown
    assert shown.startswith("s/{EMAIL_ADDRESS-")
    assert (
        refusals_in_words(StoreError("a.txt has changed since the audit."), str) == "a.txt has changed since the audit."
    )
