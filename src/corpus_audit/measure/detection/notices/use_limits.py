"""Sentences that limit use without naming a license: not for commercial gain, or for research only.

Expressions over bytes: letters outside ASCII stand in groups where they repeat, and a space may be a line break.
"""

from corpus_audit.measure.detection.notices.statements import any_of, ignoring_case

_KINDS = (
    r"(?:(?:personal|private|academic|educational|research|scientific|internal|individual|home|public|your|own|any"
    r"|and|or),? ){0,4}"
)
_ONLY_ES = r"(?:uso exclusivo|solo|sólo|solamente|únicamente|exclusivamente)"
_ONLY_PT = r"(?:uso exclusivo|apenas|somente|só|exclusivamente|unicamente)"
_ONLY_NL = r"(?:alleen|uitsluitend)"
_ONLY_PL = r"(?:tylko|wyłącznie|jedynie)"
_ONLY_ZH = r"(?:仅|僅|只)(?:可|能|限|供)?(?:用于|用於|供|于|作)?"
_KINDS_ZH = r"(?:个人|個人|学习|研究|教育|学术|學術|和|及|、|与|或|的){0,6}"
_MANNER_ZH = "(?:任何|用于|用於|作|进行|進行|任何形式的){0,3}"
_PURPOSE_ZH = r"(?:用途|使用|目的)"

NON_COMMERCIAL = any_of(
    *ignoring_case(
        # English
        rf"\b(?:for|only for|to) {_KINDS}non-?commercial,? {_KINDS}(?:use|usage|purposes?)(?: only)?\b",
        r"\bnon-?commercial (?:use|usage|purposes?) only\b",
        r"\bnot (?:be used )?for (?:any )?commercial (?:use|usage|purposes?|gain)\b",
        r"\b(?:may|must|can|shall)(?: ?not) (?:use|reproduce|copy|distribute|redistribute|sell)[^.\n]{0,80}?"
        r" for (?:any )?commercial (?:use|usage|purposes?|gain)\b",
        r"\bcommercial use of (?:this|these|the|our|any) [^.\n]{0,24}?(?:data(?:set)?|corpus|content|work|material"
        r"|text|model|software|image|file|site|website|publication)s? (?:is |are )?(?:strictly |expressly )?"
        r"(?:prohibited|forbidden|not (?:permitted|allowed))\b",
        r"\bno commercial use\b",
        r"\bcommercial use (?:is )?(?:strictly |expressly )?(?:prohibited|forbidden|not (?:permitted|allowed))\b",
        # German
        r"\b(?:nur|ausschlie(?:ß|ss)lich) (?:für|zu|zur|zum) (?:\S{3,14} ){0,3}?nicht-?kommerziellen?r?",
        r"\bnicht für (?:die )?kommerzielle (?:nutzung|verwendung|zwecke)",
        r"\bkeine kommerzielle (?:nutzung|verwendung)\b",
        # French
        r"réserv(?:é|É)e?s? à (?:un |l(?:'|’))usage non[-\x20]commercial",
        r"\bpas d(?:'|’)(?:usage|utilisation) commerciale?",
        r"\b(?:usage|utilisation)s? non[-\x20]commercia(?:l|le|ux)s? (?:uniquement|seulement|exclusivement)",
        r"à des fins non commerciales (?:uniquement|seulement)|\buniquement à des fins non commerciales",
        # Spanish
        r"\b(?:prohibido|prohíbe) (?:su |el )?uso comercial",
        rf"\b{_ONLY_ES} para (?:uso|fines) no comercial",
        r"\bno (?:apto )?para (?:uso|fines) comercial(?:es)?\b",
        # Italian
        r"\bnon per (?:uso|scopi|fini) commerciali?e?\b",
        r"\b(?:solo|esclusivamente) per (?:uso|scopi|fini) non commercial[ei]",
        # Portuguese
        rf"\b{_ONLY_PT} para (?:uso|fins) não comercia(?:l|is)",
        r"\bnão para (?:uso|fins) comercia(?:l|is)\b",
        # Dutch
        r"\bniet voor commerci(?:eel|ële|ele) (?:gebruik|doeleinden)",
        rf"\b{_ONLY_NL} voor niet-?commercie(?:el|le) (?:gebruik|doeleinden)",
        # Polish
        r"\bzakaz (?:wykorzyst(?:ania|ywania)|użycia|użytku) (?:w celach )?komercyjn",
        rf"\b{_ONLY_PL} do (?:użytku|celów) niekomercyjn",
    ),
    # Russian
    r"(?:Т|т)олько (?:для|в) некоммерческ(?:ого|их|ом) (?:использовани|цел)",
    r"(?:И|и)спользовани(?:е|я)[^.\n]{0,120}? в коммерческих целях[^.\n]{0,40}?(?:запрещ|не допуска|не разреш)",
    r"(?:З|з)апрещ(?:ается|ено)[^.\n]{0,120}? в коммерческих целях",
    # Chinese
    r"(?:不可|不能|请勿|不得)商用",
    rf"{_ONLY_ZH}{_KINDS_ZH}非(?:商业|商業|营利|營利)(?:性)?{_PURPOSE_ZH}?",
    r"(?:禁止|不得|严禁|嚴禁|不可|请勿|請勿)(?:任何|用于|用於|作|进行|進行|任何形式的){0,3}(?:商业|商業)(?:性)?"
    + _PURPOSE_ZH,
    r"(?:禁止|不得|严禁)商用",
    # Japanese
    r"商用(?:利用)?(?:不可|NG|厳禁)",
    r"非商用(?:利用)?(?:に限|のみ)|非(?:営利|商業)(?:目的|利用)(?:に限|のみ)",
    r"(?:商用|商業|営利)(?:目的(?:での|で|の)?)?(?:利用|使用)(?:は|を|の)?(?:[^\n]{0,9})?(?:禁止|禁じ|できません|不可)",
    # Korean
    r"비(?:상업|영리)(?:적)? ?(?:용도|목적|이용)(?:으로|에|로)?만",
    r"(?:상업|영리)적 ?(?:이용|사용|목적)[^.\n]{0,30}?(?:금지|금합니다|불가|할 수 없)",
)
"""Not for commercial gain: LicenseRef-non-commercial."""

