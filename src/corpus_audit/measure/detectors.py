"""Every detector there is, in one place; third parties add theirs through the entry point group below."""

from importlib.metadata import entry_points

from corpus_audit.measure.detector import Detector
from corpus_audit.measure.personal_information import (
    address,
    br_cpf,
    cn_bank_card,
    cn_mobile,
    cn_passport,
    cn_resident_id,
    cn_uscc,
    cn_vehicle_plate,
    credit_card,
    crypto,
    date_of_birth,
    de_tax_id,
    email_address,
    es_nie,
    es_nif,
    fr_nir,
    hk_id,
    iban_code,
    imei,
    in_aadhaar,
    in_pan,
    ip_address,
    it_fiscal_code,
    jp_my_number,
    kr_rrn,
    mac_address,
    nl_bsn,
    phone_number,
    pl_pesel,
    se_personnummer,
    tw_id,
    uk_nhs,
    uk_nino,
    us_ein,
    us_itin,
    us_routing,
    us_ssn,
)
from corpus_audit.measure.secrets import (
    assigned_secret,
    connection_string,
    json_web_token,
    private_key,
    tokens,
    url_password,
)

ENTRY_POINT_GROUP = "corpus_audit.detectors"
"""Each entry point of this group names a Detector."""

DETECTORS: tuple[Detector, ...] = (
    address.DETECTOR,
    br_cpf.DETECTOR,
    cn_bank_card.DETECTOR,
    cn_mobile.DETECTOR,
    cn_passport.DETECTOR,
    cn_resident_id.DETECTOR,
    cn_uscc.DETECTOR,
    cn_vehicle_plate.DETECTOR,
    credit_card.DETECTOR,
    crypto.DETECTOR,
    date_of_birth.DETECTOR,
    de_tax_id.DETECTOR,
    email_address.DETECTOR,
    es_nie.DETECTOR,
    es_nif.DETECTOR,
    fr_nir.DETECTOR,
    hk_id.DETECTOR,
    iban_code.DETECTOR,
    imei.DETECTOR,
    in_aadhaar.DETECTOR,
    in_pan.DETECTOR,
    ip_address.DETECTOR,
    it_fiscal_code.DETECTOR,
    jp_my_number.DETECTOR,
    kr_rrn.DETECTOR,
    mac_address.DETECTOR,
    nl_bsn.DETECTOR,
    phone_number.DETECTOR,
    pl_pesel.DETECTOR,
    se_personnummer.DETECTOR,
    tw_id.DETECTOR,
    uk_nhs.DETECTOR,
    uk_nino.DETECTOR,
    us_ein.DETECTOR,
    us_itin.DETECTOR,
    us_routing.DETECTOR,
    us_ssn.DETECTOR,
    assigned_secret.DETECTOR,
    connection_string.DETECTOR,
    json_web_token.DETECTOR,
    private_key.DETECTOR,
    url_password.DETECTOR,
    *tokens.DETECTORS,
)


def installed_detectors() -> tuple[Detector, ...]:
    """Return the detectors of this package and then those of other installed packages, sorted by their names."""
    third_party = sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: (point.name, point.value))
    return DETECTORS + tuple(point.load() for point in third_party)
