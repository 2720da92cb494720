"""Sentences, fields and headings by which a text says its license, in twelve languages.

Each has an anchor that hyperscan looks for and an extent that holds the names; ``license_names`` reads those.
"""

from dataclasses import dataclass

from corpus_audit.measure.notices.license_names import KEYS, SOME_NAMES
from corpus_audit.measure.notices.statements import GAP, worded


@dataclass(frozen=True)
class LicenseSentence:
    """What leads to a name or follows it. ``anchor`` ends inside what ``lead``, the names and ``trail`` make up."""

    anchor: str
    lead: str
    trail: str = ""

    @property
    def extent(self) -> str:
        """The whole sentence as far as it says the license."""
        return f"{self.lead}{SOME_NAMES}{self.trail}"


def _words(listed: str, most: int) -> str:
    """Return an expression for up to *most* of some small words, each with a gap behind it."""
    return f"(?:(?:{listed}){GAP}){{0,{most}}}"


def _any(most: int) -> str:
    return _words(r"[^\s.,;]{1,20}", most)


_OPEN = r"(?:[\"'\[(*`_]|“|”|‘|’|«|»|《|「|『){0,3}"
_GRANTED = "licen[sc]ed|released|distributed|redistributed|published|available|provided|offered|covered|shared|open[- ]?sourced|governed"
_ENGLISH = rf"(?i:\b(?:(?:{_GRANTED})(?:{GAP}[a-z]{{2,12}}){{0,2}}?{GAP}under|licen[sc]ed{GAP}(?:by|with|as))\b)"
_SMALL_ENGLISH = _words(
    "the|a|an|this|either|both|any|all|one|of|terms?|and|conditions?|same|standard|permissive|open[- ]source|free|software"
    "|following|licen[sc]es?|version|your|choice|option|dual|GNU's|original|permissive",
    7,
)
_FIELD = (
    r"(?:[Ll]icen[sc]e[sd]?|LICEN[SC]E|[Ll]izenz|[Ll]icencia|[Ll]icenza|[Ll]icença|[Ll]icentie|[Ll]icencja|(?:Л|л)ицензия"
    r"|许可证|许可协议|許可|授权协议|授權|ライセンス|라이선스|라이센스)"
)

