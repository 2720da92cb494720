"""A real S3-compatible server (SeaweedFS) of this machine, started once for all tests that need one."""

import json
import os
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow.fs as pafs

KEY, SECRET = "AUDITORKEYID0001", "a-secret-that-nobody-may-see"
BUCKET = "corpus"


def server_program() -> str | None:
    """Return where the server is, None where it is not installed."""
    return shutil.which("weed", path=os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", ""))))


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on, each with a free one 10,000 above, where the server puts its gRPC.

    All are below those that systems hand out to clients: none is taken between this look and the server's start.
    """
    first = 12_000 + os.getpid() % 900 * 10
    return [port for port in range(first, 21_990) if is_free(port) and is_free(port + 10_000)][:count]


def is_free(port: int) -> bool:
    """Can a server listen on a port of this machine?"""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def running_server(program: str, folder: Path) -> Iterator[Mapping[str, str]]:
    """Run the server, and yield the variables by which clients find it."""
    rights = {"name": "auditor", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [rights]}))
    master, volume, filer, s3 = free_ports(4)
    command = [program, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3", f"-s3.port={s3}"]
    command += [f"-s3.config={folder / 's3.json'}", f"-master.port={master}", f"-volume.port={volume}"]
    command += [f"-filer.port={filer}", "-master.volumeSizeLimitMB=32", "-volume.max=8"]
    command += ["-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.iam=false"]
    with (folder / "server.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            wait_for(s3, server)
            yield {
                "AWS_ACCESS_KEY_ID": KEY,
                "AWS_SECRET_ACCESS_KEY": SECRET,
                "AWS_ENDPOINT_URL": f"http://127.0.0.1:{s3}",
                "AWS_EC2_METADATA_DISABLED": "true",
            }
        finally:
            server.kill()  # it takes half a minute to end by itself, and nothing of it is kept


def wait_for(port: int, server: "subprocess.Popen[bytes]", seconds: float = 60) -> None:
    """Wait until something can be written."""
    client = filesystem(port)
    until = time.monotonic() + seconds
    while True:
        try:
            client.create_dir(BUCKET)
            with client.open_output_stream(f"{BUCKET}/.ready") as target:
                target.write(b"yes")
        except OSError:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.2)
        else:
            return


def filesystem(port: int) -> pafs.S3FileSystem:
    """Return a client that may write."""
    return pafs.S3FileSystem(
        access_key=KEY,
        secret_key=SECRET,
        endpoint_override=f"127.0.0.1:{port}",
        scheme="http",
        region="us-east-1",
        allow_bucket_creation=True,
        request_timeout=10,
        retry_strategy=pafs.AwsStandardS3RetryStrategy(max_attempts=2),
    )


def upload(port: int, folder: Path, prefix: str) -> None:
    """Put every file of a folder into the bucket, below a prefix."""
    client = filesystem(port)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with client.open_output_stream(f"{BUCKET}/{prefix}/{path.relative_to(folder).as_posix()}") as target:
                target.write(path.read_bytes())
