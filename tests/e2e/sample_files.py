"""One small file for every reader: each format, compression and container of media, and what stands inside them."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Mapping
from functools import cache

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
from PIL import Image, PngImagePlugin

from generative.test_any_file import FILES_BY_NAME, LINES, PAGE
from unit import media_files
from unit.test_record_formats import pdf

XMP = media_files.XMP.format('<cc:license rdf:resource="https://creativecommons.org/licenses/by-nc/4.0/"/>').encode()
TABLE = 'name;text\na;"Grüße aus der Hafenstadt"\nb;zwei\n'


@cache
def samples() -> Mapping[str, bytes]:
    """Return small files of all kinds by name; a name of two suffixes is compressed."""
    texts = {name: content for name, (_, content) in FILES_BY_NAME.items()}
    media = _pictures() | _recordings() | _films()
    return texts | media | _tables(media["a.png"]) | _documents(media["exif.jpg"]) | _packed(media)


def _pictures() -> dict[str, bytes]:
    picture, chunks, exif = media_files.picture(size=(96, 64)), PngImagePlugin.PngInfo(), Image.Exif()
    chunks.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    chunks.add_text("Comment", "jane.q@contoso.com")
    exif[0x013B] = "Jane Doe"
    exif.get_ifd(0x8825).update({1: "N", 2: (57.0, 1.0, 2.0), 3: "E", 4: (11.0, 3.0, 4.0)})
    plain = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "tiff": "TIFF", "bmp": "BMP", "avif": "AVIF"}
    pictures = {f"a.{suffix}": media_files.save(picture, kind) for suffix, kind in plain.items()}
    return pictures | {
        "a.jp2": media_files.save(picture, "JPEG2000"),
        "exif.jpg": media_files.save(picture, exif=exif, xmp=XMP),
        "text.png": media_files.save(picture, "PNG", pnginfo=chunks),
        "moving.webp": media_files.save(
            picture, "WEBP", save_all=True, append_images=[media_files.picture(2, (96, 64))]
        ),
        "c2pa.jpg": _with_credentials(media_files.save(picture)),
        "c2pa.png": media_files.save(picture, "PNG")[:-12] + media_files.png_chunk(b"caBX", _manifest_store()) + _END,
        "a.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0\0\0\x20meta" + bytes(24),
        "a.jxl": b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(48),
    }


_END = media_files.png_chunk(b"IEND", b"")


def _manifest_store() -> bytes:
    """Return boxes of JUMBF as Content Credentials have them, with a claim that nothing signed."""

    def box(kind: bytes, content: bytes) -> bytes:
        return (len(content) + 8).to_bytes(4, "big") + kind + content

    def described(name: bytes, label: str, *content: bytes) -> bytes:
        told = name + bytes.fromhex("00110010800000aa00389b71") + b"\x03" + label.encode() + b"\0"
        return box(b"jumb", box(b"jumd", told) + b"".join(content))

    claim = described(b"c2cl", "c2pa.claim", box(b"cbor", b"\xa1\x6adc:formatjimage/jpeg"))
    return described(b"c2pa", "c2pa", described(b"c2ma", "urn:uuid:1", claim))


def _with_credentials(jpeg: bytes) -> bytes:
    content = b"JP\0\1\0\0\0\1" + _manifest_store()
    return jpeg[:2] + b"\xff\xeb" + (len(content) + 2).to_bytes(2, "big") + content + jpeg[2:]


def _recordings() -> dict[str, bytes]:
    sound, tags = media_files.melody(1, seconds=0.5), {"title": "A tide", "artist": "Jane Doe", "license": "CC-BY-4.0"}
    kinds = {
        "wav": ("wav", "pcm_s16le"),
        "mp3": ("mp3", "libmp3lame"),
        "flac": ("flac", "flac"),
        "opus": ("ogg", "libopus"),
        "m4a": ("ipod", "aac"),
        "aac": ("adts", "aac"),
        "aiff": ("aiff", "pcm_s16be"),
    }
    return {f"a.{suffix}": media_files.encode(sound, *kind, tags=tags) for suffix, kind in kinds.items()} | {
        "a.amr": b"#!AMR\n" + bytes(range(256)) * 2
    }


def _films() -> dict[str, bytes]:
    kinds = {"mp4": "mp4", "mkv": "matroska", "avi": "avi"}
    return {f"a.{suffix}": media_files.film(kind) for suffix, kind in kinds.items()}


def _tables(picture: bytes) -> dict[str, bytes]:
    cells = pa.table({"image": [{"bytes": picture, "path": "a.png"}] * 2, "text": ["one", "two"]})
    features = {"image": {"_type": "Image"}, "text": {"dtype": "string", "_type": "Value"}}
    cells = cells.replace_schema_metadata({"huggingface": json.dumps({"info": {"features": features}})})
    nested = pa.table({"text": ["a", None], "turns": [[{"role": "user", "content": "b"}], []]})
    packed, streamed, flat = io.BytesIO(), io.BytesIO(), io.BytesIO()
    pq.write_table(cells, packed, compression="zstd")
    with pa.ipc.new_stream(streamed, nested.schema) as writer:
        writer.write_table(nested)
    feather.write_feather(nested, flat, compression="lz4")
    return {
        "pictures.parquet": packed.getvalue(),
        "stream.arrow": streamed.getvalue(),
        "a.feather": flat.getvalue(),
        "a.tsv": TABLE.replace(";", "\t").encode(),
        "wide.csv": TABLE.encode("utf-16"),
        "turns.jsonl": json.dumps(
            {"messages": [{"role": "user", "content": [{"type": "text", "text": "a"}]}]}
        ).encode(),
    }


def _documents(picture: bytes) -> dict[str, bytes]:
    image = b"<< /Type /XObject /Subtype /Image /Width 96 /Height 64 /ColorSpace /DeviceRGB /BitsPerComponent 8 "
    image += b"/Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (len(picture), picture)
    with_picture = pdf("High water at six").replace(b"<< /Font", b"<< /XObject << /I 9 0 R >> /Font")
    crawl = FILES_BY_NAME["a.warc"][1]
    packed = gzip.compress(PAGE, mtime=0)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    page = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://e.org/>\r\nContent-Type: application/http\r\n"
        b"Content-Length: %d\r\n\r\n%s%s\r\n\r\n" % (len(head) + len(packed), head, packed)
    )
    text = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n"
    return {
        "a.pdf": pdf("High water at six", "Low water at noon"),
        "pictures.pdf": with_picture.replace(b"xref\n", b"9 0 obj\n" + image + b"\nendobj\nxref\n", 1),
        "pages.warc": page * 2 + crawl,
        "a.wet": text * 3,
        "a.arc": b"filedesc://a.arc 0.0.0.0 2026 text/plain 9\n1 0 e\nURL\n\nhttp://e.org/ - 2026 text/plain 2\nhi\n",
    }


def _packed(media: Mapping[str, bytes]) -> dict[str, bytes]:
    members = {
        "s/1.jpg": media["exif.jpg"],
        "s/1.json": b'{"caption": "a tide", "license": "CC-BY-4.0"}',
        "s/2.mp3": media["a.mp3"],
        "s/2.txt": b"a tide again",
        "s/3.pdf": pdf("Low water"),
        "s/4.parquet": FILES_BY_NAME["a.parquet"][1],
        "s/5.csv.gz": gzip.compress(TABLE.encode(), mtime=0),
        "s/6.warc.gz": FILES_BY_NAME["a.warc.gz"][1],
        "s/7.tar": FILES_BY_NAME["a.tar"][1],
    }
    tarred, zipped = io.BytesIO(), io.BytesIO()
    with tarfile.open(fileobj=tarred, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.pax_headers = len(content), {"comment": "ü"}
            archive.addfile(info, io.BytesIO(content))
    with zipfile.ZipFile(zipped, "w") as bundle:
        for (name, content), way in zip(members.items(), _WAYS * 3, strict=False):
            bundle.writestr(name, content, compress_type=way)
    return {
        "samples.tar": tarred.getvalue(),
        "samples.zip": zipped.getvalue(),
        "a.tar.xz": lzma.compress(tarred.getvalue()),
        "a.csv.bz2": bz2.compress(TABLE.encode()),
        "a.jsonl.lz4": pa.compress(LINES, "lz4", asbytes=True),
        "a.txt.zst": pa.compress(b"prose\n" * 90, "zstd", asbytes=True),
    }


_WAYS = (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