SENTENCES = (
    LicenseSentence(_ENGLISH, rf"{_ENGLISH}[:,]?{GAP}{_OPEN}(?i:{_SMALL_ENGLISH}){_OPEN}"),
    LicenseSentence(
        r"(?i:\b(?:dual|double|tri)[- ]?licen[sc]ed?)\b",
        rf"(?i:\b(?:dual|double|tri)[- ]?licen[sc]ed?)[:,(]?(?:{GAP}(?i:under|as|with|by|between|the))?[:,]?{GAP}{_OPEN}(?i:{_SMALL_ENGLISH}){_OPEN}",
    ),
    LicenseSentence(
        rf"{_FIELD}__?[ \t]{{0,4}}=|{_FIELD}[ \t]{{0,2}}(?::|：)[ \t]{{0,4}}{_OPEN}[A-Z]|@licen[sc]e[ \t:]{{1,4}}[A-Z]",
        rf"(?:@licen[sc]e[ \t:]{{1,4}}|{_FIELD}(?:__)?[ \t]{{0,4}}(?::|：|=)[ \t]{{0,4}}){_OPEN}(?:[Tt]he{GAP})?",
    ),
    LicenseSentence(
        r"#[ \t]{0,2}(?:Licen[sc]e|LICENSE|Lizenz|Licencia|Licenza|许可证|许可协议|ライセンス|라이선스)[ \t]{0,4}\r?\n",
        rf"#[ \t]{{0,2}}(?:Licen[sc]e|LICENSE|Lizenz|Licencia|Licenza|许可证|许可协议|ライセンス|라이선스)[ \t]{{0,4}}(?:\r?\n){{1,3}}{_OPEN}(?:The{GAP})?",
    ),
    LicenseSentence(
        r"\bThe MIT License|\bMIT License\b",
        r"(?:\A|(?<=[\n#*/]))[ \t#*/=-]{0,8}(?:The )?",
        r"[ \t]{0,2}(?:\(MIT\)[ \t]{0,2})?(?:\r?\n|\Z)",
    ),
    LicenseSentence(
        rf"\b[Uu]nter{GAP}{_any(4)}{KEYS}",
        rf"\b[Uu]nter{GAP}(?:(?:der|den|einer|dem|die|des|Bedingungen|Bestimmungen|von|freien|folgenden|Version){GAP}){{1,5}}{_OPEN}",
    ),
    LicenseSentence(
        rf"\bsous{GAP}{_any(4)}licen[cs]e",
        rf"\bsous{GAP}{_words('la|les|une|termes|de|conditions|double', 5)}licen[cs]e{GAP}(?:publique{GAP}|libre{GAP})?{_OPEN}",
    ),
    LicenseSentence(
        rf"\b(?:[Bb]ajo|con){GAP}{_any(4)}licencias?",
        rf"\b(?:[Bb]ajo|con){GAP}{_words('la|las|una|los|términos|de|condiciones', 5)}licencias?{GAP}(?:pública{GAP}|libre{GAP})?{_OPEN}",
    ),
    LicenseSentence(
        rf"\b(?:[Ss]otto|con|secondo){GAP}{_any(4)}licenza",
        rf"\b(?:[Ss]otto|con|secondo){GAP}{_words('la|una|i|termini|della|di', 5)}licenza{GAP}(?:pubblica{GAP}|libera{GAP})?{_OPEN}",
    ),
    LicenseSentence(
        rf"\b(?:[Ss]ob|com){GAP}{_any(4)}licença",
        rf"\b(?:[Ss]ob|com){GAP}{_words('a|uma|os|termos|da|de', 5)}licença{GAP}(?:pública{GAP}|livre{GAP})?{_OPEN}",
    ),
    LicenseSentence(
        rf"\b[Oo]nder{GAP}{_any(3)}{KEYS}",
        rf"\b[Oo]nder{GAP}(?:(?:de|een|voorwaarden|van|het){GAP}){{1,4}}{_OPEN}",
    ),
    LicenseSentence(
        r"licencj(?:i|a|ą)\b",
        rf"\b(?:na|według|pod){GAP}{_words('warunkach|zasadach', 1)}licencj(?:i|a|ą){GAP}{_OPEN}",
    ),
    LicenseSentence(
        r"лицензи(?:ей|и|ями|ях)",
        rf"(?:(?:П|п)од|(?:Н|н)а условиях|(?:П|п)о|(?:С|с)огласно|(?:В|в) соответствии с) (?:(?:условиями|двойной|открытой|свободной|стандартной) ){{0,2}}лицензи(?:ей|и|ями|ях) {_OPEN}",
    ),
    LicenseSentence(
        rf"(?:采用|遵循|基于|使用|依据|根据|按照|採用|遵守|在|以)[^\n]{{0,24}}(?:{KEYS}|木兰)",
        rf"(?:采用|遵循|基于|使用|依据|根据|按照|採用|遵守|在|以)(?:了|宽松的|开源|双)? ?{_OPEN}",
        r"(?:(?: |”|》|」|』){0,2}(?:开源|開源|公共)?(?:许可证|许可|許可證|許可|协议|協議|授权|授權|[Ll]icen[cs]e|发布|發布)|(?<=版))",
    ),
    LicenseSentence(
        r"(?:ライセンス|[Ll]icen[sc]e)(?: )?(?:の(?:下|もと|条件)|に(?:基づ|従)|で(?:公開|配布|提供|ライセンス|リリース)|が適用|を採用)",
        "",
        r"(?: |」|』){0,2}(?:の(?:下|もと|条件)|に(?:基づ|従)|で(?:公開|配布|提供|ライセンス|リリース)|が適用|を採用)",
    ),
    LicenseSentence(
        r"(?:라이선스|라이센스|[Ll]icen[sc]e)(?: )?(?:하에|에 따라|를 따|로 배포|로 제공|가 적용|에 의거|의 적용|조건)",
        "",
        r"(?: |’|”){0,2}(?:하에|에 따라|를 따|로 배포|로 제공|가 적용|에 의거|의 적용|조건)",
    ),
)
"""Every form that is looked for."""

PUBLIC_DOMAIN = worded(r"(?i:(?:released|placed|dedicated) (?:in)?to the public domain)")
"""A dedication that names no tool."""
