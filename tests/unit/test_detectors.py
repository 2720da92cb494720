"""What holds for every detector there is."""

import importlib
import logging
import re
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import EntryPoint
from itertools import pairwise

import pyarrow as pa
import pytest

from corpus_audit.errors import CorpusAuditError, DetectorError, ParameterError
from corpus_audit.measure.detection import installed
from corpus_audit.measure.detection.detector import (
    Candidate,
    Detector,
    Match,
    Surroundings,
    mask_all_but_first,
    propose,
)
from corpus_audit.measure.detection.detectors import DETECTORS
from corpus_audit.measure.detection.digit_windows import MAX_WINDOW_BYTES, REACH_BYTES, find_digit_windows
from corpus_audit.measure.detection.installed import (
    check_installed,
    check_switched_off,
    detectors_in_use,
    find_installed,
    installed_detectors,
)
from corpus_audit.measure.detection.international import (
    business_numbers,
    eastern_cards,
    eastern_numbers,
    identity_numbers,
)
from corpus_audit.measure.detection.scan import Scanner
from corpus_audit.measure.text_windows import cut_pieces, utf8_bytes
from corpus_audit.vocabulary import SpanKind

# One value of every entity type of personal information, with the words around it that some need.
CANARIES = {
    "ADDRESS": ("住址：", "北京市海淀区中关村大街27号"),
    "AL_NID": ("nr. personal ", "J12345678N"),
    "AR_CUIT": ("CUIT ", "20-31129626-5"),
    "AR_DNI": ("DNI ", "93.277.774"),
    "AU_TFN": ("TFN ", "123 456 782"),
    "BANK_ACCOUNT": ("account number ", "7094218365"),
    "BD_NID": ("NID no ", "1234509876"),
    "BE_NATIONAL_NUMBER": ("rijksregisternummer ", "85.07.30-033.28"),
    "BG_EGN": ("ЕГН ", "7523169263"),
    "BR_CPF": ("", "390.533.447-05"),
    "BR_RG": ("RG ", "12.345.678-9"),
    "BUSINESS_NUMBER": ("CNPJ ", "16.727.230/0001-97"),
    "CA_SIN": ("SIN ", "123-456-782"),
    "CEDULA": ("cédula ", "79.456.123"),
    "CH_AHV": ("AHV-Nr. ", "756.9217.0769.85"),
    "CL_RUT": ("RUT ", "12.531.909-2"),
    "CN_BANK_CARD": ("卡号", "6222023600059876544"),
    "CN_MOBILE": ("手机", "13812345678"),
    "CN_PASSPORT": ("护照 ", "E12345678"),
    "CN_RESIDENT_ID": ("身份证", "11010519491231002X"),
    "CN_USCC": ("", "91110000600037341L"),
    "CN_VEHICLE_PLATE": ("车牌", "京A12345"),
    "CO_CEDULA": ("cédula de ciudadanía ", "1.020.345.678"),
    "CO_NIT": ("NIT ", "213.123.432-1"),
    "CREDIT_CARD": ("", "4929834911424945"),
    "CRYPTO": ("", "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD"),
    "CR_CEDULA": ("cédula costarricense ", "1-1234-0567"),
    "CZ_BIRTH_NUMBER": ("rodné číslo ", "710319/2745"),
    "DATE_OF_BIRTH": ("born ", "1987-02-28"),
    "DE_PENSION_INSURANCE": ("Rentenversicherungsnummer ", "15 070649 C 103"),
    "DE_TAX_ID": ("Steuer-ID ", "36574261809"),
    "DK_CPR": ("CPR-nummer ", "211062-5629"),
    "DO_CEDULA": ("cédula ", "001-1391820-5"),
    "DRIVER_LICENSE": ("driver's license ", "D1234567"),
    "EC_CEDULA": ("número de cédula ", "1714307103"),
    "EE_ISIKUKOOD": ("isikukood ", "36805280109"),
    "EG_NATIONAL_ID": ("الرقم القومي ", "29001011234567"),
    "EMAIL_ADDRESS": ("", "zoe@posteo.de"),
    "ES_NIE": ("", "X2482300W"),
    "ES_NIF": ("DNI ", "54362315K"),
    "FI_HETU": ("hetu ", "131052-308T"),
    "FR_NIR": ("", "295109912611193"),
    "GE_PERSONAL_NUMBER": ("პირადი ნომერი ", "01024085312"),
    "GR_AMKA": ("ΑΜΚΑ ", "01013099997"),
    "HEALTH_INSURANCE_NUMBER": ("KVNR ", "A123456780"),
    "HK_ID": ("", "A123456(3)"),
    "HU_PERSONAL_NUMBER": ("TAJ szám ", "123 456 788"),
    "IBAN_CODE": ("", "GB29NWBK60161331926819"),
    "ID_NIK": ("NIK ", "3171011708450001"),
    "ID_NPWP": ("NPWP ", "01.312.166.0-091.000"),
    "IE_PPS": ("PPS number ", "6433435F"),
    "IL_ID": ("תעודת זהות ", "039337423"),
    "IMEI": ("IMEI ", "490154203237518"),
    "IN_AADHAAR": ("aadhaar ", "2341 2341 2346"),
    "IN_PAN": ("", "ACUPA7085R"),
    "IP_ADDRESS": ("", "207.155.150.156"),
    "IR_NATIONAL_ID": ("کد ملی ", "0084575948"),
    "IS_KENNITALA": ("kennitala ", "120174-3399"),
    "IT_FISCAL_CODE": ("", "RCCMNL83S18D969H"),
    "JMBG": ("JMBG ", "0101006500006"),
    "JP_MY_NUMBER": ("マイナンバー", "123456789018"),
    "KE_ID": ("kitambulisho ", "27845612"),
    "KR_RRN": ("", "971013-9019902"),
    "KW_CIVIL_ID": ("civil ID ", "290123104567"),
    "KZ_IIN": ("ИИН ", "880715300128"),
    "LK_NIC": ("NIC no ", "199012345678"),
    "LT_ASMENS_KODAS": ("asmens kodas ", "33309240064"),
    "LU_NATIONAL_NUMBER": ("matricule national ", "1985061201713"),
    "LV_PERSONAS_KODS": ("personas kods ", "161175-19997"),
    "MAC_ADDRESS": ("", "d0:50:99:84:a2:a0"),
    "MA_CIN": ("CIN ", "BE123458"),
    "MD_IDNP": ("IDNP ", "2002004012345"),
    "MX_CURP": ("CURP ", "BOXW310820HNERXN09"),
    "MX_RFC": ("RFC ", "GODE561231GR8"),
    "MY_NRIC": ("no. kad pengenalan ", "770305-02-1234"),
    "NATIONAL_ID": ("Personalausweis ", "123456789"),
    "NG_NIN": ("NIN ", "12345678909"),
    "NL_BSN": ("BSN ", "111222333"),
    "NO_FODSELSNUMMER": ("fødselsnummer ", "151086 95088"),
    "NZ_IRD": ("IRD number ", "49-091-850"),
    "PASSPORT": ("passport no ", "C01X00T478"),
    "PE_DNI": ("DNI peruano ", "10117410"),
    "PHONE_NUMBER": ("", "+44 20 8366 1177"),
    "PH_TIN": ("TIN ", "123-456-789-000"),
    "PK_CNIC": ("CNIC ", "34201-0891231-8"),
    "PL_ID_CARD": ("nr dowodu ", "ABS123456"),
    "PL_NIP": ("NIP ", "5261040828"),
    "PL_PESEL": ("PESEL ", "44051401359"),
    "PL_REGON": ("REGON ", "192598184"),
    "PT_CITIZEN_CARD": ("cartão de cidadão ", "30654682 8 AA5"),
    "RO_CNP": ("CNP ", "1630615123457"),
    "RU_SNILS": ("СНИЛС ", "112-233-445 95"),
    "SA_NATIONAL_ID": ("رقم الهوية ", "1098765432"),
    "SE_PERSONNUMMER": ("", "880320-0016"),
    "SG_NRIC": ("NRIC ", "S1234567D"),
    "TAX_NUMBER": ("Steuernummer ", "21/815/08150"),
    "TH_ID": ("เลขประจำตัวประชาชน ", "1-2345-45678-78-1"),
    "TR_IDENTITY": ("T.C. kimlik no ", "17291716060"),
    "TW_ID": ("", "A123456789"),
    "UA_TAX_NUMBER": ("РНОКПП ", "1759013776"),
    "UK_NHS": ("NHS ", "943 476 5870"),
    "UK_NINO": ("", "AB 12 34 56 C"),
    "US_EIN": ("EIN ", "91-1144442"),
    "US_ITIN": ("ITIN ", "912-90-3456"),
    "US_ROUTING": ("routing ", "111000025"),
    "US_SSN": ("", "536-90-4399"),
    "UY_CEDULA": ("cédula de identidad ", "1.234.567-2"),
    "UZ_PINFL": ("ПИНФЛ ", "31507880123456"),
    "VAT_NUMBER": ("VAT number ", "DE136695976"),
    "VEHICLE_IDENTIFICATION_NUMBER": ("VIN ", "1M8GDM9AXKP042788"),
    "VE_CEDULA": ("cédula ", "V-12.345.678"),
    "VN_CITIZEN_ID": ("CCCD ", "001090012345"),
    "ZA_ID": ("SA ID ", "7503305044089"),
}

