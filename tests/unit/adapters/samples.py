"""For each format, documents that between them use every field which its tables say is carried."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

HEX = "ab" * 32
CROISSANT_CONTEXT = {
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "prov": "http://www.w3.org/ns/prov#",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "recordSet": "cr:recordSet",
    "field": "cr:field",
    "isLiveDataset": "cr:isLiveDataset",
    "includes": "cr:includes",
    "excludes": "cr:excludes",
    "source": "cr:source",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "extract": "cr:extract",
    "column": "cr:column",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
}


@dataclass(frozen=True)
class Sample:
    """A description, and the files that lie beside it."""

    content: Any
    name: str = "description.json"
    files: Mapping[str, str] = field(default_factory=dict)


CROISSANT = Sample(
    {
        "@context": CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": "Harbour notes",
        "description": "Notes of a harbour office.",
        "version": "2.1",
        "datePublished": "2026-01-01",
        "publisher": {"@type": "Organization", "name": "Harbour Press"},
        "creator": [{"@type": "Person", "name": "A. Clerk", "email": "a@example.org"}, "B. Clerk"],
        "inLanguage": ["en", {"name": "German"}],
        "url": "https://example.org/notes",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "usageInfo": {"@id": "http://purl.obolibrary.org/obo/DUO_0000042"},
        "isLiveDataset": True,
        "rai:dataCollection": "Typed from the log books.",
        "rai:dataCollectionType": ["Web Scraping"],
        "rai:dataCollectionRawData": "Paper log books.",
        "rai:dataCollectionTimeframe": ["2024-01-01T00:00:00", "2024-12-31"],
        "rai:dataImputationProtocol": "none needed",
        "rai:dataManipulationProtocol": "names removed",
        "rai:dataPreprocessingProtocol": ["trimmed", "split"],
        "rai:dataAnnotationProtocol": "two clerks",
        "rai:machineAnnotationTools": ["tagger 3"],
        "rai:personalSensitiveInformation": ["Gender", "Age, Geography"],
        "prov:wasDerivedFrom": [{"@id": "https://example.org/log-books"}, {"name": "Almanac"}],
        "prov:wasGeneratedBy": {"@type": "prov:Activity", "name": "scan of 2025"},
        "prov:wasAttributedTo": {"name": "Archive"},
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": "notes",
                "name": "notes",
                "contentUrl": "data/notes.csv",
                "contentSize": "12 B",
                "encodingFormat": "text/csv",
                "sha256": HEX,
                "prov:wasDerivedFrom": "Log book 7",
            },
            {
                "@type": "cr:FileSet",
                "@id": "parts",
                "name": "parts",
                "encodingFormat": "application/jsonlines",
                "includes": "parts/*.jsonl",
                "excludes": "parts/draft-*.jsonl",
            },
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": f"records-of-{target}",
                "field": [
                    {
                        "@type": "cr:Field",
                        "@id": f"{target}/{column}",
                        "name": column,
                        "dataType": "sc:Text",
                        "source": {key: {"@id": target}, "extract": {"column": column}},
                    }
                    for column in ("note", "license", "language", "url", "date", "subject_ids")
                ],
            }
            for key, target in (("fileObject", "notes"), ("fileSet", "parts"))
        ],
    },
    files={"data/notes.csv": "note\n", "parts/1.jsonl": "", "parts/draft-1.jsonl": ""},
)
CROISSANT_FALLBACKS = Sample(
    {
        "@context": CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "name": "n",
        "creator": "C",
        "rai:dataCollectionType": ["Surveys", "Interviews"],
    }
)
CROISSANT_AGENTS = Sample(
    {"@context": CROISSANT_CONTEXT, "@type": "sc:Dataset", "name": "n", "prov:wasAttributedTo": {"name": "D"}}
)

CROISSANT_SPLITS = Sample(
    {
        "@context": CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "name": "n",
        "distribution": [
            {
                "@type": "cr:FileSet",
                "@id": "rows",
                "encodingFormat": "application/jsonlines",
                "includes": "default/**/*.jsonl",
            }
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "splits",
                "dataType": "cr:Split",
                "key": {"@id": "splits/name"},
                "field": [
                    {"@type": "cr:Field", "@id": f"splits/{name}", "dataType": "sc:Text"} for name in ("name", "url")
                ],
                "data": [
                    {"splits/name": "train", "splits/url": "cr:TrainingSplit"},
                    {"splits/name": "test", "splits/url": "cr:TestSplit"},
                    {"splits/name": "test_extra"},
                ],
            },
            {
                "@type": "cr:RecordSet",
                "@id": "default",
                "field": [
                    {
                        "@type": "cr:Field",
                        "@id": "default/split",
                        "dataType": "sc:Text",
                        "references": {"field": {"@id": "splits/name"}},
                        "source": {
                            "fileSet": {"@id": "rows"},
                            "extract": {"fileProperty": "fullpath"},
                            "transform": {"regex": "default/(?:partial-)?(train|test)/.+jsonl$"},
                        },
                    }
                ],
            },
        ],
    },
    files={f"default/{name}.jsonl": "" for name in ("train/0000", "partial-test/0000", "test_extra/0", "retrain/0")},
)

CARD = Sample(
    """---
