"""Readers for values of foreign documents: each yields the value, or the reason why it is unusable."""

import re
from collections.abc import Collection, Mapping

from corpus_audit.manifest.conversion.languages import language_tag
from corpus_audit.manifest.conversion.mapping import FoundValue, Read, Reading, Unusable
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.identifiers import make_model_identifier
from corpus_audit.manifest.values import is_url
from corpus_audit.vocabulary import Answer, ClaimProblemCode

_DAY = len("2026-03-31")
_BYTES = re.compile(r"(\d{1,18})(\.0)?\s*(b|bytes?)?", re.IGNORECASE | re.ASCII)
_SHA256_PREFIX = re.compile(r"sha-?256[:=]", re.IGNORECASE)
_ANSWERS = {
    **dict.fromkeys(("yes", "true", "y"), Answer.YES),
    **dict.fromkeys(("no", "false", "n"), Answer.NO),
    **dict.fromkeys(("not-applicable", "n/a"), Answer.NOT_APPLICABLE),
}


def words(node: Node) -> Reading:
    """Yield each text; a text with its language, as JSON-LD writes it, counts by its words."""
    for entry in node.each():
        value = entry.get("@value") or entry
        if value.text is not None:
            yield FoundValue(value.text, value.place)
        elif entry.value not in ({}, ""):
            yield Unusable(entry.place, "is not text")


def name(node: Node) -> Reading:
    """Yield the name of each person, organisation or thing, whether it is described or only named.

    Nothing but the name is taken: addresses of people are not what an audit needs.
    """
    for entry in node.each():
        named = next((found for key in ("name", "title", "@id", "url") if (found := entry.get(key))), entry)
        yield from words(named)


def joined(read: Read, separator: str = ", ") -> Read:
    """Return a reading of all values as one text."""

    def read_joined(node: Node) -> Reading:
        found = list(read(node))
        yield from (item for item in found if isinstance(item, Unusable))
        texts = [item for item in found if isinstance(item, FoundValue)]
        if texts:
            place = texts[0].place if len(texts) == 1 else node.place
            yield FoundValue(separator.join(dict.fromkeys(str(item.value) for item in texts)), place)

    return read_joined


def labelled(label: str, read: Read = words) -> Read:
    """Return a reading whose texts begin with a label."""

    def read_labelled(node: Node) -> Reading:
        for item in read(node):
            yield item if isinstance(item, Unusable) else FoundValue(f"{label}: {item.value}", item.place)

    return read_labelled


def address(node: Node) -> Reading:
    """Yield each address, also that of something described by one."""
    for entry in node.each():
        named = next((found for key in ("@id", "url") if (found := entry.get(key))), entry)
        yield from words(named)


def evidence_url(node: Node) -> Reading:
    """Yield each address as a piece of evidence; what is no address is evidence of nothing."""
    for item in address(node):
        if isinstance(item, FoundValue) and is_url(item.value):
            yield FoundValue({"kind": "url", "url": item.value}, item.place)


def date(node: Node) -> Reading:
    """Yield each date without its time of day, which is not needed and often lacks a time zone."""
    for item in words(node):
        yield item if isinstance(item, Unusable) else FoundValue(_day(item.value), item.place)


def first_day(node: Node) -> Reading:
    """Yield the first day of a period written as 'from/until' or as a list of two dates."""
    yield from _side(node, 0)


def last_day(node: Node) -> Reading:
    """Yield the last day of a period written as 'from/until' or as a list of two dates."""
    yield from _side(node, 1)


def _side(node: Node, side: int) -> Reading:
    found = [item for item in words(node) if isinstance(item, FoundValue)]
    if len(found) == 1:
        ends = re.split(r"\s*/\s*|\s+(?:-|–|to|until)\s+", found[0].value)
        found = [FoundValue(end, found[0].place) for end in ends]
    if len(found) in (1, 2):
        chosen = found[min(side, len(found) - 1)]
        yield FoundValue(_day(chosen.value), chosen.place)
    elif found:
        yield Unusable(node.place, "holds more than a first and a last day: give the period")


