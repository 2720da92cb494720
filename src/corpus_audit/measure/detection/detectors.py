"""The registry of built-in detectors; installed.py finds those of other packages."""

from corpus_audit.measure.detection.br import cpf as br_cpf
from corpus_audit.measure.detection.cn import bank_card as cn_bank_card
from corpus_audit.measure.detection.cn import mobile as cn_mobile
from corpus_audit.measure.detection.cn import passport as cn_passport
from corpus_audit.measure.detection.cn import resident_id as cn_resident_id
from corpus_audit.measure.detection.cn import uscc as cn_uscc
from corpus_audit.measure.detection.cn import vehicle_plate as cn_vehicle_plate
from corpus_audit.measure.detection.de import pension_insurance as de_pension_insurance
from corpus_audit.measure.detection.de import tax_id as de_tax_id
from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.es import nie as es_nie
from corpus_audit.measure.detection.es import nif as es_nif
from corpus_audit.measure.detection.eu import vat_number as eu_vat_number
from corpus_audit.measure.detection.fr import nir as fr_nir
from corpus_audit.measure.detection.hk import identity_card as hk_id
from corpus_audit.measure.detection.in_ import aadhaar as in_aadhaar
from corpus_audit.measure.detection.in_ import pan as in_pan
from corpus_audit.measure.detection.international import (
    address,
    bank_account,
    business_numbers,
    credit_card,
    crypto,
    date_of_birth,
    eastern_cards,
    eastern_numbers,
    email_address,
    health_insurance,
    iban_code,
    identity_numbers,
    imei,
    ip_address,
    mac_address,
    national_numbers,
    numbers_of_persons,
    passport,
    phone_number,
    tax_number,
    vehicle_identification_number,
)
from corpus_audit.measure.detection.it import fiscal_code as it_fiscal_code
from corpus_audit.measure.detection.jp import my_number as jp_my_number
from corpus_audit.measure.detection.kr import rrn as kr_rrn
from corpus_audit.measure.detection.nl import bsn as nl_bsn
from corpus_audit.measure.detection.notices import (
    ai_label,
    confidentiality,
    content_credentials,
    copyright_line,
    license_notice,
    public_license_mark,
    reserved_rights,
    sentences,
    spdx_license_identifier,
    training_reservation,
)
from corpus_audit.measure.detection.pl import identifiers as pl_identifiers
from corpus_audit.measure.detection.pl import pesel as pl_pesel
from corpus_audit.measure.detection.se import personnummer as se_personnummer
from corpus_audit.measure.detection.secrets import (
    assigned_secret,
    connection_string,
    credential,
    json_web_token,
    private_key,
    tokens,
    url_password,
)
from corpus_audit.measure.detection.tw import identity_card as tw_id
from corpus_audit.measure.detection.uk import nhs as uk_nhs
from corpus_audit.measure.detection.uk import nino as uk_nino
from corpus_audit.measure.detection.us import driver_license as us_driver_license
from corpus_audit.measure.detection.us import ein as us_ein
from corpus_audit.measure.detection.us import itin as us_itin
from corpus_audit.measure.detection.us import routing as us_routing
from corpus_audit.measure.detection.us import ssn as us_ssn

DETECTORS: tuple[Detector, ...] = (
    address.DETECTOR,
    bank_account.DETECTOR,
    br_cpf.DETECTOR,
    *business_numbers.DETECTORS,
    cn_bank_card.DETECTOR,
    cn_mobile.DETECTOR,
    cn_passport.DETECTOR,
    cn_resident_id.DETECTOR,
    cn_uscc.DETECTOR,
    cn_vehicle_plate.DETECTOR,
    credit_card.DETECTOR,
    crypto.DETECTOR,
    date_of_birth.DETECTOR,
    de_pension_insurance.DETECTOR,
    de_tax_id.DETECTOR,
    *eastern_cards.DETECTORS,
    *eastern_numbers.DETECTORS,
    email_address.DETECTOR,
    es_nie.DETECTOR,
    es_nif.DETECTOR,
    eu_vat_number.DETECTOR,
    fr_nir.DETECTOR,
    health_insurance.DETECTOR,
    hk_id.DETECTOR,
    iban_code.DETECTOR,
    *identity_numbers.DETECTORS,
    imei.DETECTOR,
    in_aadhaar.DETECTOR,
    in_pan.DETECTOR,
    ip_address.DETECTOR,
    it_fiscal_code.DETECTOR,
    jp_my_number.DETECTOR,
    kr_rrn.DETECTOR,
    mac_address.DETECTOR,
    *national_numbers.DETECTORS,
    nl_bsn.DETECTOR,
    passport.DETECTOR,
    phone_number.DETECTOR,
    pl_identifiers.IDENTITY_CARD,
    pl_identifiers.NIP,
    pl_identifiers.REGON,
    pl_pesel.DETECTOR,
    se_personnummer.DETECTOR,
    tax_number.DETECTOR,
    tw_id.DETECTOR,
    uk_nhs.DETECTOR,
    uk_nino.DETECTOR,
    us_driver_license.DETECTOR,
    us_ein.DETECTOR,
    us_itin.DETECTOR,
    us_routing.DETECTOR,
    us_ssn.DETECTOR,
    vehicle_identification_number.DETECTOR,
    # Asked last, about what the types that a label names do not take.
    numbers_of_persons.DETECTOR,
    assigned_secret.DETECTOR,
    connection_string.DETECTOR,
    credential.DETECTOR,
    json_web_token.DETECTOR,
    private_key.DETECTOR,
    url_password.DETECTOR,
    *tokens.DETECTORS,
    ai_label.EXPLICIT_LABEL,
    ai_label.IMPLICIT_LABEL,
    ai_label.SELF_REFERENCE,
    content_credentials.DETECTOR,
    copyright_line.DETECTOR,
    license_notice.DETECTOR,
    public_license_mark.DETECTOR,
    reserved_rights.ALL_RIGHTS_RESERVED,
    confidentiality.DETECTOR,
    reserved_rights.DO_NOT_DISTRIBUTE,
    spdx_license_identifier.DETECTOR,
    training_reservation.DETECTOR,
    *sentences.DETECTORS,
)
