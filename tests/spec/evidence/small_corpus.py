"""A small corpus written as Parquet by hand, from which the real engine gathers evidence."""

import pickle
from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.config import Parameters
from corpus_audit.engine.duckdb import DuckDBEngine
from corpus_audit.evidence import INPUTS, EvidenceInputs, make_visible
from corpus_audit.evidence.tables import EVIDENCE
from corpus_audit.pipeline.measure import MEASURE
from corpus_audit.schemas import Table
from corpus_audit.store import write_table

_EMPTY = TemporaryDirectory(prefix="corpus-audit-no-rows-")
_NOT_SEEN = ("missing", "refused", "unreadable")


@cache
def _open_engine():
    return DuckDBEngine(memory_limit="128MB", threads=2)


class _EngineOfOneCorpus(DuckDBEngine):
    """An engine with a new database in a DuckDB that stays open: to open another takes a third of a gathering."""

    _numbers = count()

    def __init__(self):
        self._database = f"corpus_{next(self._numbers)}"
        self._connection = _open_engine()._connection.cursor()
        self.execute(f"ATTACH ':memory:' AS {self._database}")
        self.execute(f"USE {self._database}")

    def __exit__(self, *_error):
        self.execute("USE memory")
        self.execute(f"DETACH {self._database}")
        self._connection.close()


