"""The meanings of column names: the tables of the rule. Names are lower case with underscores."""

import re
from collections.abc import Mapping
from enum import StrEnum


class FieldRole(StrEnum):
    """What a column is for its record."""

    TEXT = "text"
    SPEAKER = "speaker"
    LICENSE = "license"
    LANGUAGE = "language"
    PROGRAMMING_LANGUAGE = "programming language"
    URL = "url"
    DATE = "date"
    SUBJECT = "subject"
    ID = "id"
    HASH = "hash"
    LABEL = "label"
    SPLIT = "split"
    TITLE = "title"
    CONTACT = "contact"
    FILE = "file"
    MEASURE = "measure"
    BYTES = "bytes"
    COPY = "copy of the text"
    EMPTY = "empty"
    OTHER = "other"


MEANINGS: Mapping[FieldRole, str] = {
    FieldRole.TEXT: "the text of a record, or a part of it",
    FieldRole.SPEAKER: "who says a turn of a conversation; stands before the turn's text",
    FieldRole.LICENSE: "the record's own license, or a list of licenses that all hold",
    FieldRole.LANGUAGE: "the language that the record is in",
    FieldRole.PROGRAMMING_LANGUAGE: "the language of source code: no language of a text",
    FieldRole.URL: "an address",
    FieldRole.DATE: "a date or moment",
    FieldRole.SUBJECT: "ids of the people in a record",
    FieldRole.ID: "an identifier",
    FieldRole.HASH: "a checksum",
    FieldRole.LABEL: "a class, topic, rating or state",
    FieldRole.SPLIT: "the split or subset that a record belongs to",
    FieldRole.TITLE: "a heading; becomes the text only where there is no other",
    FieldRole.CONTACT: "a name or address of a person",
    FieldRole.FILE: "a path or name of a file",
    FieldRole.MEASURE: "a number, time or truth value",
    FieldRole.BYTES: "bytes, such as those of a picture or a recording, which is then looked at as media",
    FieldRole.COPY: "text that a column of the text repeats",
    FieldRole.EMPTY: "no value in the sampled rows",
    FieldRole.OTHER: "anything else: scanned, not part of the text",
}

TEXTS = (
    "text",
    "content",
    "body",
    "raw_content",
    "full_text",
    "page_content",
    "document",
    "article",
    "passage",
    "markdown",
    "code",
    "sentence",
    "story",
    "transcript",
    "transcription",
    "lyrics",
    "poem",
    "paragraph",
    "chunk",
    "utterance",
    "tweet",
    "comment",
    "review",
    "post",
    "abstract",
    "caption",
    "description",
)
"""Columns that are a record's text by themselves: the first that is there and not empty."""

ASKING = (
    "system_prompt",
    "system",
    "instructions",
    "instruction",
    "context",
    "history",
    "passage",
    "premise",
    "sentence1",
    "source_text",
    "questions",
    "question",
    "query",
    "prompt",
    "problem",
    "inputs",
    "input",
)
"""Columns that come before an answer, in the order in which they become the text."""

ANSWERING = (
    "choices",
    "options",
    "hypothesis",
    "sentence2",
    "positive",
    "negative",
    "reasoning",
    "reasoning_content",
    "thinking",
    "rationale",
    "explanation",
    "answers",
    "answer",
    "outputs",
    "output",
    "responses",
    "response",
    "completions",
    "completion",
    "solutions",
    "solution",
    "targets",
    "target",
    "target_text",
    "reply",
    "chosen",
    "rejected",
    "summary",
    "highlights",
    "translation",
    "translations",
)
"""Columns that answer, or stand beside what was asked, in that order."""

CONVERSATIONS = (
    "messages",
    "conversations",
    "conversation",
    "turns",
    "dialog",
    "dialogue",
    "dialogs",
    "chat",
    "thread",
)
"""Lists of turns, also where no turn says who speaks."""

EXCHANGE = (*CONVERSATIONS, *ASKING, *ANSWERING)
"""Columns that are a text together, in the order in which they become it."""

TRANSLATIONS = ("translation", "translations")
"""Columns whose inner names are languages, not roles."""

SPEAKERS = ("role", "from", "speaker", "sender", "author_role")
"""What a turn calls the one who speaks."""

TURNS = ("content", "value", "text", "message", "utterance")
"""What a turn calls its text."""

PART_TEXTS = ("text",)
"""What a part of a turn calls its text, beside parts that are pictures or recordings."""

WRAPPERS = frozenset({"text", "value", "content"})
"""Names within another column that say nothing of their own: 'answers.text' is an answer."""

