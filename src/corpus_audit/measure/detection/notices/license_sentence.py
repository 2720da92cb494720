"""A sentence that says a license: what leads to names, the names, and what follows them.

The names make up an expression of twenty thousand characters that takes 40 ms to compile, so sentences that go on in
the same way share one, and what leads to a name is looked for before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from corpus_audit.measure.detection.detector import Buffer, Stretch
from corpus_audit.measure.detection.notices.license_names import BEGINS_NAME, SOME_NAMES

_BEGINS_NAME = re.compile(BEGINS_NAME.encode())


@dataclass(frozen=True)
class LicenseSentence:
    """What leads to a name or follows it. ``anchor`` ends inside what ``lead``, the names and ``trail`` make up.

    ``before`` is how many bytes in front of the anchor's end that may begin.
    """

    anchor: str
    lead: str
    trail: str = ""
    before: int = 80

    def finditer(self, text: Buffer, start: int, end: int) -> Iterator[Stretch]:
        """Yield where such sentences lie between two places of a text, as far as they say the license."""
        low = start
        leads = False
        for place in _BEGINS_NAME.finditer(text, start, end):
            if not leads:  # most places that a lead was found at have no name behind it
                led = self._lead.search(text, start, end)
                if led is None:
                    return
                low, leads = led.start(), True
            name = place.start()
            named = _names(self.trail).match(text, name, end) if name >= low else None
            led = self._lead_up_to.search(text, low, name) if named else None
            if led and named:
                low = named.end()
                yield Stretch(led.start(), low)

    def fits(self, text: bytes) -> bool:
        """Return whether a whole text is such a sentence."""
        return self._lead.match(text) is not None and any(
            _names(self.trail).fullmatch(text, place.start()) and self._lead_up_to.match(text, 0, place.start())
            for place in _BEGINS_NAME.finditer(text)
        )

    @cached_property
    def _lead(self) -> re.Pattern[bytes]:
        return re.compile(self.lead.encode())

    @cached_property
    def _lead_up_to(self) -> re.Pattern[bytes]:
        """What leads to a name that begins where the text is looked at no further."""
        return re.compile(rf"(?:{self.lead})\Z".encode())


@cache
def _names(trail: str) -> re.Pattern[bytes]:
    return re.compile(f"{SOME_NAMES}{trail}".encode())