SCANNER = Scanner(b"key")


def test_every_type_has_a_name_of_its_own():
    names = [detector.entity_type for detector in DETECTORS]
    kinds = {(detector.entity_type, detector.kind) for detector in DETECTORS}
    assert len(kinds) == len(set(names))
    rows = [name for name in names if name in ("BUSINESS_NUMBER", "DRIVER_LICENSE", "NATIONAL_ID")]
    personal = [name for name in names if (name, SpanKind.PERSONAL_INFORMATION) in kinds and name not in rows]
    assert len(personal) == len(set(personal))
    tables = (business_numbers.NUMBERS, eastern_cards.DETECTORS, eastern_numbers.NUMBERS, identity_numbers.NUMBERS)
    # Beside the tables: licenses of the United States, any identity card, and any number of a person.
    assert len(rows) == sum(map(len, tables)) + 3
    assert all(re.fullmatch(r"[A-Z0-9_]+", name) for name in names)


def test_there_is_a_canary_for_every_type_of_personal_information():
    kinds = {detector.entity_type for detector in DETECTORS if detector.kind is SpanKind.PERSONAL_INFORMATION}
    assert kinds == set(CANARIES)


@pytest.mark.parametrize("entity_type", CANARIES)
def test_no_value_leaves_the_scanner(entity_type, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    introduction, value = CANARIES[entity_type]
    table = SCANNER.scan(pa.array([f"so {introduction}{value} it is"]))
    assert entity_type in table["entity_type"].to_pylist()
    everything = f"{table.to_pylist()} {table!r} {caplog.text} {capfd.readouterr()}"
    pieces = {value, re.sub(r"\W", "", value), value.split("@")[0], value[-6:]}
    assert not [piece for piece in pieces if piece in everything]
    assert value.encode() not in b"".join(table["keyed_hash"].to_pylist())


def test_a_detector_that_fails_does_not_tell_what_it_looked_at():
    def confirm(candidate: Candidate) -> Match:
        raise ValueError(candidate.value)

    broken = Detector(SpanKind.PERSONAL_INFORMATION, "BROKEN", (propose(r"\bcanary-[0-9]+\b"),), confirm)
    with pytest.raises(DetectorError) as caught:
        Scanner(b"key", (broken,)).scan(pa.array(["a canary-4711 b"]))
    assert "BROKEN" in str(caught.value)
    assert "4711" not in f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"


def test_detectors_are_not_asked_where_their_pattern_says_no_and_one_that_fails_to_say_tells_nothing():
    def may_hold(value: bytes) -> bool:
        return {b"canary-1": False, b"canary-2": True}[value]

    asked: list[bytes] = []
    pattern = replace(propose(r"\bcanary-[0-9]+\b"), may_hold=may_hold)
    detectors = tuple(
        Detector(SpanKind.NOTICE, name, (pattern,), lambda candidate: asked.append(candidate.value))
        for name in ("FIRST", "SECOND")
    )
    Scanner(b"key", detectors).scan(pa.array(["canary-1 and canary-2"]))
    assert asked == [b"canary-2", b"canary-2"]
    with pytest.raises(DetectorError) as caught:
        Scanner(b"key", detectors).scan(pa.array(["a canary-4711 b"]))
    assert "4711" not in f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"


@pytest.fixture
def entry_points(monkeypatch):
    """Return what makes entry points of the group of detectors seem installed."""

    def install(*values):
        points = [EntryPoint(f"mine-{value}", value, installed.ENTRY_POINT_GROUP) for value in values]
        monkeypatch.setattr(
            installed, "entry_points", lambda *, group: points if group == installed.ENTRY_POINT_GROUP else []
        )
        find_installed.cache_clear()

    yield install
    find_installed.cache_clear()


def test_third_parties_add_detectors_by_entry_point(entry_points):
    entry_points("corpus_audit.measure.detection.us.ssn:DETECTOR")
    third = importlib.import_module("corpus_audit.measure.detection.us.ssn").DETECTOR
    assert installed_detectors() == (*DETECTORS, third)
    assert [found.about.entity_type for found in find_installed()] == ["US_SSN"]


@pytest.mark.parametrize("value", ["no.such.module:DETECTOR", "corpus_audit.config:Parameters", "json:no_such_name"])
def test_an_entry_point_that_is_no_detector_stops_the_audit_and_is_named(entry_points, value):
    entry_points(value)
    with pytest.raises(CorpusAuditError, match=re.escape(f"mine-{value}")):
        installed_detectors()


def test_a_detector_that_is_switched_off_is_not_in_use(entry_points):
    entry_points()
    assert {found.entity_type for found in DETECTORS} - {
        found.entity_type for found in detectors_in_use(("US_SSN",))
    } == {"US_SSN"}
    with pytest.raises(ParameterError) as caught:
        check_switched_off(("US_SSN", "PHONE_NUMBR"))
    assert caught.value.problems == ("detectors.off: no detector looks for PHONE_NUMBR: did you mean 'PHONE_NUMBER'?",)


def test_a_worker_with_other_detectors_is_refused(entry_points):
    entry_points("corpus_audit.measure.detection.us.ssn:DETECTOR")
    check_installed([found.about for found in find_installed()])
    with pytest.raises(CorpusAuditError, match="not those that this audit was begun with"):
        check_installed([])


def test_nothing_compiles_on_import():
    code = "import hyperscan; hyperscan.Database = None; import corpus_audit.measure.detection.scan"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("ssn 1", "ssn", True),
        ("SSN: 1", "ssn", True),
        ("user_ssn_1", "ssn", True),
        ("userSsn=1", "ssn", True),
        ("ssnNumber", "ssn", True),
        ("我的身份证号", "身份证", True),
        ("missn", "ssn", False),
        ("ssns", "ssn", False),
        ("USSSN", "ssn", False),
        ("", "ssn", False),
    ],
)
def test_a_context_word_stands_alone(text, word, expected):
    content = text.encode()
    assert Surroundings(content, content.lower()).has_any((word.encode(),)) is expected


