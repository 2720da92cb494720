"""Ingest: store the claims as tables, check the files, plan the shards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.config import Parameters
from corpus_audit.config.parameters import (
    ParameterChoices,
    choose_parameters,
    given_origins,
    parameter_origins,
    parse_choices,
    value_text,
)
from corpus_audit.corpus.limits import reading_limits
from corpus_audit.errors import CorpusAuditError
from corpus_audit.pipeline.compare import choose_earlier
from corpus_audit.pipeline.context import RunContext, open_engine, pack_digests
from corpus_audit.pipeline.figures import rows, total
from corpus_audit.pipeline.stage import Stage, names_of
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.store import (
    AuditFolder,
    Store,
    in_use,
    locked_folder,
    stream_table,
    write_json,
    write_table,
)
from corpus_audit.store.bucket import address_of, updating
from corpus_audit.store.identity import Identity, InstalledDetector, files_digest, versions
from corpus_audit.vocabulary import ParameterOrigin

DEFAULT_PACKS = ("baseline",)


def ingest(
    manifest: Path | str,
    store: Path,
    *,
    root: str | Path | None = None,
    packs: Sequence[str] = DEFAULT_PACKS,
    keywords: Sequence[Path] = (),
    parameters: Parameters | ParameterChoices | None = None,
    context: RunContext | None = None,
) -> AuditFolder:
    """Return the audit of a manifest: its claims as tables, its files checked, its shards planned.

    The audit's id follows from the manifest, its dataset's supplements, the files as they are, the packs, the
    references in the store, the keyword lists, the parameters, the installed detectors and this version: the same
    inputs lead to the same audit, changed ones to another. *manifest* is a path, or the address of one that is copied
    into the store first; *root* is the folder or address its paths are relative to, by default the manifest's own
    folder; *keywords* are files of words to look for. *parameters* are used as they are; choices go before what the
    manifest says. Where each was set is kept beside the claims, as the run said that began the audit: it is no part
    of the id. Raises ManifestError, PackError, ParameterError, StoreError, ParametersMismatchError, or
    CorpusAuditError for a keyword list or an installed detector that cannot be read.
    """
    from corpus_audit.measure.prose.keywords import read_keyword_lists
    from corpus_audit.references import ReferenceStore

    context = context or RunContext()
    for place in (manifest, root, store):
        _check_name(place)
    store = Store(store).path
    with StageRun(INGEST, context, store) as run:
        manifest, root = _receive(manifest, root, store, context)
        loaded, location = _load(manifest, root, store, context)
        dataset_id, manifest_sha256 = loaded.manifest.dataset.id, loaded.sha256
        run.begin(dataset_id)
        digests = pack_digests(packs)
        parameters, origins = _choose(parameters, loaded.manifest.audit.parameters or {})
        detectors = _check_named(parameters, packs)
        manifests = [loaded]
        del loaded  # what takes it in shall be the last to hold it
        works = ReferenceStore(store).works(parameters)
        keyword_lists = {found.name: found.sha256 for found in read_keyword_lists(keywords)}
        with locked_folder(store / f".staging-{manifest_sha256[:16]}") as staging:
            staged = AuditFolder(staging)
            started = context.clock()
            staged.run_stage(
                "ingest",
                {"manifest": manifest_sha256},
                versions(),
                lambda folder: _take_in(folder, manifests.pop, location, works, context, parameters, origins, store),
                lambda: started,
            )
            identity = Identity(
                dataset_id=dataset_id,
                manifest_sha256=manifest_sha256,
                files_sha256=files_digest(
                    stream_table(staged.table_path("ingest", schemas.FILES)), staged.read("ingest", schemas.LEFT_OUT)
                ),
                packs=digests,
                references=dict(
                    zip(*(works[name].to_pylist() for name in ("reference", "reference_sha256")), strict=True)
                ),
                parameters=parameters,
                version=version("corpus-audit"),
                keyword_lists=keyword_lists,
                detectors=detectors,
            )
            write_json(staging / "audit.json", asdict(identity) | {"started_at": started.isoformat()})
            audit = AuditFolder(store / "audits" / identity.audit_id)
            audit.path.parent.mkdir(parents=True, exist_ok=True)
            with in_use(audit.path.parent):  # what is chosen to be compared with is not deleted meanwhile
                staged.move_to(audit)
                choose_earlier(audit, store)
                inputs = {"root": location.address, "packs": list(packs), "store": address_of(store.resolve())}
                inputs |= {"manifest": address_of(manifest.resolve())}
                inputs |= {"keywords": [str(path.resolve()) for path in keywords]}
                with updating(store, f"audits/{audit.audit_id}"):
                    write_json(audit.path / "run.json", inputs)
        run.audit = audit
    return audit


def _check_name(place: str | Path | None) -> None:
    """Raise CorpusAuditError for a path that no library can open and no report can show."""
    name = str(Path(place).absolute()) if isinstance(place, Path) else place or ""
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = name.encode(errors="surrogateescape").decode(errors="backslashreplace")
        message = f"The name of {shown} is not UTF-8: rename it, then run the same command again."
        raise CorpusAuditError(message) from None


def _choose(
    given: Parameters | ParameterChoices | None, of_manifest: Mapping[str, object]
) -> tuple[Parameters, Mapping[str, ParameterOrigin]]:
    """Return the parameters of an audit, and where each that is not by default was set."""
    if isinstance(given, Parameters):
        return given, given_origins(given)
    choices = [*([given] if given else ()), parse_choices(of_manifest, ParameterOrigin.MANIFEST)]
    return choose_parameters(choices), parameter_origins(choices)


def _check_named(parameters: Parameters, packs: Sequence[str]) -> tuple[InstalledDetector, ...]:
    """Return the detectors that are installed beside those of this program.

    Raises ParameterError where *parameters* name a detector or a rule that is not there.
    """
    from corpus_audit.measure.detection.installed import check_switched_off, find_installed
    from corpus_audit.policy.packs import load_packs, with_bounds

    check_switched_off(parameters.detectors_off)
    with_bounds(load_packs(packs), parameters.rule_bounds)
    return tuple(found.about for found in find_installed())


def _receive(
    manifest: Path | str, root: str | Path | None, store: Path, context: RunContext
) -> tuple[Path, str | Path | None]:
    """Return where the manifest lies on this machine, and the root, which an address is said with."""
    from corpus_audit.corpus.locations import is_address
    from corpus_audit.pipeline.receiving import receive, received_at

    if not is_address(str(manifest)):
        return Path(manifest), root
    if (received := received_at(str(manifest), store)) is not None:
        return received, root
    copy, folder = receive(str(manifest), store, context.settings.allowed_urls)
    return copy, root or folder


def _load(manifest: Path, root: str | Path | None, store: Path, context: RunContext) -> tuple[Any, Any]:
    """Return the manifest with its dataset's supplements, and the location that its paths are relative to."""
    from corpus_audit.corpus.locations import open_location
    from corpus_audit.manifest.load import load_manifest
    from corpus_audit.manifest.supplements import with_supplements
    from corpus_audit.pipeline.intake import folder_described
    from corpus_audit.pipeline.supplements import read_supplements

    described = None if root is None else open_location(str(root), context.settings.allowed_urls)
    loaded = load_manifest(manifest, None if described is None else folder_described(described))
    location = open_location(str(loaded.folder)) if described is None else described
    return with_supplements(loaded, read_supplements(store, loaded.manifest.dataset.id)), location


