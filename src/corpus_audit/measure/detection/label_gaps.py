"""What may stand between a label and its value: signs, markup, explanations, and words like "number" and "is"."""

import re
from functools import cache

from corpus_audit.measure.detection.detector import Buffer
from corpus_audit.measure.detection.labels import BESIDES, labels_of

_EXPLANATION = r"\((?![a-z_$]{1,2},|[a-z_$]\))(?:[0-9]{1,2} )?[^()\n0-9]{2,30}\)"
"""What a label says more about its value: "(11 siffer)", "(if any)"; parameters of a function say nothing."""
_PARAMETERS = r"(?:;[A-Za-z][A-Za-z0-9=,\"-]{1,40}){1,6}:(?:uri:)?(?:tel:)?"
"""What vCards and calendars have behind a name: "TEL;TYPE=HOME:"."""
_GAP = r";(?= ?[\"']?[+(0-9])|[1-9](?=: )|[\]}](?!\s*[,;)])|[\s\"'`=:,|>*_()\[{~/\\#-]|<[^<>]{0,60}>|" + "|".join(
    "：，“”„«»‘’՝（）【】「」‐–—\u00a0\u3000；°º№".replace("；", "")
)
_ANSWER = r"\?\n(?:\[[0-9:]{4,8}\] ?)?(?:(?:-|–|—) ?)?[^\s0-9:,]{1,16}[:,] "
"""Who answers, or an answering word, in a dialogue: "¿Tu número?\n—Sí, …"."""
_LEADERS = r"\.{3,60}|(?: \.){3,40}|(?:…|·|•| ·){2,60}|\?(?=[ \n])"
"""What leads the eye from a label in a form to its value, and the end of a question ("Could you call back?")."""
_SIGNS_BETWEEN = re.compile(f"(?:{_PARAMETERS}|{_EXPLANATION}|{_ANSWER}|{_LEADERS}|{_GAP})+".encode())
_ENDING = re.compile(
    rb"(?:(?:[-:']|\xe2\x80\x99)(?!(?:id|is|no|in|at)\b)(?:[a-z]|[\xc3-\xd1][\x80-\xbf]){1,4}(?=[ :=.,])"
    rb"|(?:[_-](?!id)[a-z]{2,3}|_(?:last|main|alt|value|full|home|work|number)|(?<=[a-z])[A-Z]{2})(?=[\"']?[ \t]?[:=]))"
)
"""The ending that a label is inflected by ("NIP-u", "BSN's"), and the last part of a key ("tax_number_pt")."""
_NOT_ASCII = 0x80
_LONGEST_ENDING = 16


def end_of_label(record: Buffer, end: int) -> int:
    """Return where a label that ends at *end* does so with its inflection, or with the rest of its key."""
    last = bytes(record[end - 1 : end])
    found = _ENDING.match(record, end, end + _LONGEST_ENDING) if last.isalpha() or last[0] >= _NOT_ASCII else None
    return found.end() if found else end


def end_of_gap(record: Buffer, place: int, limit: int) -> int:
    """Return where what may stand between a label and its value ends: signs, markup and words like "number", "is"."""
    while place < limit:
        found = _SIGNS_BETWEEN.match(record, place, limit)
        if found is None and (words := _words_between(_first_bytes(record, place))):
            found = words.match(record, place, limit)
        if found is None:
            return place
        place = found.end()
    return place


def _first_bytes(text: Buffer, place: int) -> bytes:
    """Return what few words begin with: one byte, in small letters, or two of a letter that is not ASCII."""
    first = bytes(text[place : place + 2])
    return first[:1].lower() if first[0] < _NOT_ASCII else first


@cache
def _words_between(first: bytes) -> re.Pattern[bytes] | None:
    """Return the words between labels and values that begin with some bytes: one text needs few, and all take 50 ms."""
    words = _words_by_first_bytes().get(first, ())
    other = "|".join(re.escape(word) for word in words if not word.isascii())
    plain = "|".join(re.escape(word) for word in words if word.isascii())
    # Words with other letters come first: "n" is a word too, and "núm." is not.
    parts = [rf"(?:{other})\.?"] * bool(other) + [rf"(?i:{plain})\.?(?![A-Za-z0-9.])"] * bool(plain)
    return re.compile("|".join(parts).encode()) if parts else None


@cache
def _words_by_first_bytes() -> dict[bytes, list[str]]:
    """Return the words between labels and values by what they begin with, the longest first."""
    found: dict[bytes, list[str]] = {}
    for word in sorted(labels_of(BESIDES), key=lambda word: (-len(word), word)):
        for form in (word,) if word.isascii() else dict.fromkeys((word, word.capitalize())):
            found.setdefault(_first_bytes(form.encode(), 0), []).append(form)
    return found
