"""The hash of a value is HMAC-SHA256, as Python's hmac has it."""

import hmac

import pytest

from corpus_audit.measure.detection.spans import KEYED_HASH_BYTES, KeyedHash


@pytest.mark.parametrize("key", [b"", b"k", bytes(range(64)), bytes(range(65)), b"long" * 99])
def test_hashes_as_hmac_does(key: bytes) -> None:
    hashing = KeyedHash(key)
    for value in (b"", b"ann@posteo.de", b"x" * 1000):
        assert hashing.of(value) == hmac.digest(key, value, "sha256")[:KEYED_HASH_BYTES]
