"""Prints precision and recall per entity type on labelled sentences, as a table in Markdown.

Usage: python benchmarks/personal_information_accuracy.py presidio_generated_large.json [--misses]

The file holds sentences with spans, as presidio-research publishes them (MIT). A span counts as found when one of the
same type overlaps it ("partial" in the terms of nervaluate), and as found exactly when both ends agree. Types that this
program tells apart and the labels do not are counted under the label's name. ``--misses`` prints the shape of what was
missed or found wrongly, digits as 9 and letters as a: never the value.
"""

import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from corpus_audit.measure.detection.scan import Scanner

SAME_AS_LABEL = {"CN_MOBILE": "PHONE_NUMBER", "CN_BANK_CARD": "CREDIT_CARD"}
EVALUATED = ("EMAIL_ADDRESS", "CREDIT_CARD", "IBAN_CODE", "IP_ADDRESS", "US_SSN", "PHONE_NUMBER")

Stretch = tuple[int, int]


@dataclass
class Counts:
    """What was labelled and what was found, for one type."""

    labelled: int = 0
    found: int = 0
    exact: int = 0
    labelled_and_found: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def labels_of(record: dict) -> dict[str, list[Stretch]]:
    labels = defaultdict(list)
    for span in record["spans"]:
        labels[span["entity_type"]].append((span["start_position"], span["end_position"]))
    return labels


def findings_of(texts: list[str]) -> list[dict[str, list[Stretch]]]:
    found: list[dict[str, list[Stretch]]] = [defaultdict(list) for _ in texts]
    contents = [text.encode() for text in texts]
    for row in Scanner(b"benchmark").scan(pa.array(texts)).to_pylist():
        content = contents[row["index"]]
        start = len(content[: row["start_byte"]].decode())
        end = start + len(content[row["start_byte"] : row["end_byte"]].decode())
        found[row["index"]][SAME_AS_LABEL.get(row["entity_type"], row["entity_type"])].append((start, end))
    return found


def overlaps_any(stretch: Stretch, others: list[Stretch]) -> bool:
    return any(stretch[0] < other[1] and other[0] < stretch[1] for other in others)


def shape(text: str, stretch: Stretch) -> str:
    around = text[max(0, stretch[0] - 24) : stretch[1] + 8].replace("\n", " ")
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", around))


def count(records: list[dict]) -> dict[str, Counts]:
    counts: dict[str, Counts] = {name: Counts() for name in EVALUATED}
    texts = [record["full_text"] for record in records]
    for record, text, found in zip(records, texts, findings_of(texts), strict=True):
        labels = labels_of(record)
        for name, result in counts.items():
            result.labelled += len(labels[name])
            result.found += len(found[name])
            result.exact += len(set(labels[name]) & set(found[name]))
            for stretch in labels[name]:
                hit = overlaps_any(stretch, found[name])
                result.labelled_and_found += hit
                result.misses += [] if hit else [shape(text, stretch)]
            for stretch in found[name]:
                hit = overlaps_any(stretch, labels[name])
                result.right += hit
                result.wrong += [] if hit else [shape(text, stretch)]
    return counts


def ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def main() -> None:
    path = Path(sys.argv[1])
    counts = count(json.loads(path.read_text()))
    print("| entity type | labelled | found | precision | recall | recall, both ends exact |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, c in counts.items():
        cells = (ratio(c.right, c.found), ratio(c.labelled_and_found, c.labelled), ratio(c.exact, c.labelled))
        print(f"| {name} | {c.labelled} | {c.found} | {' | '.join(cells)} |")
    if "--misses" in sys.argv:
        for name, c in counts.items():
            print(*(f"{name} missed: {line}" for line in c.misses), sep="\n")
            print(*(f"{name} wrong:  {line}" for line in c.wrong), sep="\n")


if __name__ == "__main__":
    main()
