"""Values in labelled places: in many languages, on both sides, across a line end; confirmed or only labelled."""

import pyarrow as pa
import pytest

from corpus_audit.measure.detection.cn import resident_id
from corpus_audit.measure.detection.de import pension_insurance
from corpus_audit.measure.detection.de import tax_id as de_tax_id
from corpus_audit.measure.detection.eu import vat_number
from corpus_audit.measure.detection.international import (
    bank_account,
    credit_card,
    iban_code,
    national_numbers,
    passport,
    phone_number,
)
from corpus_audit.measure.detection.it import fiscal_code
from corpus_audit.measure.detection.jp import my_number
from corpus_audit.measure.detection.labels import BESIDES, NOT_PERSONAL, groups_before, label_table
from corpus_audit.measure.detection.nl import bsn as nl_bsn
from corpus_audit.measure.detection.pl import identifiers
from corpus_audit.measure.detection.pl import pesel as pl_pesel
from corpus_audit.measure.detection.scan import Scanner
from corpus_audit.measure.detection.us import driver_license
from corpus_audit.measure.detection.us import ssn as us_ssn

AR_DNI, ZA_ID = (
    next(detector for detector in national_numbers.DETECTORS if detector.entity_type == entity_type)
    for entity_type in ("AR_DNI", "ZA_ID")
)
PHONE, CARD, IBAN = phone_number.DETECTOR, credit_card.DETECTOR, iban_code.DETECTOR

