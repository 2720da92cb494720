"""corpus-audit verify: check that a bundle is unchanged, and who signed it."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_audit.cli.output import OutputFormat
from corpus_audit.cli.verify_statement import SUFFIX, verify_statement
from corpus_audit.errors import ExitCode

if TYPE_CHECKING:
    from corpus_audit.export.bundle.verify import Verification

_NAMES_SHOWN = 20


def verify_command(
    bundle: Annotated[Path, typer.Argument(help="A bundle, or a statement on a person (.json).", show_default=False)],
    public_key: Annotated[
        Path | None, typer.Option(help="Public key of the expected signer, from a source you trust.")
    ] = None,
    revoked: Annotated[
        Path | None, typer.Option(help="List of revoked keys, from the same source.", show_default=False)
    ] = None,
    newer: Annotated[
        Path | None, typer.Option(help="A later bundle of the same audit: tells whether it supersedes this one.")
    ] = None,
    output: Annotated[OutputFormat, typer.Option("--format", help="Output format.")] = OutputFormat.TEXT,
) -> None:
    """Check a bundle against its signature, without a store and without the network.

    Names every file that was altered, added, is missing or is not as the markers in the bundle say, and the key that
    signed. Exit codes: 0 as signed by the given key, 1 not as signed, by a key that is revoked or was not valid, or
    superseded, 3 as signed but by an unknown signer, 2 neither a bundle nor a statement.
    """
    if bundle.suffix == SUFFIX:
        raise typer.Exit(verify_statement(bundle, public_key, revoked, output))
    from corpus_audit.export.bundle.verify import Conclusion, superseded_by

    found = _verify(bundle, public_key, revoked)
    if newer is not None:
        found = superseded_by(found, _verify(newer, public_key, revoked))
    typer.echo(_as_json(found) if output is OutputFormat.JSON else "\n".join(_lines(found)))
    codes = {
        Conclusion.VERIFIED: ExitCode.PASS,
        Conclusion.NOT_AS_SIGNED: ExitCode.FAIL,
        Conclusion.KEY_REVOKED: ExitCode.FAIL,
        Conclusion.KEY_NOT_VALID: ExitCode.FAIL,
        Conclusion.SUPERSEDED: ExitCode.FAIL,
        Conclusion.SIGNER_UNKNOWN: ExitCode.INCOMPLETE,
    }
    raise typer.Exit(codes[found.conclusion])


def _verify(bundle: Path, public_key: Path | None, revoked: Path | None) -> "Verification":
    from corpus_audit.export.bundle.key_card import NO_CARD
    from corpus_audit.export.bundle.keys import read_card, read_public_key
    from corpus_audit.export.bundle.revocation import read_revoked
    from corpus_audit.export.bundle.verify import verify_bundle

    return verify_bundle(
        bundle,
        read_public_key(public_key) if public_key else None,
        card=read_card(public_key) if public_key else NO_CARD,
        revoked=read_revoked(revoked) if revoked else {},
    )


_CONCLUSIONS = {
    "verified": "AS SIGNED  every file is as the holder of the given key signed it.",
    "signer-unknown": "SIGNER NOT KNOWN  the files match the signature, but no public key was given.\n"
    "Ask the sender for the public key and give it with --public-key.",
    "not-as-signed": "NOT AS SIGNED  do not rely on what this bundle says.",
    "key-revoked": "KEY REVOKED  the key that signed this bundle counts no longer: do not rely on what it says.",
    "key-not-valid": "KEY NOT VALID  the audit was concluded on a day on which the key was not valid.",
    "superseded": "SUPERSEDED  every file is as it was signed, but a later report of this audit took its place.",
}
_SIGNATURES = {
    "by-given-key": "the given key",
    "by-enclosed-key": "the key enclosed in the bundle, which proves no identity",
    "not-by-given-key": "not the given key",
    "invalid": "no key that the bundle holds",
}


def _lines(found: "Verification") -> Iterator[str]:
    yield _CONCLUSIONS[found.conclusion]
    yield ""
    yield f"  Signed by   {_SIGNATURES[found.signature]}"
    for identifier in found.key_ids:
        yield f"  Key id      {_printable(identifier)}"
    for label, known in (
        ("Key owner", found.card.owner),
        ("Key valid", " to ".join(filter(None, (found.card.valid_from, found.card.valid_until)))),
        ("Revoked", f"{found.revoked.revoked_at[:10]}: {found.revoked.reason}" if found.revoked else ""),
        ("Later report", found.superseded_by),
    ):
        if known:
            yield f"  {label:<11} {_printable(known)}"
    for label, key in (
        ("Audit", "auditId"),
        ("Dataset", "datasetId"),
        ("Verdict", "verdict"),
        ("Concluded", "concludedAt"),
        ("Made with", "toolVersion"),
    ):
        if isinstance(value := found.predicate.get(key), str) and value:
            yield f"  {label:<11} {_printable(value)}"
    yield f"  Files       {found.files}"
    for label, names in (
        ("altered", found.altered),
        ("added", found.added),
        ("missing", found.missing),
        ("not as its marker says", found.contradicted),
    ):
        yield from (f"  {label:<11} {_printable(name)}" for name in names[:_NAMES_SHOWN])
        if len(names) > _NAMES_SHOWN:
            yield f"  {label:<11} and {len(names) - _NAMES_SHOWN} more; --format json names them all"
    if found.has_other_bytes:
        yield "  altered     the archive itself: it holds bytes that no bundle has"


def _printable(text: str) -> str:
    """Return *text* without terminal control characters: the bundle's author chose it."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _as_json(found: "Verification") -> str:
    facts = {
        "conclusion": found.conclusion,
        "signature": found.signature,
        "key_ids": found.key_ids,
        "given_key_id": found.given_key_id,
        "files": found.files,
        "altered": found.altered,
        "added": found.added,
        "missing": found.missing,
        "contradicted": found.contradicted,
        "key_owner": found.card.owner,
        "key_valid_from": found.card.valid_from,
        "key_valid_until": found.card.valid_until,
        "revoked": asdict(found.revoked) if found.revoked else None,
        "superseded_by": found.superseded_by,
        "has_other_bytes": found.has_other_bytes,
        "predicate": dict(found.predicate),
    }
    return json.dumps(facts, indent=1, ensure_ascii=False)
