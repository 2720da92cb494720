"""What an audit is asked to do: the parameters of its DAG, of which Airflow makes a form."""

import os
import re

from airflow.sdk import Param

from corpus_audit_airflow.connections import CONNECTION

PLACE = "^(/|[a-z0-9]+://)."
"""What the path or address of something looks like."""

# The form offers the store that the review pages show; a Param without a default must be given.
_store = os.environ.get("CORPUS_AUDIT_STORE", "")
SHOWN_STORE = {"default": _store} if re.match(PLACE, _store) else {}

BUILT_IN_PACKS = {
    "baseline": "Good practice anywhere",
    "cn-generative-ai": "China: generative AI",
    "eu-ai-act": "European Union: AI Act, training content",
    "open-release": "Open release",
    "us-california": "California: training data documentation",
}
"""The packs that the form offers, by what it calls them; others are named in the JSON of a run's configuration."""

AUDIT_PARAMS = {
    "manifest": Param(
        type="string",
        title="Manifest",
        description="Path or address of the dataset's manifest (YAML or JSON), as the workers see it.",
        pattern=PLACE,
    ),
    "root": Param(
        None,
        type=["null", "string"],
        title="Root folder",
        description="Where its paths begin: a folder, or s3://, gs://, az://, hf://, https://. Empty: beside it.",
        pattern="^(/|[a-z0-9]+://)",
    ),
    "connection": CONNECTION,
    "store": Param(
        **SHOWN_STORE,  # type: ignore[arg-type]
        type="string",
        title="Store",
        description="Where audits are kept: the absolute path of a folder that all workers share, or s3://, gs://, az://.",
        pattern=PLACE,
    ),
    "packs": Param(
        ["baseline"],
        type="array",
        items={"type": "string", "minLength": 1},
        minItems=1,
        examples=list(BUILT_IN_PACKS),
        values_display=BUILT_IN_PACKS,
        title="Policy packs",
        description="Packs to judge the evidence by. A pack of your own: its folder, in the run's JSON configuration.",
    ),
    "keywords": Param(
        None,
        type=["null", "array"],
        items={"type": "string", "pattern": "^/."},
        title="Keyword lists",
        description="Absolute paths of files of words that prohibited content would hold, one a line.",
    ),
    "parameters": Param(
        None,
        type=["null", "object"],
        title="Parameters",
        description="Values by name, as docs/reference/parameters.md lists them; they go before the manifest's.",
    ),
}
"""What an audit is asked to do; Airflow makes a form of it."""
