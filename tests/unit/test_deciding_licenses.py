"""Common texts are led by sources of each license that counts, whatever a source declares."""

from pathlib import Path

import pyarrow as pa

from corpus_audit.pipeline.deduplicate import deciding_licenses
from corpus_audit.schemas import CLAIMED_SOURCES, LICENSE_STATEMENTS, LICENSE_TEXTS
from corpus_audit.store import AuditFolder, write_table

NC = "CC-BY-NC-4.0"


def test_a_license_file_and_an_origin_count_as_they_do_in_evidence(tmp_path: Path) -> None:
    audit = AuditFolder(tmp_path / "audits" / "a")
    (audit.path / "ingest").mkdir(parents=True)
    declared = {"free": ("MIT", []), "closed": (NC, []), "child": ("MIT", ["closed"]), "beside": ("MIT", [])}
    sources = [
        {"source_id": source_id, "license_declared": license_, "derived_from": origins}
        for source_id, (license_, origins) in sorted(declared.items())
    ]
    texts = [{"source_id": "beside", "file": "beside/LICENSE", "licenses": [NC]}]
    for table, rows in ((CLAIMED_SOURCES, sources), (LICENSE_STATEMENTS, []), (LICENSE_TEXTS, texts)):
        write_table(audit.table_path("ingest", table), table, pa.Table.from_pylist(rows, schema=table.schema))
    assert deciding_licenses(audit) == {"free": "MIT", "closed": NC, "child": NC, "beside": NC}
