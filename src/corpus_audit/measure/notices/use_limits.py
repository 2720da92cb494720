"""Sentences that limit use without naming a license: not for commercial gain, or for research only."""

from corpus_audit.measure.notices.statements import worded

NON_COMMERCIAL = "|".join((
    "(?i:"
    + worded(r"\b(?:for|only for|to) (?:(?:personal|private|academic|educational|research|scientific|internal|individual|home|your|own|any),? ){0,4}(?:and |or )?non-?commercial,? (?:(?:personal|private|academic|educational|research|scientific|internal|individual|home|public|and|or),? ){0,4}(?:use|usage|purposes?)(?: only)?\b")
    + worded(r"|\bnon-?commercial (?:use|usage|purposes?) only\b|\bnot (?:be used )?for (?:any )?commercial (?:use|usage|purposes?|gain)\b")
    + worded(r"|\bno commercial use\b|\bcommercial use (?:is |of [a-z\x20]{3,40} is )?(?:strictly |expressly )?(?:prohibited|forbidden|not (?:permitted|allowed))\b")
    + worded(r"|\bnur (?:f\S{1,2}r|zu|zur|zum) (?:\S{3,14} ){0,3}?nicht-?kommerziellen?r?")
    + worded(r"|\bkommerzielle (?:nutzung|verwendung) [^.\n]{0,30}?(?:untersagt|verboten|nicht (?:gestattet|erlaubt|zul))")
    + worded(r"|\b(?:usage|utilisation)s? non[-\x20]commercia(?:l|le|ux)s? (?:uniquement|seulement|exclusivement)|\b(?:utilisation|exploitation|usage) commerciale? [^.\n]{0,20}?(?:interdite?|prohib)")
    + worded(r"|\bà des fins non commerciales (?:uniquement|seulement)|\buniquement à des fins non commerciales")
    + worded(r"|\buso comercial [^.\n]{0,20}?prohibido|\b(?:prohibido|prohíbe) (?:su |el )?uso comercial|\b(?:solo|sólo|solamente|únicamente) para (?:uso|fines) no comercial")
    + worded(r"|\buso commerciale [^.\n]{0,20}?(?:vietato|non consentito)|\bvietato l(?:'|’)?uso commerciale|\b(?:solo|esclusivamente) per (?:uso|scopi|fini) non commercial[ei]")
    + worded(r"|\buso comercial [^.\n]{0,20}?proibido|\bproibido o uso comercial|\b(?:apenas|somente|só) para (?:uso|fins) não comercia(?:l|is)")
    + worded(r"|\b(?:alleen|uitsluitend) voor niet-?commercie(?:el|le) (?:gebruik|doeleinden)|\bcommercieel gebruik [^.\n]{0,20}?(?:verboten|verboden|niet toegestaan)")
    + worded(r"|\b(?:tylko|wyłącznie) do (?:użytku|celów) niekomercyjn|\buży(?:cie|tek) komercyjn[ey] [^.\n]{0,20}?zabronion|\bwykorzystani[ea] komercyjne(?:go)? [^.\n]{0,20}?zabronion")
    + ")",
    "(?:Т|т)олько (?:для|в) некоммерческ(?:ого|их|ом) (?:использовани|цел)",
    "(?:К|к)оммерческое использование[^.\n]{0,40}?(?:запрещено|не допускается|не разрешено)",
    "(?:仅|僅|只)(?:可|能|限|供)?(?:用于|用於|供|于|作)?(?:个人|個人|学习|研究|教育|学术|學術|和|及|、|与|或|的){0,6}非(?:商业|商業|营利|營利)(?:性)?(?:用途|使用|目的)?",
    "(?:禁止|不得|严禁|嚴禁|不可|请勿|請勿)(?:将[^\n]{0,24}|任何|用于|用於|作|进行|進行|任何形式的){0,3}(?:商业|商業)(?:用途|使用|目的|性使用)|(?:禁止|不得|严禁)商用",
    "非商用(?:利用)?(?:に限|のみ)|非(?:営利|商業)(?:目的|利用)(?:に限|のみ)|(?:商用|商業|営利)(?:目的(?:での|で|の)?)?(?:利用|使用)(?:は|を|の)?(?:[^\n]{0,9})?(?:禁止|禁じ|できません|不可)",
    "비(?:상업|영리)(?:적)? ?(?:용도|목적|이용)(?:으로|에|로)?만|(?:상업|영리)적 ?(?:이용|사용|목적)[^.\n]{0,30}?(?:금지|금합니다|불가|할 수 없)",
))  # fmt: skip
"""Not for commercial gain: LicenseRef-non-commercial."""

RESEARCH_ONLY = "|".join((
    "(?i:"
    + worded(r"\b(?:for|only for) (?:non-?commercial |academic |scientific |internal |educational |and |or ){0,3}research (?:use|purposes?|and (?:education|educational|teaching)(?: use| purposes?)?) only\b")
    + worded(r"|\bfor (?:academic|scholarly|scientific)(?: research)? (?:use|purposes?) only\b|\bresearch use only\b|\b(?:only|solely|exclusively) for (?:academic |scientific |non-?commercial )?research(?: purposes?| use)?\b")
    + worded(r"|\bnur (?:f\S{1,2}r|zu) forschungszwecken?|\b(?:uniquement|exclusivement) à des fins de recherche|\b(?:solo|únicamente) para (?:fines de )?investigación|\bsolo per (?:scopi|fini) di ricerca")
    + worded(r"|\b(?:apenas|somente) para (?:fins de )?pesquisa|\b(?:alleen|uitsluitend) voor onderzoeksdoeleinden|\b(?:tylko|wyłącznie) do celów (?:badawczych|naukowych)")
    + ")",
    "(?:Т|т)олько (?:для|в) (?:научн|исследовательск)(?:ых|их) цел",
    "(?:仅|僅|只)(?:可|能|限|供)?(?:用于|用於|供|于|作)?(?:学术|學術|科学|科学|科研|教学|和|及|、|与){0,4}研究(?:用途|使用|目的|之用|。|，|；|\\.|,)",
    "研究(?:目的|用途)(?:に限|のみ|でのみ)",
    "(?:연구|학술) ?(?:용도|목적)(?:으로|에|로)?만",
))  # fmt: skip
"""For research only: LicenseRef-research-only."""
