"""Names of well-known licenses in running text, and the SPDX expression that one or several of them form.

Only what a sentence grants is read here, so short names such as MIT count; elsewhere they are names of other things.
Where a name leaves the version open, so does the expression (``GPL``, ``BSD``): it is what the text says, no more.
"""

import re
from functools import cache

from corpus_audit.measure.detection.notices.statements import GAP, worded

_MAYBE = f"(?:{GAP})?"
_VERSION_WORD = (
    rf"(?:,?{_MAYBE}(?:[Vv]ersi(?:ons?|ón|es?|one)|[Vv]ersão|в версии|w wersji|[Ww]ersj[ai]|[Vv]er\.?|[Vv]\.?|版本|第|в"
    rf"|версии)?{_MAYBE})"
)
_LATER = (
    r"(?:\+|-or-later|,?"
    + worded(r" (?:\(?(?:and|or)\)?|oder|ou|o|lub|или)(?:[^.\n]{0,24}? )?")
    + r"(?:later|newer|above|higher|neuer|später|supérieure"
    r"|ultérieure|posterior|superior|successiva|ulteriore|nowsz|późniejsz|nieuwere?|latere?|höher|позже)"
    r"|(?:或|及)[^\n]{0,9}(?:更新|以后|以上|更高|之后))"
)
_NOT_A_NAME_AFTER = r"(?![A-Za-z0-9])(?!-(?![Ll]i)[A-Za-z0-9])"

_EARLY_VERSION = worded(
    r"(?:(?:[Vv]ersion |v)(?P<early>[123](?:\.[01])?)(?P<early_later>,? or (?:\(at your option\) )?(?:any )?later)?"
    r"(?: version)? of the )?"
)
_GNU_IN_WORDS = worded(
    r"GNU (?:(?P<variant>Lesser|Library|Affero|Free Documentation)(?: General)?(?: Public)?|General Public) Licen[cs]e"
)
_GNU = (
    rf"{_EARLY_VERSION}(?:(?:GNU[ -]?)?(?P<short>AGPL|LGPL|GPL|GFDL|FDL)(?:{GAP}(?:[Ll]icen[cs]e|许可证|许可协议))?"
    rf"|{_GNU_IN_WORDS}(?:{_MAYBE}\([AL]?GPL\))?)"
    rf"(?:{_VERSION_WORD}(?P<version>[123](?:\.[0-3])?)(?![\d.]*\d)(?P<later>{_LATER})?(?:-only)?)?"
)
_GNU_FAMILIES = {"Lesser": "LGPL", "Library": "LGPL", "Affero": "AGPL", "Free Documentation": "GFDL", "FDL": "GFDL"}

_TWO = rf"{_VERSION_WORD}2(?:\.0)?(?![\d.]*\d)"
_APACHE = rf"Apache(?:{GAP}Software)?"
_LICENSE = "[Ll]icen[cs]e"
_PUBLIC_LICENSE = f"{GAP}Public{GAP}{_LICENSE}"
_MPL = f"(?:MPL|Mozilla{_PUBLIC_LICENSE})"
_EPL = f"(?:EPL|Eclipse{_PUBLIC_LICENSE})"
_EUPL = f"(?:EUPL|European{GAP}Union{_PUBLIC_LICENSE})"
_CECILL = "(?:CeCILL|CECILL|Cecill)"
_CDLA = rf"(?:CDLA|Community{GAP}Data{GAP}{_LICENSE}{GAP}Agreement)(?: |-|–|—){{1,3}}"
_DASH = "(?: |-|–|—){0,3}"
_RAIL = rf"Open{_MAYBE}RAIL"
_LLAMA = rf"L(?:lama|LaMA|LAMA){_MAYBE}"