def _take_in(
    folder: Path,
    take: Callable[[], Any],
    location: Any,
    works: pa.Table,
    context: RunContext,
    parameters: Parameters,
    origins: Mapping[str, ParameterOrigin],
    store: Path,
) -> None:
    from corpus_audit.pipeline.intake import write_claims_and_files

    write_table(folder / f"{schemas.PARAMETERS.name}.parquet", schemas.PARAMETERS, _as_table(parameters, origins))
    write_table(folder / f"{schemas.REFERENCE_WORKS.name}.parquet", schemas.REFERENCE_WORKS, works)
    write_claims_and_files(
        folder,
        take,
        location,
        context.settings,
        context.advance,
        lambda: open_engine(context, folder),
        reading_limits(parameters),
        store,
    )


def _as_table(parameters: Parameters, origins: Mapping[str, ParameterOrigin]) -> pa.Table:
    """Return parameters and their origins in the schema PARAMETERS."""
    rows = [
        {"parameter": name, "value": value_text(value), "origin": origins.get(name, ParameterOrigin.DEFAULT)}
        for name, value in sorted(parameters.as_dict().items())
    ]
    return pa.Table.from_pylist(rows, schema=schemas.PARAMETERS.schema)


INGEST = Stage(
    "ingest",
    run=ingest,
    writes=(
        *names_of(*(table for table in schemas.ALL_TABLES if table.name.startswith("claim"))),
        *names_of(
            schemas.REAL_NAMES, schemas.DOCUMENTS, schemas.ORIGINS, schemas.FILES, schemas.LEFT_OUT, schemas.PARTS
        ),
        *names_of(schemas.DEFECTS, schemas.LICENSE_STATEMENTS, schemas.LICENSE_TEXTS, schemas.REFERENCE_WORKS),
        *names_of(schemas.PARAMETERS),
    ),
    figures={
        "sources": rows(schemas.CLAIMED_SOURCES),
        "files": rows(schemas.FILES),
        "bytes": total(schemas.FILES, "observed_size_bytes"),
        "defects": rows(schemas.DEFECTS),
    },
)
