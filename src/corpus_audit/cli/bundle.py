"""corpus-audit bundle: write a finished audit as one signed archive."""

from pathlib import Path
from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, AuditArgument, StoreOption, open_audit
from corpus_audit.cli.export import FormatsOption
from corpus_audit.cli.keys import ask_passphrase


def bundle_command(
    audit: AuditArgument,
    key: Annotated[
        Path,
        typer.Option(
            envvar="CORPUS_AUDIT_SIGNING_KEY", help="Private signing key; create one with 'corpus-audit keys create'."
        ),
    ],
    formats: FormatsOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write. [default: the audit's id and .bundle.zip]")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write one signed archive of a finished audit: exports, report, manifest, evidence, markers, versions.

    It holds no text of a record, and people only by the ids that the manifest gives them. The same audit and key give
    the same bytes.
    """
    from corpus_audit.export.bundle.keys import is_encrypted, read_private_key
    from corpus_audit.pipeline.delivery import bundle, default_bundle

    signing_key = read_private_key(key, ask_passphrase(key) if is_encrypted(key) else None)
    folder = open_audit(audit, store)
    path = output or default_bundle(folder)
    bundle(folder, signing_key, path, formats)
    typer.echo(str(path))
