"""Frozen settings, read once at the edge of the program.

``Parameters`` change what an audit finds and are part of its identity; ``Settings`` only change how it runs.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus_audit.errors import CorpusAuditError

ENVIRONMENT_PREFIX = "CORPUS_AUDIT_"

GUARDED = "CORPUS_AUDIT_GUARDED"
"""The variable that is set in a worker that parses foreign bytes: it has no credentials of the store."""


class ParameterStage(StrEnum):
    """The stage that a parameter decides; shards are measured anew only where a parameter of measuring differs."""

    MEASURE = "measure"
    NAMES = "names"
    DEDUPLICATE = "deduplicate"
    GATHER = "gather"
    EVALUATE = "evaluate"


@dataclass(frozen=True)
class ParameterMeaning:
    """What a parameter is, for its users: meaning, unit, the values it may have, and the stage that it decides."""

    meaning: str
    unit: str
    stage: ParameterStage
    minimum: float | None = None
    maximum: float | None = None
    """None with no minimum and maximum: this version has one value, which is recorded and cannot be set."""


def _parameter(
    default: float | str,
    meaning: str,
    unit: str,
    stage: ParameterStage,
    between: tuple[float, float] | tuple[None, None] = (None, None),
) -> Any:
    return field(default=default, metadata={"parameter": ParameterMeaning(meaning, unit, stage, *between)})


_SHARE = (0.0, 1.0)
_SEEDS = (0, 2**32 - 1)
_MEASURE, _DEDUPLICATE = ParameterStage.MEASURE, ParameterStage.DEDUPLICATE


@dataclass(frozen=True, order=True)
class RuleBound:
    """A figure that takes the place of one in a pack: an argument of a rule's expectation, or of its row condition."""

    rule_id: str
    argument: str
    value: int | float

    @property
    def name(self) -> str:
        """The name that the bound is set by."""
        return f"{RULE_PREFIX}{self.rule_id}.{self.argument}"


RULE_PREFIX = "rule:"
DETECTORS_OFF = "detectors.off"


