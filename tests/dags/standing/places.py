"""What the Airflow of these tests works on: datasets, what audits.yaml lists, and other people's DAGs."""

import hashlib
import json
import shutil
from pathlib import Path

from corpus_audit.store import read_json
from dags.documented import code_of, write_manifest
from dags.embedded_airflow import REPOSITORY
from integration.object_store import BUCKET

YEARS = ("2024", "2025")
STEWARD = "steward@example.org"
CONNECTION = "drop"
"""The Airflow connection to the bucket that is watched."""
SENTENCE = "The harbour office writes down every ship that comes in, its berth, its load and the state of the tide."
GATED = """
from airflow.sdk import dag
from corpus_audit_airflow.operators import AuditDatasetOperator


@dag(schedule=None)
def gated():
    AuditDatasetOperator(task_id="audit", manifest="{manifest}", store="{store}", poke_interval=2)


gated()
"""


def write_scheduled(folder: Path) -> None:
    """Write a dataset of a manifest each year, an empty folder that is watched, works, and the list of all."""
    for year in YEARS:
        write_version(folder / year, year)
    (folder / "drop").mkdir()
    (folder / "works").mkdir()
    (folder / "works" / "poem.txt").write_text(SENTENCE)
    shared = {"store": str(folder / "store"), "notify": [STEWARD]}
    audited = shared | {"deadline_hours": 1}
    listed = {
        "audits": [
            {"id": "harbour", "manifest": f"{folder}/{{date:%Y}}/manifest.json", "cron": "0 3 1 1 *"} | audited,
            {"id": "late", "manifest": "/nowhere.json", "after": ["never"]} | audited,
        ],
        "watched": [
            {"id": "folder", "place": str(folder / "drop")} | audited,
            {"id": "bucket", "place": f"s3://{BUCKET}/drop", "connection": CONNECTION} | audited,
        ],
        "references": [
            {"name": "poems", "paths": [str(folder / "works")], "cron": "@yearly"} | shared,
            {"name": "gone", "paths": [str(folder / "gone")], "cron": "@yearly"} | shared,
        ],
    }
    (folder / "audits.yaml").write_text(json.dumps(listed))


def write_version(folder: Path, year: str) -> None:
    """Write the dataset of a year."""
    folder.mkdir()
    texts = [f"{number}. {SENTENCE} {number * 7} {SENTENCE}" for number in range(int(year) - 2020)]
    (folder / "lines.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    manifest = {
        "manifest_version": "1",
        "dataset": {"id": "harbour", "version": year},
        "sources": [{"id": "lines", "files": [{"path": "lines.jsonl"}]}],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))


def write_forbidden(folder: Path) -> Path:
    """Write a dataset with a record under a license that forbids its use; return its manifest."""
    manifest = write_manifest(folder, "tales")
    document = read_json(manifest)
    document["dataset"]["intended_uses"] = ["commercial-training"]
    [source] = document["sources"]
    source["license"]["expression"] = "per-record"
    data = folder / "rows.jsonl"
    rows = [json.loads(line) | {"license": "CC0-1.0"} for line in data.read_text().splitlines()]
    rows.append({"text": "A sea story that nobody may sell, of a gull and a lamp.", "license": "CC-BY-NC-4.0"})
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    data.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    source["files"] = [{"path": "rows.jsonl", "size_bytes": len(content), "sha256": sha256}]
    manifest.write_text(json.dumps(document))
    return manifest


def write_dags(folder: Path, manifest: Path, store: Path) -> None:
    """Write the DAGs of this project, one that trains on approved data as documented, and one behind a gate."""
    shutil.copytree(REPOSITORY / "dags", folder, ignore=shutil.ignore_patterns("__pycache__"))
    example = code_of(REPOSITORY / "docs" / "gate.md", "train_on_approved_tales")
    (folder / "train.py").write_text(example.replace("/data/audits", str(store)))
    (folder / "gated.py").write_text(GATED.format(manifest=manifest, store=store))
