"""No value of anything that is detected is kept: one of every type stands in the corpus, and nowhere else afterwards.

A whole audit runs through Airflow at debug level, its report is exported in every format and bundled, and everything
that was written or printed is searched: the store, Airflow's home with its database and logs, exports, the bundle.
"""

import io
import json
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus_audit.lineage import EVENTS_FILE
from corpus_audit.measure.prose.names.model import model_availability
from dags.test_audit_dataset_dag import Corpus
from unit.detectors.test_secrets import ENDINGS, PASSWORD, TOKENS, armoured, made_up, token_of
from unit.test_detectors import CANARIES

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

KEY_BODY = made_up(640, seed=11)
SESSION = token_of({"alg": "HS256", "typ": "JWT"}, {"sub": "u-4711-canary", "iat": 1700000000})
NAMES = {
    "PERSON": "Wilhelmina Featherstonehaugh",
    "surname-and-title": "诸葛孔明先生",
    "holder": "Ignatius Quillfeather",
}
SECRETS = {
    **{
        entity_type: f"{prefix}{made_up(length, alphabet, seed=5)}{ENDINGS.get(entity_type, '')}"
        for entity_type, (prefix, length, alphabet) in TOKENS.items()
    },
    "ASSIGNED_SECRET": made_up(32, seed=7),
    "CONNECTION_STRING": PASSWORD,
    "JSON_WEB_TOKEN": SESSION,
    "PRIVATE_KEY": KEY_BODY[:64],
    "URL_PASSWORD": made_up(13, seed=8),
}
AROUND = {
    "ASSIGNED_SECRET": 'api_key = "{}"',
    "CONNECTION_STRING": "Server=db;Database=x;User Id=app;Password={};",
    "URL_PASSWORD": "postgres://app:{}@db.host.com:5432/x",
}
KEYWORD = "zugzwangvogel"


def texts():
    """Yield one text a value, long enough for a language to be told."""
    for introduction, value in CANARIES.values():
        yield f"so {introduction}{value} it is, and that was written down here by somebody some time ago."
    for entity_type, value in SECRETS.items():
        whole = (
            armoured(KEY_BODY) if entity_type == "PRIVATE_KEY" else AROUND.get(entity_type, "key: '{}',").format(value)
        )
        yield f"This is how the service was set up in the end.\n{whole}\n"
    yield f"The letter was written by {NAMES['PERSON']} to her brother, and nobody has read it since then."
    yield f"昨天{NAMES['surname-and-title']}来到我们学校，给大家讲了很久的故事，同学们都很喜欢。"
    yield f"Copyright (c) 2019 {NAMES['holder']}\nSPDX-License-Identifier: {NAMES['holder']}\nSome words follow here."
    yield f"A text that holds the word {KEYWORD}, which is on the operator's list of words."


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    planted = Corpus(tmp_path_factory.mktemp("canaries"))
    rows = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts())
    planted.describe(letters=[planted.add("letters/letters.jsonl", rows)])
    return planted


@pytest.fixture(scope="module")
def printed(airflow, corpus):
    """What the audit, its exports and its bundle print."""
    keywords = corpus.folder / "words.txt"
    keywords.write_text(KEYWORD)
    debug = ("env", "AIRFLOW__LOGGING__LOGGING_LEVEL=DEBUG")
    command = ("python", "scripts/run_audit_dag.py", corpus.manifest, "--store", corpus.store, "--keywords", keywords)
    finished = airflow.run(*debug, *command)
    assert finished.returncode == 0, finished.stderr
    [audit] = (path.name for path in (corpus.store / "audits").iterdir())
    exports, key = corpus.store / "exports", corpus.folder / "key.pem"
    commands = (
        ("export", audit, "--store", corpus.store, "--output", exports),
        ("keys", "create", key),
        ("bundle", audit, "--store", corpus.store, "--key", key, "--output", corpus.store / "audit.bundle.zip"),
        ("report", audit, "--store", corpus.store),
    )
    said = [airflow.run("corpus-audit", *command) for command in commands]
    assert [run.returncode for run in said[:3]] == [0, 0, 0], said
    return "".join(run.stdout + run.stderr for run in (finished, *said))


def contents(name, content):
    """Yield the readable bytes of a file: tables as text, archives by what is in them."""
    if name.endswith(".parquet"):
        table = pq.read_table(io.BytesIO(content))
        kept = [field.name for field in table.schema if field.type != pa.list_(pa.uint32())]
        yield json.dumps(table.select(kept).to_pylist(), default=bytes.hex, ensure_ascii=False).encode()
    elif zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from contents(inner, archive.read(inner))
    else:
        yield content


def spellings(value):
    """Yield a value as it might be written: as it is, escaped in JSON, and without what groups its digits."""
    yield value.encode()
    yield json.dumps(value)[1:-1].encode()
    if sum(sign.isdigit() for sign in value) > 8:
        yield "".join(sign for sign in value if sign.isalnum()).encode()


def test_one_of_every_type_is_found(corpus, printed):
    spans = pq.read_table(next((corpus.store / "audits").glob("*/measure-00000/spans.parquet")))
    assert {*CANARIES, *SECRETS, "COPYRIGHT_LINE", "SPDX_LICENSE_IDENTIFIER"} <= set(spans["entity_type"].to_pylist())
    [names] = (corpus.store / "audits").glob("*/person_names/name_spans.parquet")
    ways = {"surname-and-title"} if model_availability().reason else {"presidio", "surname-and-title"}
    assert set(pq.read_table(names)["method"].to_pylist()) == ways
    [hits] = (corpus.store / "audits").glob("*/measure-00000/keyword_hits.parquet")
    assert pq.read_table(hits).num_rows == 1


def test_stages_were_logged_and_told_as_lineage(airflow, corpus, printed):
    """Lines and events lie where the next test looks: in Airflow's home and in the store."""
    assert b"corpus_audit.pipeline" in airflow.bytes_written()
    assert (corpus.store / EVENTS_FILE).stat().st_size > 10_000


def test_no_value_is_written_or_printed_anywhere(airflow, corpus, printed):
    values = {**{name: value for name, (_, value) in CANARIES.items()}, **SECRETS, **NAMES, "keyword": KEYWORD}
    files = [path for folder in (corpus.store, airflow.home) for path in folder.rglob("*") if path.is_file()]
    written = [(str(path), part) for path in files for part in contents(path.name, path.read_bytes())]
    written.append(("(printed)", printed.encode()))
    assert len(written) > 100
    found = {
        (name, place)
        for name, value in values.items()
        for spelling in set(spellings(value))
        for place, content in written
        if spelling in content
    }
    assert found == set()