CONFIRMED = (
    (PHONE, "Tél. ", "01 42 68 53 00", ""),
    (PHONE, "Port. ", "06.12.59.14.23", " / Fixe"),
    (PHONE, "Ring mig på ", "08107859", " så löser vi det."),
    (PHONE, "puhelin ", "041.2338941", ""),
    (PHONE, "zadzwoń do mnie jak wrócisz, ", "12 319 45 48", ", bo szef pyta"),
    (PHONE, "Ring lige på ", "34 44 85 16", " når du er fremme"),
    (PHONE, "TEL;HOME;VOICE:", "0121 200 7317", ""),
    (PHONE, "Osoba kontaktowa: Marek, ", "512 578 863", ""),
    (PHONE, "na mobilu ", "601 055 399", " jsem pořád"),
    (pl_pesel.DETECTOR, "PESEL osoby upoważnionej\n", "440514-01359", "\nNIP"),
    (bank_account.DETECTOR, "Numer rachunku do zwrotu (26 cyfr): ", "61 1090 1014 0000 0712 1981 2874", ""),
    (ZA_ID, "ID no. of contact ", "800101 5009 08 7", ""),
    (PHONE, "Handy: ", "0176 12345678", ""),
    (PHONE, "Mob:-", "9876543210", ""),
    (PHONE, "Mobile :-", "9876543210", " please"),
    (PHONE, "phone: -", "02083661177", ""),
    (PHONE, "Mobil: ", "0151 23456789", ""),
    (PHONE, "telefono ", "06 6982 1234", ""),
    (PHONE, "тел. ", "8 912 345-67-89", ""),
    (PHONE, "telefone ", "(11) 91234-5678", ""),
    (PHONE, "携帯 ", "090-1234-5678", ""),
    (PHONE, "numer telefonu ", "512 345 678", ""),
    (PHONE, "Phone number\n", "0467 33950", ""),
    (PHONE, "Ruf mal bei Oma an: ", "030 12345678", ""),
    (PHONE, "", "080-1234-5678", "に電話してください。"),
    (PHONE, "मुझे ", "09876543210", " पर कॉल करें।"),
    (PHONE, "", "0532 123 45 67", " numaralı telefondan"),
    (PHONE, "התקשרו אליי ל-", "03-640-7070", "."),
    (PHONE, "Tel. kom.: ", "609 141 777", ""),
    (PHONE, "kom. ", "501-555-014", ""),
    (PHONE, "Telefonnr. ", "030 23125 014", ""),
    (PHONE, "Toll free: ", "1 (888) 867-5309", ""),
    (PHONE, "תתקשר אליי ל-", "052-5550142", ""),
    (PHONE, "Helista mulle ", "5055 0142", ""),
    (PHONE, "CONTACTO TELEFÓNICO: ", "21 555 01 42", ""),
    (PHONE, "Please leave a message for Dr. Hall on ", "415 555 2671", "."),
    (PHONE, "Dispatch can be reached 24/7 at ", "650-253-2222", "."),
    (PHONE, "Тел.: ", "8 (836) 275-9838", ""),
    (PHONE, "Zvaniet ", "+(371) 29123456", "."),
    (CARD, "Credit card used for this booking was ", "4539-1488-0343-6467", "."),
    (PHONE, "<td>Telefon</td><td>", "030 901820", "</td>"),
    (PHONE, '"mobile_phone": "', "0176 12345678", '"'),
    (PHONE, "My office line, that is the phone I answer: ", "020 7946 0018", ""),
    (PHONE, "", "030 901820", " (privat)"),
    (PHONE, "Berlin 13242\n", "030 901820", "-Office\\,"),
    (PHONE, "전화번호는 ", "02-312-3456", ""),
    (CARD, "Kartennummer: ", "4929 8349-1142.4945", ""),
    (IBAN, "", "DE89-3704-0044-0532-0130-00", ""),
    (IBAN, "", "de89 3704 0044 0532 0130 00", ""),
    (IBAN, "IBAN ", "DE89 3704 0044\n0532 0130 00", "\nBIC COBADEFF"),
    (pl_pesel.DETECTOR, "PESEL ", "440514-01359", ""),
    (pl_pesel.DETECTOR, "PESEL pacjentki: ", "440514-01359", ""),
    (identifiers.NIP, "NIP firmy: ", "526-104-08-28", ""),
    (identifiers.NIP, "numer identyfikacji podatkowej ", "526 104 08 28", ""),
    (identifiers.IDENTITY_CARD, "legitymujący się dowodem osobistym ", "ABA 212345", ""),
    (resident_id.DETECTOR, "公民身份号码", "11010519491231002X", ""),
    (pl_pesel.DETECTOR, "numer PESEL: ", "44 05 14 01 359", ""),
    (de_tax_id.DETECTOR, "Steuer-ID ", "36/574/261/809", ""),
    (nl_bsn.DETECTOR, "BSN ", "1112.22.333", ""),
    (us_ssn.DETECTOR, "SSN: ", "536 90 4399", ""),
    (PHONE, "Telefoonnummer: ", "020 \u2013 334 48 12", ""),
    (PHONE, "https://wa.me/", "447911123456", "?text=hi"),
    (PHONE, '<a href="tel:', "+13125552368", '">'),
    (CARD, "Diners Club ", "3881 880491 7038", ""),
    (CARD, "Card number\n", "4217 7436\n6875 9752", ""),
    (CARD, "Visa: ", "4255.1716.0790.9663", ""),
    (CARD, "My card for the hotel, the blue one, is ", "4255171607909663", ""),
    (IBAN, "", "ES83 5427 8498\n1120 5896 7594", ""),
    (identifiers.NIP, "NIP nowego kontrahenta ", "526-104-08-28", ""),
    (vat_number.DETECTOR, "OIB klijenta: ", "33392005961", ""),
    (fiscal_code.DETECTOR, "codice fiscale della paziente: ", "RCCMNL83S18D969H", ""),
    (IBAN, "IBAN des Empfängers ist ", "DE89 3704 0044 0532 0130 00", ""),
    (identifiers.IDENTITY_CARD, "dowód osobisty seria ", "CWL nr 810387", ""),
    (identifiers.IDENTITY_CARD, "Nr dowodu osobistego: ", "CWL\u00a0810387", ""),
    (identifiers.IDENTITY_CARD, "", "CWL\u00a0810387", " – to jest seria i nr dowodu"),
    (identifiers.IDENTITY_CARD, "", "CWL 810387", " – seria i numer dowodu"),
    (my_number.DETECTOR, "個人番号\u3000", "123456789018", "\u3000氏名"),
    (fiscal_code.DETECTOR, "il mio codice fiscale è ", "rccmnl83s18d969h", ""),
    (pension_insurance.DETECTOR, "Rentenversicherungsnummer: ", "15 070649 C 103", ""),
    (PHONE, "Mobiilinumber: ", "5123 4567", ""),
    (PHONE, "", "+1 604 231 0172", " (mobile) - leave a message"),
    (us_ssn.DETECTOR, "", "536-90-4399", " is her Social Security number"),
    (fiscal_code.DETECTOR, "", "RCCMNL83S18D969H", " è il mio codice fiscale"),
    (vat_number.DETECTOR, "", "DE136695976", " — USt-IdNr"),
    (resident_id.DETECTOR, "", "11010519491231002X", "是我的身份证号"),
)
LABELLED = (
    (PHONE, "Desk: ", "+1-903-140-4508x769", ""),
    (PHONE, "phone ", "(000) 123-9876", ""),
    (PHONE, "Phone number\n", "467 3395", ""),
    (PHONE, "The phone of the pharmacy, I think, is ", "(000) 123-9876", "."),
    (PHONE, "Nurse line ", "(823)156-7890x123", " is open."),
    (PHONE, "the sign says ", "001-823-156-7890x12", ""),
    (PHONE, "På skiltet sto ", "+47 12 34 56 78", "."),
    (CARD, "my card ", "3598123412341234", ""),
    (IBAN, "IBAN: ", "3704 0044 0532 0130 00", ""),
    (IBAN, "IBAN: ", "DE88 3704 0044 0532 0130 00", ""),
    (pl_pesel.DETECTOR, "PESEL: ", "44051401358", ""),
    (AR_DNI, "el dni del nene es ", "44797989", ""),
    (passport.DETECTOR, "パスポート番号\u3000", "TK1234567", ""),
    (driver_license.DETECTOR, "Your driver number, in section 5 of your licence:\n", "MORGA657054SM9IJ", ""),
)
NOT_PERSONAL_TEXTS = (
    "doi:10.1016/j.cell.2015.05.002",
    "Cell 2015 161 1610-1621",
    "Cell 1979 231 2414-60208",
    "Cell 2014 156 2279-8077",
    "call 2001-2010",
    "123456789012345678",
    "kernel 5.15.0.91",
    "order number 123-45-6789",
    "MNRAS, 312, 257 (astro-ph/9905191)",
    "Annex I to Directive 2006/126/EC (Field 5).",
    "Bestellnummer: 123-45-6789",
    "Reached on 3.10.0-3.10.12",
    "call.\n\n1.0 (2017-05-15)",
    ".pager{color:#073642}",
    "insert ( 3950 json_call me 11 10 12 1 0 0 0 f f",
    "ECSOption.from_text('1.2.3.4/24/32')",
    "called 12000 times, 1234567890 in all",
    "Mobilmachung 1914 und 4567 Mann",
    "I left my phone. 4673395 people did.",
    "tel 2020-01-02 10:30",
    "Serial No. 123-45-6789",
    "Auftragsnr. 030 23125 014",
    "Art.-Nr. 0176 040 690 12",
    "Order no. 5412 7534 5678 9010 is ready",
    "P/N 612-34-5678",
    "CEP 01310-100",
    "cell 2010 143 1234",
    "contact lens -3.25 -2.75 8.6 14.2",
    "rng = np.random.default_rng(6763691329830218206)",
    "x = 4539148803436467 + y",
    "SELECT * FROM t WHERE id = 4000123412341234",
    '<img width="1234" data-id="4539148803436467">',
    "14633730048000000*t**14 + 4828147466240000*t**12",
    "[19835652870, -5395297580640, 3641825]",
    "/users/13955501423/photos",
    "ERROR_CONTACT_NOT_FOUND: Final = -2140971007",
    '{"cell":-2140971007}',
    "cell: -2140971007",
    "quantize(Decimal('+35236450.6'), Decimal('1e-2'))",
    'ISO-IR 10646 2000" UTF-8',
    "IEEE Standard 1003.1-2001",
    "Phys. Rev. E 78, 046110 2008",
    "PO Box 643113, Pullman, WA 99164-3113\nEmail : a",
    "a cell with 11/3/2020 9:00 AM",
    "'556398405': {'en': 'Celular'}, '556398406': {'en': 'Celular'}, '556398407': 1",
    "setCell(e,t){2097152&t.content",
    "as set forth in DFARS 202.227-7015 Technical Data",
    "DFARS 252.227-7014 (June 1995)",
    "the Buffer 01 02 03 04 05 of bytes",
    "host ll header: ff ff 00 30 da 03 46 28 08 06",
    "UNIX seconds: @15584760000",
    "the mobile 3.0.1234.5678 build",
    "Thai Industrial Standard 6202253",
    "# 40 50 100 ext3 /boot",
    "65CB 7384 9009 7663 7729 7EDA",
    "509A\n6700 51F1 5272 5274 5275 5269 52DE 52DD",
    "12630121616,-16802270373,19534438464, 2",
    "[2702765199360981,\n     19391512145,2404879675441]",
    '"uid":"sesv2-2019-09-27"',
    "winbind uid = 10000-20000",
    "Enter your login and password below",
    '# U+1FB7 => 0391 0342 0345\n"x"',
    "540F 5410 5411 5412\n5414 5415 5416 5417 56",
    "ISO C99 Standard: 7.10/5.2.4.2.1 Sizes",
    "Boston, MA 021110-1307, USA",
    "as set forth in DFARS\n       202.227-7015 Technical Data",
    "example_number='15123456789', possible",
    '001663 o="KBT Mobile"\n001664 o="Prod-El SpA"',
    "this._cl=4271175723,this._dl=1595750129,this._el=29175",
)
SCANNER = Scanner(b"key")


