"""Numbers of identity cards, social security, residence and voters, of states where one label leads to no type.

Those of the Americas are rows of a module of their own. identity_rows.py says what a row is.
"""

from stdnum.bg import pnf
from stdnum.fi import veronumero as fi_veronumero
from stdnum.gh import tin as gh_tin
from stdnum.il import idnr as il_idnr
from stdnum.in_ import epic
from stdnum.in_ import vid as in_vid
from stdnum.mu import nid as mu_nid

from corpus_audit.measure.detection.international import identity_formats, identity_numbers_of_the_americas
from corpus_audit.measure.detection.international.identity_rows import row
from corpus_audit.measure.detection.international.mostly_letters import FewDigits

_RESIDENCE = (
    r"[A-Z]{1,3}[0-9]{5,10}|[0-9]{3}[A-Z][0-9]{5}|[A-Z]{2}[0-9][A-Z][0-9]{5}|[A-Z][0-9]{2}[A-Z][0-9]{5}|[0-9]{8}"
    r"|[0-9]{11}|[A-Z]{2}[0-9]{2}[A-Z][0-9]{4}|[A-Z][0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{2}"
)
"""Numbers of residence permits: letters first, or among digits, or as many digits as Turkish and Irish cards have."""
_AZERBAIJANI = "fin kod|fin code|azerbaijani (?:fin|pin)|f(?:İ|i̇)n|фин.{0,2}код|ФИН|fərdi identifikasiya"
_NHI = r"[A-HJ-NP-Z]{3}[0-9]{2}(?:[0-9]{2}|[0-9A-HJ-NP-Z][A-HJ-NP-Z])"

