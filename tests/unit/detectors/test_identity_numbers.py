"""Numbers of identity cards and social security: beside a label in each of their languages, holding or not."""

import re

import pyarrow as pa
import pytest

from corpus_audit.measure.detection.international.eastern_numbers import NUMBERS as EASTERN
from corpus_audit.measure.detection.international.identity_numbers import DETECTORS, NUMBERS
from corpus_audit.measure.detection.international.national_numbers import DETECTORS as NATIONAL
from corpus_audit.measure.detection.labels import label_table
from corpus_audit.measure.detection.scan import Scanner

SCANNER = Scanner(b"key")
BY_LABELS = {
    number.labels.removeprefix("IDENTITY_"): (number, detector)
    for number, detector in zip(NUMBERS, DETECTORS, strict=True)
}
BY_TYPE = {detector.entity_type: detector for detector in NATIONAL}

CONFIRMED = (
    ("AE", "784-1987-9236327-1"),
    ("BG", "3372941225"),
    ("BR_PIS", "420.68316.20-3"),
    ("BR_VOTER", "307600460574"),
    ("BY", "3220778H307PB0"),
    ("CU", "91021027775"),
    ("ES_NUSS", "28/81742610/68"),
    ("FI_TAX", "917692649916"),
    ("GB_CHI", "120783 5935"),
    ("GH_TIN", "C0000803561"),
    ("GT", "2241 54990 0601"),
    ("IN_VID", "4600 4804 6190 0327"),
    ("IN_VOTER", "WKH1186253"),
    ("MU", "D1505850043212"),
    ("MX_NSS", "03 15 88 6479 7"),
    ("NI", "001-150585-9734B"),
    ("PS", "922562046"),
    ("PT", "19119197174"),
    ("RU_ENP", "3562 5998 9167 9875"),
    ("SV", "08263692-6"),
    ("US_NPI", "1497758544"),
)
LABELLED = (
    ("AD", "U-132950-X"),
    ("AD_CASS", "920521L"),
    ("AF", "1399-0704-51826"),
    ("AM", "5208 870 314"),
    ("AO", "004512367LA042"),
    ("AZ", "5H6NI6F"),
    ("BB", "850512-0034"),
    ("BB_TAX", "1679941037800"),
    ("BE_CARD", "594-8123025-90"),
    ("BE_DOCTOR", "1-13082-69-432"),
    ("BH", "870514273"),
    ("BIRTH", "II-БА № 987980"),
    ("BJ", "3120 847 591"),
    ("BN", "51-047283"),
    ("BO", "4871236"),
    ("BO_NUA", "41021259"),
    ("BR_CERTIDAO", "074354 01 55 1984 1 00074 017 7180168 21"),
    ("BR_CTPS", "9316018/5856"),
    ("BR_MILITARY", "429709711245"),
    ("BR_PROFESSION", "659.621"),
    ("BR_RNM", "V123456-J"),
    ("BR_SIAPE", "1011797"),
    ("BT", "11504002839"),
    ("BW", "4812 1 7305"),
    ("CARIBBEAN", "E379943"),
    ("CARIBBEAN_VOTER", "7038488"),
    ("CA_PR", "RA44262226"),
    ("CA_STATUS", "5230610419"),
    ("CA_UCI", "11-6553-5433"),
    ("CD", "10274839516"),
    ("CI", "11478392051"),
    ("CIN", "00272353"),
    ("CL_DOC", "A82.049.7780"),
    ("CM", "P018400237461A"),
    ("CNSS", "184 372 905"),
    ("CO_MILITARY", "4039146573"),
    ("CW", "1963050622"),
    ("CY", "874102"),
    ("DE_CHILD", "946FK641335"),
    ("DE_SOLDIER", "160373-W-99352"),
    ("DOCTOR", "176559701"),
    ("DO_NSS", "442875821"),
    ("DZ", "109850324019570003"),
    ("DZ_NIF", "198616104028371"),
    ("ES_SUPPORT", "BED038610"),
    ("ET", "4821 7390 5516"),
    ("FAMILY", "8924512 M"),
    ("FO", "260750-755"),
    ("FR_CARD", "P80T93C92"),
    ("GH", "GHA-758417177-8"),
    ("GT_IGSS", "18200915657"),
    ("GY", "163474030"),
    ("HN", "0801-1990-04517"),
    ("HT", "451-738-926-0"),
    ("IN_ABHA", "91-4028-7731-0562"),
    ("IN_UAN", "100 482 739 516"),
    ("IQ", "199048271536"),
    ("IT_CARD", "AX8856838"),
    ("JE", "JY 813516 C"),
    ("JM", "118-374-925"),
    ("JO", "9871024536"),
    ("JP_PENSION", "4807-125936"),
    ("JP_RESIDENCE", "AB 12340978 CD"),
    ("KG", "21405199001734"),
    ("KH", "010 482 917"),
    ("LB", "000048271935"),
    ("LI", "86264001"),
    ("LY", "119870482715"),
    ("MG", "201 982 047 153"),
    ("MILITARY", "АН № 1438617"),
    ("MR", "1837402956"),
    ("MT", "0254106M"),
    ("MX_CARTILLA", "A-7262901"),
    ("MX_CIC", "IDMEX7475849071"),
    ("MX_INE", "GMVLMR80070501M100"),
    ("MX_OCR", "4655464583533"),
    ("MX_PROFESSION", "7508311"),
    ("MZ", "110204738291B"),
    ("NA", "870514 00472"),
    ("NI_INSS", "17742761"),
    ("NL_A", "5382177510"),
    ("NL_DOCUMENT", "BRT450499"),
    ("NP", "27-01-72-04815"),
    ("NZ_NHI", "ZAC5361"),
    ("OM", "10482736"),
    ("PA", "8-734-2196"),
    ("PA_SS", "918-1862"),
    ("PENSIONER", "858805-13"),
    ("PE_CE", "002862267"),
    ("PE_CUSPP", "007087XVOYZ6"),
    ("PT_CARD", "99173709-0RC9"),
    ("PY", "3.481.902"),
    ("QA", "28735601942"),
    ("RESIDENCE", "RR0101036"),
    ("RO_CARD", "VN, nr. 757002"),
    ("RO_CID", "20586171586528309486"),
    ("RU_DRIVER", "02 10 № 994305"),
    ("RW", "1 1987 8 0043721 1 62"),
    ("SD", "119-8740-2561"),
    ("SN", "1 751 1987 04823"),
    ("SSNIT", "C018507230014"),
    ("STUDENT", "47-08-4138"),
    ("SV_ISSS", "239422257"),
    ("SV_NIT", "0614-110486-312-9"),
    ("SY", "01080472915"),
    ("SZ", "8705146100837"),
    ("TAX_AFRICA", "1002 874 319"),
    ("TJ", "510 482 937"),
    ("TRAMITE", "00806708758"),
    ("TR_DRIVER", "650458"),
    ("TR_SERIAL", "A92A86778"),
    ("TT", "19870514028"),
    ("TT_DP", "706320G"),
    ("TZ", "19900412-59341-33355-10"),
    ("UA_RECORD", "19530905-02361"),
    ("UG", "CM87036104KF3A"),
    ("US_ALIEN", "A050-747-585"),
    ("US_ATIN", "912-93-4087"),
    ("US_DOD", "1484839968"),
    ("US_I94", "777994420B1"),
    ("US_INMATE", "70953-011"),
    ("US_KTN", "TT4170651"),
    ("US_PTIN", "P01482937"),
    ("US_SEVIS", "N0005264850"),
    ("US_TRIBAL", "348U009293"),
    ("US_VOTER", "9946982617"),
    ("UY_CREDENCIAL", "CGF 00662"),
    ("VN_INSURANCE", "7914 028 365"),
    ("VOTER", "AB05201507ZL4020"),
    ("XK", "1174 820 395"),
    ("YE", "0102 0487 391"),
    ("ZM", "482917/10/1"),
    ("ZW", "63-1284937 K 42"),
)
BROKEN = (
    ("AE", "الهوية الإماراتية رقم ", "784-1987-9236327-2"),
    ("BR_PIS", "pis ", "42068316204"),
    ("BY", "Личный номер ", "4150391A609PB7"),
    ("CU", "carné de identidad ", "91023227776"),
    ("GT", "DPI: ", "2241 54991 0601"),
    ("MX_NSS", "NSS: ", "03 15 88 6479 8"),
    ("NI", "cédula ", "001-150585-9734C"),
    ("PT", "n.º de Segurança Social ", "19119197175"),
    ("SV", "DUI: ", "08263692-5"),
    ("US_NPI", "NPI ", "1497758545"),
)
NEAR = (
    ("BY", "ідэнтыфікацыйны нумар грамадзянкі ", "3220778H307PB0"),
    ("GH", "Ghana Card number of the holder: ", "GHA-758417177-8"),
    ("TZ", "kitambulisho cha taifa (NIDA) ", "19900412-59341-33355-10"),
    ("UA_RECORD", "унікальний номер запису громадянина України: ", "19530905-02361"),
)
NOTHING = (
    ("MT", "id card 500"),
    ("ZW", "id number 12345678"),
    ("UG", "national id 12345678901234"),
    ("CIN", "cin >> 12345678"),
    ("BE_CARD", "kaartnummer 123456789012"),
    ("DE_SOLDIER", "PK 160373"),
    ("PT_CARD", "cc 99173709"),
    ("RESIDENCE", "person id 120345"),
    ("RU_DRIVER", "права 5015121248"),
    ("UA_RECORD", "record no 4006381333931"),
)
OLDER = (
    ("KW_CIVIL_ID", "civil ID ", "287061980533"),
    ("SA_NATIONAL_ID", "iqama ", "2361225754"),
    ("SG_NRIC", "NRIC: ", "S0832138H"),
    ("SG_NRIC", "Work pass holder, FIN ", "G7376500K"),
    ("SG_NRIC", "NRIC: ", "M1693407T"),
    ("UZ_PINFL", "JSHSHIR: ", "31205882796504"),
    ("LU_NATIONAL_NUMBER", "Meng Sozialversécherungsnummer ass ", "1985021745459"),
)