@pytest.mark.parametrize(("detector", "before", "value", "behind"), CONFIRMED)
def test_a_value_that_holds_is_confirmed(find, detector, before, value, behind):
    assert find(detector, before + value + behind) == [value]


@pytest.mark.parametrize(("detector", "before", "value", "behind"), LABELLED)
def test_a_value_that_does_not_hold_is_labelled(find, find_labelled, detector, before, value, behind):
    text = before + value + behind
    assert (find(detector, text), find_labelled(detector, text)) == ([], [value])


def test_published_test_cards_score_low_whatever_stands_beside_them():
    rows = SCANNER.scan(pa.array(["visa 4012888888881881", "card 4111111111111111"]))
    assert [score <= 0.4 for score in rows["score"].to_pylist()] == [True, True]


def test_example_numbers_of_forms_score_low_beside_their_label_too():
    rows = SCANNER.scan(pa.array(["SSN: 123-45-6789", "social security number 111223333", "123-45-6789"]))
    assert rows.select(["score", "validator"]).to_pylist() == [{"score": 0.2, "validator": "placeholder"}] * 3


@pytest.mark.parametrize("text", NOT_PERSONAL_TEXTS)
def test_citations_versions_years_and_orders_are_nothing(text):
    assert SCANNER.scan(pa.array([text])).num_rows == 0


