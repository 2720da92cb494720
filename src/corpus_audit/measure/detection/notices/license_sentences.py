"""Sentences, fields and headings that state a text's license, in twelve languages.

Each has an anchor that hyperscan looks for and an extent that holds the names; ``license_names`` reads those.
"""

from corpus_audit.measure.detection.notices.license_names import KEYS
from corpus_audit.measure.detection.notices.license_sentence import LicenseSentence
from corpus_audit.measure.detection.notices.statements import GAP, worded


def _words(listed: str, most: int) -> str:
    """Return an expression for up to *most* of some small words, each with a gap behind it."""
    return f"(?:(?:{listed}){GAP}){{0,{most}}}"


def _all_words(listed: str, most: int) -> str:
    """Return the same for extents, which give none of the words back: trying again with fewer is what takes time."""
    return f"{_words(listed, most)}+"


def _any(most: int) -> str:
    return _words(r"[^\s.,;]{1,20}", most)


_OPEN = r"(?:[\"'\[(*`_]|“|”|‘|’|«|»|《|「|『){0,3}+"
_QUOTE = r"(?:[\"'\[(*`_]|“|”|‘|’|«|»|《|「|『){0,3}"
_CLOSE = r"(?: |’|”|》|」|』){0,2}"
_GRANTED = (
    "[Ll]icen[sc]ed|LICEN[SC]ED|[Rr]eleased|[Dd]istributed|[Rr]edistributed|[Pp]ublished|[Aa]vailable|[Pp]rovided"
    "|[Oo]ffered|[Cc]overed|[Ss]hared|[Gg]overned|[Oo]pen[- ]?sourced"
)
_ENGLISH = (
    rf"(?:(?:{_GRANTED})(?:{GAP}[a-z]{{2,12}}){{0,2}}?{GAP}(?:under|UNDER)|[Ss]ubject{GAP}to"
    rf"|[Ll]icen[sc]ed{GAP}(?:by|with|as))\b"
)
_SMALL_ENGLISH = _all_words(
    "the|a|an|this|either|both|any|all|one|of|terms?|and|conditions?|same|standard|permissive|open[- ]source|free"
    "|software|following|licen[sc]es?|your|choice|option|dual|original|subject|to",
    7,
)
_DUAL = r"(?i:\b(?:dual|double|tri)[- ]?licen[sc]ed?)"
_FIELD = (
    r"(?:[Ll]icen[sc]e[sd]?|LICEN[SC]E|[Ll]izenz|[Ll]icencia|[Ll]icenza|[Ll]icença|[Ll]icentie|[Ll]icencja"
    r"|(?:Л|л)ицензия|许可证|许可协议|許可|授权协议|授權|ライセンス|라이선스|라이센스)"
)
_TAG = r"@licen[sc]e[ \t:]{1,4}"
_ASSIGNED = (
    r"(?:\b(?i:licen[sc]es?)[\"']?[ \t]{0,4}[:=][ \t]{0,4}(?:\{[ \t]{0,2}(?:text|type|name|id)[\"']?[ \t]{0,2}[=:]"
    r"[ \t]{0,2}|\[[ \t]{0,2})?[\"']|<licen[sc]e(?:[ \t][^>\n]{0,40})?>\s{0,16}(?:<(?:name|id)>)?|\bMODULE_LICENSE\(\")"
)
"""A field of a program's description: JSON, TOML, a call of setup, XML of Maven, a module of a kernel."""
_NAME_STARTS = "(?:Dual )?[A-Z0-9]"
_HEADING = (
    r"#[ \t]{0,2}(?:Licen[sc]e|LICENSE|Lizenz|Licencia|Licenza|许可证|许可协议|ライセンス|라이선스)[ \t]{0,4}\r?\n"
)
_ROMANCE_VERB = (
    rf"\b[Ll]icen(?:ciad|ziat|siat|cié)[aeo]?s?{GAP}"
    rf"(?:bajo|sob|sotto|sous|con|com|nos{GAP}termos|en{GAP}los{GAP}t\S{{2,3}}rminos|selon|secondo|conforme){GAP}"
)
_IN_COPYING = r"(?:[Ss]ee|[Vv]oir|[Ss]iehe)"
_GERMAN = "der|den|einer|dem|die|des|Bedingungen|Bestimmungen|von|freien|folgenden|Version"
_RUSSIAN = r"(?:(?:П|п)од|(?:Н|н)а условиях|(?:П|п)о|(?:С|с)огласно|(?:В|в) соответствии с)"
_CHINESE = r"(?:采用|遵循|基于|使用|依据|依照|参照|根据|按照|採用|遵守|在|以)"
_CHINESE_LICENSE = r"(?:许可证|许可|許可證|許可|协议|協議|授权|授權|[Ll]icen[cs]e|发布|發布)"
_JAPANESE = (
    r"(?:の(?:下|もと|条件)|に(?:基づ|従)|で(?:公開|配布|提供|ライセンス|リリース)|が適用|を採用|です|に準拠|に基づ)"
)
_KOREAN = r"(?:하에|에 따라|를 따|로 배포|로 제공|로 공개|로 이용|로 사용|가 적용|에 의거|의 적용|조건)"