NUMBERS = (
    *identity_numbers_of_the_americas.NUMBERS,
    row("AD", r"[ACDEFGLOPU][0-9]{6}[A-Z]", written=r"[ACDEFGLOPU]-?[0-9]{6}-?[A-Z]"),
    row("AD_CASS", r"[0-9]{6}[A-Z]|[A-Z][0-9]{6}[A-Z]"),
    row("AE", r"784[0-9]{12}", identity_formats.EMIRATES_ID),
    row("AF", r"[0-9]{13}", written=r"[0-9]{4}-[0-9]{4}-[0-9]{5}"),
    row("AM", r"[0-9]{10}"),
    row("AO", r"[0-9]{9}[A-Z]{2}[0-9]{3}", written=r"[0-9]{9}[A-Z]{2}[0-9]{3}"),
    row("AZ", r"[0-9A-Z]{7}", few=FewDigits(_AZERBAIJANI, r"[0-9A-Z]{7}")),
    row("BE_CARD", r"[0-9]{12}", written=r"59[0-9]-?[0-9]{7}-?[0-9]{2}"),
    row("BE_DOCTOR", r"[0-9]{11}", written=r"[1-9]-[0-9]{5}-[0-9]{2}-[0-9]{3}"),
    row("BG", r"[0-9]{10}", pnf),
    row("BH", r"[0-9]{9}"),
    row("BIRTH", r"[IVXL]{1,5}[A-Z]{2}[0-9]{6}", written=r"[IVX]{1,5}-?[A-Z]{2}[0-9]{6}"),
    row("BJ", r"[0-9]{10,13}"),
    row("BN", r"[0-9]{8}", written=r"[0135]0-[0-9]{6}|[05]1-[0-9]{6}"),
    row("BT", r"[0-9]{11}"),
    row("BW", r"[0-9]{4}[12][0-9]{4}"),
    row("BY", r"[1-6][0-9]{6}[ABCEHKM][0-9]{3}(?:BA|BI|PB)[0-9]", identity_formats.BY_PERSONAL),
    row("CD", r"[0-9]{11,18}"),
    row("CI", r"[0-9]{11}|CI?[0-9]{9,10}"),
    row("CIN", r"[01][0-9]{7}|[0-9]{12}", needs_mark=True),
    row("CM", r"[0-9]{9}|[0-9]{17}|[MP][0-9]{12}[A-Z]", written=r"[MP][0-9]{12}[A-Z]"),
    row("CNSS", r"[0-9]{8,10}"),
    row("CY", r"[0-9]{6,8}[A-Z]?"),
    row("DE_CHILD", r"[0-9]{3}FK[0-9]{6}", written=r"[0-9]{3} ?FK ?[0-9]{6}"),
    row("DE_SOLDIER", r"[0-9]{6}[A-Z][0-9]{5}", written=r"[0-3][0-9][01][0-9]{3}-[A-Z]-[0-9]{5}"),
    row("DOCTOR", r"[0-9]{7,11}"),
    row("DZ", r"[0-9]{12}|[0-9]{18}"),
    row("DZ_NIF", r"[0-9]{15}|[0-9]{20}"),
    row("ES_NUSS", r"[0-9]{12}", identity_formats.ES_NUSS),
    row("ES_SUPPORT", r"[A-Z]{3}[0-9]{6}|E[0-9]{8}", written=r"[A-Z]{3}[0-9]{6}|E[0-9]{8}"),
    row("ET", r"[0-9]{12}|[0-9]{16}"),
    row("FAMILY", r"[0-9]{7}|[0-9]{7}[A-Z]"),
    row("FI_TAX", r"[0-9]{12}", fi_veronumero),
    row("FO", r"[0-9]{9}", written=r"[0-3][0-9][01][0-9]{3}-[0-9]{3}"),
    row("FR_CARD", r"[0-9]{12}|(?:[A-Z][0-9]{2}){3}"),
    row("GB_CHI", r"[0-9]{10}", identity_formats.GB_CHI, must_hold=True),
    row("GH", r"GHA[0-9]{10}", written=r"GHA-?[0-9]{9}-?[0-9]"),
    row("GH_TIN", r"[CGQVP]00[0-9A-Z]{8}", gh_tin),
    row("IN_ABHA", r"[0-9]{14}", written=r"[0-9]{2}-[0-9]{4}-[0-9]{4}-[0-9]{4}"),
    row("IN_UAN", r"[0-9]{12}"),
    row("IN_VID", r"[0-9]{16}", in_vid),
    row("IN_VOTER", r"[A-Z]{3}[0-9]{7}", epic),
    row("IQ", r"(?:19|20)[0-9]{10}|[0-9]{8}"),
    row("IT_CARD", r"[A-Z]{2}[0-9]{5}[A-Z]{2}|[A-Z]{2}[0-9]{7}"),
    row("JE", r"JY[0-9]{6}[A-D]", written=r"JY ?[0-9]{6} ?[A-D]"),
    row("JO", r"[29][0-9]{9}"),
    row("JP_PENSION", r"[0-9]{10}", written=r"[0-9]{4}-[0-9]{6}"),
    row("JP_RESIDENCE", r"[A-Z]{2}[0-9]{8}[A-Z]{2}", written=r"[A-Z]{2}[0-9]{8}[A-Z]{2}"),
    row("KG", r"[12][0-9]{13}", written=r"[12][0-3][0-9][01][0-9](?:19|20)[0-9]{7}"),
    row("KH", r"[0-9]{9,12}"),
    row("LB", r"[0-9]{7,12}"),
    row("LI", r"[0-9]{5,12}"),
    row("LY", r"[12](?:19|20)[0-9]{9}"),
    row("MG", r"[1-6][0-9]{11}"),
    row("MILITARY", r"[A-Z]{2}[0-9]{6,7}"),
    row("MR", r"[0-9]{10}"),
    row("MT", r"[0-9]{5,7}[ABGHLMPZ]"),
    row("MU", r"[A-Z][0-9]{12}[0-9A-Z]", mu_nid),
    row("MZ", r"[0-9]{12}[A-Z]", written=r"[0-9]{12}[A-Z]"),
    row("NA", r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{5}"),
    row("NL_A", r"[1-9][0-9]{9}"),
    row("NL_DOCUMENT", r"[A-Z]{3}[0-9]{6}|[A-Z]{2}(?=[0-9A-Z]*[0-9][0-9A-Z]*[0-9])[0-9A-Z]{6}[0-9]"),
    row("NP", r"[0-9]{10,14}", written=r"[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{5}"),
    row("NZ_NHI", _NHI, few=FewDigits(r"\bnhi\b|national health index", _NHI)),
    row("OM", r"[0-9]{7,9}"),
    row("PENSIONER", r"[A-Z]{0,2}[0-9]{6,11}"),
    row("PS", r"[489][0-9]{8}", il_idnr),
    row("PT", r"[12][0-9]{10}", identity_formats.PT_NISS),
    row("PT_CARD", r"[0-9]{9}[A-Z][0-9A-Z][0-9]", written=r"[0-9]{8}[ -]?[0-9][ -]?[A-Z][0-9A-Z] ?[0-9]"),
    row("QA", r"[23][0-9]{10}"),
    row("RESIDENCE", _RESIDENCE, written=r"IRL[0-9]{6}|ZN[0-9]{6}|[0-9]{9}-[0-9]{2}|ZU[0-9]{7}|R[A-Z]{1,2}[0-9]{6,7}"),
    row("RO_CARD", r"[A-Z]{2}[0-9]{6}|[AB][0-9]{8}"),
    row("RO_CID", r"20[0-9]{18}"),
    row("RU_DRIVER", r"[0-9]{2}[0-9A-Z]{2}[0-9]{6}", written=r"[0-9]{2} ?(?:[0-9]{2}|[А-Я]{2}) (?:№ ?)?[0-9]{6}"),
    row("RU_ENP", r"[0-9]{16}", identity_formats.RU_ENP),
    row("RW", r"[123](?:19|20)[0-9]{2}[78][0-9]{10}", written=r"[123](?:19|20)[0-9]{2}[78][0-9]{10}"),
    row("SD", r"[0-9]{11}"),
    row("SN", r"[12][0-9]{12}(?:[0-9]{4})?"),
    row("SSNIT", r"[A-Z][0-9]{12}"),
    row("STUDENT", r"[A-Z]{0,2}[0-9]{6,10}"),
    row("SY", r"[0-9]{11}"),
    row("SZ", r"[0-9]{13}"),
    row("TAX_AFRICA", r"[0-9]{8,13}"),
    row("TJ", r"[0-9]{9}"),
    row("TR_DRIVER", r"[0-9]{6}"),
    row("TR_SERIAL", r"[A-Z][0-9]{2}[A-Z][0-9]{5}", written=r"[A-Z][0-9]{2}[A-Z][0-9]{5}"),
    row("TZ", r"(?:19|20)[0-9]{18}", written=r"(?:19|20)[0-9]{6}-?[0-9]{5}-?[0-9]{5}-?[0-9]{2}"),
    row(
        "UA_RECORD",
        r"(?:19|20)[0-9]{11}",
        written=r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-?[0-9]{5}",
    ),
    row("UG", r"C[MF][0-9A-Z]{12}", written=r"C[MF][0-9A-Z]{12}"),
    row("VN_INSURANCE", r"[0-9]{10}"),
    row("VOTER", r"[A-Z]{0,2}[0-9]{6,14}(?:[A-Z]{2}[0-9]{4})?"),
    row("XK", r"[0-9]{10}"),
    row("YE", r"[0-9]{10,11}"),
    row("ZM", r"[0-9]{9}", written=r"[0-9]{6}/[0-9]{2}/[123]"),
    row("ZW", r"[0-9]{8,9}[A-Z][0-9]{2}", written=r"[0-9]{2}-?[0-9]{6,7} ?-?[A-Z] ?-?[0-9]{2}"),
)

DETECTORS = tuple(number.detector() for number in NUMBERS)
