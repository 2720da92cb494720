"""The connection to Spark, which the engines and jobs of this process share until it ends: starting it takes seconds.

What there is to set (secrets, memory, cores, the workers' Python) is set where Spark looks for it:
``spark-defaults.conf`` in ``SPARK_CONF_DIR``.
"""

import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_audit.errors import CorpusAuditError, EngineError

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

_CONFIGURATION = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.session.timeZone": "UTC",
    "spark.driver.defaultJavaOptions": " ".join(
        (
            # Dozens of short statements: half of Java's time went into compiling for speed what then ran for a second.
            "-XX:TieredStopAtLevel=1",
            # Java takes the collector without threads of its own, unless another one is asked for.
            "-XX:+NeverActAsServerClassMachine",
            # That would also make little room for code, and for classes, of which a full collection a step is the cost.
            "-XX:ReservedCodeCacheSize=240m",
            "-XX:MetaspaceSize=256m",
        )
    ),
}
_SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions"
_PARTITIONS_A_CORE = 4
"""On this machine; Spark's 200 make as many small files of every exchange."""
_PYTHON = "spark.pyspark.python"
"""Spark itself heeds this setting only where ``spark-submit`` starts the program."""


def connect(master: str, folder: Path) -> "SparkSession":
    """Return the session on the Spark *master*; the first one makes *folder*, and keeps nothing in it.

    Raises EngineError when *master* cannot be reached, CorpusAuditError when Spark cannot be started.
    """
    try:
        from py4j.protocol import Py4JJavaError
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        message = "The engine 'spark' needs the extra of that name: pip install 'corpus-audit[spark]'."
        raise CorpusAuditError(message) from error
    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    # Nothing here goes through pandas.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    builder: Any = SparkSession.builder.appName("corpus-audit").master(master)
    for name, value in (_CONFIGURATION | {"spark.sql.warehouse.dir": str(folder)}).items():
        builder = builder.config(name, value)
    try:
        session: SparkSession = builder.getOrCreate()
    except PySparkRuntimeError as error:
        message = "Spark does not start: it needs Java 17 or newer, on the path or in JAVA_HOME."
        raise CorpusAuditError(message) from error
    except Py4JJavaError as error:
        message = f"Spark does not answer at {master}: check that it runs, and that both know the same secret."
        raise EngineError(message) from error
    _name_python(session.sparkContext)
    return session


def new_session(master: str, folder: Path) -> "SparkSession":
    """Return a session of its own on the Spark *master*, as connect does.

    On this machine an exchange has some partitions for each core, unless Spark's configuration says how many.
    """
    session = connect(master, folder).newSession()
    context = session.sparkContext
    if context.master.startswith("local") and not context.getConf().contains(_SHUFFLE_PARTITIONS):
        session.conf.set(_SHUFFLE_PARTITIONS, str(_PARTITIONS_A_CORE * context.defaultParallelism))
    return session


def _name_python(context: "SparkContext") -> None:
    """Say which program runs Python in tasks: this one, with what it can import, where they run on this machine."""
    if context.master.startswith("local"):
        context.pythonExec = sys.executable
        context.environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    elif chosen := context.getConf().get(_PYTHON):
        context.pythonExec = chosen