_NAMES = (
    (
        "Apache-2.0",
        rf"(?:{_APACHE}(?:{GAP}Foundation)?(?:,?{GAP}{_LICENSE},?|(?:-|{GAP})?(?:Lizenz|licentie),?)?(?:许可证|许可协议)?|A[SL]L){_TWO}",
    ),
    ("Apache", rf"{_APACHE}{_NOT_A_NAME_AFTER}(?={_MAYBE}(?:[Ll]icen|Lizenz|许可|ライセンス|라이))"),
    ("MIT", rf"(?:MIT(?:/?X11)?|[Ee]xpat){_NOT_A_NAME_AFTER}"),
    ("BSD-3-Clause", rf"(?:3|[Tt]hree)[ -][Cc]lause{GAP}(?:\"?[Nn]ew\"?{GAP})?BSD{_NOT_A_NAME_AFTER}"),
    ("BSD-3-Clause", rf"(?:BSD[ -]?3(?:[ -]?[Cc]lause)?|(?:[Nn]ew|[Mm]odified|[Rr]evised){GAP}BSD){_NOT_A_NAME_AFTER}"),
    ("BSD-2-Clause", rf"(?:(?:2|[Tt]wo)[ -][Cc]lause|[Ss]implified){GAP}BSD{_NOT_A_NAME_AFTER}"),
    ("BSD-2-Clause", rf"BSD[ -]?2(?:[ -]?[Cc]lause)?{_NOT_A_NAME_AFTER}"),
    ("BSD", rf"BSD(?:{_NOT_A_NAME_AFTER}(?![ -](?:like|style))|(?=[ -]style{GAP}licen[sc]e{GAP}that{GAP}can))"),
    ("ISC", rf"ISC{_NOT_A_NAME_AFTER}"),
    ("Zlib", rf"[Zz]lib(?:/libpng)?(?={_MAYBE}(?:[Ll]icen|Lizenz))"),
    ("Unlicense", "Unlicense"),
    ("WTFPL", f"WTFPL|Do{GAP}What{GAP}The{GAP}Fuck{GAP}You{GAP}Want{GAP}To{GAP}Public{GAP}License"),
    ("0BSD", "0BSD"),
    ("CECILL-2.1", rf"{_CECILL}{_VERSION_WORD}2\.1(?![\d.]*\d)"),
    ("CECILL-2.0", rf"{_CECILL}{_TWO}"),
    ("CECILL-B", f"{_CECILL}-B{_NOT_A_NAME_AFTER}"),
    ("CECILL-C", f"{_CECILL}-C{_NOT_A_NAME_AFTER}"),
    ("CECILL", f"{_CECILL}{_NOT_A_NAME_AFTER}"),
    ("MPL-2.0", f"{_MPL}{_TWO}"),
    ("MPL-1.1", rf"{_MPL}{_VERSION_WORD}1\.1(?![\d.]*\d)"),
    ("MPL", f"{_MPL}{_NOT_A_NAME_AFTER}"),
    ("EPL-2.0", f"{_EPL}{_TWO}"),
    ("EPL-1.0", rf"{_EPL}{_VERSION_WORD}1(?:\.0)?(?![\d.]*\d)"),
    ("EPL", f"{_EPL}{_NOT_A_NAME_AFTER}"),
    ("EUPL-1.2", rf"{_EUPL}{_VERSION_WORD}1\.2"),
    ("EUPL-1.1", rf"{_EUPL}{_VERSION_WORD}1\.1"),
    ("EUPL", f"{_EUPL}{_NOT_A_NAME_AFTER}"),
    ("BSL-1.0", rf"Boost{GAP}Software{GAP}{_LICENSE}(?:{_VERSION_WORD}1\.0)?|BSL-1\.0"),
    ("Artistic-2.0", f"Artistic{GAP}{_LICENSE}{_TWO}"),
    ("PSF-2.0", rf"(?:Python{GAP}Software{GAP}Foundation{GAP}{_LICENSE}|PSF){_NOT_A_NAME_AFTER}"),
    (
        "OFL-1.1",
        (
            rf"SIL{GAP}(?:Open{GAP}Font{GAP}{_LICENSE}|OFL)(?:{_VERSION_WORD}1\.1)?|OFL-1\.1"
            rf"|(?:SIL{_MAYBE})?(?:オープン(?:・)?フォント(?:・)?ライセンス|오픈 ?폰트 ?라이(?:선|센)스)"
            rf"(?:{_VERSION_WORD}1\.1)?"
        ),
    ),
    ("MulanPSL-2.0", rf"(?:Mulan{_MAYBE}PSL|木兰宽松许可证){_VERSION_WORD}(?:2(?:\.0)?|二)(?:版)?"),
    ("ODbL-1.0", rf"(?:Open{GAP}Data{GAP}Commons{GAP})?Open{GAP}Database{GAP}{_LICENSE}|ODbL"),
    ("CDLA-Permissive-2.0", rf"{_CDLA}Permissive{_DASH}{_VERSION_WORD}2\.0"),
    ("CDLA-Permissive-1.0", rf"{_CDLA}Permissive{_DASH}{_VERSION_WORD}1\.0"),
    ("CDLA-Sharing-1.0", rf"{_CDLA}Sharing{_DASH}{_VERSION_WORD}1\.0"),
    ("LicenseRef-bigscience-rail-1.0", f"BigScience{GAP}RAIL"),
    ("LicenseRef-bigscience-open-rail-m", f"BigScience{GAP}{_RAIL}-M"),
    ("LicenseRef-bigcode-open-rail-m-v1", f"BigCode{GAP}{_RAIL}-M"),
    ("LicenseRef-bigscience-open-rail-m2", rf"(?:CreativeML{GAP})?{_RAIL}\+\+(?:-M)?"),
    ("LicenseRef-stable-diffusion-2022-08-22", f"CreativeML{GAP}{_RAIL}-M"),
    ("LPPL-1.3c", rf"(?:LaTeX{GAP}Project{_PUBLIC_LICENSE}|LPPL),?(?:{GAP}either)?{_VERSION_WORD}1\.3c"),
    ("etalab-2.0", rf"(?:Licence{GAP}Ouverte|Open{GAP}Licence){_TWO}"),
    ("OGL-UK-3.0", rf"Open{GAP}Government{GAP}Licence{_VERSION_WORD}3(?:\.0)?(?![\d.]*\d)"),
    ("LicenseRef-llama-2-license-2023", f"{_LLAMA}2{GAP}Community"),
    ("LicenseRef-llama-3.1-license-2024", rf"{_LLAMA}3\.1{GAP}Community"),
    ("LicenseRef-llama-3.2-license-2024", rf"{_LLAMA}3\.2{GAP}Community"),
    ("LicenseRef-llama-3.3-license-2024", rf"{_LLAMA}3\.3{GAP}Community"),
    ("LicenseRef-llama-3-community-license", f"{_LLAMA}3{GAP}Community"),
    ("LicenseRef-llama-4-cla-2025", f"{_LLAMA}4{GAP}Community"),
    ("LicenseRef-gemma-tou-2025-03-24", f"Gemma{GAP}Terms{GAP}of{GAP}Use"),
)

