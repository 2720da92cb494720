"""Sentences that say of a text what its license is: "all patches here are BSD-2-Clause", "zgodnie z GNU LGPL".

"According to the GPL" alone may lead to what that license says of anything: such words count where the sentence passes
something on, or ends with the name. Names that mean other things too, such as MIT and Apache, count only with their
version, or beside the word license.
"""

import re
from dataclasses import dataclass

from corpus_audit.measure.detection.notices.license_sentence import LicenseSentence
from corpus_audit.measure.detection.notices.statements import GAP

_CLEAR = (
    r"(?:[\"'(*`]{0,2}(?:GNU|[AL]?GPL|GFDL|0BSD|BSD[- ]?[0-9]|[23][- ][Cc]lause|MPL|Mozilla|EPL|EUPL|ODbL|WTFPL"
    r"|Unlicense|C[Ee]C[Ii][Ll][Ll]|Apache[- ]?(?:2|[Ll]icen)|MIT(?:/|[- ][Ll]icen|-?[0-9])|ISC[- ][Ll]icen|SIL))"
)
"""How the names start that are nothing else."""
_OPEN = r"(?:[\"'\[(*`_]|“|”|«|»){0,3}+"
_ENDS = (
    rf"(?=[\"')\]*`]{{0,3}}(?:[ \t]{{0,2}}(?:[.,;:!)\n]|–|—|\Z)|{GAP}(?:unless|or|and|so|but|only|too|by|if|with|for"
    r"|from|since|as|-|wenn|sofern|soweit|aber|und|oder|sauf|et|ou|mais|salvo|y|o|pero|e|ma|mas|tenzij|en|maar|chyba"
    r"|i|lub|ale)\b))"
)
"""What follows where the name is the predicate: "is GPL enforcement" says no license."""
_THINGS = (
    "code|source|sources|patch|patches|plugin|plugins|repo|repository|project|software|library|package|packages|script"
    "|scripts|file|files|work|crate|module|modules|program|driver|drivers|theme|app|font|fonts|tool|tools|toolkit|data"
    "|dataset|firmware|contributions?|examples?|snippets?|samples?|models?|weights|documentation|docs|templates?|content"
    "|contents|material|rest|stuff|bits|parts?|changes|additions|extension|framework|binary|binaries|game|engine|notebooks?"
    "|corpus|demo|fork|port|bindings?|headers?|implementation|release|version|text|images|artwork|assets|icons"
)
_OURS = "[Tt]his|[Tt]hese|[Tt]he|[Aa]ll|[Mm]y|[Oo]ur|[Ee]very|[Aa]ny|[Ww]hole|[Ii]ts|[Tt]hose"
_WORDS = rf"(?:{GAP}[A-Za-z0-9'-]{{1,20}})"
_IS = (
    rf"(?:is|are|stays?|remains?){GAP}(?:(?:all|also|still|now|plain|just|simply|pure|both|dual|therefore){GAP}){{0,2}}"
)
_JAPANESE = r"(?:の(?:下|もと|条件)|に(?:基づ|従|準)|です|となります|で(?:公開|配布|提供))"
_CHINESE = "(?:按(?:照)?|依(?:照)?|根据|依据|遵从|遵循|属于|均为|都是|采用|適用|依據|屬於|皆為)"
_KOREAN = r"(?:하에|에 따라|를 따|을 따|에 따릅|로 배포|로 공개|입니다|이다|에 의거|조건)"


@dataclass(frozen=True)
class _Form:
    """What stands directly in front of a name, what leads to it, and what must follow.

    With ``is_according`` it says by which license something is done, and not what it is of.
    """

    ahead: str
    lead: str
    trail: str = ""
    is_according: bool = False


def _said_of_ours(subject: str, verb: str) -> _Form:
    """Return the form "all the code in here is" and a name."""
    return _Form(rf"[ \t\r\n](?:{verb})", rf"(?<![A-Za-z])(?:{subject})(?:{verb}){_OPEN}", _ENDS)


def _according_to(prepositions: str) -> _Form:
    """Return the form "under the conditions of the" and a name that is nothing else."""
    return _Form(rf"(?:{prepositions})", rf"(?:{prepositions}){_OPEN}", is_according=True)