@dataclass(frozen=True)
class Parameters:
    """What decides the result of an audit; recorded with every signature and in the audit's identity."""

    shingle_size: int = _parameter(5, "Neighbouring tokens that make a shingle.", "tokens", _MEASURE, (1, 64))
    num_perm: int = _parameter(
        128, "Permutations of a MinHash signature: more find more near copies, and cost more.", "permutations",
        _MEASURE, (16, 1024),
    )  # fmt: skip
    seed: int = _parameter(1, "Seed that the permutations are drawn with.", "", _MEASURE, _SEEDS)
    scheme: str = _parameter("affine32", "Signature scheme.", "", _MEASURE)
    tokenizer: str = _parameter("unicode-2", "How text is cut into tokens.", "", _MEASURE)
    passage_window: int = _parameter(
        16, "Neighbouring shingles of words of which the passage index keeps one: every unchanged passage of so many "
        "is found (for 16 shingles of 5: 20 words, or 28 characters of Chinese or Thai). Fewer find shorter passages "
        "in a larger index; 0 keeps none.",
        "shingles", _MEASURE, (0, 1000),
    )  # fmt: skip
    jaccard_threshold: float = _parameter(
        0.8, "Jaccard similarity from which two records are near copies.", "share", _DEDUPLICATE, (0.3, 1.0)
    )
    containment_threshold: float = _parameter(
        0.8, "Share of the shingles of a reference's item that a record must hold to contain it.", "share",
        _MEASURE, (0.1, 1.0),
    )  # fmt: skip
    overlap_min_shingles: int = _parameter(
        50, "Distinct shingles from which one shared record says that a source took from another. 50 is where Lee et "
        "al. (2022), Deduplicating Training Data Makes Language Models Better, draw the line, in tokens.", "shingles",
        _DEDUPLICATE, (1, 100_000),
    )  # fmt: skip
    overlap_min_share: float = _parameter(
        0.1, "Share of a source's records or bytes from which shared records count however short they are.", "share",
        _DEDUPLICATE, _SHARE,
    )  # fmt: skip
    sample_seed: int = _parameter(
        1, "Seed of the sample: which records are looked at where a check is too costly for all.", "", _MEASURE, _SEEDS
    )
    read_bytes: int = _parameter(
        0, "Bytes of content that are read in all, of a seeded choice of files and parts of files; the rest is not "
        "looked at, and the verdict is incomplete. 0 reads everything.", "bytes", _MEASURE, (0, 2**50),
    )  # fmt: skip
    name_records: int = _parameter(
        200, "Records of a language in which names of people are looked for.", "records",
        ParameterStage.NAMES, (0, 10_000_000),
    )  # fmt: skip
    name_characters: int = _parameter(
        1_500, "How much of each of those records is read.", "characters", ParameterStage.NAMES, (1, 1_000_000)
    )
    keyword_share: float = _parameter(
        1.0, "Share of the records that are searched for the operator's keywords.", "share", _MEASURE, (0.001, 1.0)
    )
    file_seconds: int = _parameter(
        120, "Processor seconds that reading and measuring one file may take, or one part of a large one; 2 more for "
        "each MiB of it. A file that takes more is given up as a defect.", "seconds", _MEASURE, (1, 86_400),
    )  # fmt: skip
    file_memory: int = _parameter(
        2_048, "Memory that the process may use that reads and measures a file. A file that takes more is given up as "
        "a defect.", "MiB", _MEASURE, (1_024, 1_048_576),
    )  # fmt: skip
    unread_share: float = _parameter(
        0.001, "Share of a source's rows, of its archives' members or of its media that may be unread before the "
        "verdict is incomplete. A file of which nothing was read always makes it so.", "share",
        ParameterStage.GATHER, _SHARE,
    )  # fmt: skip
    minimum_score: float = _parameter(
        0.0, "Score from which a span is judged; those below it are counted only.", "score",
        ParameterStage.GATHER, _SHARE,
    )  # fmt: skip
    detectors_off: tuple[str, ...] = ()
    """Entity types that are not looked for, sorted."""
    rule_bounds: tuple[RuleBound, ...] = ()
    """Figures that take the place of those in packs, sorted."""

    @property
    def is_sample(self) -> bool:
        """True if only a sample of the data is read."""
        return self.read_bytes > 0

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Parameters":
        """Return parameters that ``dataclasses.asdict`` and JSON turned into plain values; raises TypeError."""
        lists = {
            "detectors_off": tuple(stored["detectors_off"]),
            "rule_bounds": tuple(RuleBound(**bound) for bound in stored["rule_bounds"]),
        }
        return cls(**{**stored, **lists})

    def as_dict(self) -> dict[str, str | int | float]:
        """Return the parameters by the names that they are set by, as plain values."""
        values = {name: getattr(self, name) for name in PARAMETER_MEANINGS}
        if self.detectors_off:
            values[DETECTORS_OFF] = ",".join(self.detectors_off)
        return values | {bound.name: bound.value for bound in self.rule_bounds}

    def of_measuring(self) -> dict[str, str | int | float]:
        """Return those that decide what a shard's measuring finds: two audits that share them share its results."""
        values = self.as_dict()
        decided = {name for name, about in PARAMETER_MEANINGS.items() if about.stage is ParameterStage.MEASURE}
        return {name: value for name, value in values.items() if name in decided | {DETECTORS_OFF}}

    def signature_settings(self) -> dict[str, str]:
        """Return what two signatures must share to be comparable, as strings for Parquet schema metadata."""
        names = ("shingle_size", "num_perm", "seed", "scheme", "tokenizer")
        return {name: str(getattr(self, name)) for name in names}


