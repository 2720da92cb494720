"""Record formats by media type (IANA)."""

from corpus_audit.vocabulary import FileFormat

_FORMATS = {
    "text/csv": FileFormat.CSV,
    "text/tab-separated-values": FileFormat.CSV,
    "application/jsonlines": FileFormat.JSONL,
    "application/x-jsonlines": FileFormat.JSONL,
    "application/x-ndjson": FileFormat.JSONL,
    "application/jsonl": FileFormat.JSONL,
    "application/x-parquet": FileFormat.PARQUET,
    "application/parquet": FileFormat.PARQUET,
    "application/vnd.apache.parquet": FileFormat.PARQUET,
    "application/json": FileFormat.JSON,
    "application/vnd.apache.arrow.file": FileFormat.ARROW,
    "application/vnd.apache.arrow.stream": FileFormat.ARROW,
    "text/html": FileFormat.HTML,
    "application/xhtml+xml": FileFormat.HTML,
    "application/pdf": FileFormat.PDF,
    "application/warc": FileFormat.WARC,
    "application/x-tar": FileFormat.TAR,
    "application/zip": FileFormat.ZIP,
    "text/plain": FileFormat.TEXT,
}
_KINDS = {"image": FileFormat.IMAGE, "audio": FileFormat.AUDIO, "video": FileFormat.VIDEO}
_DRAWN_IN_TEXT = "+xml"


def format_of_media_type(media_type: str) -> FileFormat | None:
    """Return the format that a media type names, None when records are not read from it."""
    name = media_type.partition(";")[0].strip().lower()
    if name.endswith(_DRAWN_IN_TEXT):
        return _FORMATS.get(name)
    return _FORMATS.get(name) or _KINDS.get(name.partition("/")[0])
