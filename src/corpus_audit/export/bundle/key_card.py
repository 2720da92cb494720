"""Whose a key is and until when it is valid: lines of plain text before the key in its PEM file (RFC 7468)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus_audit.errors import BundleError

_OWNER, _FROM, _UNTIL = "Owner", "Valid-From", "Valid-Until"
_LONGEST_OWNER = 200


@dataclass(frozen=True)
class KeyCard:
    """The owner of a key, and the first and the last day on which it signs; '' where the file does not say."""

    owner: str = ""
    valid_from: str = ""
    valid_until: str = ""

    def covers(self, day: str) -> bool:
        """True if the key may sign what was concluded on a day (ISO 8601): a new key may sign an older audit."""
        return not self.valid_until or day <= self.valid_until

    def header(self) -> bytes:
        """Return the lines that stand before the key."""
        lines = ((_OWNER, self.owner), (_FROM, self.valid_from), (_UNTIL, self.valid_until))
        return "".join(f"{name}: {value}\n" for name, value in lines if value).encode()


NO_CARD = KeyCard()
"""Of a key that does not say whose it is."""


def make_card(owner: str, valid_from: date, valid_until: date | None) -> KeyCard:
    """Return the card of a new key; raises BundleError for an owner that is no line of text, or an empty validity."""
    if owner and (not owner.isprintable() or len(owner) > _LONGEST_OWNER):
        message = f"The owner of a key is one line of at most {_LONGEST_OWNER} characters."
        raise BundleError(message)
    if valid_until is not None and valid_until < valid_from:
        message = f"The key would have expired on {valid_until} already: give a later day."
        raise BundleError(message)
    return KeyCard(owner.strip(), valid_from.isoformat(), valid_until.isoformat() if valid_until else "")


def parse_card(pem: bytes) -> KeyCard:
    """Return what stands before the key in a PEM file; a file without such lines gives an empty card."""
    header = pem.split(b"-----BEGIN", 1)[0].decode(errors="replace")
    said = _fields(header.splitlines())
    days = {name: said.get(name, "") for name in (_FROM, _UNTIL)}
    for name, value in days.items():
        if value:
            _check_day(name, value)
    return KeyCard(said.get(_OWNER, ""), days[_FROM], days[_UNTIL])


def _fields(lines: Sequence[str]) -> Mapping[str, str]:
    return {name.strip(): value.strip() for name, sign, value in (line.partition(":") for line in lines) if sign}


def _check_day(name: str, value: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError as error:
        message = f"The key says {name}: {value!r}, which is no day. Ask its owner for the file again."
        raise BundleError(message) from error
