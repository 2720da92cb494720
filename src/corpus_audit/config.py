"""Frozen settings, read once at the edge.

``Parameters`` change what an audit finds and are part of its identity; ``Settings`` only change how it runs.
"""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from corpus_audit.errors import CorpusAuditError

ENVIRONMENT_PREFIX = "CORPUS_AUDIT_"


@dataclass(frozen=True)
class Parameters:
    """What decides the result of an audit; recorded with every signature and in the audit's identity."""

    shingle_size: int = 5
    num_perm: int = 128
    seed: int = 1
    scheme: str = "affine32"
    tokenizer: str = "unicode-1"
    jaccard_threshold: float = 0.8
    containment_threshold: float = 0.8
    """Share of the shingles of a reference's item that a record must hold to contain it."""
    overlap_min_shingles: int = 50
    """Shorter records are copies, but too short to say that one source took from another: Lee et al. (2022),
    "Deduplicating Training Data Makes Language Models Better", draw the line at 50 tokens."""
    sample_seed: int = 1
    """Decides which records are looked at where a check is too costly for all of them."""
    sample_records: int = 10_000
    """Records that are sampled for language and quality, spread evenly over the sources."""
    sample_records_per_source: int = 100
    """What is sampled of each source at least, however many sources there are."""
    name_records: int = 200
    """Sampled records of a language in which names of people are looked for."""
    name_characters: int = 1_500
    """How much of each of them is read."""
    unread_share: float = 0.001
    """Share of a source's rows, of its archives' members or of its media that may be unread before the verdict is
    incomplete. A file of which nothing was read always makes it so."""
    keyword_share: float = 1.0
    """Share of records that are searched for the operator's keywords; gates ask for a tenth at least."""

    def as_dict(self) -> dict[str, str | int | float]:
        """Return the parameters as plain values, for markers and Parquet metadata."""
        return asdict(self)

    def signature_settings(self) -> dict[str, str]:
        """Return what two signatures must share to be comparable, as strings for Parquet schema metadata."""
        return {
            name: str(value)
            for name, value in asdict(self).items()
            if name in ("shingle_size", "num_perm", "seed", "scheme", "tokenizer")
        }


def _setting(default: object, meaning: str, choices: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"meaning": meaning, "choices": choices})


@dataclass(frozen=True)
class Settings:
    """How an audit runs on this machine; none of it changes a result. Each field is a variable of the same name."""

    workers: int = field(
        default_factory=lambda: os.cpu_count() or 1,
        metadata={"meaning": "Processes that measure at the same time.", "default": "number of cores"},
    )
    memory_limit: str = _setting("512MB", "Memory that DuckDB may use in each process before it writes to disk.")
    engine: str = _setting(
        "duckdb", "Where SQL runs: in this process (duckdb), or on Spark (spark).", choices=("duckdb", "spark")
    )
    spark_master: str = _setting(
        "local[2]", "Where Spark runs: spark://HOST:PORT, or in so many threads of this machine."
    )
    shard_bytes: int = _setting(48 * 2**20, "Bytes of data that one shard holds, about.")
    max_shards: int = _setting(1000, "Shards that an audit has at most; larger corpora get larger shards.")
    batch_bytes: int = _setting(8 * 2**20, "Bytes of text that are measured in one go.")
    allowed_urls: str = _setting(
        "", "How web addresses begin that a root may name, separated by spaces. None may be opened by default."
    )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Return settings with every ``CORPUS_AUDIT_*`` variable applied.

        Raises CorpusAuditError when a variable does not parse.
        """
        chosen: dict[str, str | int] = {}
        for setting in fields(cls):
            raw = environ.get(ENVIRONMENT_PREFIX + setting.name.upper())
            if raw is not None:
                chosen[setting.name] = _parse(setting.name, raw, setting.type is int)
                _check_choice(setting.name, raw, setting.metadata.get("choices", ()))
        return cls(**chosen)  # type: ignore[arg-type]


def _check_choice(name: str, raw: str, choices: tuple[str, ...]) -> None:
    if choices and raw not in choices:
        message = f"{ENVIRONMENT_PREFIX}{name.upper()} must be {' or '.join(choices)}, not {raw!r}."
        raise CorpusAuditError(message)


def default_store(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder audits are kept in: ``CORPUS_AUDIT_STORE``, or ``audits`` under the working folder."""
    return Path(environ.get(ENVIRONMENT_PREFIX + "STORE", "audits"))


def _parse(name: str, raw: str, wants_int: bool) -> str | int:
    if not wants_int:
        return raw
    if not raw.isascii() or not raw.isdigit() or int(raw) < 1:
        message = f"{ENVIRONMENT_PREFIX}{name.upper()} must be a whole number of at least 1, not {raw!r}."
        raise CorpusAuditError(message)
    return int(raw)


@dataclass(frozen=True)
class Variable:
    """An environment variable: its name without the prefix, what it does, what holds without it, and who reads it."""

    name: str
    meaning: str
    default: str
    readers: str


OTHER_VARIABLES = (
    Variable("STORE", "Folder that audits are kept in.", "audits", "commands, DAGs, review pages"),
    Variable("LANGUAGE", "Language of the text that is printed: en or zh.", "en", "commands"),
    Variable("LOG_FORMAT", "How an audit logs its stages to stderr: text or json.", "no lines", "audit"),
    Variable("DEBUG", "Not empty: a fault shows its traceback, which may quote the data.", "", "commands"),
    Variable(
        "DATABASE_URL",
        "Address of the ledger: postgresql://… or sqlite:///…. A secret when it holds a password.",
        "ledger.sqlite in the store",
        "commands, DAGs, review pages",
    ),
    Variable(
        "SIGNING_KEY",
        "File of the private key that bundles are signed with. Without it none are built.",
        "",
        "serve, review_audit, review pages",
    ),
    Variable("SIGNING_PASSPHRASE", "Passphrase of that key. A secret.", "", "review_audit, review pages"),
    Variable("KEY_PASSPHRASE", "Passphrase of a key, instead of asking. A secret.", "", "keys create, bundle"),
    Variable(
        "STEWARDS",
        "Airflow users who may sign audits off, separated by commas.",
        "whoever Airflow lets answer",
        "review_audit",
    ),
    Variable("SCHEDULES", "File that lists the scheduled audits.", "audits.yaml beside the DAGs", "scheduled audits"),
    Variable(
        "MAY_REVEAL",
        "Users of the simple auth manager who may see excerpts without their masks, separated by commas.",
        "",
        "review pages in Airflow",
    ),
    Variable("AIRFLOW_HOME", "Database and logs of the embedded Airflow.", ".airflow", "scripts/with-airflow.sh"),
)
"""Every variable that is no field of Settings."""


def variables() -> tuple[Variable, ...]:
    """Return every variable that is read anywhere, by name."""
    readers = "audits: commands, DAGs, the Python function"
    of_settings = (
        Variable(
            setting.name.upper(),
            setting.metadata["meaning"],
            setting.metadata.get("default", str(setting.default)),
            readers,
        )
        for setting in fields(Settings)
    )
    return tuple(sorted((*of_settings, *OTHER_VARIABLES), key=lambda variable: variable.name))
