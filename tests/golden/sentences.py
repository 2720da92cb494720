"""What no sentence of a report may say: doubled negatives, bare keys, wrong plurals, English in Chinese."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files

from babel.messages.pofile import read_po

from corpus_audit.document.markdown import render_markdown
from corpus_audit.report.html import render_html
from corpus_audit.report.model import Report
from corpus_audit.report.outline import whole_report
from corpus_audit.report.text import render_text
from corpus_audit.vocabulary import Language

_SILENT = frozenset({"code", "script", "style", "svg", "title", "select", "pre"})
_INLINE = frozenset({"a", "abbr", "b", "bdi", "em", "i", "mark", "small", "strong", "time", "wbr"})
_UNWRAP_CHINESE = re.compile(r"([\u3000-\u9fff，。：；（）、])\n\s+(?=\S)")
_UNWRAP = re.compile(r"()\n\s+(?=\S)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|(?<=[。！？])|\n+")

_FAULTS: dict[str, tuple[str, ...]] = {
    Language.ENGLISH: (
        r"\bnot so for\b",
        (
            r"\b(?:no|not|never|nobody|nothing|none|cannot|without)\b(?: (?!and\b|or\b)\w+){0,3} "
            r"(?:no|not|never|nobody|nothing)\b"
        ),
        r"(?<![\d,.])\b1 (?:rows|records|files|sources|rules|findings|problems|people|places|fields|columns|models)\b",
        r"\b(?:[2-9]|\d[\d,]*\d) (?:row|record|file|source|rule|finding|problem|person|place|field|column|model)\b",
        r"\b([a-z]+) \1\b(?<!\bthat that)",
    ),
    Language.CHINESE: (
        r"(?:没有|未|不)[^，。；：（）、]{0,2}(?:没有|未)(?![知来成满]|[^，。]{1,2}的)",
        r"不不|未未|了了|是是",
        r"\d [个条行项种对人份次处]",
    ),
}
_KEY = re.compile(
    r"(?<!column )(?<![\w/.(（“'-])[a-z]+(?:_[a-z]+)+(?! 列)(?![\w/.)）-])"
    r"|(?<![\w/.(（@-])(?:dataset|disclosure|collection|license|synthetic|opt_outs|origin|models)\.(?!parquet)[a-z_.]+(?![\w)）])"
)
"""A name of a column or a field that stands by itself; one in brackets stands behind its words."""


def _english_sentences() -> frozenset[str]:
    """Return the English messages of more than three words: one of them in a Chinese report was not translated."""
    with (files("corpus_audit.report") / "locales" / "zh" / "LC_MESSAGES" / "corpus_audit.po").open("rb") as stream:
        return frozenset(str(message.id) for message in read_po(stream, "zh") if str(message.id).count(" ") > 3)


_ENGLISH = _english_sentences()


class _VisibleText(HTMLParser):
    """Collects what a reader of a page sees as sentences: not code, drawings or choices."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self._silent += tag in _SILENT
        self.parts.append("" if tag in _INLINE else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT
        self.parts.append("" if tag in _INLINE else "\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def sentences(report: Report, language: Language) -> Iterator[str]:
    """Yield every sentence of a report, each once: of the page, of the paper and of the terminal."""
    page = _VisibleText()
    page.feed(render_html(report, language))
    paper = render_markdown(whole_report(report, language)).replace("\\", "")
    texts = (
        "".join(page.parts),
        re.sub(r"[|*#`>]", "\n", paper),
        _UNWRAP.sub(r"\1 ", _UNWRAP_CHINESE.sub(r"\1", render_text(report, language))),
    )
    seen: set[str] = set()
    for text in texts:
        for sentence in map(str.strip, _SENTENCE_END.split(text)):
            if sentence and sentence not in seen:
                seen.add(sentence)
                yield sentence


def faults(report: Report, language: Language) -> list[str]:
    """Return the sentences of a report that say what none may say."""
    messages = _ENGLISH if language is Language.CHINESE else frozenset()
    patterns = [re.compile(pattern) for pattern in _FAULTS[language]]
    return [
        sentence
        for sentence in sentences(report, language)
        if sentence in messages or _KEY.search(sentence) or any(pattern.search(sentence) for pattern in patterns)
    ]
