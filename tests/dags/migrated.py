"""Databases of Airflow, migrated once for each version of it: a migration takes seconds of a processor, a copy none."""

import fcntl
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from dags.embedded_airflow import REPOSITORY, EmbeddedAirflow
from e2e.postgresql import postgresql_program, started_postgresql

FOLDER = REPOSITORY / "build" / "airflow-databases"
MIGRATED = ("apache-airflow-core", "apache-airflow-providers-fab")
"""The distributions that have migrations."""
HOME = "{home}"
"""Stands for Airflow's home in a kept configuration."""


def migrate_sqlite(embedded: EmbeddedAirflow) -> None:
    """Give an Airflow the configuration and the SQLite database that it would make."""
    kept = kept_folder("sqlite", migrate_and_fold)
    configure(embedded, kept)
    shutil.copy(kept / "airflow.db", embedded.database)


def migrate_postgresql(embedded: EmbeddedAirflow, address: str) -> None:
    """Give an Airflow the configuration, and an empty database of PostgreSQL the tables, that it would make."""
    kept = kept_folder("postgresql", migrate_and_dump)
    configure(embedded, kept)
    quietly = ("--quiet", "--no-psqlrc", "--output=/dev/null", "--set=ON_ERROR_STOP=1", "--single-transaction")
    subprocess.run([postgresql_program("psql"), *quietly, f"--file={kept / 'airflow.sql'}", address], check=True)


def kept_folder(kind: str, make: Callable[[Path], None]) -> Path:
    """Return the folder of what was made of a kind for the Airflow that is installed; the first caller makes it."""
    folder = FOLDER / "-".join((kind, *map(version, MIGRATED)))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = FOLDER / f"{kind}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


def migrate(home: Path, **settings: str) -> None:
    """Let Airflow migrate a database, and leave its configuration in a folder."""
    pairs = (f"{name}={value}" for name, value in settings.items())
    done = EmbeddedAirflow(home).run("env", *pairs, "airflow", "db", "migrate")
    assert done.returncode == 0, done.stdout + done.stderr
    configuration = home / "airflow.cfg"
    configuration.write_text(configuration.read_text().replace(str(home), HOME))


def migrate_and_fold(folder: Path) -> None:
    """Let Airflow migrate a database of SQLite, and leave it in one file: without its log it would be empty."""
    migrate(folder)
    with closing(sqlite3.connect(folder / "airflow.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def migrate_and_dump(folder: Path) -> None:
    """Let Airflow migrate a database of a PostgreSQL server, and leave it in a folder as SQL."""
    with started_postgresql() as address:
        migrate(folder, AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=address.replace("postgresql://", "postgresql+psycopg://"))
        subprocess.run([postgresql_program("pg_dump"), f"--file={folder / 'airflow.sql'}", address], check=True)


def configure(embedded: EmbeddedAirflow, kept: Path) -> None:
    """Write the configuration that Airflow makes where it starts without: several processes would each make one."""
    configuration = embedded.home / "airflow.cfg"
    if not configuration.exists():
        configuration.write_text((kept / "airflow.cfg").read_text().replace(HOME, str(embedded.home)))
