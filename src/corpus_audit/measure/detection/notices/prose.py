"""Signs that a text only speaks of a notice: it quotes the words, lets a person say them, asks, or goes on.

A candidate is looked at with a bounded stretch of the text around it.
"""

import re

from corpus_audit.measure.detection.detector import Candidate

_REACH = 120
"""Bytes on either side that are looked at."""

_OPENING, _CLOSING = '["“„«‘「『《]', '["”“»’」』》]'
_QUOTED = re.compile(
    rf"[.,!?]?(?: |\u00a0)?{_CLOSING}"
    r"(?:,? [^\W\d_A-Z]|と(?![しすなっ扱])|という|の(?:文字|印|判)|(?:二|三|四)?字|(?:이)?라(?:고|는))"
)
"""What follows words in quotation marks that a sentence tells of."""
_OPENS = re.compile(rf"{_OPENING}(?: |\u00a0)?\Z")
_SENTENCE_ENDS = re.compile(r"[.!?](?=\s|\Z)|[。！？]|\n\s*\n")
_IN_A_SENTENCE = re.compile(rf"[^\W\d_] {_OPENING}\Z")
_SENTENCE_GOES_ON = re.compile(rf"[.,!]?{_CLOSING} ?[^\W\d_]")
_SAID = re.compile(rf"[^\n\"“”]{{0,40}}?[,!?]{_CLOSING}(?=\s|\Z)")
_ASKED = re.compile(r"(?:[^.!?。！？\n]|\.(?=\S)){0,120}[?？]")

_EAST_ASIAN = "\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_LEADS_TO_MARK = re.compile(
    rf"(?:\A|[^{_EAST_ASIAN}]|属于|屬於|[为為是系含及和或涉作は]|含有|包含|涉及|标为|标注|标明)\Z"
)
_MARK_ENDS = re.compile(
    rf"\s*\Z|[ \t]*[\r\n\f]| ?(?:[^{_EAST_ASIAN}\s]|です|とし|につき|扱い|に指定|입니다|임[\s.]|이므로|请勿|請勿|严禁"
    r"|嚴禁|不得|禁止|注意)"
)


def before(candidate: Candidate) -> str:
    """Return the text in front of a candidate, as far as it is looked at."""
    return candidate.before(_REACH).decode(errors="ignore")


def after(candidate: Candidate) -> str:
    """Return the text behind a candidate, as far as it is looked at."""
    return candidate.after(_REACH).decode(errors="ignore")


def ahead_in_sentence(candidate: Candidate) -> str:
    """Return what stands in front of a candidate in its sentence, as far as it is looked at."""
    return _SENTENCE_ENDS.split(before(candidate))[-1]


def sentence(candidate: Candidate) -> bytes:
    """Return the sentence around a candidate, as far as it is looked at."""
    ahead = ahead_in_sentence(candidate)
    behind = _SENTENCE_ENDS.split(after(candidate), maxsplit=1)[0]
    return f"{ahead}{candidate.text}{behind}".encode()


def is_quoted(candidate: Candidate) -> bool:
    """True if the words alone stand in quotation marks, and the sentence goes on to tell of them."""
    return _OPENS.search(before(candidate)) is not None and _QUOTED.match(after(candidate)) is not None


def reaches_the_start(candidate: Candidate) -> bool:
    """True if nothing in front of a candidate is out of sight."""
    return candidate.start <= _REACH


def is_mentioned(candidate: Candidate) -> bool:
    """True if the words stand in quotation marks in a sentence, or a person says them there."""
    behind = after(candidate)
    in_quotes = _IN_A_SENTENCE.search(before(candidate)) and _SENTENCE_GOES_ON.match(behind)
    return bool(in_quotes or _SAID.match(behind) or is_quoted(candidate))


def is_asked(candidate: Candidate) -> bool:
    """True if the sentence ends in a question mark."""
    return _ASKED.match(after(candidate)) is not None


def is_part_of_a_phrase(candidate: Candidate) -> bool:
    """True if words of Chinese, Japanese or Korean belong to a longer phrase: a *secret mission*, not *secret*."""
    return not (_LEADS_TO_MARK.search(before(candidate)) and _MARK_ENDS.match(after(candidate)))