def test_the_address_of_a_host_is_no_telephone_number_behind_a_label(find, find_labelled):
    text = "192.168.0.200 から 192.168.0.250 まで, tel 130.89.148.77"
    assert (find(PHONE, text), find_labelled(PHONE, text)) == ([], [])


def test_the_table_of_labels_speaks_more_than_twenty_languages():
    languages = {language for by_language in label_table().values() for language in by_language}
    assert len(languages) >= 30
    assert len(label_table()["PHONE_NUMBER"]) >= 25
    assert {BESIDES, NOT_PERSONAL} <= set(label_table())


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("userPhone = ", {"PHONE_NUMBER", "PHONE_BEHIND"}),
        ("order number ", {NOT_PERSONAL}),
        ("Phone. ", set()),
        ("microphone ", set()),
        ("携帯は", {"PHONE_NUMBER"}),
        ("Tel. kom.: ", {"PHONE_NUMBER"}),
    ],
)
def test_the_label_in_front_is_read_in_names_and_sentences(text, groups):
    assert groups_before(text) == groups


def test_no_word_of_the_table_is_lost_in_a_comment():
    assert {"order #", "zip code", "account ref"} <= set(label_table()[NOT_PERSONAL]["en"])


def test_digits_on_two_lines_are_one_number_only_where_a_check_says_so(find, find_labelled):
    assert find_labelled(PHONE, "Phone: 467 3395\n12 High Street") == ["467 3395"]
    assert (find(CARD, "card 4217 7436\n6875 9753"), find_labelled(CARD, "card 4217 7436\n6875 9753")) == ([], [])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Số CCCD: 001199503866, điện thoại: 0210.1462.347", "0210.1462.347"),
        ("Tel. 030 901820, Rechnung 2025551234", "030 901820"),
        ("Order no. 1234567890 (office)", ""),
        ("Số CCCD 001 227 762 958 — SĐT 0912 656 179", "0912 656 179"),
        ("Phone calls handled: 45 678 901. Passports 2 345 678.", ""),
        ("mobile 20240115 release", ""),
        ("ご予約 03-3210-7000、契約6022245971", "03-3210-7000"),
    ],
)
def test_a_number_with_a_label_of_its_own_is_not_what_another_label_beside_it_names(find, find_labelled, text, kept):
    assert find(PHONE, text) + find_labelled(PHONE, text) == ([kept] if kept else [])


def test_a_pattern_of_numbers_is_none(find, find_labelled):
    texts = ("+44 113 496 0###", '"+44(0)1632 960 ###"', "phone: 0113 496 0###", "phone: 0113 496 XXXX")
    assert [find(PHONE, text) + find_labelled(PHONE, text) for text in texts] == [[], [], [], []]


def test_one_label_names_several_numbers(find):
    assert find(PHONE, "tel. 512 345 678 lub 601 234 567") == ["512 345 678", "601 234 567"]
    assert find(pl_pesel.DETECTOR, "syn ma pesel 750126 47824 a córka 4405.1401.359") == [
        "750126 47824",
        "4405.1401.359",
    ]


def test_the_longer_label_of_what_is_not_personal_outweighs_a_label_in_it(find_labelled):
    assert find_labelled(bank_account.DETECTOR, "Особовий рахунок 0829883448") == []
    assert find_labelled(bank_account.DETECTOR, "Рахунок № 0829883448") == ["0829883448"]
