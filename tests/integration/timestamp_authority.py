"""A real timestamp authority: OpenSSL's, behind a small HTTP server on this machine."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

_CONFIGURATION = """
[tsa]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""
_EXTENSIONS = "extendedKeyUsage=critical,timeStamping\nbasicConstraints=critical,CA:FALSE\nkeyUsage=digitalSignature\n"


class Authority:
    """The authority's folder, its address, its root certificate, and what it was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "root.pem"
        self.asked: list[bytes] = []
        self.address = ""
        self.answer: bytes | None = None
        """What it answers instead of a timestamp."""

    def stamp(self, query: bytes) -> bytes:
        """Return the answer to a query."""
        self.asked.append(query)
        if self.answer is not None:
            return self.answer
        (self.folder / "query").write_bytes(query)
        _openssl(self.folder, "ts -reply -config tsa.cnf -section tsa -queryfile query -out answer")
        return (self.folder / "answer").read_bytes()


def _openssl(folder: Path, arguments: str) -> None:
    subprocess.run(["openssl", *arguments.split(" ")], cwd=folder, check=True, capture_output=True)


def _make_certificates(folder: Path) -> None:
    key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    _openssl(folder, f"req -x509 {key} -keyout root.key -out root.pem -days 30 -subj /CN=Root")
    _openssl(folder, f"req {key} -keyout tsa.key -out tsa.csr -subj /CN=Authority")
    (folder / "extensions").write_text(_EXTENSIONS)
    _openssl(
        folder,
        "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 20 -extfile extensions -out tsa.pem",
    )
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(_CONFIGURATION.format(folder=folder))


@contextmanager
def started_authority(folder: Path) -> Iterator[Authority]:
    """Yield a running authority, stopped afterwards."""
    folder.mkdir()
    _make_certificates(folder)
    authority = Authority(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = authority.stamp(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        authority.address = f"http://127.0.0.1:{server.server_port}/tsa"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield authority
        server.shutdown()
        thread.join()
