"""The sample for costly proxies, chosen from the first records of each shard."""

from corpus_audit.config import Parameters
from corpus_audit.engine.base import Engine
from corpus_audit.measure.prose.sampling import records_per_source
from corpus_audit.schemas import SAMPLES

MILLIONTHS = "CAST(SUM(CAST(ROUND({column} * 1000000) AS BIGINT)) AS DOUBLE) / NULLIF(COUNT({column}), 0) / 1000000"
"""The mean of a column, summed as whole millionths: a sum of floating-point numbers depends on the order of threads."""

_SAMPLE = """
    CREATE TABLE sample AS
    SELECT {columns}
    FROM (SELECT samples.*,
                 ROW_NUMBER() OVER (PARTITION BY source_id ORDER BY sample_position, record_id) AS place
          FROM samples) AS ordered
    WHERE place <= {most}
"""


def mean(column: str) -> str:
    """Return SQL for the mean of a column, null where there is nothing to average."""
    return MILLIONTHS.format(column=column)


def find_sample(engine: Engine, parameters: Parameters) -> None:
    """Make the sample visible as table ``sample``: the first records of each source, whichever shard they lie in."""
    sources = engine.fetch("SELECT source_id FROM claimed_sources").num_rows
    most = records_per_source(sources, parameters.sample_records, parameters.sample_records_per_source)
    engine.execute(_SAMPLE.format(columns=", ".join(SAMPLES.schema.names), most=most))
