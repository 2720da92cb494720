"""What a reader calls the types of personal information; a type without words of its own is still readable."""

from collections.abc import Mapping

from corpus_audit.schemas.marking import _

ENTITY_TYPES: Mapping[str, str] = {
    "ADDRESS": _("postal address"),
    "AIGC_LABEL": _("implicit label of generated content (GB 45438)"),
    "AI_GENERATED_STATEMENT": _("statement that a model made it"),
    "AI_SELF_REFERENCE": _("a model speaking of itself"),
    "CONTENT_CREDENTIALS": _("content credentials inside a text"),
    "ALL_RIGHTS_RESERVED": _("all rights reserved"),
    "ASSIGNED_SECRET": _("password or key set in code"),
    "BANK_ACCOUNT": _("bank account number without IBAN"),
    "BR_CPF": _("Brazilian taxpayer number (CPF)"),
    "CN_BANK_CARD": _("Chinese bank card number"),
    "CN_MOBILE": _("Chinese mobile number"),
    "CN_PASSPORT": _("Chinese passport number"),
    "CN_RESIDENT_ID": _("Chinese resident identity number"),
    "CN_USCC": _("Chinese unified social credit code"),
    "CN_VEHICLE_PLATE": _("Chinese vehicle plate"),
    "CONFIDENTIAL": _("said to be confidential"),
    "CONNECTION_STRING": _("connection string with a password"),
    "COPYRIGHT_LINE": _("copyright line"),
    "CREDIT_CARD": _("payment card number"),
    "CRYPTO": _("cryptocurrency address"),
    "DATE_OF_BIRTH": _("date of birth"),
    "DE_TAX_ID": _("German tax number"),
    "DO_NOT_DISTRIBUTE": _("not to be passed on"),
    "DRIVER_LICENSE": _("driver's license number"),
    "EMAIL_ADDRESS": _("email address"),
    "ES_NIE": _("Spanish foreigner number (NIE)"),
    "ES_NIF": _("Spanish tax number (NIF)"),
    "FR_NIR": _("French social security number (NIR)"),
    "GPS_COORDINATES": _("place where a picture was taken"),
    "HEALTH_INSURANCE_NUMBER": _("health insurance number"),
    "HK_ID": _("Hong Kong identity card number"),
    "IBAN_CODE": _("bank account number (IBAN)"),
    "IMEI": _("phone serial number (IMEI)"),
    "IN_AADHAAR": _("Indian identity number (Aadhaar)"),
    "IN_PAN": _("Indian tax number (PAN)"),
    "IP_ADDRESS": _("IP address"),
    "IT_FISCAL_CODE": _("Italian fiscal code"),
    "JP_MY_NUMBER": _("Japanese individual number"),
    "JSON_WEB_TOKEN": _("token of a session (JWT)"),
    "KR_RRN": _("Korean resident registration number"),
    "LICENSE_NOTICE": _("license notice"),
    "LOCATION": _("name of a place"),
    "MAC_ADDRESS": _("network card address (MAC)"),
    "NL_BSN": _("Dutch citizen service number (BSN)"),
    "NRP": _("nationality, religious or political group"),
    "PASSPORT": _("passport number"),
    "PERSON": _("name of a person"),
    "PHONE_NUMBER": _("phone number"),
    "PL_ID_CARD": _("Polish identity card number"),
    "PL_NIP": _("Polish tax number (NIP)"),
    "PL_PESEL": _("Polish identity number (PESEL)"),
    "PL_REGON": _("Polish statistical number (REGON)"),
    "PRIVATE_KEY": _("private key"),
    "PUBLIC_LICENSE_MARK": _("mark of a public license"),
    "SE_PERSONNUMMER": _("Swedish personal identity number"),
    "SPDX_LICENSE_IDENTIFIER": _("SPDX license tag"),
    "TAX_NUMBER": _("tax number"),
    "TRAINING_RESERVATION": _("reservation against training"),
    "TW_ID": _("Taiwanese identity number"),
    "UK_NHS": _("British health service number (NHS)"),
    "UK_NINO": _("British national insurance number"),
    "URL_PASSWORD": _("password in an address"),
    "US_EIN": _("US employer number (EIN)"),
    "US_ITIN": _("US individual taxpayer number (ITIN)"),
    "US_ROUTING": _("US bank routing number"),
    "US_SSN": _("US social security number"),
    "VAT_NUMBER": _("VAT number"),
    "VEHICLE_IDENTIFICATION_NUMBER": _("vehicle identification number (VIN)"),
}


def entity_type_label(entity_type: str) -> str:
    """Return an entity type as a reader would write it: EMAIL_ADDRESS is an email address."""
    known = ENTITY_TYPES.get(entity_type)
    if known:
        return known
    words = entity_type.split("_")
    return " ".join(word if len(word) == 2 else word.lower() for word in words)