@pytest.mark.parametrize(
    ("value", "masked"), [(b"4111111111111111", "4***"), (b"1234", "***"), ("张三丰先生".encode(), "张***")]
)
def test_mask_shows_one_character_of_a_long_value(value, masked):
    assert mask_all_but_first(value) == masked


def windows_of(*texts: str) -> list[list[tuple[int, int]]]:
    array = pa.array(texts)
    pieces = cut_pieces(array)
    starts, ends, counts = (
        column.tolist() for column in find_digit_windows(utf8_bytes(array), pieces.first, pieces.last)
    )
    return [
        [(starts[i] - start, ends[i] - start) for i in range(first, last)]
        for start, first, last in zip(pieces.start.tolist(), counts, counts[1:], strict=False)
    ]


def test_digit_windows_reach_around_dense_digits_and_stay_in_their_record():
    far = "x" * 200
    assert windows_of("123456", "12345", f"{far}1 2 3 4 5 6{far}", "1" + "x" * 30 + "23456") == [
        [(0, 6)],
        [],
        [(200 - REACH_BYTES, 211 + REACH_BYTES)],
        [],
    ]


def test_digit_windows_that_touch_are_one_up_to_a_size():
    assert windows_of("123456" + "x" * 60 + "123456") == [[(0, 72)]]
    assert windows_of("123456" + "x" * 120 + "123456") == [[(0, 6 + REACH_BYTES), (126 - REACH_BYTES, 132)]]
    (windows,) = windows_of("1" * 3 * MAX_WINDOW_BYTES)
    assert all(end - start <= MAX_WINDOW_BYTES for start, end in windows)
    assert all(later[0] < earlier[1] for earlier, later in pairwise(windows))
    assert (windows[0][0], windows[-1][1]) == (0, 3 * MAX_WINDOW_BYTES)