PARAMETER_MEANINGS: Mapping[str, ParameterMeaning] = {
    parameter.name: parameter.metadata["parameter"]
    for parameter in fields(Parameters)
    if "parameter" in parameter.metadata
}
"""The parameters that have one value each, in their order."""


def _setting(default: object, meaning: str, choices: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"meaning": meaning, "choices": choices})


@dataclass(frozen=True)
class Settings:
    """How an audit runs on this machine; none of it changes a result. Each field is a variable of the same name."""

    workers: int = field(
        default_factory=lambda: os.cpu_count() or 1,
        metadata={
            "meaning": "Processes that measure at the same time; in Airflow, those of one task.",
            "default": "number of cores; one for a task of Airflow",
        },
    )
    memory_limit: str = _setting("512MB", "Memory that DuckDB may use in each process before it writes to disk.")
    engine: str = _setting(
        "duckdb", "Where SQL runs: in this process (duckdb), or on Spark (spark).", choices=("duckdb", "spark")
    )
    spark_master: str = _setting(
        "local[2]", "Where Spark runs: spark://HOST:PORT, or in so many threads of this machine."
    )
    measure_on: str = _setting(
        "engine",
        "Where shards are measured: where SQL runs (engine), in processes of this machine and mapped tasks of Airflow "
        "(processes), or in one Spark job whose workers need this package (spark).",
        choices=("engine", "processes", "spark"),
    )
    shard_bytes: int = _setting(
        48 * 2**20,
        "Bytes of data that one shard holds, about; as little as an eighth where there is little data a worker.",
    )
    max_shards: int = _setting(100_000, "Shards that an audit has at most; larger corpora get larger shards.")
    max_tasks: int = _setting(
        500,
        "Airflow tasks that measure one audit, at most; each works off shards that follow each other, several at a "
        "time where it has workers.",
    )
    batch_bytes: int = _setting(8 * 2**20, "Bytes of text that are measured in one go.")
    check_disk: str = _setting(
        "yes", "Refuse an audit whose estimate does not fit on the disk of the store.", choices=("yes", "no")
    )
    allowed_urls: str = _setting(
        "",
        "How web addresses, and those of datasets on a hub (hf://datasets/OWNER), begin that a root may name, "
        "separated by spaces. None may be opened by default.",
    )
    cache_folder: str = _setting(
        "",
        "Where this machine keeps its copies of stores in buckets, and a cleaned dataset until it lies in one. By "
        "default the user's cache folder.",
    )
    cache_bytes: int = _setting(
        50 * 2**30, "Bytes of stages that such a copy keeps when a process begins; those used last stay."
    )
    approvers: int = _setting(1, "Stewards who must approve an audit before its bundle is shown to regulators.")

    @property
    def measures_on_spark(self) -> bool:
        """True if shards are measured in a Spark job."""
        return self.measure_on == "spark" or (self.measure_on, self.engine) == ("engine", "spark")

    @property
    def uses_spark(self) -> bool:
        """True if anything runs on Spark."""
        return self.engine == "spark" or self.measures_on_spark

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
    Variable(
        "STORE", "Folder that audits are kept in, or its address in a bucket.", "audits", "commands, DAGs, review pages"
    ),
    Variable("GUARDED", "Set by the program in workers that parse foreign bytes; never by you.", "", "workers"),
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
        "bundle, serve, review_audit, review pages",
    ),
    Variable("SIGNING_PASSPHRASE", "Passphrase of that key. A secret.", "", "review_audit, review pages"),
    Variable(
        "TIMESTAMP_URL",
        "Address of an RFC 3161 authority that stamps checkpoints of the ledger; it gets digests only.",
        "",
        "bundle, store delete, review_audit, review pages",
    ),
    Variable("KEY_PASSPHRASE", "Passphrase of a key, instead of asking. A secret.", "", "keys create, bundle"),
    Variable(
        "STEWARDS",
        "Airflow users who may sign audits off, separated by commas.",
        "every user whom Airflow allows to answer",
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