def _whole(text: str) -> list[tuple[str, str]]:
    rows = SCANNER.scan(pa.array([text])).to_pylist()
    return [(row["entity_type"], row["status"]) for row in rows]


def test_every_row_has_labels_and_a_value():
    groups = {re.sub("_(?:COMMON|MARKED|WEAK)$", "", group) for group in label_table() if group.startswith("IDENTITY_")}
    assert groups == {number.labels for number in (*NUMBERS, *EASTERN)}
    assert {labels for labels, _ in (*CONFIRMED, *LABELLED)} == set(BY_LABELS)


@pytest.mark.parametrize(("labels", "value"), CONFIRMED)
def test_a_number_that_holds_is_confirmed_beside_a_label_of_each_language(find, labels, value):
    number, detector = BY_LABELS[labels]
    for words in label_table()[number.labels].values():
        assert find(detector, f"x, {words[0]}: {value}, y") == [value], words[0]


@pytest.mark.parametrize(("labels", "value"), LABELLED)
def test_a_number_without_check_digits_is_what_its_label_says_in_each_language(find, find_labelled, labels, value):
    number, detector = BY_LABELS[labels]
    for words in label_table()[number.labels].values():
        text = f"x, {words[0]}: {value}, y"
        assert (find(detector, text), find_labelled(detector, text)) == ([], [value]), words[0]


