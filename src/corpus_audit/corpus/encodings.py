"""The encoding of a text, and its conversion to UTF-8 while it is read."""

import codecs
from typing import BinaryIO, cast

from corpus_audit.corpus.recognition import UTF_8, UTF_8_WITH_MARK
from corpus_audit.corpus.streams import ReadingStream
from corpus_audit.vocabulary import EncodingBasis

_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", UTF_8_WITH_MARK),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Byte order marks, the longer first."""

_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_MOST_CONTROLS = 0.02
"""The share of characters of a text that may be neither printable nor white space."""

_MOST_EXAMINED = 16 * 1024
"""How much of a text in an unknown encoding is shown to the detectors, from its first byte that is not ASCII on."""

_SUPERSETS = {
    "iso8859-1": "cp1252",
    "latin_1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "big5": "big5hkscs",
}
"""What an encoding is read as: the one that holds all its characters and more, as browsers do."""

_WINDOWS = [f"cp{number}" for number in (*range(1250, 1258), 874)]
_UNIX = ["koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_7", "iso8859_15"]
_EAST_ASIAN = ["gb18030", "big5", "cp932", "euc_jp", "cp949", "euc_kr"]
_CANDIDATES = [*_WINDOWS, *_UNIX, *_EAST_ASIAN]
_NEVER_LETTERS = frozenset(b"\xfe\xff")
"""Bytes that no UTF-8 holds and that are hardly a letter in any other encoding."""

_ENOUGH_UTF_8 = 12
"""Characters of UTF-8 in lines behind each other that are no accident in a text of another encoding."""

_LONGEST_LINE = 1 << 20

_UNDECODABLE = "corpus_audit.undecodable"


