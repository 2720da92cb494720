"""The page in each bundle that verifies it in a browser, offline: one file, made of the parts in ``verify_page``.

The signature covers the page as it does every other file. A page that came with a bundle proves only that files agree
with each other; it says so itself.
"""

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files

from corpus_audit.export.bundle.markers import PLACES, WHOLE
from corpus_audit.export.bundle.statement import PREDICATE_TYPE

_SCRIPTS = ("archive.js", "statement.js", "markers.js", "since.js", "page.js")


@cache
def render_page() -> bytes:
    """Return the page; the same bytes in every bundle that this version builds."""
    style = _read("page.css")
    script = "\n".join(['"use strict";', *map(_read, _SCRIPTS)])
    for name, value in (
        ("PREDICATE_TYPE", PREDICATE_TYPE),
        ("PLACES", json.dumps(PLACES)),
        ("WHOLE", json.dumps(sorted(WHOLE))),
    ):
        script = script.replace(f"@@{name}@@", value)
    policy = f"default-src 'none'; style-src '{_source(style)}'; script-src '{_source(script)}'; base-uri 'none'"
    parts = {"POLICY": f"{policy}; form-action 'none'", "STYLE": style, "WORDS": _read("words.json"), "SCRIPT": script}
    page = _read("page.html")
    for name, value in parts.items():
        page = page.replace(f"@@{name}@@", value)
    return page.encode()


def _read(name: str) -> str:
    return files("corpus_audit.export.bundle").joinpath("verify_page", name).read_text(encoding="utf-8")


def _source(text: str) -> str:
    """Return how a content security policy names an inline text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