_FORMS = (
    _said_of_ours(
        rf"(?:(?:{_OURS}){_WORDS}{{0,4}}?{GAP}(?:{_THINGS})|[Ee]verything|[Aa]ll)\b{_WORDS}{{0,6}}?{GAP}", _IS
    ),
    _Form(
        rf"\bas{GAP}(?:(?:the|an?){GAP})?",
        rf"\bas{GAP}(?:(?:the|an?){GAP})?{_OPEN}",
        rf"[\"')]?{GAP}(?:allows?|permits?|provides?|lets?)\b",
    ),
    _according_to(
        rf"\b(?:permitted|allowed|provided|granted|offered|governed|covered|redistributable|free){GAP}(?:(?:for|it){GAP})?"
        rf"(?:by|in|under|per|through){GAP}(?:the{GAP})?(?:terms{GAP}of{GAP}(?:the{GAP})?)?"
        rf"|\bin{GAP}accordance{GAP}with{GAP}(?:the{GAP})?(?:terms{GAP}of{GAP}(?:the{GAP})?)?"
    ),
    # German
    _said_of_ours(
        rf"(?:[Aa]lle?s?|[Dd]er|[Dd]ie|[Dd]as|[Dd]iese[rs]?|[Mm]eine?|[Uu]nsere?)\b(?:{GAP}[^\s.;,]{{1,24}}){{0,5}}?{GAP}",
        rf"(?:ist|sind|bleibt|bleiben){GAP}(?:(?:alle|auch|komplett|weiterhin|jetzt|reines){GAP})?",
    ),
    _according_to(
        rf"\b(?:[Zz]u{GAP}den|[Nn]ach{GAP}(?:den|der|dem)|[Gg]em(?:ä|Ä)(?:ß|ss)|[Ee]ntsprechend|[Uu]nterlieg(?:t|en)|[Ii]m"
        rf"{GAP}Rahmen|[Mm]it)(?:{GAP}(?:der|den|dem|die|Bedingungen|Bestimmungen|Konditionen|Vorgaben)){{0,3}}{GAP}"
    ),
    # French, Spanish, Italian, Portuguese
    _according_to(
        rf"\b(?:[Aa]ux{GAP}(?:conditions|termes)|[Ss]elon|[Cc]onform(?:é|É)ment{GAP}(?:à|aux)|[Dd]ans{GAP}les{GAP}conditions"
        rf"|[Ss]uivant|[Rr](?:é|É)gi[es]?{GAP}par|[Ss]oumis\S{{0,2}}{GAP}(?:à|aux))"
        rf"(?:{GAP}(?:les|des|de|la|du|termes|conditions|dispositions|licence)){{0,5}}{GAP}"
    ),
    _according_to(
        rf"\b(?:[Ss]eg(?:ú|Ú)n|[Cc]onforme{GAP}(?:a|con)|[Dd]e{GAP}acuerdo{GAP}(?:con|a)|[Ee]n{GAP}virtud{GAP}de|[Aa]l"
        rf"{GAP}amparo{GAP}de|[Aa]cogid[oa]s?{GAP}a|[Ss]ujet[oa]s?{GAP}a)"
        rf"(?:{GAP}(?:los|las|la|de|t(?:é|É)rminos|condiciones|licencia)){{0,5}}{GAP}"
    ),
    _according_to(
        rf"\b(?:[Ss]econdo|[Cc]onforme(?:mente)?{GAP}all?a?|[Aa]i{GAP}(?:sensi|termini)|[Nn]ei{GAP}termini|[Aa]lle{GAP}"
        rf"condizioni|[Ii]n{GAP}base|[Ss]oggett[oaie]{GAP}all?a?)"
        rf"(?:{GAP}(?:i|le|la|della|alla|del|termini|condizioni|licenza)){{0,4}}{GAP}"
    ),
    _according_to(
        rf"\b(?:[Cc]onforme|[Ss]egundo|[Dd]e{GAP}acordo{GAP}com|[Nn]os{GAP}termos|[Aa]o{GAP}abrigo|[Nn]as{GAP}condi(?:ç|Ç)"
        rf"(?:õ|Õ)es|[Ss]ujeit[oa]s?{GAP}(?:a|à))(?:{GAP}(?:os|as|a|à|ao|da|do|de|termos|condi(?:ç|Ç)(?:õ|Õ)es|licen(?:ç|Ç)a))"
        rf"{{0,5}}{GAP}"
    ),
    _said_of_ours(
        rf"(?:[Tt]out(?:e?s?)?|[Ll]es?|[Ll]a|[Cc]es?|[Cc]ette|[Mm]es|[Tt]od[oa]s?|[Ee]l|[Ll]os|[Ee]st[eao]s?|[Mm]is|[Tt]utt[oaie]"
        rf"|[Ii]l|[Ii]|[Qq]uest[oaie]|[Oo]s?|[Aa]s?)\b(?:{GAP}[^\s.;,]{{1,24}}){{1,6}}?{GAP}",
        rf"(?:est|sont|es|son|sono|são|é|è|é|è){GAP}(?:(?:tous|en|sous|todos|bajo|tutti|sotto|sob|software|publié|tudo){GAP}){{0,2}}",
    ),
    # Dutch
    _according_to(
        rf"\b(?:[Vv]olgens|[Oo]vereenkomstig|[Cc]onform|[Oo]p{GAP}(?:basis|grond){GAP}van|[Mm]et{GAP}inachtneming{GAP}van)"
        rf"(?:{GAP}(?:de|het|voorwaarden|bepalingen|van)){{0,4}}{GAP}"
    ),
    _said_of_ours(
        rf"(?:[Aa]lles?|[Dd]e|[Hh]et|[Dd]eze|[Dd]it|[Mm]ijn)\b(?:{GAP}[^\s.;,]{{1,24}}){{0,5}}?{GAP}",
        rf"(?:is|zijn|valt|vallen){GAP}",
    ),
    # Polish, Russian
    _according_to(
        rf"\b(?:[Zz]godnie{GAP}z|[Ww]ed(?:ł|Ł)ug|[Nn]a{GAP}(?:warunkach|zasadach|licencji)|[Nn]a|[Pp]odlega(?:j(?:ą|Ą))?"
        rf"|[Oo]bj(?:ę|Ę)t\S{{1,2}}|[Nn]a{GAP}podstawie|[Ww]{GAP}oparciu{GAP}o)"
        rf"(?:{GAP}(?:warunkami|postanowieniami|zasadami|warunki|licencj(?:i|a|ą|Ą|ę|Ę))){{0,2}}{GAP}"
    ),
    _according_to(
        r"(?:(?:С|с)огласно|(?:П|п)о|(?:П|п)од|(?:Н|н)а основании|(?:Н|н)а условиях|(?:В|в) (?:соответствии с|рамках)"
        r"|(?:П|п)одчиня(?:е|ю)тся|(?:Р|р)аспространя(?:е|ю)тся по)"
        r"(?: (?:условиям?|условиями|положениям?|лицензи(?:и|ей|я|ю))){0,2} "
    ),
    _Form(
        "(?:—|–|это) ",
        r"(?:код|проект|плагин|библиотек\S{2,4}|патч\S{0,6}|программ\S{2,4}|вс(?:ё|е|я|ь))[^\n.;]{0,48}?"
        rf"(?:—|–|это) {_OPEN}",
        _ENDS,
    ),
    # Chinese
    _according_to(rf"{_CHINESE}(?: |了|的是)?"),
)
_LED = rf"(?:{'|'.join(form.ahead for form in _FORMS)}){_CLEAR}"
_FOLLOWED = rf"{_CLEAR}[^\n]{{0,32}}?(?:{_JAPANESE}|{_KOREAN})"
"""One anchor for many forms: hyperscan goes through a text once for each."""

