"""The personal tax number of every state of the European Union beside its label, confirmed by its check digits."""

import pyarrow as pa
import pytest

from corpus_audit.measure.detection.scan import Scanner

SCANNER = Scanner(b"key")

# State, label in its language, a made-up number whose check digits hold, and its type.
STATES = (
    ("AT", "Steuernummer", "59-119/9013", "TAX_NUMBER"),
    ("AT", "Abgabenkontonummer: ", "59-119/9013", "TAX_NUMBER"),
    ("BE", "Numéro national", "85.07.30-033.28", "BE_NATIONAL_NUMBER"),
    ("BE", "fiscaal nummer", "85.07.30-033.28", "BE_NATIONAL_NUMBER"),
    ("BG", "ЕГН", "7523169263", "BG_EGN"),
    ("BG", "данъчен номер", "7523169263", "BG_EGN"),
    ("CY", "ΑΦΤ", "00532445O", "VAT_NUMBER"),
    ("CY", "Tax Identification Code", "00532445O", "VAT_NUMBER"),
    ("CZ", "Rodné číslo", "865208/2131", "CZ_BIRTH_NUMBER"),
    ("DE", "Steuer-ID", "36 574 261 809", "DE_TAX_ID"),
    ("DE", "Steuernummer", "181/815/08155", "TAX_NUMBER"),
    ("DK", "CPR-nummer", "070761-4285", "DK_CPR"),
    ("EE", "isikukood", "36805280109", "EE_ISIKUKOOD"),
    ("EE", "maksukohustuslase kood", "36805280109", "EE_ISIKUKOOD"),
    ("ES", "número de identificación fiscal", "54362315K", "ES_NIF"),
    ("FI", "henkilötunnus", "131052-308T", "FI_HETU"),
    ("FI", "verotunniste", "131052-308T", "FI_HETU"),
    ("FR", "numéro fiscal de référence", "30 23 217 600 053", "TAX_NUMBER"),
    ("FR", "numéro fiscal de référence du déclarant\n", "30 23 217 600 053", "TAX_NUMBER"),
    ("GR", "ΑΦΜ", "094259216", "VAT_NUMBER"),
    ("HR", "osobni identifikacijski broj", "33392005961", "VAT_NUMBER"),
    ("HU", "adóazonosító jel", "8071592153", "HU_PERSONAL_NUMBER"),
    ("HU", "személyi azonosító", "1-800612-0001", "HU_PERSONAL_NUMBER"),
    ("IE", "PPS number", "6433435F", "IE_PPS"),
    ("IT", "codice fiscale", "RCCMNL83S18D969H", "IT_FISCAL_CODE"),
    ("LT", "asmens kodas", "33309240064", "LT_ASMENS_KODAS"),
    ("LT", "mokesčių mokėtojo kodas", "33309240064", "LT_ASMENS_KODAS"),
    ("LU", "matricule", "1985061201713", "LU_NATIONAL_NUMBER"),
    ("LU", "Sozialversicherungsnummer", "1985 0612 01713", "LU_NATIONAL_NUMBER"),
    ("LV", "nodokļu maksātāja kods", "161175-19997", "LV_PERSONAS_KODS"),
    ("NL", "burgerservicenummer", "1112.22.333", "NL_BSN"),
    ("NL", "fiscaal nummer", "111222333", "NL_BSN"),
    ("PL", "PESEL", "44051401359", "PL_PESEL"),
    ("PL", "identyfikator podatkowy", "44051401359", "PL_PESEL"),
    ("PL", "identyfikator podatkowy", "526-104-08-28", "PL_NIP"),
    ("PT", "número de contribuinte", "501 964 843", "VAT_NUMBER"),
    ("RO", "cod numeric personal", "1630615123457", "RO_CNP"),
    ("SE", "personnummer", "880320-0016", "SE_PERSONNUMMER"),
    ("SI", "davčna številka", "15012557", "VAT_NUMBER"),
    ("SI", "EMŠO", "0101006500006", "JMBG"),
    ("SK", "rodné číslo", "710319/2745", "CZ_BIRTH_NUMBER"),
    ("SK", "DIČ", "2022749619", "VAT_NUMBER"),
)


@pytest.mark.parametrize(("state", "label", "value", "entity_type"), STATES)
def test_the_tax_number_of_a_person_is_confirmed_as_one_type(state, label, value, entity_type):
    text = f"{label.strip(' ')} {value}" if not label.endswith(chr(10)) else label + value
    rows = SCANNER.scan(pa.array([text])).to_pylist()
    found = [
        (row["entity_type"], row["status"], text.encode()[row["start_byte"] : row["end_byte"]].decode()) for row in rows
    ]
    assert found == [(entity_type, "confirmed", value)], state


def test_every_state_with_check_digits_has_a_row():
    assert len({state for state, *_ in STATES}) == 26


def test_a_maltese_number_has_no_check_digits_and_is_labelled():
    (row,) = SCANNER.scan(pa.array(["numru tal-karta tal-identità 0123456M"])).to_pylist()
    assert (row["entity_type"], row["status"]) == ("NATIONAL_ID", "labelled")
