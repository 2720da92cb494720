"""Build a signed bundle from files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from corpus_audit.errors import BundleError
from corpus_audit.export.bundle.archive import Content, sha256_of, write_archive
from corpus_audit.export.bundle.keys import public_pem
from corpus_audit.export.bundle.page import render_page
from corpus_audit.export.bundle.statement import Statement, sign

ENVELOPE = "attestation.dsse.json"
"""The file that holds the signature; the only one that the statement does not cover."""

PUBLIC_KEY = "public-key.pem"
"""The public half of the signing key, for a first look; whose key it is, a bundle cannot say of itself."""

PAGE = "verify.html"
"""Verifies a bundle in a browser, offline; the statement covers it like every other file."""

_OWN = frozenset({ENVELOPE, PUBLIC_KEY, PAGE})


def build_bundle(
    path: Path, files: Mapping[str, Content], predicate: Mapping[str, Any], key: Ed25519PrivateKey
) -> None:
    """Write a bundle of *files* to *path*, whole or not at all; the same input gives the same bytes."""
    contents: dict[str, Content] = {**files, PUBLIC_KEY: public_pem(key.public_key()), PAGE: render_page()}
    if taken := _OWN & files.keys():
        message = f"{', '.join(sorted(taken))}: names of the bundle itself, as no file of an audit is called."
        raise BundleError(message)
    statement = Statement({name: sha256_of(content) for name, content in contents.items()}, predicate)
    contents[ENVELOPE] = sign(statement, key)
    partial = path.with_name(f".partial-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("w+b") as stream:
            write_archive(stream, contents)
        partial.replace(path)
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror}): choose another file."
        raise BundleError(message) from error
    finally:
        partial.unlink(missing_ok=True)
