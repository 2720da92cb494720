"""Names of licenses in the languages of their users: the GNU licenses in translation, open-data licenses of states.

They name nothing else, so they count wherever they stand. Expressions over bytes: letters outside ASCII that repeat
stand in groups.
"""

import re

from corpus_audit.measure.detection.detector import Buffer, DeferredExpression
from corpus_audit.measure.detection.notices.statements import worded

_KIND = (
    r"(?: (?:[Ll]imit(?:é|e)e|[Mm]oindre|[Aa]moindrie|[Rr]educida|[Mm]enor|[Aa]ttenuata|[Rr]idotta|[Aa]ffero|AFFERO))?"
)
_VERSION = (
    r"(?:,? ?\(?(?:[Vv]ersi(?:on|ón|one)|[Vv]ersão|[Vv]\.?|w wersji|wersj[ai]|версии|версия|в версии|第|版本|バージョン"
    r"|버전|ver\.?)? ?(?P<version>[123](?:\.[0-3])?|二|三)(?: ?版)?)?"
)
_LATER = (
    r"(?P<later>(?:,? (?:lub|или|ali) |或|または|又は| ?또는 ?| ?или )[^.\n。]{0,30}?"
    r"(?:późniejsz\S{1,4}|nowsz\S{1,4}|поздн\S{2,8}|更新|以后|以後|更高|更新版|それ以降|以降|이후|이상)"
    r"|,? (?:ou|o|oppure|u) (?:\([^)\n]{1,40}\) )?[^.\n]{0,40}?(?:ult(?:é|e)rieure|posterior|successiva))?"
)
_GENERAL = (
    r"[Ll]icence [Pp]ublique [Gg](?:é|É)n(?:é|É)rale",
    r"[Ll]icencia [Pp](?:ú|Ú)blica [Gg]eneral",
    r"[Ll]icen(?:ç|Ç)a [Pp](?:ú|Ú)blica [Gg]eral",
    r"[Ll]icenza [Pp]ubblica [Gg]enerica",
)
_IN_OTHER_LANGUAGES = (
    r"(?:[Mm]niejsz\S{1,4} )?[Pp]owszechn\S{1,4} [Ll]icencj\S{1,3} [Pp]ubliczn\S{1,4} (?:Affero )?GNU",
    (
        r"(?:У|у|С|с|Г|г|О|о|М|м)\S{6,24} (?:О|о)бщественн\S{4,8} (?:Л|л)ицензи\S{2,6}"
        r" (?:ограниченного применения )?(?:Affero )?GNU"
    ),
    r"GNU ?(?:宽|較寬鬆|较宽松|较宽|寬|Affero ?)?通用公(?:共|眾|众)(?:许可证|許可證|許可|许可协议|授權條款|授权条款)",
    r"GNU ?(?:劣等|Affero ?)?一般公衆(?:利用|使用)?(?:許諾|ライセンス)(?:契約)?(?:書)?",
    r"GNU ?(?:약소|Affero ?)? ?일반 ?(?:공중|공용|공공) ?(?:사용|이용)? ?(?:허가서|라이선스|라이센스)",
)
_NAME = (
    f"(?:(?:{'|'.join(_GENERAL)}){_KIND}(?: (?:de |do |du |della )?(?:la )?GNU){_KIND}|{'|'.join(_IN_OTHER_LANGUAGES)})"
)
GNU = worded(_NAME)
"""How a translated name of a GNU license is worded, as far as its version."""
GNU_WHOLE = DeferredExpression(worded(f"{_NAME}{_VERSION}{_LATER}").encode())
_LESSER = re.compile(
    "limit|moindr|reducid|menor|attenuat|ridott|mniejsz|ограничен|宽通用|寬通用|宽松|寬鬆|较宽|劣等|약소"
)
_NUMERALS = {"二": "2", "三": "3"}

_DASH = r"(?: |-|–|—|/|,){0,3}"
DATA_LICENSES = (
    (
        "DL-DE-BY-2.0",
        rf"(?:Datenlizenz Deutschland{_DASH}Namensnennung{_DASH}(?:Version )?2\.0|\bdl-de/by-2-0\b)",
    ),
    (
        "DL-DE-ZERO-2.0",
        rf"(?:Datenlizenz Deutschland{_DASH}Zero{_DASH}(?:Version )?2\.0|\bdl-de/zero-2-0\b)",
    ),
    ("etalab-2.0", worded(r"Licence Ouverte(?: ?/ ?Open Licence)?(?: Etalab)?,? (?:[Vv]ersion |v)?2\.0")),
    ("LicenseRef-etalab-1.0", worded(r"Licence Ouverte(?: ?/ ?Open Licence)?(?: Etalab)?,? (?:[Vv]ersion |v)?1\.0")),
    ("OGL-UK-3.0", worded(r"Open Government Licence v(?:ersion )?3(?:\.0)?\b")),
    ("NLOD-2.0", worded(r"Norsk lisens for offentlige data \(?(?:NLOD\)? )?2\.0")),
    *(
        (f"LicenseRef-kogl-type-{number}", rf"공공누리[^\n]{{0,48}}?제? ?{number} ?유형|\bKOGL[ -]Type ?{number}\b")
        for number in (1, 2, 3, 4)
    ),
    ("LicenseRef-ogd-taiwan-1.0", "政府(?:資料開放授權條款|资料开放授权条款)"),
    ("LicenseRef-gov-japan-2.0", r"政府標準利用規約(?:（|\()?第?2\.0"),
    ("LicenseRef-pdl-japan-1.0", r"公共データ利用規約(?:（|\()?第?1\.0"),
    ("LicenseRef-godl-india", worded(r"Government Open Data License(?: ?- ?|,? )India")),
    ("OGL-Canada-2.0", worded(r"Open Government Licence(?: ?(?:-|–) ?|,? )Canada(?:,? version 2\.0)?")),
    ("LicenseRef-iodl-2.0", worded(r"(?:Italian Open Data License|IODL),? (?:v|version )?2\.0")),
)
"""A license and the expression of its name, which names it and no other."""


def read_translated(value: Buffer) -> str | None:
    """Return the license that a translated name of the GNU licenses says, without the version where none stands."""
    whole = GNU_WHOLE.fullmatch(value)
    if whole is None:
        return None
    words = whole[0].decode(errors="replace").lower()
    family = "AGPL" if "affero" in words else "LGPL" if _LESSER.search(words) else "GPL"
    if whole["version"] is None:
        return family
    number = _NUMERALS.get(whole["version"].decode(), whole["version"].decode())
    return f"{family}-{number if '.' in number else number + '.0'}{'-or-later' if whole['later'] else ''}"
