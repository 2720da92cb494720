"""Settings out of the environment."""

import pytest

from corpus_audit.config import Settings
from corpus_audit.errors import CorpusAuditError


def test_an_engine_is_chosen_among_those_there_are() -> None:
    assert Settings.from_environment({}).engine == "duckdb"
    chosen = Settings.from_environment(
        {"CORPUS_AUDIT_ENGINE": "spark", "CORPUS_AUDIT_SPARK_MASTER": "spark://host:7077"}
    )
    assert (chosen.engine, chosen.spark_master) == ("spark", "spark://host:7077")
    with pytest.raises(CorpusAuditError, match="must be duckdb or spark, not 'polars'"):
        Settings.from_environment({"CORPUS_AUDIT_ENGINE": "polars"})
