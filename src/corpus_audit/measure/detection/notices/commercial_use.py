"""Sentences that deny commercial use, or permit no other: the topic in twelve languages, and words of denial beside it.

A topic alone is spoken of far more often. What is said of the use of other things, of drones or of a bridge, is no
notice on a text.
"""

import re

from corpus_audit.measure.detection.detector import Candidate
from corpus_audit.measure.detection.notices import prose
from corpus_audit.measure.detection.notices.reservation_words import DENIALS
from corpus_audit.measure.detection.notices.statements import any_of, ignoring_case

COMMERCIAL = any_of(
    *ignoring_case(
        r"\bcommercial (?:use|usage|purposes?|exploitation|gain)\b",
        r"\b(?:kommerziell|gewerblich)e[nr]? (?:nutzung|verwendung|verwertung|zwecken?)\b",
        r"\b(?:utilisation|usage|exploitation|fins) commercia(?:les?|l|ux)\b",
        r"\b(?:uso|fines|explotación) comercial(?:es)?\b",
        r"\b(?:uso|scopi|fini|sfruttamento) commercial[ei]\b",
        r"\b(?:uso|fins|utilização|exploração) comercia(?:l|is)\b",
        r"\bcommerci(?:eel|ële|ele) (?:gebruik|doeleinden)\b",
        r"\b(?:wykorzystani|wykorzystywani|użyci|użytk|cel)\S{1,4} komercyjn\S{1,4}",
    ),
    r"(?:К|к)оммерческ(?:ое|ого|ом|их|ие) (?:использовани(?:е|я|и)|цел(?:ях|и|ей))",
    r"商(?:业|業)(?:性)?(?:用途|目的|使用|利用)",
    r"(?:商用|商業|営利)(?:目的(?:での|で|の)?)?(?:利用|使用)",
    r"(?:상업|영리)적 ?(?:이용|사용|목적|활용)",
)
NON_COMMERCIAL = any_of(
    *ignoring_case(
        r"\bnon-?commercial,? (?:use|usage|purposes?|research)\b|\bstrictly non-?commercial\b",
        r"\bnicht[- ]?kommerzielle[nrs]? (?:nutzung|verwendung|zwecken?|gebrauch)\b",
        r"\b(?:utilisation|usage|fins) non[- ]commercia(?:les?|l|ux)\b",
        r"\b(?:uso|fines) no comercial(?:es)?\b",
        r"\b(?:uso|scopi|fini) non commercial[ei]\b",
        r"\b(?:uso|fins) não comercia(?:l|is)\b",
        r"\bniet-?commerci(?:eel|ële|ele) (?:gebruik|doeleinden)\b",
        r"\b(?:użytku|celów|celach) niekomercyjn\S{1,4}",
    ),
    r"некоммерческ(?:ое|ого|ом|их|ие) (?:использовани(?:е|я|и)|цел(?:ях|и|ей))",
    r"非(?:商业|商業|营利|營利|商用)(?:性)?(?:用途|目的|使用|利用)?",
    r"非(?:営利|商業|商用)(?:目的|利用|使用)",
    r"비(?:상업|영리)(?:적)? ?(?:용도|목적|이용|사용)",
)
TOPICS = f"{COMMERCIAL}|{NON_COMMERCIAL}"
"""What a sentence must name."""

_COMMERCIAL = re.compile(COMMERCIAL.encode())
_DENIED = re.compile("|".join((any_of(*DENIALS), "ご遠慮|拒绝|谢绝|不可|不能|请勿|불가|vedad")).encode())
_ONLY = re.compile(
    any_of(
        *ignoring_case(
            r"\b(?:only|solely|strictly|exclusively|nur|ausschlie(?:ß|ss)lich|lediglich|uniquement|seulement"
            r"|exclusivement|strictement|solo|solamente|exclusiv[ao]|exclusivamente|soltanto|esclusivamente"
            r"|apenas|somente|alleen|uitsluitend|tylko)\b",
            r"réserv(?:é|É)|sólo|únicamente|unicamente|wyłącznie|jedynie",
        ),
        "(?:Т|т)олько|(?:И|и)сключительно|仅|僅|只(?:能|可|限)|限于|限於|のみ|に限|만 |만\\.|한정|한하여",
    ).encode()
)
_DESCRIBED = re.compile(rb"(?i)\b(?:which|that|licen[sc]es?|they|some|many)\s+(?:forbid|prohibit|disallow)s?\b")
"""What licenses in general deny is no denial of this text's."""
_BREAK = re.compile(r"[.!?](?=\s|\Z)|[。！？\n;；]")
_REACH = 96
_OF_OTHER_THINGS = re.compile(
    r"\s+(?:of|von|des|der|de|du|dei|degli|delle|della|dell'|del|do|da|dos|das|van)\s+(?!(?:the|les|los|las|el|la|le|der|dieser?|dieses|den|de)?\s*"
    r"(?:this|these|our|any|all|such|diese[rsmn]?|unsere[rs]?|cet?t?e?s?|nos|est[aeo]s?|quest[aeio]|nostr[aeio]|dest[ea]s?|nosso"
    r"|deze|dit|onze|it|data|datasets?|corpus|corpora|contents?|works?|materials?|texts?|models?|software|images?|files?|sites?"
    r"|website|publication|daten|inhalte|texte[sn]?|werke?s?|données|contenu|textes|œuvre|datos|contenido|textos|obra|dati"
    r"|testi|contenuti|dados|conteúdo|gegevens|inhoud|teksten)\b)",
    re.IGNORECASE,
)
_OF_OTHER_THINGS_WITHOUT_A_WORD = re.compile(
    r"\s(?!(?:эт|данн|материал|контент|текст|наш|люб|вс|произвед|запрещ|строго|категор|не|без|или|и|в|на)\S*)[а-яё]|的(?!行为)"
)
"""The genitive of Russian, and Chinese, where what is used comes first."""


def limits_use(candidate: Candidate) -> bool:
    """True if the sentence around a topic denies commercial use or permits no other."""
    if prose.is_asked(candidate) or prose.is_mentioned(candidate):
        return False
    ahead = _BREAK.split(candidate.before(_REACH).decode(errors="ignore"))[-1]
    behind = _BREAK.split(candidate.after(_REACH).decode(errors="ignore"))[0]
    sentence = _DESCRIBED.sub(b"", f"{ahead}{candidate.text}{behind}".encode())
    if _COMMERCIAL.fullmatch(candidate.value):
        is_of_other_things = _OF_OTHER_THINGS.match(behind) or _OF_OTHER_THINGS_WITHOUT_A_WORD.match(behind)
        return is_of_other_things is None and _DENIED.search(sentence) is not None
    return _ONLY.search(sentence) is not None
