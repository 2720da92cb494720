"""corpus-audit serve: serve the review pages on this machine, without Airflow."""

from pathlib import Path
from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, StoreOption
from corpus_audit.errors import CorpusAuditError
from corpus_audit.vocabulary import Role

_HOST = "127.0.0.1"


def serve_command(
    store: StoreOption = DEFAULT_STORE,
    name: Annotated[str, typer.Option(help="Your name, recorded with your decisions.", show_default=False)] = ...,  # type: ignore[assignment]
    role: Annotated[Role, typer.Option(help="Your role, which sets your permissions.")] = Role.STEWARD,
    may_reveal: Annotated[bool, typer.Option("--may-reveal", help="Allow unmasked excerpts.")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8765,
    key: Annotated[
        Path | None,
        typer.Option(envvar="CORPUS_AUDIT_SIGNING_KEY", help="Private key for signing bundles."),
    ] = None,
) -> None:
    """Serve the review pages on this machine only. The login token is printed once.

    In a team the pages belong into Airflow, behind its own login: see docs/review.md.
    """
    try:
        import uvicorn

        from corpus_audit.review.web.standalone import create_standalone
    except ImportError as error:
        message = f"{error.name} is not installed: pip install 'corpus-audit[review]'."
        raise CorpusAuditError(message) from error
    app, token = create_standalone(store, name, role, may_reveal=may_reveal, signing_key=key)
    typer.echo(f"http://{_HOST}:{port}/   token: {token}")
    uvicorn.run(app, host=_HOST, port=port, log_level="warning", server_header=False)
