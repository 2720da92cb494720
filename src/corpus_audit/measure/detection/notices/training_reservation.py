"""Reservations against text and data mining or model training that a text carries (TDMRep, AIPREF, IPTC, own words)."""

from corpus_audit.measure.detection.notices.statements import statement, worded
from corpus_audit.vocabulary import SpanKind

_MINING = worded("text (?:and|&) data mining")
_DENIED = r"(?:reserv|prohibit|forbid|forbidden|not permitted|not allowed|opt(?:s|ed)? out|without)"
_RESERVATION = (
    r"(?i:tdm-reservation[\"']?[ \t]{0,4}(?::|=|content=)?[ \t]{0,4}(?:content=)?[\"']?1\b|"
    rf"{_MINING}[^.\n]{{0,120}}{_DENIED}|{_DENIED}[^.\n]{{0,80}}{_MINING}|"
    r"content=[\"'](?:[a-z, ]{0,40})?\bno(?:image)?ai\b|"
    r"\bai-train[ \t]{0,4}=[ \t]{0,4}(?:no|n)\b|\btrain-ai[ \t]{0,4}=[ \t]{0,4}n\b|DMI-PROHIBITED[A-Z-]{0,40}|"
    + worded("(?:may|must|shall|can)(?:not| not) be used (?:to train|for training|in training|for the training)|")
    + worded("(?:do not|don't|not) (?:use|scrape)")
    + r"[^.\n]{0,60}"
    + worded(" (?:to train|for training)")
    + r")|(?:禁止|不得|未经许可不得)[^。\n]{0,60}(?:用于|进行)[^。\n]{0,24}(?:训练|文本与数据挖掘|数据挖掘)"
)

DETECTOR = statement("TRAINING_RESERVATION", SpanKind.OPT_OUT, _RESERVATION)