PROPOSED: Mapping[str, tuple[str, ...]] = {
    "license": ("license", "licence", "licenses", "licences", "license_expression", "spdx_license", "spdx"),
    "language": ("language", "lang", "languages", "lang_code", "language_code", "locale"),
    "url": ("url", "uri", "source_url", "page_url", "web_url", "warc_target_uri", "link", "href"),
    "date": (
        "date",
        "timestamp",
        "created",
        "published",
        "created_at",
        "published_at",
        "creation_date",
        "publication_date",
        "publish_date",
        "crawl_date",
        "crawl_timestamp",
        "crawled_at",
        "date_download",
        "warc_date",
    ),
    "subject_ids": ("subject_ids", "subject_id", "subjects"),
}
"""Columns that become fields of a manifest, by the field; the likeliest name first."""

PROPOSED_ROLES: Mapping[str, FieldRole] = {
    "license": FieldRole.LICENSE,
    "language": FieldRole.LANGUAGE,
    "url": FieldRole.URL,
    "date": FieldRole.DATE,
    "subject_ids": FieldRole.SUBJECT,
}

NAMES: Mapping[FieldRole, tuple[str, ...]] = {
    **{role: PROPOSED[field] for field, role in PROPOSED_ROLES.items()},
    FieldRole.PROGRAMMING_LANGUAGE: ("programming_language", "programming_languages", "code_language"),
    FieldRole.ID: ("id", "ids", "idx", "index", "uid", "uuid", "guid", "key", "doi", "isbn", "pmid", "row", "number"),
    FieldRole.HASH: (
        "hash",
        "hexsha",
        "sha",
        "sha1",
        "sha256",
        "sha512",
        "md5",
        "digest",
        "checksum",
        "etag",
        "simhash",
    ),
    FieldRole.LABEL: (
        "label",
        "labels",
        "class",
        "category",
        "categories",
        "tag",
        "tags",
        "topic",
        "topics",
        "type",
        "kind",
        "status",
        "task",
        "domain",
        "genre",
        "rating",
        "score",
        "stars",
        "difficulty",
        "level",
        "grade",
        "sentiment",
        "quality",
        "model",
        "source",
        "role",
        "speaker",
        "ext",
        "extension",
        "license_type",
        "mime",
        "mime_type",
        "content_type",
        "encoding",
        "charset",
        "format",
    ),
    FieldRole.SPLIT: ("split", "splits", "subset", "fold", "partition", "config", "config_name"),
    FieldRole.TITLE: ("title", "heading", "headline", "name", "subject"),
    FieldRole.CONTACT: ("author", "authors", "email", "user", "username", "owner", "phone", "creator", "annotator"),
    FieldRole.FILE: (
        "path",
        "file",
        "filename",
        "file_name",
        "filepath",
        "file_path",
        "repo",
        "repository",
        "repo_name",
    ),
}
"""What a column's whole name says of it."""

LICENSES = re.compile(
    r"(?:(?P<of>(?!.*(?:driv|vehicle|business|medic|nurs|profession|pilot|gun|liquor|fishing|hunting|trade|marriage))"
    r"(?:.+_)?)(?:licen[cs](?:es?|ing)|copyright_licen[cs]es?|spdx"
    r"|lizenz(?:en)?|licen(?:cia|ça|za)s?|licentie|licens|licencja|лицензия|许可证|許可證|授权协议|ライセンス|라이선스)"
    r"|(?P<terms>(?:.+_)?(?:terms|conditions)_of_use|usage_terms"
    r"|(?:(?:dc|dcterms|dc_terms|edm|usage|copyright|image|media|content|web)_)?rights))"
    r"(?:_(?P<detail>urls?|uris?|links?|href|names?|ids?|identifiers?|spdx|keys?|codes?|short|short_names?|titles?|labels?"
    r"|abbreviations?|expressions?|statements?|texts?|info|terms|notices?|versions?|types?|kinds?|class(?:es)?"
    r"|categor(?:y|ies)|famil(?:y|ies)|sources?|files?|paths?|status))?"
)
"""Names of columns, and of what holds columns, that state a license. What comes before it says whose license it is, and
terms are apart from a license; licenses to drive, trade or practise are none."""

DESCRIBING = re.compile(
    r"versions?|types?|kinds?|class(?:es)?|categor(?:y|ies)|famil(?:y|ies)|sources?|files?|paths?|status"
)
"""How a license's column, or one within it, is called that seldom names it: it counts where nothing else does."""

