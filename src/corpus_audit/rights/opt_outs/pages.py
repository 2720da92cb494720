"""Opt-outs in response headers and meta tags: fields by name, for either carrier."""

from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser

_ROBOTS = "robots"
_ROBOTS_TAG = "x-robots-tag"


def read_headers(content: str) -> Iterator[tuple[str, str]]:
    """Yield the name, lower-case, and the value of each header line; a status line is none."""
    for line in content.splitlines():
        name, separator, value = line.partition(":")
        if separator and name.strip() and " " not in name.strip():
            yield name.strip().lower(), value.strip()


def read_meta(content: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a page's meta tags under the names that headers have; lines of fields are read as such."""
    if "<" not in content:
        found = list(read_headers(content))
    else:
        collector = _MetaTags()
        with suppress(AssertionError):  # the parser's answer to markup that is none
            collector.feed(content)
        found = collector.found
    for name, value in found:
        yield (_ROBOTS_TAG if name == _ROBOTS else name), value


class _MetaTags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a meta tag's name and content."""
        fields = dict(attrs)
        name = fields.get("name") or fields.get("http-equiv")
        if tag == "meta" and name and fields.get("content"):
            self.found.append((name.strip().lower(), str(fields["content"]).strip()))
