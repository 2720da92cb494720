"""Write .env with fresh secrets for docker-compose.yml; an existing one is kept.

Python's own library is enough, so that it runs where nothing is installed yet.
"""

import base64
import os
import secrets
import sys
from pathlib import Path

ENVIRONMENT = Path(__file__).parents[1] / ".env"


def text() -> str:
    """Return the file's text: every secret of docker-compose.yml, and what a person must add."""
    # In addresses of databases too, so that no character may need escaping there.
    names = (
        "POSTGRES_PASSWORD", "AIRFLOW_DATABASE_PASSWORD", "LEDGER_OWNER_PASSWORD", "LEDGER_WRITER_PASSWORD",
        "REDIS_PASSWORD", "SPARK_SECRET",
        "ADMIN_PASSWORD", "AIRFLOW_SECRET_KEY", "AIRFLOW_JWT_SECRET",
    )  # fmt: skip
    lines = [f"{name}={secrets.token_hex(32)}" for name in names]
    lines.append(f"AIRFLOW_FERNET_KEY={base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}")
    lines += ["# To be filled in: docs/deployment.md", "DATA_FOLDER=", "CORPUS_AUDIT_STEWARDS="]
    lines += ["SIGNING_KEY_FILE=", "SIGNING_PASSPHRASE="]
    return "\n".join([*lines, ""])


def main() -> int:
    """Write the file, readable by its owner only; return the exit code."""
    try:
        descriptor = os.open(ENVIRONMENT, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        print(f"{ENVIRONMENT.name} is there already; its secrets are in use, so it is left as it is.")
        return 0
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text())
    print(f"{ENVIRONMENT.name} is written. Fill in DATA_FOLDER, CORPUS_AUDIT_STEWARDS and SIGNING_KEY_FILE.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
