"""Values that a sentence names behind them ("80.824.720 es mi cédula"), and labels that say whose a value is."""

import re

from corpus_audit.measure.detection.detector import Buffer, Candidate

_OWNERS = frozenset((
    "my", "mi", "meu", "minha", "mon", "ma", "mein", "meine", "mijn", "mio", "mia", "min", "mitt", "mój", "moja",
    "moje", "můj", "môj", "moj", "мой", "моя", "моё", "мое", "мій", "моє", "моят", "моята", "benim",
))  # fmt: skip
_OPENING = b"\"'([{-*>:,;."
"""What may stand directly in front of such a word."""
_OWN_REACH = 20

_POINTING = "that|this|it|ese|este|esta|eso|esse|essa|isso|das|dies|ça|questo|dit|dat"
_STATING = (
    "(?:is|was|are) (?:my|his|her|their|our|your|the)",
    "es (?:mi|su|tu|el|la|nuestro|nuestra)",
    "(?:é|eh|e) (?:o |a )?(?:meu|minha|seu|sua|nosso|nossa)",
    "é (?:o|a)",
    "(?:est|c'est|c’est) (?:mon|ma|le|la|son|sa|votre|notre|leur)",
    "ist (?:mein|meine|sein|seine|ihr|ihre|die|der|das|unsere|deine)",
    "è (?:il |la )?(?:mio|mia|suo|sua)",
    "è (?:il|la)",
    "is (?:mijn|zijn|haar|het|de|ons|jouw|uw)",
    "(?:jest )?to (?:mój|moja|moje|jego|jej|nasz)",
    "este",
    "(?:это |(?:-|–|—) )(?:мой|моя|моё|мое|наш|его|её)",
    "(?:це |(?:-|–|—) )(?:мій|моя|моє|його|її)",
    "är (?:mitt|min|hans|hennes)",
    "er (?:mit|min|mitt|hans|hendes)",
    "on (?:minun|hänen)",
    "je (?:moje|můj|moj|moja|moj|mé|jeho|její|njegov|njen)",
    "е (?:моят|моето|моята|неговият)",
    "είναι (?:ο|η|το)",
    "se",
    "là",
    "adalah",
    "ni",
)
"""What a sentence has between a number and its label, in twenty languages."""
_NAMES = "number|num|no|nº|n°|número|numero|numéro|nummer|numer|номер|číslo|broj|nr|nimewo|số"
_LINKS = "de|do|da|del|di|of|van"
_STATED = re.compile(
    rf"(?:[)\"']|”)?[,;]?[ \t]{{1,2}}(?:(?:-|–|—) )?(?:(?:{_POINTING}) )?"
    rf"(?:{'|'.join(_STATING)}) (?:(?:{_NAMES})\.? (?:(?:{_LINKS}) )?)?\Z".encode(),
    re.IGNORECASE,
)
_STATED_REACH, _VALUE_REACH = 48, 64
_NUMBER_LAST = re.compile(
    rb"(?<![0-9A-Za-z+(/.-])(?P<number>(?:[A-Z]{1,4}[ -]?)?[0-9A-Z](?:[ .\-/]{0,3}[0-9A-Z]){4,24})\Z"
)
_CAPITAL, _DIGIT = re.compile(rb"[A-Z]"), re.compile(rb"[0-9]")


def is_owned(record: Buffer, start: int) -> bool:
    """True if the word in front of a label at *start* says whose it is: "mi carnet …" is as sure as a colon."""
    before = bytes(record[max(0, start - _OWN_REACH) : start])
    words = before.split() if before.endswith(b" ") else []
    return bool(words) and words[-1].lstrip(_OPENING).decode(errors="ignore").lower() in _OWNERS


def stated_before(record: Buffer, start: int) -> tuple[Candidate | None, Candidate | None]:
    """Return the number that a sentence says to be what the label at *start* names, and the same with its letters."""
    if not _DIGIT.search(record, max(0, start - _STATED_REACH - _VALUE_REACH), start):
        return None, None
    states = _STATED.search(record, max(0, start - _STATED_REACH), start)
    found = _NUMBER_LAST.search(record, max(0, states.start() - _VALUE_REACH), states.start()) if states else None
    if found is None:
        return None, None
    signs = Candidate(record, found.start("number"), found.end(), found["number"])
    return None if _CAPITAL.search(signs.value) else signs, signs