@pytest.mark.parametrize(("labels", "label", "value"), BROKEN)
def test_a_number_that_does_not_hold_is_what_its_label_says(find, find_labelled, labels, label, value):
    detector = BY_LABELS[labels][1]
    assert (find(detector, label + value), find_labelled(detector, label + value)) == ([], [value])


@pytest.mark.parametrize(("labels", "before", "value"), NEAR)
def test_a_number_that_is_written_like_no_other_stands_a_few_words_behind_its_label(
    find, find_labelled, labels, before, value
):
    detector = BY_LABELS[labels][1]
    assert find(detector, f"{before}{value}.") + find_labelled(detector, f"{before}{value}.") == [value]


@pytest.mark.parametrize(("labels", "text"), NOTHING)
def test_what_does_not_hold_or_has_another_shape_is_nothing(find, find_labelled, labels, text):
    detector = BY_LABELS[labels][1]
    assert (find(detector, text), find_labelled(detector, text)) == ([], [])


@pytest.mark.parametrize(("entity_type", "label", "value"), OLDER)
def test_numbers_of_older_rows_are_confirmed_by_their_check_digits(find, entity_type, label, value):
    assert find(BY_TYPE[entity_type], label + value) == [value]


def test_a_venezuelan_number_is_labelled_in_front_of_its_label(find_labelled):
    text = "V-14.780.760 es la cédula del titular"
    assert find_labelled(BY_TYPE["VE_CEDULA"], text) == ["V-14.780.760"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("شناختی کارڈ نمبر 42101-5504584-3", [("PK_CNIC", "confirmed")]),
        ("Հանրային ծառայության համարանիշ (ՀԾՀ)՝ 2407898739, հեռ.՝ ", [("NATIONAL_ID", "labelled")]),
        ("n.º de Segurança Social 19119197174", [("NATIONAL_ID", "confirmed")]),
        ("n.º de Segurança Social 19119197175", [("NATIONAL_ID", "labelled")]),
    ],
)
def test_a_label_of_a_person_outweighs_a_card_or_a_telephone_number_of_the_same_digits(text, expected):
    assert _whole(text) == expected


