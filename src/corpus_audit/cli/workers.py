"""The workers of an audit, started before its stages are loaded: both take seconds, side by side."""

from pathlib import Path

from corpus_audit import guard
from corpus_audit.config import Settings

WARM_UP = guard.Deferred("corpus_audit.pipeline.measured_parts", "warm_up")
"""What the pipeline has workers begin with, as it names it."""


def check_manifest(manifest: str) -> None:
    """Raise ManifestError for a file on this machine that is no manifest at first sight: nothing is started for it."""
    from corpus_audit.corpus.locations import is_address
    from corpus_audit.manifest.load import check_small

    # A name that no message can show is refused where it is said how.
    if not is_address(manifest) and manifest.isprintable():
        check_small(Path(manifest))


def start_workers(address: str, workers: int | None) -> None:
    """Start workers that read data at an address; *workers* is how many measure, by default one for each core."""
    guard.prepare(WARM_UP, count=guard.at_once(workers or Settings.from_environment().workers), address=address)
