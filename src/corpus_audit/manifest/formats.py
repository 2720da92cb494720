"""The format and compression of a file, by its name."""

from posixpath import basename

from corpus_audit.vocabulary import FileFormat

_COMPRESSED = (".gz", ".zst", ".bz2", ".xz")

_RECORDS = {
    ".parquet": FileFormat.PARQUET,
    ".arrow": FileFormat.ARROW,
    ".feather": FileFormat.ARROW,
    ".html": FileFormat.HTML,
    ".htm": FileFormat.HTML,
    ".xhtml": FileFormat.HTML,
    ".pdf": FileFormat.PDF,
    ".warc": FileFormat.WARC,
    ".wet": FileFormat.WARC,
    ".arc": FileFormat.WARC,
    ".zip": FileFormat.ZIP,
    ".jsonl": FileFormat.JSONL,
    ".ndjson": FileFormat.JSONL,
    ".csv": FileFormat.CSV,
    ".tsv": FileFormat.CSV,
    **dict.fromkeys((".tar", ".tgz", ".tzst", ".tbz2", ".txz"), FileFormat.TAR),
}
_TEXT = """
    .adoc .asm .bash .bat .c .cc .cfg .clj .cmake .conf .cpp .cs .css .csv .cu .cuh .cxx .dart .el .erl .ex .exs .f .f03
    .f08 .f77 .f90 .f95 .fish .for .go .gradle .graphql .groovy .h .haml .hh .hpp .hs .htm .html .hxx .inc .ini .ipynb
    .java .jinja .jinja2 .jl .js .json .jsonl .jsx .kt .less .lhs .lisp .log .lua .m4 .mako .markdown .md .mjs .mk .ml
    .mli .ndjson .nim .pas .php .pl .pm .po .pot .properties .proto .ps1 .pxd .pxi .py .pyi .pyx .r .rb .rng .rs .rst
    .sass .scala .scm .scss .sh .sql .svelte .svg .swift .tcl .tex .toml .ts .tsv .tsx .txt .v .vb .vhdl .vue .xml .xsd
    .xsl .xslt .yaml .yml .zig .zsh
"""
_BINARY = """
    .7z .a .bin .bz2 .class .dat .db .dll .dylib .eot .exe .gz .h5 .ico .jar .lib .mo .npy .npz .o .obj .otf .parquet
    .pdf .pickle .pkl .pyc .pyd .pyo .so .sqlite .tar .ttf .wasm .whl .woff .woff2 .xz .zip .zst
"""
_IMAGES = ".avif .bmp .gif .heic .jpeg .jpg .png .tif .tiff .webp"
_RECORDINGS = ".aac .aif .aiff .flac .m4a .mp3 .ogg .opus .wav"
_FILMS = ".avi .m4v .mkv .mov .mp4 .webm"
_SUFFIXES = (
    (FileFormat.TEXT, _TEXT),
    (FileFormat.BINARY, _BINARY),
    (FileFormat.IMAGE, _IMAGES),
    (FileFormat.AUDIO, _RECORDINGS),
    (FileFormat.VIDEO, _FILMS),
)
_DOCUMENTS = {suffix: file_format for file_format, suffixes in _SUFFIXES for suffix in suffixes.split()}


def format_of_document(path: str) -> FileFormat | None:
    """Return the format of a file that is one document by itself, or None if its name does not show it."""
    return _DOCUMENTS.get(_suffix(path))


def format_of_data(path: str) -> FileFormat | None:
    """Return the format of a file of a dataset; None if its name does not show it.

    A table's rows are records, a page is its text, and an archive its members. Whether JSON holds rows is not told by
    its name.
    """
    return _RECORDS.get(_suffix(_unpacked(path))) or format_of_document(path)


def is_json(path: str) -> bool:
    """True if a file is JSON by its name, compressed or not."""
    return _suffix(_unpacked(path)) == ".json"


def _unpacked(path: str) -> str:
    name = path.lower()
    for compression in _COMPRESSED:
        name = name.removesuffix(compression)
    return name


def _suffix(path: str) -> str:
    name = basename(path).lower().lstrip(".")
    return name[name.rfind(".") :] if "." in name else ""
