"""The size bins and thresholds of the European template (facts of secondary sources; see docs/exports.md)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus_audit.vocabulary import Modality

LARGE_SHARE = 0.03
"""A public dataset is large when it has more than this share of all public data of its modality."""

TOP_SHARE = 0.10
TOP_SHARE_SMALL = 0.05
TOP_COUNT_SMALL = 1_000
"""Small and medium-sized enterprises name the top 5 % of domains or 1,000, whichever is lower."""


@dataclass(frozen=True)
class Bins:
    """The ranges of one modality: their unit, and the two bounds between three ranges."""

    unit: str
    bounds: tuple[int, int]
    labels: tuple[str, str, str]

    def label(self, size: int) -> str:
        """Return the range that *size* falls into."""
        low, high = self.bounds
        return self.labels[0] if size < low else self.labels[1] if size <= high else self.labels[2]


_HOURS = Bins(
    "hours", (10_000, 1_000_000), ("Less than 10,000 hours", "10,000 to 1 million hours", "More than 1 million hours")
)
BINS: Mapping[Modality, Bins] = {
    Modality.TEXT: Bins(
        "tokens",
        (10**9, 10**13),
        ("Less than 1 billion tokens", "1 billion to 10 trillion tokens", "More than 10 trillion tokens"),
    ),
    Modality.IMAGE: Bins(
        "images",
        (10**6, 10**9),
        ("Less than 1 million images", "1 million to 1 billion images", "More than 1 billion images"),
    ),
    Modality.AUDIO: _HOURS,
    Modality.VIDEO: _HOURS,
}


def large_shares(sizes: Mapping[str, int]) -> dict[str, float]:
    """Return the share of all of every size that is large, largest first, by key where they are equal."""
    whole = sum(sizes.values())
    shares = {key: size / whole for key, size in sizes.items() if whole and size / whole > LARGE_SHARE}
    return dict(sorted(shares.items(), key=lambda share: (-share[1], share[0])))


def top_count(domains: int, *, is_small_enterprise: bool) -> int:
    """Return how many of *domains* have to be named."""
    if is_small_enterprise:
        return min(math.ceil(domains * TOP_SHARE_SMALL), TOP_COUNT_SMALL)
    return math.ceil(domains * TOP_SHARE)


def top_domains(sizes: Mapping[str, int], count: int) -> Sequence[tuple[str, int]]:
    """Return the *count* largest domains with their sizes, by name where they are equal."""
    return sorted(sizes.items(), key=lambda domain: (-domain[1], domain[0]))[:count]
