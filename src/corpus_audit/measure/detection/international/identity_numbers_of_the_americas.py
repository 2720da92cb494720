"""Numbers of identity cards, voters, migrants, insured people and soldiers of the Americas, beside their label.

identity_rows.py says what a row is. One row may serve states that write a number alike.
"""

import re

from stdnum import luhn
from stdnum.cu import ni as cu_ni

from corpus_audit.measure.detection.international import identity_formats
from corpus_audit.measure.detection.international.identity_formats import ShapedFormat
from corpus_audit.measure.detection.international.identity_rows import row
from corpus_audit.measure.detection.international.mostly_letters import FewDigits

_PROVIDERS = "80840"
"""What stands in front of the number of a provider of health care, in the United States, where its digit is checked."""
_US_PROVIDER = ShapedFormat(re.compile(r"[12][0-9]{9}"), lambda number: luhn.is_valid(_PROVIDERS + number))

NUMBERS = (
    row("BB", r"[0-9]{10}", written=r"[0-9]{6}-[0-9]{4}"),
    row("BB_TAX", r"[0-9]{13}"),
    row("BO", r"[0-9]{5,8}(?:[0-9][A-Z])?(?:BE|BN|CB|CH|LP|OR|PA|PD|PT|SC|TA|TJ)?"),
    row("BO_NUA", r"[0-9]{8,9}"),
    row("BR_CERTIDAO", r"[0-9]{32,33}"),
    # The number and the series of a book of work: "67834 série 00422-SP", "9316018/5856".
    row("BR_CTPS", r"[0-9]{5,7}(?:[0-9]{3,5})?(?:[A-Z]{2})?"),
    row("BR_MILITARY", r"[0-9]{12}"),
    row("BR_PIS", r"[0-9]{11}", identity_formats.BR_PIS),
    # Physicians, lawyers and others, by state.
    row("BR_PROFESSION", r"(?:[A-Z]{2})?[0-9]{4,6}", written=r"(?:[A-Z]{2}[ -]?)?[0-9]{2,3}\.[0-9]{3}"),
    row("BR_RNM", r"[A-Z][0-9]{6}[0-9A-Z]"),
    row("BR_SIAPE", r"[0-9]{7}"),
    row("BR_VOTER", r"[0-9]{12}", identity_formats.BR_VOTER),
    row("CARIBBEAN", r"[A-Z]?[0-9]{6,9}"),
    row("CARIBBEAN_VOTER", r"[0-9]{6,7}"),
    row("CA_PR", r"[A-Z]{2}[0-9]{7,10}", written=r"[A-Z]{2}[0-9]{7,10}"),
    row("CA_STATUS", r"[0-9]{10}"),
    row("CA_UCI", r"[0-9]{8}|[0-9]{10}", written=r"(?:[0-9]{2}-)?[0-9]{4}-[0-9]{4}"),
    row("CL_DOC", r"A?[0-9]{9,10}", written=r"A[0-9]{2}\.?[0-9]{3}\.?[0-9]{3,4}|[0-9]{3}\.[0-9]{3}\.[0-9]{3}"),
    row("CO_MILITARY", r"[0-9]{10,11}"),
    row("CU", r"[0-9]{11}", cu_ni),
    row("CW", r"(?:19|20)[0-9]{8}|[0-9]{8}|[A-Z]{2}[0-9]{6}"),
    row("DO_NSS", r"[0-9]{9}"),
    row("GT", r"[0-9]{13}", identity_formats.GT_CUI),
    row("GT_IGSS", r"[0-9]{9,13}"),
    row("GY", r"[0-9]{9}"),
    row("HN", r"[0-9]{13,14}", written=r"(?:0[1-9]|1[0-8])[0-9]{2}[- ]?(?:19|20)[0-9]{2}[- ]?[0-9]{5,6}"),
    row("HT", r"[0-9]{10}"),
    row("JM", r"[0-9]{9}"),
    row("MX_CARTILLA", r"[A-D][0-9]{6,8}", written=r"[A-D]-?[0-9]{7}"),
    row("MX_CIC", r"(?:IDMEX)?[0-9]{9,10}", written=r"IDMEX ?[0-9]{9,10}"),
    row("MX_INE", r"[A-Z]{6}[0-9]{8}[HM][0-9]{3}", written=r"[A-Z]{6}[0-9]{8}[HM][0-9]{3}"),
    row("MX_NSS", r"[0-9]{11}", identity_formats.MX_NSS),
    row("MX_OCR", r"[0-9]{12,13}"),
    row("MX_PROFESSION", r"[0-9]{7,8}"),
    row("NI", r"[0-9]{13}[A-Y]", identity_formats.NI_CEDULA),
    row("NI_INSS", r"[0-9]{7,9}"),
    row("PA", r"(?:[0-9]{1,2}|E|N|PE)[0-9]{5,10}", written=r"(?:1?[0-9]|E|N|PE)-[0-9]{1,4}-[0-9]{1,6}"),
    row("PA_SS", r"[0-9]{7}", written=r"[0-9]{3}-[0-9]{4}"),
    row("PE_CE", r"[0-9]{9}"),
    row("PE_CUSPP", r"[0-9]{6}[A-Z]{5}[0-9]", written=r"[0-9]{6}[A-Z]{5}[0-9]"),
    row("PY", r"[1-9][0-9]{5,6}"),
    row("SV", r"[0-9]{9}", identity_formats.SV_DUI),
    row("SV_ISSS", r"[0-9]{9}"),
    row("SV_NIT", r"[0-9]{14}", written=r"[0-9]{4}-?[0-9]{6}-?[0-9]{3}-?[0-9]"),
    # The number of the procedure by which an identity card was made, printed on it, in Argentina.
    row("TRAMITE", r"00[0-9]{9}"),
    row("TT", r"(?:19|20)[0-9]{9}"),
    row("TT_DP", r"[0-9]{6}[A-Z]"),
    row(
        "UY_CREDENCIAL",
        r"[A-Z]{3}[0-9]{4,5}",
        few=FewDigits(r"credencial|cred\. c(?:í|i)v", r"[A-Z]{3} ?[0-9]{4,5}", signs=""),
    ),
    row("US_ALIEN", r"A?[0-9]{8,9}", written=r"A-?[0-9]{3}-[0-9]{3}-[0-9]{2,3}|A[0-9]{8,9}"),
    row("US_ATIN", r"9[0-9]{2}93[0-9]{4}"),
    row("US_DOD", r"[0-9]{10}"),
    row("US_I94", r"[0-9]{9}[A-Z][0-9]|[0-9]{11}"),
    row("US_INMATE", r"[0-9]{8}|[A-Z]{1,2}[0-9]{5,6}", written=r"[0-9]{5}-[0-9]{3}"),
    row("US_KTN", r"[0-9]{8,9}|[A-Z]{2,3}[0-9]{6,7}"),
    row("US_NPI", r"[12][0-9]{9}", _US_PROVIDER),
    row("US_PTIN", r"P[0-9]{8,9}"),
    row("US_SEVIS", r"N[0-9]{9,10}", written=r"N[0-9]{10}"),
    row("US_TRIBAL", r"[0-9]{3}[A-Z][0-9]{6}", written=r"[0-9]{3}U[0-9]{6}"),
    row("US_VOTER", r"[0-9]{7,10}|[A-Z]{2}[0-9]{8}"),
)