pretty_name: Harbour notes
language: [en, German]
language_bcp47: [pt-BR]
license: other
license_name: harbour-terms
license_link: LICENSE
annotations_creators: [expert-generated]
language_creators: [machine-generated, found]
source_datasets: [original, "extended|log_books"]
tags: [synthetic]
configs:
  - config_name: default
    data_files:
      - {split: train, path: "data/train-*.jsonl"}
dataset_info:
  features:
    - {name: completion, dtype: string}
    - {name: prompt, dtype: string}
    - {name: prompt_id, dtype: string}
    - {name: subject_ids, sequence: string}
    - {name: license, dtype: string}
    - {name: lang, dtype: string}
    - {name: url, dtype: string}
    - {name: timestamp, dtype: string}
    - {name: number, dtype: int64}
---
# Harbour notes
""",
    "README.md",
    {
        "data/train-0.jsonl": "",
        "LICENSE": "Terms.",
        ".cache/huggingface/download/data/train-0.jsonl.metadata": f"{'c' * 40}\n{HEX}\n1.0\n",
    },
)
CARD_OF_CONFIGS = Sample(
    """---
annotations_creators: [found]
languages:
  bible_para: [de, en]
  books: eo
licenses:
  bible_para: [cc-by-3.0]
  books: [mit]
