"""Writes a corpus whose manifest answers what exports ask: every kind of source, people, models, a provider."""

from pathlib import Path

import yaml

from e2e.small_corpus import CANARY, POEM, SHARED, describe

PERSON = "speaker-0007"
TITLE = "Poems, pages & <voices>: 一个语料库"
STATEMENTS: list[dict[str, object]] = [
    {"field": "1.3.text.size", "range": "largest", "text": "15 trillion tokens, other datasets included"},
    {"field": "1.3.audio", "answer": "yes"},
    {"field": "1.3.audio.size", "range": "middle"},
    {"field": "1.3.other", "answer": "yes"},
    {"field": "1.3.other.size", "text": "2 million tables"},
    {"field": "2.2.1.used", "answer": "yes"},
    {"field": "2.2.1.modalities", "modalities": ["text", "other"], "text": "Other: see below"},
    {"field": "2.1.used", "answer": "no"},
    {"field": "2.3.domains", "text": "News sites of six countries, most of them in German"},
    {"field": "3.1.comments", "text": "Opt-outs were applied to older crawls as well."},
]
"""What the provider adds to the summary: other data, sizes in other units, comments."""


def _license(expression: str, file: str | None = None) -> dict[str, object]:
    evidence = [{"kind": "text", "file": file}] if file else [{"kind": "url", "url": "https://example.org/terms"}]
    return {"expression": expression, "evidence": evidence}


def _sources(root: Path) -> list[dict[str, object]]:
    return [
        describe(
            root,
            "poems",
            {"poems.txt": POEM.encode(), "LICENSE": b"MIT License\n"},
            title="=Poems of the coast",
            kind="public-dataset",
            origin={"url": "https://poems.example.org/all"},
            collector="@library",
            collection={"method": "download", "from": "2024-01", "until": "2024-03-31", "ongoing": "no"},
            license=_license("MIT", "poems/LICENSE"),
            personal_information={"present": "no"},
            synthetic={"generated": "no"},
            disclosure={"modalities": ["text"], "content": ["poetry"], "rights_holders": ["A. Poet"]},
        ),
        describe(
            root,
            "pages",
            {"pages.jsonl": f'{{"text": "{SHARED}"}}\n{{"text": "write to {CANARY}"}}\n'.encode()},
            kind="web-crawl",
            origin={"description": "a crawl of two sites"},
            collection={"from": "2024-02-01", "until": "2024-05-01", "ongoing": "yes"},
            license=_license("CC-BY-SA-4.0"),
            opt_outs={"checked": "yes", "mechanisms": ["robots.txt"]},
            disclosure={
                "modalities": ["text"],
                "crawl": {
                    "crawlers": [{"name": "coastbot", "purpose": "training", "behaviour": "keeps to robots.txt"}],
                    "kinds": "news",
                    "domains": [
                        {"name": "news.example.org", "size_bytes": 5000},
                        {"name": "forum.example.org", "size_bytes": 100},
                    ],
                },
            },
        ),
        describe(
            root,
            "made",
            {"made.txt": b"a text that a model made, for want of others"},
            kind="synthetic",
            synthetic={"generated": "yes", "generators": ["maker-1"]},
            license=_license("Apache-2.0"),
            derived_from=["poems"],
            processing=["filtered for length"],
        ),
        describe(
            root,
            "voices",
            {"voices.csv": f"text,who\nhello from the harbour,{PERSON}\n".encode()},
            kind="user-data",
            license=_license("LicenseRef-Contract-7"),
            personal_information={"present": "yes", "entity_types": ["PERSON"], "legal_basis": "consent"},
        ),
    ]


def write_full_corpus(root: Path) -> Path:
    """Write the corpus under *root* and return its manifest."""
    sources = _sources(root)
    document = {
        "manifest_version": "1",
        "dataset": {
            "id": "full",
            "version": "1.0",
            "title": TITLE,
            "description": "Texts of a coast.",
            "issuer": "The Library",
            "intended_uses": ["commercial-training", "redistribution-as-is"],
            "release": "yes",
            "languages": ["en"],
            "publication": {
                "url": "https://data.example.org/full",
                "creators": ["The Library"],
                "created_at": "2024-06-01",
                "published_at": "2024-07-01",
                "license": "CC-BY-SA-4.0",
            },
        },
        "models": [
            {
                "id": "maker-1",
                "version": "1",
                "role": "generator",
                "license": {"expression": "Apache-2.0"},
                "origin": {"url": "https://models.example.org/maker-1"},
                "on_market": "yes",
            }
        ],
        "sources": sources,
        "subjects": [
            {
                "id": PERSON,
                "modalities": ["voice"],
                "authorisations": [
                    {"grantor": PERSON, "grantee": "The Library", "relation": "self", "modalities": ["voice"]}
                ],
            }
        ],
        "disclosure": {
            "provider": {"name": "The Library", "contact": "desk", "code_of_practice": "yes"},
            "models": [{"name": "Coast 1", "depends_on": ["Sea 0"], "keeps_training": "no"}],
            "summary": {"version": "1", "updated_at": "2024-08-01", "statements": STATEMENTS},
            "measures": {"rights_reservations": "robots.txt was kept to", "illegal_content": "lists of hashes"},
        },
    }
    fields = {"text": "text", "subject_ids": "who"}
    for file in sources[3]["files"]:  # type: ignore[attr-defined]
        file["fields"] = fields
    manifest = root / "manifest.yaml"
    manifest.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return manifest