_WORD_FOR_LICENSE = (
    rf"(?:{_MAYBE}(?:[Ss]oftware{GAP})?(?:[Ll]icen[cs]es?|[Ll]izenz(?:en)?|licenties?|许可证|许可协议|许可|协议|授权"
    r"|授權條款|ライセンス|라이선스|라이센스))?"
)
_JOINT = (
    rf"(?:,?{GAP}(?:and/or|and|or|und|oder|et|ou|y|e|o|en|of|i|lub|и|или)|{_MAYBE}(?:和|或(?:者)?|及|与|または|および|또는|및)|"
    rf"{_MAYBE}[/&|,]){_MAYBE}(?:(?:under|the|a|an|los|la|der|die|die) ){{0,2}}"
)
_CHOICE = re.compile(
    r"dual|double|doppel|tri-?licen|either|choice|option|双(?:重)?(?:许可|授权)|デュアル|듀얼", re.IGNORECASE
)
_OR = re.compile(r"^(?:and/)?(?:or|oder|ou|o|lub|или|of|或(?:者)?|または|또는)$|^\|$")

ONE_NAME = (
    "(?<![A-Za-z0-9])(?:" + "|".join([re.sub(r"\?P<\w+>", "?:", _GNU), *(pattern for _, pattern in _NAMES)]) + ")"
)
"""An expression for one name, without groups, of text or of bytes."""

BEGINS_NAME = (
    r"(?<![A-Za-z0-9])(?:[^\x00-\xc1]|0BSD|[23][ -][Cc]l|v[123]|[Vv]ersion|A(?:GPL|[LS]L|pache|rtistic)"
    "|B(?:S[DL]|ig|oost)|C(?:DLA|[Ee]C|ec|omm|rea)|Do[^A-Za-z]|E(?:PL|UPL|cl|uro|xpat)|FDL|G(?:FDL|NU|PL|emma)|ISC"
    "|L(?:GPL|L[aA]MA|PPL|aTeX|icence|lama)|M(?:IT|PL|od|oz|ulan)|New|O(?:DbL|FL|pen)|P(?:SF|ython)|Revised"
    "|S(?:IL|impl)|T(?:hree|wo)|Unlicense|WTFPL|Zlib|expat|modified|new|revised|simplified|three|two|zlib)"
)
"""Where a name may begin, which costs a fraction of looking for one."""

SOME_NAMES = f"{ONE_NAME}{_WORD_FOR_LICENSE}(?:{_JOINT}{ONE_NAME}{_WORD_FOR_LICENSE}){{0,3}}"
"""An expression for up to four names that a sentence joins."""

KEYS = (
    r"(?:GNU|[AL]?GPL|GFDL|MIT|0?BSD|Apache|MPL|Mozilla|EPL|Eclipse|EUPL|ISC|ODbL|WTFPL|Unlicense|Mulan"
    r"|C[Ee]C[Ii][Ll][Ll])"
)
"""How most names start: what anchors look for."""


@cache
def _name_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in _NAMES)


@cache
def _places() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_GNU), re.compile(ONE_NAME)


def read_names(sentence: str) -> str | None:
    """Return the SPDX expression of the names in a sentence that SOME_NAMES fits, or None when there is none.

    Names that a sentence offers are joined with OR, others with AND, which is the stricter reading.
    """
    gnu, one = _places()
    found: list[str] = []
    joints: list[str] = []
    position = 0
    for match in one.finditer(sentence):
        if found:
            joints.append(sentence[position : match.start()].strip(" ,\t\r\n"))
        found.append(_name(match, gnu))
        position = match.end()
    names = list(dict.fromkeys(found))
    if len(names) < 2:
        return names[0] if names else None
    words = [word for joint in joints for word in joint.split()]
    is_choice = _CHOICE.search(sentence) or any(_OR.match(word) for word in words)
    return (" OR " if is_choice else " AND ").join(sorted(names))


def _name(match: re.Match[str], gnu: re.Pattern[str]) -> str:
    whole = gnu.fullmatch(match[0])
    if whole is None:
        return next(name for name, pattern in _name_patterns() if pattern.match(match.string, match.start()))
    family = _GNU_FAMILIES.get(whole["short"] or whole["variant"] or "", whole["short"] or "GPL")
    version = whole["version"] or whole["early"]
    if version is None:
        return family
    later = "-or-later" if whole["later"] or whole["early_later"] else ""
    return f"{family}-{version if '.' in version else version + '.0'}{later}"
