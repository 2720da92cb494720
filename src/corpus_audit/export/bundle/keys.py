"""Ed25519 keys: create a pair, and read either key from a PEM file."""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from securesystemslib.signer import SSlibKey

from corpus_audit.errors import BundleError
from corpus_audit.export.bundle.key_card import KeyCard, parse_card

PUBLIC_SUFFIX = ".pub"
_MAX_PEM_BYTES = 64 * 2**10


def create_keys(path: Path, passphrase: bytes | None = None, card: KeyCard | None = None) -> Path:
    """Write a new private key to *path*, readable by its owner only, and return where its public half is.

    Raises BundleError when either file is there already: a key is never overwritten.
    """
    public_path = path.with_name(path.name + PUBLIC_SUFFIX)
    for taken in (path, public_path):
        if taken.exists():
            message = f"{taken} is there already and is not overwritten: choose another file."
            raise BundleError(message)
    key = Ed25519PrivateKey.generate()
    encryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    _write_new(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption), 0o600)
    _write_new(public_path, (card.header() if card else b"") + public_pem(key.public_key()), 0o644)
    return public_path


def read_private_key(path: Path, passphrase: bytes | None = None) -> Ed25519PrivateKey:
    """Return the private key in a PEM file; raises BundleError when it is none, or the passphrase is wrong."""
    content = _read(path)
    try:
        key = load_pem_private_key(content, passphrase)
    except TypeError as error:
        message = f"{path} is encrypted: give its passphrase." if passphrase is None else f"{path} is not encrypted."
        raise BundleError(message) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        message = (
            f"{path} is not a private key in PEM, or its passphrase is another. 'corpus-audit keys create' makes one."
        )
        raise BundleError(message) from error
    if not isinstance(key, Ed25519PrivateKey):
        message = f"{path} is not an Ed25519 key. 'corpus-audit keys create' makes one."
        raise BundleError(message)
    return key


def is_encrypted(path: Path) -> bool:
    """True if a private key file needs a passphrase."""
    return b"ENCRYPTED" in _read(path).split(b"\n", 1)[0]


def read_public_key(path: Path) -> Ed25519PublicKey:
    """Return the public key in a PEM file; raises BundleError when it is none."""
    return parse_public_key(_read(path), str(path))


def read_card(path: Path) -> KeyCard:
    """Return whose the public key in a PEM file is and until when it is valid; raises BundleError."""
    return parse_card(_read(path))


def parse_public_key(content: bytes, name: str) -> Ed25519PublicKey:
    """Return the public key in PEM; *name* says in messages where it is from."""
    try:
        key = load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm) as error:
        message = f"{name} is not a public key in PEM: give the file that ends in '{PUBLIC_SUFFIX}'."
        raise BundleError(message) from error
    if not isinstance(key, Ed25519PublicKey):
        message = f"{name} is not an Ed25519 key: give the public key of the bundle's signer."
        raise BundleError(message)
    return key


def public_pem(key: Ed25519PublicKey) -> bytes:
    """Return a public key as PEM."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def key_id(key: Ed25519PublicKey) -> str:
    """Return the name of a key: the sha256 that securesystemslib computes of it."""
    identifier: str = SSlibKey.from_crypto(key).keyid
    return identifier


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_MAX_PEM_BYTES)
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}): give the path of a key."
        raise BundleError(message) from error


def _write_new(path: Path, content: bytes, mode: int) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror}): choose another file."
        raise BundleError(message) from error