STATED = (
    *(LicenseSentence(_LED, form.lead, form.trail, before=128) for form in _FORMS if not form.is_according),
    LicenseSentence(_FOLLOWED, "", rf"[^\n。]{{0,16}}?(?:{_JAPANESE}|{_KOREAN})", before=120),
)
"""Every form that says of something what its license is."""
ACCORDING = tuple(LicenseSentence(_LED, form.lead, form.trail, before=128) for form in _FORMS if form.is_according)
"""Every form that says by which license something is done."""

_PASSED_ON = (
    r"(?:re)?distribu|releas|publi|availabl|offered|cop(?:y|ie)|licen[csz]|lizen[sz]|weiter(?:geb|gab|verb|gegeb|verw)"
    r"|verbreit|veröffentl|freigegeb|bereitgest|nutz|verwend|kopi|modifi|utilis|utiliz|diffus|libér|libre|usar|\buso\b|rilasci"
    r"|modific|verspre|gebrui|gedeeld|uitgebracht|udostępn|rozpowszechn|używa|objęt|распростран|издан|доступ|измен|использ"
    r"|опубликов|лиценз|发布|發布|开源|開源|授权|授權|分发|许可|許可|代码|软件|使用|协议"
)
PASSED_ON = re.compile(_PASSED_ON, re.IGNORECASE)
"""What says that something is passed on or may be used."""
GOES_ON_PASSING = re.compile(rf"[\"')\]*`]{{0,3}}\s?(?:{_PASSED_ON})", re.IGNORECASE)
"""The same as the next word."""
ENDS_WITH_NAME = re.compile(r"[\"')\]*`]{0,3}[ \t]{0,2}(?:[.;:!)\n。；！]|–|—|\Z)")
"""What follows a name that nothing more is said of."""
IS_VAGUE = re.compile(r"(?:mit|nach|na|по)\b(?! (?:warunkach|zasadach|licencji|podstawie))", re.IGNORECASE)
"""What leads to anything, and to a license only where something is passed on: "complain about the GPL" is "na GPL"."""

CONDITIONAL = re.compile(
    r"(?:\b(?:if|whether|when|whenever|unless|because|suppose|assuming|imagine|wenn|falls|weil|parce que|cuando|porque"
    r"|quando|perch(?:é|è)|indien|omdat|jeśli|jeżeli|czy|если|когда|потому что)\b"
    r"|如果|若|もし|만약)[^,.;]{0,48}\Z|\b(?:si|se|ob|als)\s\Z",
    re.IGNORECASE,
)
"""What makes a sentence a condition: it says no license of what stands in front of it."""
