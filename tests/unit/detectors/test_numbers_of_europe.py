"""Valid values, wrong checksums, wrong shapes, and right shapes in an innocent context."""

from corpus_audit.measure.detection.de import tax_id as de_tax_id
from corpus_audit.measure.detection.es import nie as es_nie
from corpus_audit.measure.detection.es import nif as es_nif
from corpus_audit.measure.detection.fr import nir as fr_nir
from corpus_audit.measure.detection.it import fiscal_code as it_fiscal_code
from corpus_audit.measure.detection.nl import bsn as nl_bsn
from corpus_audit.measure.detection.pl import pesel as pl_pesel
from corpus_audit.measure.detection.se import personnummer as se_personnummer
from corpus_audit.measure.detection.uk import nhs as uk_nhs
from corpus_audit.measure.detection.uk import nino as uk_nino

TABLE = {
    uk_nhs.DETECTOR: {
        "valid": {
            "NHS number 943 476 5870": "943 476 5870",
            "nhsNumber: '9434765870'": "9434765870",
            "NHS 94 347 65870": "94 347 65870",
        },
        "wrong checksum": ["NHS number 943 476 5871"],
        "wrong shape": ["NHS number 943 476 587"],
        "innocent": ["943 476 5870", "NHSX9434765870"],
    },
    uk_nino.DETECTOR: {
        "valid": {"AB 12 34 56 C": "AB 12 34 56 C", "National Insurance AB123456C": "AB123456C"},
        "wrong shape": ["QQ 12 34 56 C", "AB 12 34 56 E", "BG 12 34 56 C", "AB 12 34 5 C"],
        "innocent": ["AB123456C", "0xAB123456C"],
    },
    de_tax_id.DETECTOR: {
        "valid": {"Steuer-ID 36574261809": "36574261809", "IdNr. 36 574 261 809": "36 574 261 809"},
        "wrong checksum": ["Steuer-ID 36574261808"],
        "wrong shape": ["Steuer-ID 3657426180", "Steuer-ID 06574261809"],
        "innocent": ["36574261809", "Steuer-ID 0.36574261809"],
    },
    fr_nir.DETECTOR: {
        "valid": {
            "2 95 10 99 126 111 93": "2 95 10 99 126 111 93",
            "sécurité sociale : 295109912611193": "295109912611193",
            "253072B07300470": "253072B07300470",
        },
        "wrong checksum": ["295109912611194", "2 95 10 99 126 111 94"],
        "wrong shape": ["395109912611193", "29510991261119", "295179912611193"],
        "innocent": ["0.295109912611193", "295109912611193000"],
    },
    es_nif.DETECTOR: {
        "valid": {"DNI 54362315K": "54362315K", "nif: '54362315-K'": "54362315-K"},
        "wrong checksum": ["DNI 54362315L"],
        "wrong shape": ["DNI 5436231K", "DNI 54362315"],
        "innocent": ["54362315K", "dni0x54362315K"],
    },
    es_nie.DETECTOR: {
        "valid": {"X2482300W": "X2482300W", "NIE X-2482300-W": "X-2482300-W"},
        "wrong checksum": ["X2482300A"],
        "wrong shape": ["W2482300W", "X248230W"],
        "innocent": ["AX2482300W", "X2482300WW", "9-X2482300W-9"],
    },
    it_fiscal_code.DETECTOR: {
        "valid": {"codice fiscale RCCMNL83S18D969H": "RCCMNL83S18D969H"},
        "wrong checksum": ["RCCMNL83S18D969I"],
        "wrong shape": ["RCCMNL83X18D969H", "RCCMNL83S99D969H", "rccmnl83s18d969h"],
        "innocent": ["RCCMNL83S18D969H0", "XRCCMNL83S18D969H"],
    },
    nl_bsn.DETECTOR: {
        "valid": {"BSN 111222333": "111222333", "burgerservicenummer=111222333": "111222333"},
        "wrong checksum": ["BSN 111222334"],
        "wrong shape": ["BSN 11122233", "BSN 1112223330"],
        "innocent": ["111222333", "offset 111222333 bytes"],
    },
    pl_pesel.DETECTOR: {
        "valid": {"PESEL: 44051401359": "44051401359"},
        "wrong checksum": ["PESEL: 44051401358"],
        "wrong shape": ["PESEL: 44991401359", "PESEL: 4405140135"],
        "innocent": ["44051401359"],
    },
    se_personnummer.DETECTOR: {
        "valid": {
            "880320-0016": "880320-0016",
            "ID 880320-0016": "880320-0016",
            "personnummer 19880320-0016": "19880320-0016",
        },
        "wrong checksum": ["880320-0017"],
        "wrong shape": ["881320-0016", "880320-001"],
        "innocent": ["1-880320-0016", "880320-0016-1", "tel.880320-00161"],
    },
}


def test_finds_what_is_there_and_nothing_else(find, case):
    detector, text, value = case
    assert find(detector, text) == ([] if value is None else [value])
