"""Marks of confidential texts: sentences, and a heading such as *Vertraulich* on a line of its own.

A word alone is only a mark where a heading or a field stands: novels, laws and word lists hold it too.
"""

import re

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, Pattern
from corpus_audit.measure.detection.notices import prose
from corpus_audit.measure.detection.notices.statements import any_of
from corpus_audit.vocabulary import SpanKind

_MESSAGE = r"(?:e-?mail|message|communication|transmission|fax|document|file|report|presentation)"
_PHRASES = any_of(
    "(?i:(?:strictly|highly|company|commercial in|proprietary and|privileged and) confiden(?:tial|ce)"
    "|confidential (?:and (?:proprietary|privileged)|information of|property of|material|- do not)"
    f"|this {_MESSAGE} (?:is|contains) (?:strictly |highly )?confidential|trade secrets? of"
    "|for internal use only[.,;]? (?:do not|not for|confidential)"
    rf"|this {_MESSAGE} [^.\n]{{0,60}}?(?:is|are|contains?|may contain)"
    r" [^.\n]{0,40}?(?:confidential|privileged)(?:,? (?:and|or|information|material)))\b",
    r"(?i:(?:streng|absolut) vertraulich|vertrauliches (?:dokument|material)"
    r"|(?:nur|ausschlie(?:ß|ss)lich) (?:für den|zum) internen gebrauch"
    r"|enth(?:ä|Ä)lt vertrauliche (?:[^.\n]{1,40} )?informationen)\b",
    r"(?i:(?:strictement|hautement) confidentiel|document confidentiel|(?:usage|diffusion) (?:strictement )?interne"
    r" (?:uniquement|exclusivement)|confidentiels? et (?:établi|destiné|réserv))",
    r"(?i:(?:estrictamente|altamente) confidencial|documento confidencial|(?:solo|sólo) para uso interno"
    r"|contiene información confidencial)\b",
    r"(?i:strettamente (?:confidenziale|riservato)|documento (?:riservato|confidenziale)|solo per uso interno"
    r"|contiene informazioni (?:riservate|confidenziali))\b",
    r"(?i:estritamente confidencial|apenas para uso interno|uso interno exclusivo|documento confidencial"
    r"|cont(?:é|e)m informaç(?:õ|o)es confidenciais)\b",
    r"(?i:strikt vertrouwelijk|vertrouwelijk (?:document|(?:-|–|—) )|(?:alleen|uitsluitend) voor intern gebruik"
    r"|bevat vertrouwelijke informatie)\b",
    r"(?i:poufne ?(?:-|–|—) ?nie)\b",
    r"(?i:(?:ś|Ś)ci(?:ś|Ś)le (?:poufne|tajne)|dokument poufny|(?:tylko|wyłącznie) do użytku wewnętrznego"
    r"|zawiera informacje poufne)\b",
    r"(?:С|с)трого конфиденциально|Конфиденциально(?:\.| (?:-|–|—) )|КОНФИДЕНЦИАЛЬНО",
    r"(?:С|с)овершенно секретно|(?:Д|д)ля служебного пользования",
    r"(?:Т|т)олько для внутреннего (?:пользования|использования)",
    "(?:機密|秘密)情報(?:が|を)含",
    r"содерж(?:ит|ат) конфиденциальную информацию",
)
_EAST_ASIAN = any_of(
    "商业秘密|商業秘密|營業秘密|内部资料|內部資料|内部文件|绝密|絕密|機密文件|机密文件|保密文件|机密资料|機密資料",
    "社外秘|部外秘|極秘|機密文書",
    "대외비|극비 ?문서|기밀 ?문서|영업비밀|사내용",
)
_WORDS = (
    "(?:CONFIDENTIAL|Confidential|VERTRAULICH|Vertraulich|CONFIDENTIELL?E?|Confidentiell?e?|CONFIDENCIAL|Confidencial"
    "|CONFIDENZIALE|Confidenziale|RISERVAT[OA]|Riservat[oa]|VERTROUWELIJK|Vertrouwelijk|POUFNE|Poufne"
    "|DIFFUSION RESTREINTE|Diffusion restreinte|NUR FÜR DEN DIENSTGEBRAUCH|Nur für den Dienstgebrauch"
    "|TOP SECRET|Top Secret|Streng geheim|STRENG GEHEIM"
    "|Конфиденциально|Для внутреннего (?:пользования|использования)"
    "|confidential|vertraulich|confidentiel|confidencial|riservato|vertrouwelijk|poufne|конфиденциально"
    "|保密|机密|機密|秘密|绝密|絕密|極秘|社外秘|部外秘|取扱注意|기밀|대외비|극비|비밀)"
)
_DECORATION = r"(?:[ \t#*=_>|~•·◆■●※★<(\[{【〔「『《“\"'«–—-]|&nbsp;){0,12}"
_END = r"[ \t#*=_<|~•·◆■●※★>)\]}】〕」』》”\"'»–—.!。！-]{0,12}"
_FIELD = (
    r"(?:(?:(?:security |document |data )?classification(?: level)?|security level|sensitivity|confidentiality"
    r"(?: level)?|distribution|marking|klassifi(?:zierung|kation)|einstufung|schutzklasse|vertraulichkeit(?:sstufe)?"
    r"|niveau de confidentialité|clasificación|nivel de confidencialidad|classificazione|classificação|classificatie"
    r"|rubricering|klauzula|poziom poufności|гриф|密级|密級|保密级别|保密等级|機密区分|機密レベル"
    r"|보안 ?등급|문서 ?등급)[ \t]*[:：][ \t]*)"
)
_IN_A_FIELD = re.compile(rf"(?:\A|[\r\n\f])[^\S\r\n]*{_DECORATION}{_FIELD}{_DECORATION}\Z", re.IGNORECASE)
_BESIDE = (
    r"(?:(?i:strictly |streng )?(?i:private|privileged|personal|proprietary|priv(?:é|at|ado|ato)|persönlich"
    r"|personnel)"
    r"(?: ?(?:&|/) ?| (?i:and|und|et|y|e|en|i) ))?"
)
_BEGINS_A_LINE = re.compile(rf"(?:\A|(?P<blank>[\r\n]\s*\n|\f)|[\r\n]){_DECORATION}{_BESIDE}\Z")
_SET_OFF = re.compile(r"[*\[(【<–—-]")
_ENDS_A_LINE = re.compile(rf"{_END}(?:(?P<blank>\r?\n[ \t]*\r?\n|\s*\f|\s*\Z)|\r?\n)")
_BULLET = re.compile(r"[-*•·]")
_GOES_ON_AS_A_MARK = re.compile(
    r"[ \t]*(?:[|/:•–—.-]|and|&)[ \t]*(?:(?:for |company )?internal|do not|not for|draft|property|proprietary"
    r"|privileged|nur |nicht |intern|ne pas|no |non |não |niet |nie |не |©|copyright)",
    re.IGNORECASE,
)
_PHRASE, _EAST_ASIAN_WORD = re.compile(_PHRASES.encode()), re.compile(_EAST_ASIAN.encode())
_WORD = re.compile(_WORDS.encode())

