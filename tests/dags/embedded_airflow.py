"""An embedded Airflow of the tests' own, in a home of its own."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import preloaded

REPOSITORY = Path(__file__).parents[2]
WITHOUT_GRAMMARS = Path(__file__).parent / "without_grammars"
LOADED_EARLY = Path(__file__).parent / "loaded_early"
"""Folders that Airflow imports from first: it loads less, and some of it once for all that is forked."""
FORKED_PROGRAMS = Path(__file__).parent / "forked_programs"
"""Where its commands are forked from a process that has loaded most of what they load."""


@dataclass(frozen=True)
class EmbeddedAirflow:
    """The embedded Airflow as `make audit` uses it, with its database and logs under *home*."""

    home: Path

    @property
    def database(self):
        return self.home / "airflow.db"

    @property
    def environment(self):
        """The variables that its processes are started with."""
        path = (str(WITHOUT_GRAMMARS), str(LOADED_EARLY), os.environ.get("PYTHONPATH"))
        search = os.pathsep.join(filter(None, path))
        nurseries = {"CORPUS_AUDIT_TEST_NURSERIES": preloaded.address()}
        return os.environ | nurseries | {"CORPUS_AUDIT_AIRFLOW_HOME": str(self.home), "PYTHONPATH": search}

    def run(self, *command, **environment):
        """Run a command in it and return what it printed, whatever its exit code."""
        given = self.environment
        forked = {
            "PYTHONPATH": f"{FORKED_PROGRAMS}{os.pathsep}{given['PYTHONPATH']}",
            "CORPUS_AUDIT_TEST_PRELOADED": preloaded.address(),
        }
        return subprocess.run(
            [REPOSITORY / "scripts" / "with-airflow.sh", *map(str, command)],
            env=given | forked | environment,
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )

    def bytes_written(self):
        """Return everything it keeps on disk: database, write-ahead log, configuration and logs."""
        return b"".join(path.read_bytes() for path in sorted(self.home.rglob("*")) if path.is_file())