SCHEMA_WORDS = frozenset({"$ref", "$schema", "enum", "const", "one_of", "any_of", "all_of", "properties", "items"})
"""Names within a license's column that say that it is described there, and not stated (JSON Schema, OpenAPI)."""

ENDINGS: tuple[tuple[FieldRole, re.Pattern[str]], ...] = (
    (FieldRole.ID, re.compile(r".+_(u?u?ids?|idx|index|key|doi|number)")),
    (FieldRole.HASH, re.compile(r".+_(hash|hexsha|sha|sha1|sha256|md5|digest|checksum)|(sha|md5)_.+")),
    (FieldRole.URL, re.compile(r".+_(urls?|uris?|links?)")),
    (FieldRole.CONTACT, re.compile(r".*(e_?mail|phone).*|.+_(author|user|username|owner|person)|author_.+|user_.+")),
    (FieldRole.DATE, re.compile(r".+_(date|datetime|timestamp|time|at|year)|(date|time)_.+|year|month")),
    (FieldRole.LABEL, re.compile(r".+_(label|class|category|type|tags?|topic|status|score|rating|level|source|model)")),
    (FieldRole.SPLIT, re.compile(r".+_(split|subset|fold)")),
    (FieldRole.TITLE, re.compile(r".+_(title|headline|name)")),
    (FieldRole.FILE, re.compile(r".+_(path|file|filename|repo)")),
)
"""What the end of a name says where the whole name is in no table."""

_URL = (FieldRole.URL, re.compile(r"[a-z][a-z0-9+.-]*://\S+|www\.\S+", re.I))
_HASH = (FieldRole.HASH, re.compile(r"([a-z0-9-]+:)?([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64,128})", re.I))
_UUID = (FieldRole.ID, re.compile(r"(<?urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}>?", re.I))

NEVER_TEXT = (_URL, _HASH, _UUID)
"""What a column called like a text is by its values after all; then it is no text."""

VALUES: tuple[tuple[FieldRole, re.Pattern[str]], ...] = (
    *NEVER_TEXT,
    (FieldRole.CONTACT, re.compile(r"\S+@\S+\.\w+")),
    (FieldRole.DATE, re.compile(r"(19|20)\d\d[-/.]\d\d?([-/.]\d\d?)?([T ]\d\d:\d\d.*)?")),
    (FieldRole.ID, re.compile(r"[a-z_-]*\d[\d_-]{3,}", re.I)),
    (FieldRole.MEASURE, re.compile(r"[-+]?[\d.,]+%?|true|false", re.I)),
    (FieldRole.FILE, re.compile(r"(\S*/)?[^\s/]+\.[a-z0-9]{1,6}", re.I)),
)
"""What values say of a column whose name is in no table: all sampled values have the form."""

FEWEST_LABELS = 8
MOST_LABELS = 0.25
"""Single words are labels when there are so many of them and at most such a share of them differ."""

_SOURCE_CODE = """
    ada agda apex applescript arduino assembly astro awk bash batchfile bluespec c c# c++ cmake clojure cobol
    coffeescript common-lisp cpp crystal csharp css csv cuda cython d dart dockerfile elixir elm emacs-lisp erlang f#
    fortran fsharp gdscript glsl go golang graphql groovy hack haskell hcl html idris ini isabelle java
    java-server-pages javascript js json json5 jsonld jsx julia jupyter jupyter-notebook kotlin lean less literate-agda
    literate-coffeescript literate-haskell lua makefile maple markdown mathematica matlab nim nix objective-c ocaml
    pascal perl php php-hack plsql postscript powershell prolog protocol-buffer protobuf puppet python python2 python3
    qml r racket razor restructuredtext rmarkdown ruby rust sas sass scala scheme scss shell smalltalk solidity sparql
    sql stan standard-ml stata svelte svg swift systemverilog tcl tcsh tex thrift toml ts typescript tsx vb vba verilog
    vhdl visual-basic vue wasm webassembly xml xslt yacc yaml zig
"""
PROGRAMMING_LANGUAGES = frozenset(_SOURCE_CODE.split())
"""Values, in lower case with dashes, by which a column called language names that of source code."""

CODE_SIGNS = frozenset({"hexsha", "ext", "repo_name", "max_stars_repo_name", "max_stars_repo_path", "avg_line_length"})
"""Columns that show that rows are files of source code, where there are no values to look at."""

ROW_LISTS = ("data", "rows", "records", "examples", "items", "instances", "entries", "samples", "documents")
"""What a single JSON object calls the list of its records."""
