"""Bodies of HTTP responses: content encodings are removed, within a size limit.

Source: RFC 9110 (Content-Encoding), RFC 9112 (chunked), RFC 8878 (zstd), RFC 7932 (br).
"""

import zlib
from collections.abc import Callable, Iterator, Mapping

import brotli
import pyarrow as pa

from corpus_audit.corpus.compression import TooLargeError

_PIECE = 1 << 18
_CRLF = b"\r\n"
_LONGEST_CHUNK_LINE = 4096


class EncodingError(ValueError):
    """A body is not in the encoding that its headers name, or in one that is not read."""


def decode_body(body: bytes, transfer_encoding: str, content_encoding: str, limit: int) -> bytes:
    """Return a body without the encodings that its headers name.

    Raises EncodingError, and TooLargeError when more than *limit* bytes come out.
    """
    if "chunked" in transfer_encoding.lower():
        body = _join_chunks(body)
    for name in reversed([part.strip().lower() for part in content_encoding.split(",") if part.strip()]):
        if name == "identity":
            continue
        if name not in _DECODERS:
            message = "the response is in an encoding that is not read"
            raise EncodingError(message)
        body = _collect(_DECODERS[name](body), limit)
    return body


def _collect(pieces: Iterator[bytes], limit: int) -> bytes:
    found: list[bytes] = []
    size = 0
    try:
        for piece in pieces:
            size += len(piece)
            if size > limit:
                message = f"the response is larger than {limit // 2**20} MiB once it is unpacked"
                raise TooLargeError(message)
            found.append(piece)
    except (zlib.error, brotli.error, pa.ArrowException, EOFError) as error:
        raise _not_so() from error
    except TooLargeError:
        raise
    except OSError as error:
        raise _not_so() from error
    return b"".join(found)


def _not_so() -> EncodingError:
    return EncodingError("the response is damaged, or not in the encoding that its headers name")


def _join_chunks(body: bytes) -> bytes:
    chunks: list[bytes] = []
    at = 0
    while True:
        end = body.find(_CRLF, at, at + _LONGEST_CHUNK_LINE)
        size = _chunk_size(body[at:end]) if end >= 0 else -1
        if size < 0:
            raise _not_so()
        if size == 0:
            return b"".join(chunks)
        at = end + len(_CRLF)
        if at + size > len(body):
            raise _not_so()
        chunks.append(body[at : at + size])
        at += size + len(_CRLF)


def _chunk_size(line: bytes) -> int:
    digits = line.partition(b";")[0].strip()
    try:
        return int(digits, 16) if digits.isalnum() else -1
    except ValueError:
        return -1


def _gunzip(body: bytes) -> Iterator[bytes]:
    while body:
        unpacker = zlib.decompressobj(31)
        yield from _inflate(unpacker, body)
        body = unpacker.unused_data.lstrip(b"\0")


def _deflate(body: bytes) -> Iterator[bytes]:
    # The standard means zlib's frame; some servers have always sent the bare stream.
    framed = body[:1] and (body[0] & 0x0F) == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    yield from _inflate(zlib.decompressobj(15 if framed else -15), body)


def _inflate(unpacker: "zlib._Decompress", body: bytes) -> Iterator[bytes]:
    while not unpacker.eof:
        piece = unpacker.decompress(body, _PIECE)
        body = unpacker.unconsumed_tail
        if not piece and not body and not unpacker.eof:
            raise EOFError
        yield piece


def _unbrotli(body: bytes) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    piece = unpacker.process(body, output_buffer_limit=_PIECE)
    while piece or not unpacker.is_finished():
        yield piece
        if unpacker.is_finished():
            return
        if not piece and unpacker.can_accept_more_data():
            raise EOFError
        piece = unpacker.process(b"", output_buffer_limit=_PIECE)


def _unzstd(body: bytes) -> Iterator[bytes]:
    with pa.CompressedInputStream(pa.BufferReader(body), "zstd") as stream:
        while piece := stream.read(_PIECE):
            yield piece


_DECODERS: Mapping[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