RESEARCH_ONLY = any_of(
    *ignoring_case(
        rf"\b(?:for|only for) {_KINDS}research (?:use|purposes?|and education(?:al)?(?: use| purposes?)?) only\b",
        r"\bfor (?:academic|scholarly|scientific)(?: research)? (?:use|purposes?) only\b|\bresearch use only\b",
        r"\b(?:only|solely|exclusively) for (?:academic |scientific |non-?commercial )?research(?: purposes?| use)?\b",
        r"\b(?:nur|ausschlie(?:ß|ss)lich|lediglich) (?:für|zu) forschungszwecken?",
        r"\b(?:uniquement|exclusivement|seulement) à des fins de recherche",
        r"\b(?:à des fins de recherche|pour la recherche) (?:uniquement|seulement|exclusivement)",
        r"réserv(?:é|É)e?s? (?:exclusivement )?à (?:la recherche|(?:un|l(?:'|’)) ?usage de recherche|des fins"
        r" de recherche|l(?:'|’)usage de la recherche)",
        rf"\b{_ONLY_ES} para (?:fines de )?investigación",
        r"\b(?:solo|soltanto|esclusivamente|unicamente) (?:per|a) (?:scop[io]|fini|attività) di ricerca",
        rf"\b{_ONLY_PT} para (?:fins de )?pesquisa",
        rf"\b{_ONLY_NL} voor onderzoeksdoeleinden",
        rf"\b{_ONLY_PL} do celów (?:badawczych|naukowych)",
    ),
    r"(?:仅|僅)(?:供|限)(?:科学|科研|学术|教学)?研究使用",
    r"(?:Т|т)олько (?:для|в) (?:научн|исследовательск)(?:ых|их) цел",
    rf"{_ONLY_ZH}(?:学术|學術|科学|科学|科研|教学|和|及|、|与){{0,4}}研究(?:{_PURPOSE_ZH}|之用|。|，|；|\.|,)",
    r"研究(?:目的|用途)(?:に限|のみ|でのみ)",
    r"(?:연구|학술) ?(?:용도|목적)(?:으로|에|로)?만",
)
"""For research only: LicenseRef-research-only."""
