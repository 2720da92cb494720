"""XMP packets: digital source type, data mining, the AIGC label, licenses and notices (ISO 16684-1, IPTC, PLUS).

A packet is found by how it begins, in whatever container it is: it stands there uncompressed. Of PNG's compressed
text chunks the reader of pictures knows.
"""

import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from corpus_audit.measure.media.aigc import read_aigc
from corpus_audit.measure.media.facts import OTHER, Label, search
from corpus_audit.measure.media.terms import data_mining, source_type
from corpus_audit.vocabulary import LabelCarrier, LabelKind, LabelMeaning

MAX_PACKET_BYTES = 4 * 2**20
"""A longer packet is no description of a picture; it is left unread."""

_BEGIN, _END = b"<x:xmpmeta", b"</x:xmpmeta>"
_INTERESTING = re.compile(rb"DigitalSourceType|DataMining|AIGC|[lL]icense|WebStatement|:rights\b|Marked")
_NAMESPACES = {
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://ns.useplus.org/ldf/xmp/1.0/": "plus",
    "http://www.tc260.org.cn/ns/AIGC/1.0/": "TC260",
    "http://creativecommons.org/ns#": "cc",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"


def find_packets(content: pa.Buffer) -> Iterator[bytes]:
    """Yield the XMP packets in a file's bytes, each from its root element's first to its last byte."""
    begin = search(content, _BEGIN)
    while begin >= 0:
        end = search(content, _END, begin, begin + MAX_PACKET_BYTES)
        if end < 0:
            return
        yield content.slice(begin, end + len(_END) - begin).to_pybytes()
        begin = search(content, _BEGIN, end)


def read_xmp(packet: bytes) -> Iterator[Label]:
    """Yield the statements of one packet; one that is not well-formed XML says nothing."""
    if not _INTERESTING.search(packet):
        return
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(packet)
    except (ParseError, DefusedXmlException, ValueError):
        return
    for element in root.iter():
        yield from _read_property(element.tag, element.get(_RESOURCE) or "".join(element.itertext()))
        for name, value in element.attrib.items():
            yield from _read_property(name, value)


def _read_property(tag: Any, value: str) -> Iterator[Label]:
    namespace, _, name = str(tag).lstrip("{").partition("}")
    prefix = _NAMESPACES.get(namespace)
    value = value.strip()
    if prefix is None or not value:
        return
    match f"{prefix}:{name}":
        case "Iptc4xmpExt:DigitalSourceType":
            yield source_type(LabelCarrier.XMP, value)
        case "plus:DataMining":
            yield data_mining(LabelCarrier.XMP, value)
        case "TC260:AIGC":
            yield read_aigc(LabelCarrier.XMP, value)
        case "cc:license" | "xmpRights:WebStatement":
            yield license_label(LabelCarrier.XMP, value)
        case "dc:rights":
            yield Label(LabelCarrier.XMP, LabelKind.COPYRIGHT, OTHER, LabelMeaning.STATED)


_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses/(?P<parts>by(?:-nc)?(?:-nd|-sa)?)/(?P<version>[1-4]\.[05])"
    r"|publicdomain/zero/1\.0)(?:/|\Z)"
)


def license_label(carrier: LabelCarrier, address: str) -> Label:
    """Return what an address of a license says: the SPDX id of one of Creative Commons', other for all else."""
    found = _COMMONS.match(address)
    if found is None:
        return Label(carrier, LabelKind.LICENSE, OTHER, LabelMeaning.STATED)
    value = f"CC-{found['parts'].upper()}-{found['version']}" if found["parts"] else "CC0-1.0"
    return Label(carrier, LabelKind.LICENSE, value, LabelMeaning.STATED)
