"""Numbers of people in Asia, Africa and Oceania: beside a label in each of their languages, and what is none."""

import pyarrow as pa
import pytest

from corpus_audit.measure.detection.international.eastern_numbers import DETECTORS, NUMBERS
from corpus_audit.measure.detection.labels import COMMON, WEAK, label_table
from corpus_audit.measure.detection.scan import Scanner

SCANNER = Scanner(b"key")
BY_LABELS = {
    number.labels.removeprefix("IDENTITY_"): (number, detector)
    for number, detector in zip(NUMBERS, DETECTORS, strict=True)
}
LABELLED = (
    ("AE_FILE", "201/2019/6891254"),
    ("AE_LABOUR", "72524478"),
    ("AE_UNIFIED", "130953937"),
    ("AU_CRN", "228 742 491T"),
    ("AU_DIRECTOR", "036 49389 99598"),
    ("AU_DVA", "VX554716"),
    ("AU_IMMI", "PRE721949"),
    ("AU_VISA", "0756198871612"),
    ("BD_BIRTH", "19883393484230487"),
    ("BD_DL", "DK4852332CL0007"),
    ("BD_TIN", "751-103-958-893"),
    ("BI", "0301/900.824/2018"),
    ("CD_TAX", "A0554403C"),
    ("CI_ATTESTATION", "J9444 5020 57"),
    ("CNPS", "444-2352831-028-6"),
    ("CN_DRIVER", "330051793678"),
    ("CN_FIRST", "320102670523136"),
    ("CN_PERMANENT", "911321198504164762"),
    ("CN_TAIWAN", "98387643"),
    ("CN_TRAVEL", "C09270553"),
    ("CV", "19710314F004R"),
    ("DZ_CARD", "133263498"),
    ("GH_DL", "WQK-65101825-84983"),
    ("HK_MPF", "11896314-82"),
    ("HK_TAX", "6A1-57775624"),
    ("ID_KITAS", "2C11JE6903-S"),
    ("ID_NIP", "19601123 200501 1 004"),
    ("ID_NISN", "0089868562"),
    ("ID_SIM", "2670-7429-151438"),
    ("IN_APAAR", "862063621645"),
    ("IN_DIN", "01920647"),
    ("IN_DL", "TN09 20190053192"),
    ("IN_ESIC", "3222949632"),
    ("IN_OCI", "A6142918"),
    ("IN_PF", "DL/CPM/0060639/000/0021974"),
    ("IN_PRAN", "118611937982"),
    ("IN_RATION", "RKSYI727180904"),
    ("IR_BIRTH", "574123"),
    ("JP_EMPLOYMENT", "37274500993"),
    ("KE_HEALTH", "CR8825956280107-4"),
    ("KR_CUSTOMS", "P318125704382"),
    ("MA_DRIVER", "55/754783"),
    ("MA_STAY", "G031127J"),
    ("MO", "1030393(7)"),
    ("MU_TAN", "15763702"),
    ("MV", "A251918"),
    ("MY_ARMY", "T8714129"),
    ("MY_OLD", "A8573641"),
    ("MY_TAX", "IG86271941852"),
    ("MZ_DIRE", "59MZ46760227X"),
    ("NG_DL", "LAG70691BC42"),
    ("NG_RSA", "PEN256197335612"),
    ("NG_VNIN", "HN995935885412DD"),
    ("NG_VOTER", "90F5AF2083275855933"),
    ("NP_DL", "70-81-56162358"),
    ("NP_PAN", "392889556"),
    ("NZ_CLIENT", "63928927"),
    ("NZ_NSN", "7320233024"),
    ("NZ_DL", "AK068024"),
    ("PH_ACR", "E000-076-874"),
    ("PH_CARD", "1139-8193-0195-7291"),
    ("PH_DL", "D02-01-345091"),
    ("PH_PRC", "0435362"),
    ("PH_VOTER", "7513-0123B-J2385JDS20004"),
    ("PK_DL", "LHR-97-73721"),
    ("PK_NTN", "4205387-2"),
    ("SA_BORDER", "5940377142"),
    ("SG_WORK", "0 07478735"),
    ("TH_LASER", "JT8-8529850-17"),
    ("TIN", "984924251902"),
    ("TW_NHI", "0000 0750 9323"),
    ("TZ_VOTER", "T-8407-5880-203-9"),
    ("UG_DL", "11427272/5/1"),
    ("ZA_ASYLUM", "PTACOD00048416312"),
    ("ZA_DL", "65733214002BET"),
    ("ZA_TAX", "0329/238/34/7"),
    ("ZA_UIF", "U47678312"),
)
BESIDE_LESS = (
    ("BD_NID", "নাম: করিম\nID NO: ", "2085480337"),
    ("EG_NATIONAL_ID", "رقم بطاقتي ", "27103121692457"),
    ("IDENTITY_CIN", 'row = {"cin": "', "15834806"),
    ("IDENTITY_DZ_CARD", "CIN n° ", "340136827"),
    ("IDENTITY_IN_DIN", "DIN: ", "01464229"),
    ("IDENTITY_MO", "身份證號碼 ", "5622830(8)"),
    ("IDENTITY_TIN", "my TIN is ", "904860881107"),
    ("IDENTITY_UG_DL", "Permit No. ", "11427272/5/1"),
    ("KE_ID", "ID NUMBER: ", "16335528"),
    ("LK_NIC", "I.D. No. ", "918062854V"),
    ("PK_CNIC", "Identity Number\n", "35202-3651972-6"),
)
SCRIPTS = (
    ("မှတ်ပုံတင်အမှတ် ", "၁၂/ကမရ(နိုင်)၃၁၅၂၄၆"),
    ("NRC No. ", "12/YGN(N)327814"),
    ("my nrc is ", "5/MaYaNa(Naing) 149538"),
    ("Регистрийн дугаар: ", "УЮ80060362"),
    ("", "ТС 67101997", " регистртэй Бат"),
)
IN_PARENTHESES = (
    ("BD_NID", "voter 6867101687 (NID)", "6867101687"),
    ("NG_NIN", "link 22833838445 (BVN) today", "22833838445"),
    ("PASSPORT", "of A95492217 (passport), seen", "A95492217"),
)
OUTWEIGHED = (
    ("my nid number is 6514694526", "BD_NID"),
    ("National ID number is 2-970408-1610794", "EG_NATIONAL_ID"),
    ("my NIN is 19919441562", "NG_NIN"),
    ("Family card number (KK) 3273012110150002", "ID_NIK"),
    ("Retirement Savings Account No. PEN1580213707162", "NATIONAL_ID"),
    ("My number is 6514694526", "PHONE_NUMBER"),
)
FEW_DIGITS = (("به شماره شناسنامه ", "7252"), ("ش.ش ", "۶۰۷۴"), ("shenasnameh no. ", "2872"))
NOTHING = (
    "v1/foo(a)123456",
    "Дом УЮ 80060362",
    "registriin УЮ80990362",
    "DOI 10.1/12345678 (2019)",
    "std::cin >> 15834803",
    "DIN 53765211",
    "licence no 20190053197",
    "permit no 11427272",
    "visa grant 12345678",
    "gold card 554718",
    "tin 250 000 000",
    "nsn 7320233024",
    "id number 16335527.5",
    "the Inn 0712345678",
    "身份證號碼 15622830",
    "file no 2019/3145867",
)