def _romance(prepositions: str, articles: str, license_word: str, kinds: str) -> LicenseSentence:
    """Return the form of Romance languages: ``sous les termes de la licence libre`` and a name."""
    before = rf"\b(?:{prepositions}){GAP}"
    return LicenseSentence(
        f"{before}{_any(4)}{license_word}",
        f"{before}{_all_words(articles, 5)}{license_word}{GAP}{_all_words(kinds, 1)}{_OPEN}",
    )


_NAMES_A_LICENSE = r"(?:(?<=izenz)|(?<=icentie)|(?<=[Ll]icen[sc]e)|(?<=[0-9]))"
"""What a name without an article must end in: programs run under Apache, too."""

SENTENCES = (
    # The anchor has seen to the verb: an extent that begins at it would be tried at every letter.
    LicenseSentence(
        _ENGLISH, rf"(?:under|UNDER|by|with|as|to)[:,]?{GAP}{_OPEN}(?i:{_SMALL_ENGLISH}){_OPEN}", before=len("under")
    ),
    LicenseSentence(
        rf"{_DUAL}\b",
        rf"{_DUAL}[:,(]?(?:{GAP}(?i:under|as|with|by|between|the|pick|choose|take|select|use))?[:,]?{GAP}{_OPEN}(?i:{_SMALL_ENGLISH}){_OPEN}",
    ),
    LicenseSentence(
        rf"{_FIELD}__?[ \t]{{0,4}}=|{_FIELD}[ \t]{{0,2}}(?::|：|—|–)[ \t]{{0,4}}{_QUOTE}[A-Z]|{_TAG}[A-Z]",
        rf"(?:{_TAG}|{_FIELD}(?:__)?[ \t]{{0,4}}(?::|：|=|—|–)[ \t]{{0,4}}){_OPEN}(?:[Tt]he{GAP})?",
        before=40,
    ),
    LicenseSentence(
        rf"{_ASSIGNED}{_NAME_STARTS}",
        rf"{_ASSIGNED}(?:Dual )?(?:[Tt]he{GAP})?",
        r"(?=[\"')<,;:+ \t\r\n]|\Z)",
        before=96,
    ),
    LicenseSentence(
        rf"\b(?:is|are|be|falls?|comes?|this|it|them|code|public|used?){GAP}under{GAP}(?:(?:the|an?){GAP})?{KEYS}",
        rf"\bunder{GAP}(?:(?:the|an?){GAP})?{_OPEN}",
        rf"{_CLOSE}(?:(?<=[Ll]icen[sc]e)|(?<=[Ll]icenses)|(?<=[0-9]))",
    ),
    LicenseSentence(
        rf"\({KEYS}[^\n()]{{0,32}}\)",
        rf"\((?:[Tt]he{GAP})?",
        r"(?:(?<=[Ll]icen[sc]e)|(?<=[Ll]icen[sc]ed)|(?<=Lizenz)|(?<=licentie)|(?<=[0-9]))\)",
        before=64,
    ),
    LicenseSentence(r"License ::[ A-Za-z/()]{2,24}:: [A-Z]", r"License ::[ A-Za-z/()]{2,24}:: (?:The )?"),
    LicenseSentence(
        rf"{KEYS}[^\n;]{{0,24}}?[,;.(\x20-]{{1,3}}{_IN_COPYING}{GAP}(?:(?:the|file|le|die){GAP}){{0,2}}[`\"'\[*]{{0,2}}"
        r"(?:LICEN[SC]E|COPYING|Licen[sc]e)",
        "",
        rf"[,;.(\x20-]{{1,3}}{_IN_COPYING}{GAP}(?:(?:the|file|le|die){GAP}){{0,2}}[`\"'\[*]{{0,2}}(?:LICEN[SC]E|COPYING|Licen[sc]e)",
        before=120,
    ),
    LicenseSentence(
        rf"(?:\A|\n)[ \t*>-]{{0,6}}\[?{KEYS}[^\n;]{{0,32}}?(?:©|\([cC]\)|\]\([^)\n]{{1,120}}\))",
        r"(?:\A|(?<=\n))[ \t*>-]{0,6}\[?",
        r"(?:\]\([^)\n]{1,120}\)[ \t.]{0,4}(?:\r?\n|\Z)|\]?(?:[ \t]{0,4}(?:许可证|协议))?[ \t]{0,4}(?:©|\([cC]\)))",
        before=200,
    ),
    LicenseSentence(
        rf"[Gg]overned{GAP}by{GAP}an?{GAP}BSD[ -]style{GAP}licen[sc]e{GAP}that{GAP}can",
        rf"[Gg]overned{GAP}by{GAP}an?{GAP}",
        rf"[ -]style{GAP}licen[sc]e{GAP}that{GAP}can",
        before=96,
    ),
    LicenseSentence(rf"{KEYS}[^\n,;]{{0,24}}?[- ][Ll]icen[sc]ed\b", "", r"[- ][Ll]icen[sc]ed\b", before=64),
    LicenseSentence(_HEADING, rf"{_HEADING}(?:\r?\n){{0,2}}{_OPEN}(?:The{GAP})?"),
    LicenseSentence(
        r"\bThe MIT License|\bMIT License\b",
        r"(?:\A|(?<=[\n#*/]))[ \t#*/=-]{0,8}(?:The )?",
        r"[ \t]{0,2}(?:\(MIT\)[ \t]{0,2})?(?:\r?\n|\Z)",
        before=24,
    ),
    LicenseSentence(rf"\b[Uu]nter{GAP}{_any(4)}{KEYS}", rf"\b[Uu]nter{GAP}(?:(?:{_GERMAN}){GAP}){{1,5}}{_OPEN}"),
    LicenseSentence(rf"\b(?:[Uu]nter|[Oo]nder){GAP}{KEYS}", rf"\b(?:[Uu]nter|[Oo]nder){GAP}{_OPEN}", _NAMES_A_LICENSE),
    LicenseSentence(
        rf"\b[Oo]nder{GAP}{_any(3)}{KEYS}",
        rf"\b[Oo]nder{GAP}(?:(?:de|een|voorwaarden|van|het){GAP}){{1,4}}{_OPEN}",
    ),
    LicenseSentence(
        rf"{_ROMANCE_VERB}{_any(2)}{KEYS}",
        rf"{_ROMANCE_VERB}{_all_words('la|a|los|os|términos|termos|de|da|do|della|du|les', 3)}{_OPEN}",
    ),
    LicenseSentence(
        rf"\b(?:sotto|bajo|sous|sob){GAP}(?:(?:la|les|los|a){GAP})?(?:GNU|[AL]?GPL|C[Ee]C[Ii]LL|EUPL|ODbL)",
        rf"\b(?:sotto|bajo|sous|sob){GAP}(?:(?:la|les|los|a){GAP})?{_OPEN}",
    ),
    LicenseSentence(rf"(?:ライセンス|라이선스)(?:は|는|：) ?{KEYS}", rf"(?:ライセンス|라이선스)(?:は|는|：) ?{_OPEN}"),
    _romance("[Ss]ous|par", "la|les|une|termes|de|conditions|double", "[Ll]icen[cs]e", "publique|libre"),
    _romance("[Bb]ajo|con", "la|las|una|los|términos|de|condiciones", "[Ll]icencias?", "pública|libre"),
    _romance("[Ss]otto|con|secondo", "la|una|i|termini|della|di", "[Ll]icenza", "pubblica|libera"),
    _romance("[Ss]ob|com", "a|uma|os|termos|da|de", "[Ll]icença", "pública|livre"),
    LicenseSentence(
        r"licencj(?:i\b|a\b|ą)",
        rf"\b(?:[Nn]a|według|[Pp]od|obj(?:ę|Ę)t\S{{1,2}}){GAP}{_words('warunkach|zasadach', 1)}"
        rf"licencj(?:i|a|ą){GAP}{_OPEN}",
    ),
    LicenseSentence(
        r"лицензи(?:ей|и|ями|ях)",
        rf"{_RUSSIAN} (?:(?:условиями|двойной|открытой|свободной|стандартной) ){{0,2}}лицензи(?:ей|и|ями|ях) {_OPEN}",
    ),
    LicenseSentence(
        rf"(?:(?:Н|н)а условиях|(?:В|в) соответствии с) {KEYS}",
        rf"(?:(?:Н|н)а условиях|(?:В|в) соответствии с) {_OPEN}",
    ),
    LicenseSentence(
        rf"{_CHINESE}(?:了|宽松的|开源|双)? ?{_QUOTE}(?:{KEYS}|木兰)",
        rf"{_CHINESE}(?:了|宽松的|开源|双)? ?{_OPEN}",
        rf"(?:{_CLOSE}(?:开源|開源|公共)?{_CHINESE_LICENSE}|(?<=版))",
    ),
    LicenseSentence(
        rf"(?:ライセンス|[Ll]icen[sc]e)(?: ?v?[0-9](?:\.[0-9])?)?(?: )?{_JAPANESE}",
        "",
        f"{_CLOSE}{_JAPANESE}",
        before=160,
    ),
    LicenseSentence(
        rf"(?:라이선스|라이센스|[Ll]icen[sc]e)(?: ?v?[0-9](?:\.[0-9])?)?(?: )?{_KOREAN}",
        "",
        f"{_CLOSE}{_KOREAN}",
        before=160,
    ),
)
"""Every form that is looked for."""

PUBLIC_DOMAIN = worded(
    r"(?i:(?:released|placed|dedicated) (?:in)?to the public domain"
    r"|this (?:work|book|text|file|image|document|dataset|code|software) is in the public domain)"
)
"""A dedication that names no tool."""

WAIVER = worded(r"(?i:to the extent possible under (?:the )?law, [^\n]{1,160}?has waived all copyright and related)")
"""The sentence in which Creative Commons words a dedication by CC0."""