CARDS = (
    ("T.C. KİMLİK NUMARASI : 84823227578", "84823227578"),
    ("ΑΔΕΙΑ ΟΔΗΓΗΣΗΣ ΑΡ. 071456683", "071456683"),
    ("PERSONALAUSWEISNUMMER\nL1GR617G7", "L1GR617G7"),
    ("Nederlandse identiteitskaart met nummer NCQEN0H58", "NCQEN0H58"),
    ("broj lične karte ili lična karta 4J7B05T26", "4J7B05T26"),
    ("passeport luxembourgeois n° JHB0703G", "JHB0703G"),
    ("my medical card is 8430009A", "8430009A"),
    ("вод. уд. 99 34 № 350837, выдано", "99 34 № 350837"),
    ("κάτοχος του ΑΔΤ ΧΜ-846924, κάτοικος", "ΧΜ-846924"),
    ("паспорт громадянина України: НО № 701672", "НО № 701672"),
    ("посвідчення водія АБВ 031803 дійсне", "АБВ 031803"),
    ("carta d'identità n. CA98809BR, rilasciata", "CA98809BR"),
    ("Aufenthaltstitel, elektronisch (Nr. Y1L89LKJL), erteilt", "Y1L89LKJL"),
    ("posesoare a CI seria și nr. TZ 310757, declar", "TZ 310757"),
    ("jak w dowodzie AEM 587237, PESEL", "AEM 587237"),
    ("me piden RELM-950924-HX8 que es mi RFC", "RELM-950924-HX8"),
)


@pytest.mark.parametrize(("text", "value"), CARDS, ids=[value for _, value in CARDS])
def test_numbers_of_documents_are_found_in_sentences(text: str, value: str) -> None:
    table = SCANNER.scan(pa.array([text]))
    found = {text.encode()[row["start_byte"] : row["end_byte"]].decode() for row in table.to_pylist()}
    assert value in found