def test_every_row_has_a_value():
    assert sorted(labels for labels, _ in LABELLED) == sorted(BY_LABELS)
    assert [number.labels for number in NUMBERS] == sorted(number.labels for number in NUMBERS)


@pytest.mark.parametrize(("labels", "value"), LABELLED)
def test_a_number_is_what_its_label_says_in_each_language(find, find_labelled, labels, value):
    number, detector = BY_LABELS[labels]
    groups = [number.labels + end for end in ("", WEAK, COMMON)]
    for words in (words for group in groups for words in label_table().get(group, {}).values()):
        text = f"x, {words[0]}: {value}, y"
        assert [*find(detector, text), *find_labelled(detector, text)] == [value.rstrip(")")], words[0]


@pytest.mark.parametrize(("labels", "before", "value"), BESIDE_LESS)
def test_a_mark_or_its_way_of_writing_makes_a_number_of_what_a_common_label_names(labels, before, value):
    found = SCANNER.scan(pa.array([f"{before}{value} x"])).to_pylist()
    assert (len(before.encode()), len((before + value.rstrip(")")).encode())) in [
        (row["start_byte"], row["end_byte"]) for row in found
    ]


@pytest.mark.parametrize("text", NOTHING)
def test_a_common_word_or_a_number_of_another_shape_is_none(text):
    assert SCANNER.scan(pa.array([text])).to_pylist() == []


@pytest.mark.parametrize("parts", [*SCRIPTS, *FEW_DIGITS], ids=str)
def test_a_number_in_letters_of_its_script_or_of_few_digits_is_found(parts):
    text = "".join(parts)
    start = len(parts[0].encode())
    found = [(row["start_byte"], row["end_byte"]) for row in SCANNER.scan(pa.array([text])).to_pylist()]
    assert found == [(start, start + len(parts[1].encode()))]


@pytest.mark.parametrize(("entity_type", "text", "value"), IN_PARENTHESES)
def test_a_label_in_parentheses_behind_a_number_says_what_it_is(entity_type, text, value):
    rows = SCANNER.scan(pa.array([text])).to_pylist()
    assert [(row["entity_type"], text[row["start_byte"] : row["end_byte"]]) for row in rows] == [(entity_type, value)]


@pytest.mark.parametrize(("text", "entity_type"), OUTWEIGHED)
def test_a_label_of_a_person_outweighs_what_its_last_words_name(text, entity_type):
    assert [row["entity_type"] for row in SCANNER.scan(pa.array([text])).to_pylist()] == [entity_type]