_NAME = "CONFIDENTIAL"
_SCORE = 0.9
_SCORE_OF_A_WORD = 0.7
"""Of a word that only its place makes a mark."""


def _confirm(candidate: Candidate) -> Match | None:
    score = _score(candidate)
    return Match(_NAME.encode(), score, ConfirmedBy.SHAPE) if score else None


def _score(candidate: Candidate) -> float:
    if _PHRASE.fullmatch(candidate.value):
        return 0.0 if prose.is_mentioned(candidate) else _SCORE
    if _EAST_ASIAN_WORD.fullmatch(candidate.value) and not prose.is_part_of_a_phrase(candidate):
        return 0.0 if prose.is_quoted(candidate) else _SCORE
    is_mark = _WORD.fullmatch(candidate.value) and (_is_in_a_field(candidate) or _is_a_heading(candidate))
    return _SCORE_OF_A_WORD if is_mark else 0.0


def _is_in_a_field(candidate: Candidate) -> bool:
    return bool(_IN_A_FIELD.search(prose.before(candidate)) and _ENDS_A_LINE.match(prose.after(candidate)))


def _is_a_heading(candidate: Candidate) -> bool:
    """True if a word has a line to itself that a blank line or an end of the text sets off from what else there is."""
    begins, behind = _BEGINS_A_LINE.search(prose.before(candidate)), prose.after(candidate)
    if begins is None or (candidate.text[:1].islower() and _SET_OFF.search(begins[0]) is None):
        return False
    ends = _ENDS_A_LINE.match(behind)
    if ends is None:
        return _GOES_ON_AS_A_MARK.match(behind) is not None
    is_first = begins["blank"] is not None or (begins.start() == 0 and prose.reaches_the_start(candidate))
    is_last = ends["blank"] is not None and _BULLET.search(begins[0]) is None
    return is_first or is_last


DETECTOR = Detector(
    kind=SpanKind.NOTICE,
    entity_type=_NAME,
    proposals=(
        Pattern(_PHRASES, _PHRASE, before=128, after=96),
        Pattern(_EAST_ASIAN, _EAST_ASIAN_WORD, before=48, after=48),
        Pattern(_WORDS, _WORD, before=80, after=48),
    ),
    confirm=_confirm,
    mask=lambda _value: _NAME,
)