def _day(value: str) -> str:
    return value[:_DAY] if value[_DAY : _DAY + 1] in ("T", " ") else value


def language(node: Node) -> Reading:
    """Yield each language as a tag; a name in English is understood for the languages that corpora are in."""
    for entry in node.each():
        named = entry.get("alternateName") or entry.get("name") or entry
        for item in words(named):
            if isinstance(item, Unusable):
                yield item
            elif tag := language_tag(item.value):
                yield FoundValue(tag, item.place)
            else:
                detail = "is not a language that is known here: give its tag (BCP 47)"
                yield Unusable(item.place, detail, ClaimProblemCode.UNDECIDED)


def answer(node: Node) -> Reading:
    """Yield a yes or a no."""
    for entry in node.each():
        shown = str(entry.value).lower() if isinstance(entry.value, bool) else (entry.text or "").lower()
        if shown in _ANSWERS:
            yield FoundValue(_ANSWERS[shown], entry.place)
        elif shown:
            yield Unusable(entry.place, "is neither yes nor no: read it and answer", ClaimProblemCode.UNDECIDED)


def byte_count(node: Node) -> Reading:
    """Yield a size in bytes; a rounded one ('1.2 GB') cannot be checked and is no claim."""
    for item in words(node):
        if isinstance(item, Unusable):
            yield item
        elif match := _BYTES.fullmatch(item.value):
            yield FoundValue(int(match[1]), item.place)
        else:
            yield Unusable(item.place, "is not a number of bytes: give the exact size")


def sha256(node: Node) -> Reading:
    """Yield a checksum; a link or a placeholder in its place fails the form that a manifest asks for."""
    for item in words(node):
        yield (
            item if isinstance(item, Unusable) else FoundValue(_SHA256_PREFIX.sub("", item.value, count=1), item.place)
        )


def named_checksum(algorithm_key: str, value_key: str) -> Read:
    """Return a reading of checksums that name their algorithm: only sha256 is taken."""

    def read_checksum(node: Node) -> Reading:
        for entry in node.each():
            algorithm, value = entry.get(algorithm_key), entry.get(value_key)
            named = (algorithm.text or "").replace("-", "").lower() if algorithm is not None else ""
            if named == "sha256" and value is not None:
                yield FoundValue(value.value, value.place)

    return read_checksum


def model_name(node: Node) -> Reading:
    """Yield each model by an identifier made from its name."""
    for item in name(node):
        yield item if isinstance(item, Unusable) else FoundValue(make_model_identifier(item.value), item.place)


def choice(meanings: Mapping[str, str], detail: str) -> Read:
    """Return a reading of words from a closed list, each for what it means here."""

    def read_choice(node: Node) -> Reading:
        for item in words(node):
            if isinstance(item, Unusable):
                yield item
            elif (meaning := meanings.get(item.value.lower())) is None:
                yield Unusable(item.place, detail, ClaimProblemCode.UNDECIDED)
            else:
                yield FoundValue(meaning, item.place)

    return read_choice


def known(meanings: Mapping[str, str]) -> Read:
    """Return a reading of the words that mean something here; others say nothing about this."""

    def read_known(node: Node) -> Reading:
        for item in words(node):
            if isinstance(item, FoundValue) and item.value.lower() in meanings:
                yield FoundValue(meanings[item.value.lower()], item.place)

    return read_known


def unless(placeholders: Collection[str], read: Read) -> Read:
    """Return a reading that takes the words which a standard writes where nothing is known for nothing."""

    def read_stated(node: Node) -> Reading:
        for entry in node.each():
            if (entry.text or "").lower() not in placeholders:
                yield from read(entry)

    return read_stated


def by_config(read: Read) -> Read:
    """Return a reading that also takes a mapping with values for each configuration of a dataset."""

    def read_configs(node: Node) -> Reading:
        for entry in node.each():
            configs = [inner for _, inner in entry.members()]
            for found in configs or [entry]:
                yield from read(found)

    return read_configs