class SmallCorpus:
    """Rows to audit: each method adds one, with a plain value in every column that it is not given."""

    def __init__(self, folder):
        self.folder = folder
        self.dataset = {}
        self.told = {}
        self.rows = defaultdict(list)
        self.shards = 1
        self.day = date(2026, 11, 23)
        self.keyword_lists = []
        self.parameters = Parameters()
        self._written = {}
        self._gathered = {}

    def source(self, source_id, **given):
        self._add(schemas.CLAIMED_SOURCES, source_id=source_id, **given)

    def source_disclosure(self, source_id, **given):
        self._add(schemas.CLAIMED_SOURCE_DISCLOSURES, source_id=source_id, **given)

    def trained_model(self, name, **given):
        self._add(schemas.CLAIMED_TRAINED_MODELS, trained_model=name, **given)

    def model(self, model_id, **given):
        self._add(schemas.CLAIMED_MODELS, model_id=model_id, **given)

    def subject(self, subject_id, modalities=("voice",), **given):
        described = {"modalities": list(modalities), "deceased": "no", "minor": "no"}
        self._add(schemas.CLAIMED_SUBJECTS, subject_id=subject_id, **(described | given))

    def authorisation(self, subject_id, **given):
        """Add one that lacks nothing for a living adult's face and voice, unless *given* says otherwise."""
        complete = {
            "number": len(self.rows[schemas.CLAIMED_AUTHORISATIONS.name]),
            "grantor": subject_id,
            "grantee": "the audited",
            "relation": "self",
            "separate": "yes",
            "modalities": ["face", "voice"],
            "scope": ["internal-training", "commercial-training"],
            "signed_at": "2020-01-01",
            "evidence_file": None,
            "evidence_url": "https://example.org/consent",
            "evidence_sha256": None,
        }
        self._add(schemas.CLAIMED_AUTHORISATIONS, subject_id=subject_id, **(complete | given))

    def snapshot(self, source_id, kind, content, host="example.org", **given):
        seen = {"number": len(self.rows[schemas.CLAIMED_OPT_OUTS.name]), "url": None, "file": None}
        self._add(
            schemas.CLAIMED_OPT_OUTS, source_id=source_id, kind=kind, host=host, content=content, **(seen | given)
        )

    def statement(self, record_id, source_id, protocol, statement, place="header"):
        self._add(
            schemas.OPT_OUT_STATEMENTS,
            record_id=record_id,
            source_id=source_id,
            place=place,
            protocol=protocol,
            statement=statement,
        )

    def file_claim(self, source_id, path, **given):
        self._add(schemas.CLAIMED_FILES, source_id=source_id, file=path, **given)

    def file(self, source_id, path, state="verified", size=10, **given):
        seen = {} if state in _NOT_SEEN else {"observed_sha256": "ab" * 32, "observed_size_bytes": size}
        unseen = {"observed_sha256": None, "observed_size_bytes": None}
        self._add(schemas.FILES, source_id=source_id, file=path, state=state, **(unseen | seen | given))

    def left_out(self, source_id, kind, pattern="", **given):
        """Add what lies in a source's folders and is no part of the audit."""
        counted = {"files": 1, "size_bytes": 0, "data_bytes": 0, "declared_files": 0, "examples": []}
        self._add(schemas.LEFT_OUT, source_id=source_id, kind=kind, pattern=pattern, **(counted | given))

    def record(self, record_id, source_id, size, path="data", **given):
        counted = {"size_bytes": size, "characters": size, "content_sha256": bytes(32), "url": None}
        counted |= {"modality": "text"} | given
        self._add(schemas.RECORDS, record_id=record_id, source_id=source_id, file=path, **counted)

    def span(self, record_id, source_id, entity_type="EMAIL_ADDRESS", value="a", score=1.0, **given):
        marked = {
            "kind": "personal_information",
            "status": "confirmed",
            "field": "",
            "keyed_hash": value.encode().ljust(16),
            "score": score,
        } | given
        self._add(schemas.SPANS, record_id=record_id, source_id=source_id, entity_type=entity_type, **marked)

    def reads(self, source_id, path, rows, read=None, **given):
        """Add what was counted of one part of a file; without this, a file is read whole, with the records it has."""
        counted = {"rows": rows, "rows_read": rows if read is None else read}
        self._add(schemas.READ_COUNTS, source_id=source_id, file=path, **(counted | given))

    def unread(self, source_id, path, reason, count=1, unit="row"):
        """Add what was not read of one part of a file."""
        self._add(schemas.UNREAD, source_id=source_id, file=path, unit=unit, reason=reason, count=count)

    def column(self, source_id, path, name, role="scanned", reason="holds-text", **given):
        """Add a column of one part of a file."""
        known = {"type": "string", "column_name": name, "role": role, "reason": reason}
        self._add(schemas.COLUMNS_SEEN, source_id=source_id, file=path, **(known | given))

    def keyword_hit(self, record_id, source_id, keyword_list="bad"):
        self._add(schemas.KEYWORD_HITS, record_id=record_id, source_id=source_id, keyword_list=keyword_list)

    def name_check(self, method="presidio", **given):
        self._add(schemas.NAME_CHECKS, method=method, **({"state": "run", "reason": "", "version": ""} | given))

    def name_sample(self, record_id, source_id, method="presidio"):
        self._add(schemas.NAME_SAMPLES, record_id=record_id, source_id=source_id, method=method)

    def name(self, record_id, source_id, method="presidio", value="a", **given):
        found = {"entity_type": "PERSON", "keyed_hash": value.encode().ljust(16), "score": 0.85} | given
        self._add(schemas.NAME_SPANS, record_id=record_id, source_id=source_id, method=method, **found)

    def medium(self, record_id, source_id, modality="image", path="data.tar", **given):
        """Add a picture, recording or film: its record, and what was measured of it."""
        self.record(record_id, source_id, path=path, size=1000, modality=modality)
        measured = {"state": "measured", "member": f"{record_id}.bin"}
        self._add(
            schemas.MEDIA, record_id=record_id, source_id=source_id, file=path, modality=modality, **(measured | given)
        )

    def label(self, record_id, source_id, carrier, kind, value, meaning):
        """Add a statement that a file makes about itself."""
        self._add(
            schemas.LABELS, record_id=record_id, source_id=source_id,
            carrier=carrier, kind=kind, value=value, meaning=meaning,
        )  # fmt: skip

    def copy(self, record_id, source_id, kind, size, **given):
        self._add(schemas.CLUSTERS, record_id=record_id, source_id=source_id, kind=kind, size_bytes=size, **given)

    def pair(self, record_a, record_b, kind="near", **given):
        self._add(schemas.PAIRS, record_a=record_a, record_b=record_b, kind=kind, **given)

    def license_text(self, source_id, path, *licenses, **given):
        state = "recognised" if licenses else "unrecognised"
        self._add(
            schemas.LICENSE_TEXTS, source_id=source_id, file=path, licenses=licenses, **({"state": state} | given)
        )

    def license_statement(self, source_id, kind, stated, pointer="/x", document="manifest.yaml"):
        number = sum(row["source_id"] == source_id for row in self.rows[schemas.LICENSE_STATEMENTS.name])
        self._add(
            schemas.LICENSE_STATEMENTS, source_id=source_id, number=number, kind=kind, stated=stated,
            document=document, pointer=pointer,
        )  # fmt: skip

    def overlap(self, source_a, source_b, **given):
        given = {"decisive_bytes_a": 1000, "decisive_bytes_b": 1000, "is_large_part": False} | given
        self._add(schemas.OVERLAPS, source_a=source_a, source_b=source_b, **given)

    def common_text(self, record_id, sources, **given):
        self._add(schemas.COMMON_TEXTS, record_id=record_id, sources=sources, **given)

    def earlier_audit(self, audit_id, **given):
        self._add(schemas.DATASET_OVERLAPS, audit_b=audit_id, **given)

    def reference(self, name, kind="other"):
        self._add(schemas.REFERENCE_WORKS, reference=name, reference_kind=kind)

    def hit(self, record_id, source_id, reference, item, start, end, **given):
        place = {"longest_start": start, "longest_end": end, "shared_bytes": end - start}
        self._add(
            schemas.REFERENCE_HITS,
            record_id=record_id,
            source_id=source_id,
            reference=reference,
            item=item,
            **(place | given),
        )

    def defect(self, source_id, path, code="bad-row", place="", detail="broken"):
        self._add(schemas.DEFECTS, source_id=source_id, file=path, code=code, place=place, detail=detail)

    def claim_problem(self, source_id, field, pointer, code="invalid", document="croissant.json", detail="mend it"):
        self._add(
            schemas.CLAIM_PROBLEMS,
            document=document,
            pointer=pointer,
            code=code,
            field=field,
            source_id=source_id,
            detail=detail,
        )

    def claim_gap(self, source_id, field, **given):
        self._add(schemas.CLAIM_GAPS, source_id=source_id, field=field, **given)

    def gather(self, wanted=EVIDENCE) -> dict[str, pa.Table]:
        """Return the wanted evidence tables, from Parquet files read by DuckDB."""
        with self.visible(wanted) as engine:
            return {table.name: table.run(engine) for table in wanted}

    def gather_named(self, *names: str) -> dict[str, pa.Table]:
        """Return the named evidence tables."""
        return self.gather([table for table in EVIDENCE if table.name in names])

    @contextmanager
    def visible(self, wanted):
        """Yield a new engine that sees everything that the wanted evidence tables read."""
        self._complete()
        parts = {table: self.shards if table.name in MEASURE.writes else 1 for table in INPUTS}
        inputs = EvidenceInputs(
            {table.name: [self._write(table, n, count) for n in range(count)] for table, count in parts.items()},
            keyword_lists=self.keyword_lists,
            parameters=self.parameters,
        )
        with _EngineOfOneCorpus() as engine:
            yield make_visible(engine, inputs, self.day, wanted)

    def _complete(self):
        """Add the rows that there are always: of the dataset, and of what was counted of files."""
        self.rows[schemas.CLAIMED_DATASET.name] = [
            _fill(schemas.CLAIMED_DATASET, {"dataset_id": "corpus"} | self.dataset)
        ]
        self.rows[schemas.CLAIMED_DISCLOSURE.name] = [
            _fill(schemas.CLAIMED_DISCLOSURE, {"dataset_id": "corpus"} | self.told)
        ]
        counted = {(row["source_id"], row["file"]) for row in self.rows[schemas.READ_COUNTS.name]}
        records = Counter((row["source_id"], row["file"]) for row in self.rows[schemas.RECORDS.name])
        for (source_id, path), rows in sorted(records.items()):
            if (source_id, path) not in counted:
                self.reads(source_id, path, rows)

    def rows_of(self, table_name: str) -> list[dict[str, Any]]:
        """Return one evidence table as rows; what was gathered of the same corpus is not gathered again."""
        self._complete()
        rows = {name: rows for name, rows in self.rows.items() if rows}
        given = (rows, self.shards, self.day, self.keyword_lists, self.parameters)
        known = (table_name, pickle.dumps(given))
        if known not in self._gathered:
            self._gathered[known] = self.gather_named(table_name)[table_name]
        return self._gathered[known].to_pylist()

    def row_of(self, table_name: str) -> dict[str, Any]:
        """Return an evidence table's only row."""
        (row,) = self.rows_of(table_name)
        return row

    def _add(self, table, **given):
        self.rows[table.name].append(_fill(table, given))

    def _write(self, table, shard, shards):
        rows = self.rows[table.name][shard::shards]
        if not rows:
            return _no_rows(table.name)
        path = self.folder / f"{table.name}-{shard}.parquet"
        content = pickle.dumps(rows)
        if self._written.get(path) != content:
            write_table(path, table, pa.Table.from_pylist(rows, schema=table.schema))
            self._written[path] = content
        return path


@cache
def _no_rows(table_name):
    """Return a file of the table without rows; most tables of most corpora share it."""
    (table,) = (table for table in INPUTS if table.name == table_name)
    path = Path(_EMPTY.name) / f"{table_name}.parquet"
    write_table(path, table, table.empty())
    return path


def _fill(table: Table, given: dict[str, Any]) -> dict[str, Any]:
    unknown = set(given) - set(table.schema.names)
    assert not unknown, f"{table.name} has no columns {sorted(unknown)}"
    return {column.name: given.get(column.name, _plain(column.type)) for column in table.schema}


def _plain(kind: pa.DataType) -> Any:
    if pa.types.is_string(kind):
        return "not-recorded"
    if pa.types.is_list(kind):
        return []
    if pa.types.is_boolean(kind):
        return True
    return 0 if pa.types.is_integer(kind) else 0.0 if pa.types.is_floating(kind) else None