def _mark_as_bad(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff", error.end


codecs.register_error(_UNDECODABLE, _mark_as_bad)


def recognise_encoding(sample: bytes, *, is_whole: bool) -> tuple[str, EncodingBasis] | None:
    """Return the encoding of a text by its beginning, and what it was recognised by; None when it is no text.

    *is_whole* says that nothing comes behind *sample*, so that no character may be cut at its end.
    """
    marked = next((encoding for mark, encoding in _MARKS if sample.startswith(mark)), None)
    if marked is not None:
        return marked, EncodingBasis.MARK
    if b"\0" in sample:
        wide = _recognise_wide(sample)
        return None if wide is None else (wide, EncodingBasis.VALID)
    if _is_utf8(sample, is_whole=is_whole):
        return UTF_8, EncodingBasis.VALID
    return (UTF_8, EncodingBasis.VALID) if _is_damaged_utf8(sample) else _detect(sample)


def known_encoding(name: str | None) -> str | None:
    """Return the encoding that a text which states *name* is read in; None where Python knows none of that name."""
    try:
        b"".decode(name or "")
        found = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(found, found)


def as_utf8(stream: BinaryIO, encoding: str | None) -> BinaryIO:
    """Return a text's bytes in UTF-8, without its byte order mark.

    What the encoding does not know becomes a byte 0xFF, which UTF-8 never holds. *stream* stands at its beginning.
    """
    if encoding == UTF_8_WITH_MARK:
        stream.read(len(codecs.BOM_UTF8))
    if encoding in (None, UTF_8, UTF_8_WITH_MARK):
        return stream
    return cast("BinaryIO", _Transcoded(stream, str(encoding)))


def decode_head(sample: bytes, encoding: str) -> str:
    """Return the beginning of a text, without the character that it may be cut in."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample)


def utf8_within(stream: BinaryIO) -> int | None:
    """Return the byte from which on a text read so far from *as_utf8* is UTF-8 after all; None where it is not."""
    return stream.looked_at.found_at if isinstance(stream, _Transcoded) else None


class _Utf8Lines:
    """Looks for lines of UTF-8 in a text of another encoding, as files that were put together have them."""

    def __init__(self) -> None:
        self.found_at: int | None = None
        self._rest = b""
        self._offset = self._began = self._characters = 0

    def feed(self, chunk: bytes) -> None:
        """Look at the next bytes of the text."""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            self._look(line)
            self._offset += len(line) + 1
        if len(self._rest) > _LONGEST_LINE:
            self._offset, self._rest = self._offset + len(self._rest), b""

    def finish(self) -> None:
        """Look at the last line."""
        self._look(self._rest)

    def _look(self, line: bytes) -> None:
        if line.isascii() or self.found_at is not None:
            return
        if not _is_utf8(line, is_whole=True):
            self._characters = 0
            return
        if not self._characters:
            self._began = self._offset
        self._characters += sum(not character.isascii() for character in line.decode())
        if self._characters >= _ENOUGH_UTF_8:
            self.found_at = self._began


class _Transcoded(ReadingStream):
    """A stream of text in another encoding, as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        super().__init__(stream)
        self._decode = codecs.getincrementaldecoder(encoding)(_UNDECODABLE).decode
        self._waiting = memoryview(b"")
        self._at_end = False
        self._is_wide = "utf-16" in encoding or "utf-32" in encoding
        self.looked_at = _Utf8Lines()

    def take(self, size: int) -> bytes:
        """Return up to *size* bytes; none at the end."""
        while not self._waiting and not self._at_end:
            chunk = self._stream.read(max(size, 16))
            self._at_end = not chunk
            if not self._is_wide:
                self.looked_at.feed(chunk) if chunk else self.looked_at.finish()
            text = self._decode(chunk, self._at_end)
            self._waiting = memoryview(text.encode(UTF_8, "surrogateescape"))
        found, self._waiting = bytes(self._waiting[:size]), self._waiting[size:]
        return found


def _is_utf8(sample: bytes, *, is_whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder(UTF_8)().decode(sample, is_whole)
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_utf8(sample: bytes) -> bool:
    """Return whether a text that is not UTF-8 is so for damage: most of what is beyond ASCII is."""
    beyond = sum(byte >= 0x80 for byte in sample)
    text = sample.decode(errors="ignore")
    valid = len(text.encode()) - sum(map(str.isascii, text))
    return valid >= beyond - valid or _NEVER_LETTERS.issuperset(byte for byte in sample if byte >= 0x80)


def _recognise_wide(sample: bytes) -> str | None:
    """Return the encoding of two or four bytes a unit in which a sample is a text; None when it is one in none.

    Wrong byte orders turn Latin text into rare ideographs: the reading with most of ASCII is the right one.
    """
    readings = {encoding: _read_wide(sample, encoding) for encoding in _WIDE}
    scores = {encoding: sum(map(str.isascii, text)) for encoding, text in readings.items() if text}
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best is not None and scores[best] else None


def _read_wide(sample: bytes, encoding: str) -> str:
    unit = 4 if "32" in encoding else 2
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample[: len(sample) // unit * unit])
    except UnicodeDecodeError:
        return ""
    return text if _is_readable(text) else ""


def _is_readable(text: str) -> bool:
    unprintable = sum(1 for character in text if not (character.isprintable() or character.isspace()))
    return bool(text) and "\0" not in text and unprintable <= _MOST_CONTROLS * len(text)


def _detect(sample: bytes) -> tuple[str, EncodingBasis] | None:
    """Return the encoding that two independent detectors see in bytes that are not UTF-8, or the better one of them."""
    from charset_normalizer import from_bytes
    from resiliparse.parse.encoding import detect_encoding

    start = next(at for at, byte in enumerate(sample) if byte >= 0x80)
    examined = sample[max(0, start - 1024) :][:_MOST_EXAMINED]
    first = _readable_as(examined, detect_encoding(examined))
    match = from_bytes(examined, cp_isolation=_CANDIDATES, steps=5, chunk_size=1024).best()
    second = _readable_as(examined, match.encoding if match else None)
    if first is None and second is None:
        return None
    if first is None or second is None:
        return str(first or second), EncodingBasis.GUESSED
    agree = decode_head(examined, first) == decode_head(examined, second)
    return first, EncodingBasis.AGREED if agree else EncodingBasis.GUESSED


def _readable_as(sample: bytes, encoding: str | None) -> str | None:
    """Return the name that Python gives an encoding, or a superset of it; None when the sample is no text in it."""
    wider = known_encoding(encoding)
    return wider if wider not in (None, UTF_8) and _is_readable(decode_head(sample, str(wider))) else None