---
""",
    "README.md",
)
CARD_FALLBACKS = Sample("---\nlicense: [mit, apache-2.0]\ntags: [synthetic]\n---\n", "README.md")

SAVED_INFO = {
    "dataset_name": "harbour_notes",
    "description": "Notes of a harbour office.",
    "version": {"version_str": "1.2.0", "major": 1, "minor": 2, "patch": 0},
    "homepage": "https://example.org/notes",
    "citation": "@misc{notes}",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "features": {
        name: {"dtype": "string", "_type": "Value"}
        for name in ("text", "license", "language", "url", "date", "subject_ids")
    },
    "splits": {"train": {"name": "train", "num_examples": 5}},
}
SAVED_STATE = {"_data_files": [{"filename": "data-00000-of-00001.arrow"}], "_split": None}
SAVED = Sample(
    {"splits": ["train", "test"]},
    "dataset_dict.json",
    {
        f"{split}/{name}": content
        for split in ("train", "test")
        for name, content in {
            "dataset_info.json": json.dumps(SAVED_INFO),
            "state.json": json.dumps(SAVED_STATE),
            "data-00000-of-00001.arrow": "",
        }.items()
    },
)
SAVED_ALONE = Sample(SAVED_INFO, "dataset_info.json", {"state.json": json.dumps(SAVED_STATE | {"_split": "train"})})

ALLIANCE = Sample(
    {
        "source": {
            "version": "1.0.0",
            "title": "Harbour notes",
            "id": "0b1e",
            "issuer": [{"name": "Harbour Office", "address": ["Pier 1"]}],
            "description": "Notes of a harbour office.",
            "location": "https://example.org/notes",
        },
        "provenance": {
            "source": "https://example.org/log-books.json",
            "origin": [{"name": "Archive"}],
            "origin-geography": [{"country": "DE"}],
            "date": "2026-01-01",
            "generation-period": {"start": "2024-01-01T00:00:00Z", "end": "2024-12-31"},
            "generation-method": [{"code": "machine-generated-mlops-synthetic", "description": "by a model"}],
            "format": ["text/plain"],
        },
        "use": {
            "classification": [
                {"regulation": {"code": "pi"}, "evaluated": True},
                {"regulation": {"code": "phi"}, "evaluated": False},
            ],
            "consents": ["https://example.org/consents"],
            "privacy-enhancing": [{"tool-category": {"code": "masking"}, "tool-used": "Masker"}],
            "license": ["https://creativecommons.org/licenses/by/4.0/"],
            "intended-purpose": [{"code": "ai-pre-training", "description": "training"}],
        },
    }
)
ALLIANCE_FORM = Sample(
    {
        "source": [{"title": "Form", "issuer": [{"name": "Issuer"}], "description": "d", "id": "1"}],
        "provenance": {
            "source": ["https://example.org/a.json", "https://example.org/b.json"],
            "origin-geography": [{"country": "US"}],
            "date": "2026-01-01",
            "generation-method": [{"code": "web-scraping-crawling-textual"}],
            "format": ["text/html"],
        },
        "use": {
            "privacy-indicators": [{"tool-used": "Scrubber"}],
            "storage-prohibited": [{"country": "US"}],
            "intended-purpose": [{"code": "ai-other"}],
        },
    }
)
OASIS = Sample(
    {
        "set": {"source-language": "de"},
        "source": {
            "name": "Harbour notes",
            "data-version": "3.0.0",
            "issuer": [{"legal-name": "Harbour Office"}],
            "about": {"content": "Notes of a harbour office.", "scope": "text only"},
            "id": {"hashes": [{"path": "notes.txt", "tree-hashes": [{"algorithm": "sha-256", "value": HEX}]}]},
        },
        "provenance": {
            "origin-geography": [{"country": "DE"}],
            "date": "2026-01-01",
            "generation-method": [{"code": "primary-user-source"}],
            "format": ["text/plain"],
        },
        "use": {
            "intended-purpose": [{"code": "pre-training"}],
            "data-risk-reducing": [{"technology": "data-redaction", "tool-used": "Redactor"}],
        },
    },
    files={"notes.txt": "x"},
)

SUMMARY = Sample(
    {
        "harbour-notes": {
            "Unique Dataset Identifier": "harbour-notes",
            "Dataset Name": "Harbour notes",
            "Collection": "Harbour",
            "Dataset URL": "https://example.org/notes",
            "Languages": ["English", "Chinese"],
            "Creators": ["Harbour Office", "Archive"],
            "Text Sources": ["log books"],
            "Licenses": [
                {"License": "CC BY 4.0", "License URL": "https://example.org/terms"},
                {"License": "OpenAI", "License URL": ""},
            ],
            "Model Generated": ["OpenAI GPT-4"],
            "Derived from Datasets": ["Almanac"],
            "Human Annotation": "Yes",
            "Inferred Metadata": {"HF Yaml License": "MIT License", "GitHub License": "CC BY 4.0"},
        },
        "harbour-maps": {
            "Unique Dataset Identifier": "harbour-maps",
            "Collection": "Harbour",
            "Dataset URL": "Unspecified",
            "Hugging Face URL": "https://huggingface.co/datasets/a/b",
            "Licenses": [{"License": "Unspecified", "License URL": "Unspecified"}],
            "Model Generated": [],
        },
        "harbour-songs": {
            "Unique Dataset Identifier": "harbour-songs",
            "GitHub URL": "https://github.com/a/b",
            "Licenses": [{"License": "MIT License"}, {"License": "Unspecified"}],
        },
    }
)

TABLE = (
    ("note", "string"),
    ("n", "integer"),
    ("license", "string"),
    ("language", "string"),
    ("url", "string"),
    ("date", "date"),
    ("subject_ids", "string"),
)
PACKAGE = Sample(
    {
        "name": "harbour-notes",
        "title": "Harbour notes",
        "description": "Notes of a harbour office.",
        "version": "1.2",
        "homepage": "https://example.org/notes",
        "contributors": [{"title": "A. Clerk", "role": "author"}, {"title": "Harbour Press", "roles": ["publisher"]}],
        "licenses": [{"name": "ODC-BY-1.0", "path": "LICENSE.md"}],
        "sources": [{"title": "Log books", "path": "https://example.org/books"}],
        "resources": [
            {
                "name": "notes",
                "path": "notes.csv",
                "bytes": 5,
                "hash": f"sha256:{HEX}",
                "mediatype": "text/csv",
                "schema": {"fields": [{"name": name, "type": kind} for name, kind in TABLE]},
            },
            {"name": "map", "path": ["a.txt", "b.txt"], "licenses": [{"name": "MIT"}], "sources": [{"title": "Maps"}]},
        ],
    },
    "datapackage.json",
    {"notes.csv": "note\n", "a.txt": "", "b.txt": ""},
)
PACKAGE_FALLBACKS = Sample({"name": "n", "resources": [{"name": "r", "data": [1]}, {"name": "s", "path": "s.txt"}]})

SPDX = Sample(
    {
        "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
        "@graph": [
            {
                "type": "dataset_DatasetPackage",
                "spdxId": "urn:p",
                "name": "Harbour notes",
                "description": "Notes of a harbour office.",
                "inLanguage": ["en"],
                "software_packageVersion": "4",
                "originatedBy": ["urn:a"],
                "suppliedBy": "urn:b",
                "software_downloadLocation": "https://example.org/notes",
                "software_sourceInfo": "Paper log books.",
                "dataset_dataCollectionProcess": "typed",
                "dataset_dataPreprocessing": ["trimmed"],
                "dataset_anonymizationMethodUsed": ["names removed"],
                "dataset_hasSensitivePersonalInformation": "yes",
            },
            {"type": "Person", "spdxId": "urn:a", "name": "A. Clerk"},
            {"type": "Organization", "spdxId": "urn:b", "name": "Harbour Press"},
            {
                "type": "simplelicensing_LicenseExpression",
                "spdxId": "urn:l",
                "simplelicensing_licenseExpression": "CC-BY-4.0",
            },
            {"type": "Relationship", "from": "urn:p", "relationshipType": "hasDeclaredLicense", "to": ["urn:l"]},
            {"type": "Relationship", "from": "urn:p", "relationshipType": "contains", "to": ["urn:f"]},
            {
                "type": "software_File",
                "spdxId": "urn:f",
                "name": "./notes.txt",
                "verifiedUsing": [
                    {"type": "Hash", "algorithm": "md5", "hashValue": "00"},
                    {"type": "Hash", "algorithm": "sha256", "hashValue": HEX},
                ],
            },
        ],
    },
    files={"notes.txt": "x"},
)
SPDX_FALLBACKS = Sample(
    {
        "@graph": [
            {
                "type": "dataset_DatasetPackage",
                "spdxId": "urn:p",
                "name": "Notes",
                "summary": "Short.",
                "dataset_hasSensitivePersonalInformation": "noAssertion",
            },
            {
                "type": "Relationship",
                "from": "urn:p",
                "relationshipType": "hasConcludedLicense",
                "to": ["https://spdx.org/licenses/MIT"],
            },
        ]
    }
)

CYCLONEDX = Sample(
    {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {
            "component": {
                "name": "Harbour model",
                "version": "5",
                "description": "A model of harbours.",
                "type": "machine-learning-model",
                "modelCard": {
                    "modelParameters": {"datasets": [{"type": "dataset", "name": "Test notes"}, {"ref": "x"}]}
                },
            },
            "supplier": {"name": "Harbour Press"},
        },
        "components": [
            {
                "type": "data",
                "name": "Harbour notes",
                "publisher": "Harbour Office",
                "supplier": {"name": "Archive"},
                "licenses": [{"license": {"id": "CC-BY-4.0", "url": "https://example.org/terms"}}],
                "hashes": [{"alg": "SHA-256", "content": HEX}],
                "data": [
                    {
                        "type": "dataset",
                        "name": "notes",
                        "contents": {"url": "https://example.org/notes.txt"},
                        "description": "Log books.",
                        "sensitiveData": ["names", "berths"],
                        "governance": {"owners": [{"organization": {"name": "Owner"}}]},
                    }
                ],
            },
            {"type": "library", "name": "not data"},
        ],
    },
    files={"notes.txt": "x"},
)
CYCLONEDX_FALLBACKS = Sample(
    {
        "bomFormat": "CycloneDX",
        "metadata": {"component": {"name": "n"}, "manufacturer": {"name": "M"}},
        "components": [
            {
                "type": "data",
                "name": "by maker",
                "manufacturer": {"name": "M"},
                "externalReferences": [
                    {"type": "vcs", "url": "https://example.org/code"},
                    {"type": "website", "url": "https://example.org/set"},
                ],
            },
            {"type": "data", "name": "by supplier", "supplier": {"name": "S"}},
            {
                "type": "data",
                "licenses": [{"expression": "MIT OR Apache-2.0"}],
                "data": [{"type": "dataset", "name": "d", "governance": {"owners": [{"contact": {"name": "O"}}]}}],
            },
        ],
    }
)

SAMPLES: Mapping[str, Sequence[Sample]] = {
    "croissant": (CROISSANT, CROISSANT_FALLBACKS, CROISSANT_AGENTS, CROISSANT_SPLITS),
    "huggingface-card": (CARD, CARD_OF_CONFIGS, CARD_FALLBACKS),
    "save-to-disk": (SAVED, SAVED_ALONE),
    "data-provenance-standards": (ALLIANCE, ALLIANCE_FORM, OASIS),
    "data-provenance-initiative": (SUMMARY,),
    "frictionless": (PACKAGE, PACKAGE_FALLBACKS),
    "spdx": (SPDX, SPDX_FALLBACKS),
    "cyclonedx": (CYCLONEDX, CYCLONEDX_FALLBACKS),
}
