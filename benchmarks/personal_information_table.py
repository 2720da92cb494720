"""Write one table of precision and recall by type, on four sets of text, beside Presidio's pattern recognizers.

Usage: python benchmarks/personal_information_table.py [presidio_generated_large.json] [--megabytes 100] [--write FILE]

The sets are the labelled sentences of presidio-research, where the file is given; sentences in 23 locales that Faker's
values fill (personal_information_languages.py); sentences in 38 locales that people would write, of
personal_information_sentences.yaml, filled the same way; and hard negatives: source code of the installed packages
(six parts in ten), and citations and tables of numbers that a seed makes (two each), in which every hit is counted.
Presidio reads a tenth of the sentences, and 0.3 MB of the hard negatives, at some 0.1 MB a second. Precision is of hits
that lie on a value of their type, confirmed and labelled ones apart. ``--write`` puts the table between the two marks
in a Markdown file.
"""

import argparse
import json
import random
import sys
import sysconfig
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import personal_information as code
import personal_information_accuracy as accuracy
import personal_information_languages as languages
import pyarrow as pa
import yaml
from faker import Faker
from personal_information_languages import Counts, Sentence
from stdnum.de import idnr
from stdnum.pl import nip, regon

from corpus_audit.measure.detection.scan import Scanner

SENTENCES = Path(__file__).with_name("personal_information_sentences.yaml")
MARKS = ("<!-- table of accuracy: begin -->", "<!-- table of accuracy: end -->")
LOW = 0.4
PRESIDIO_TAKES = 10
"""It reads every tenth sentence: it is a thousand times slower."""
CARD_WEIGHTS = (7, 3, 1, 9, 7, 3, 1, 7, 3)
FAKER_NAMES = {"ES_NIF": "nif", "PL_PESEL": "pesel", "BR_CPF": "cpf"}
PHONES = ("PHONE_NUMBER", "plain")
NATIONAL = "national ids"
GROUPS = {"CREDIT_CARD": "cards", "IBAN_CODE": "IBANs", "PHONE_NUMBER": "phones", "EMAIL_ADDRESS": "e-mail addresses"}


def written_sentences(seed: int, times: int = 4) -> Iterator[Sentence]:
    """Yield each sentence of the file *times* times, with values of its country."""
    chooser = random.Random(seed)
    languages.BRITISH.seed_instance(seed)
    for locale, by_type in yaml.safe_load(SENTENCES.read_text()).items():
        faker = Faker(locale)
        faker.seed_instance(seed)
        for entity_type, frames in by_type.items():
            for frame in frames * times:
                value = make_value(entity_type, faker, chooser)
                name = PHONES[0] if entity_type in PHONES else entity_type
                yield languages.placed(frame, value, name, has_label=entity_type != "plain")


def make_value(entity_type: str, faker: Faker, chooser: random.Random) -> str:
    """Return a value of a type, grouped in one of the ways in use."""
    if entity_type in PHONES:
        return faker.phone_number()
    if entity_type == "CREDIT_CARD":
        return languages.card_number(chooser)
    if entity_type == "IBAN_CODE":
        return languages.grouped(languages.valid_iban(faker), chooser)
    if entity_type in CHECKED:
        is_valid, size, groups = CHECKED[entity_type]
        return grouped(valid(is_valid, size, chooser), groups, chooser)
    return getattr(faker, FAKER_NAMES.get(entity_type, "ssn"))()


def valid(is_valid: Callable[[str], bool], size: int, chooser: random.Random) -> str:
    """Return digits of a size that hold; for an identity card of Poland, letters before them."""
    while True:
        letters = "".join(chooser.choices("ABCDEFGHJKLMNPRSTUWXYZ", k=3)) if size == len(CARD_WEIGHTS) - 3 else ""
        number = letters + "".join(chooser.choices("0123456789", k=size))
        if is_valid(number):
            return number


def grouped(number: str, sizes: tuple[int, ...], chooser: random.Random) -> str:
    """Return a number in groups, joined by nothing, a space or a dash."""
    parts, place = [], 0
    for size in sizes:
        parts.append(number[place : place + size])
        place += size
    return chooser.choice(("", " ", "-")).join(parts)


def is_card(number: str) -> bool:
    """True for an identity card of Poland whose check digit is right."""
    return sum(int(sign, 36) * weight for sign, weight in zip(number, CARD_WEIGHTS, strict=True)) % 10 == 0


CHECKED = {
    "PL_NIP": (nip.is_valid, 10, (3, 3, 2, 2)),
    "PL_REGON": (regon.is_valid, 9, (3, 3, 3)),
    "PL_ID_CARD": (is_card, 6, (3, 6)),
    "DE_TAX_ID": (idnr.is_valid, 11, (2, 3, 3, 3)),
}


def shared_sentences(path: Path) -> Iterator[Sentence]:
    """Yield presidio-research's sentences that hold one value of a type that is looked for, or none."""
    for record in json.loads(path.read_text()):
        text = record["full_text"]
        spans = [span for span in record["spans"] if span["entity_type"] in accuracy.EVALUATED]
        if len(spans) > 1:
            continue
        ends = [len(text[: span[key]].encode()) for span in spans for key in ("start_position", "end_position")]
        yield Sentence(text, spans[0]["entity_type"], *ends) if spans else Sentence(text)


_CITATIONS = (
    "{a} A, {b} B ({year}) J. Appl. {volume}({few}): {page}-{last}. doi:10.{page}/j.{page}.{year}.{volume}",
    "[{volume}] {a}, Proc. {year}, vol. {volume}, no. {few}, pp. {page}–{last}",
    "arXiv:{few:02d}{few:02d}.{page:05d}v{few} [cs.CL] {few} Mar {year}",
    "ISBN 978-{few}-{page:04d}-{volume:04d}-{few}; Directive {year}/{volume}/EC, OJ L {page}",
    "{a} v. {b}, {volume} U.S. {page} ({year}); § {volume}-{page}",
    "PMID: {page}{volume}; PMCID: PMC{page}{few}; {year} {few} {volume}; {volume}: {page}-{few}",
)


def citations(size_bytes: int, seed: int) -> str:
    """Return made-up references, with volumes, pages, years, DOIs, ISBNs and numbers of acts."""
    chooser = random.Random(seed)
    faker = Faker("en_US")
    faker.seed_instance(seed)
    authors = [faker.last_name() for _ in range(400)]
    lines: list[str] = []
    total = 0
    while total < size_bytes:
        page = chooser.randint(1, 9000)
        numbers = {"page": page, "last": page + 14, "volume": chooser.randint(1, 480), "few": chooser.randint(1, 9)}
        names = {"a": chooser.choice(authors), "b": chooser.choice(authors), "year": chooser.randint(1905, 2026)}
        lines.append(chooser.choice(_CITATIONS).format(**numbers, **names))
        total += len(lines[-1]) + 1
    return "\n".join(lines)


def tables(size_bytes: int, seed: int) -> str:
    """Return made-up tables: whole numbers in columns, decimals, times, codes, in several layouts."""
    chooser, lines, total = random.Random(seed), [], 0
    while total < size_bytes:
        columns, kind = chooser.randint(3, 9), chooser.randrange(5)
        for _ in range(chooser.randint(4, 30)):
            cells = [cell(kind, chooser) for _ in range(columns)]
            line = ("  ", "\t", ",", " | ", " ")[kind].join(cells)
            lines.append(line)
            total += len(line) + 1
        lines.append("")
    return "\n".join(lines)


def cell(kind: int, chooser: random.Random) -> str:
    """Return one cell of a table of a kind."""
    number = chooser.randrange(10 ** chooser.randint(1, 10))
    return (
        str(number),
        f"{number / 997:.3f}",
        f"2{chooser.randint(10, 26):03d}-{chooser.randint(1, 12):02d}-{number % 28 + 1:02d} {number % 24:02d}:15:00",
        f"{number:,}".replace(",", " "),
        f"{number:09d}",
    )[kind]


def hard_negatives(megabytes: int, seed: int) -> list[str]:
    """Return the texts: code, citations, tables."""
    part = megabytes * code.MEGABYTE // 5
    texts = list(code.read_texts(Path(sysconfig.get_path("purelib")), 3 * part))
    return [*texts, *pages(citations(part, seed)), *pages(tables(part, seed))]


def pages(text: str, size: int = 100_000) -> list[str]:
    """Return a text in pieces of whole lines."""
    pieces, start = [], 0
    while start < len(text):
        end = text.find("\n", min(len(text), start + size))
        end = len(text) if end < 0 else end
        pieces.append(text[start:end])
        start = end + 1
    return pieces


def row(name: str, ours: Counts, theirs: Counts | None) -> str:
    """Return one row: values; precision and recall of confirmed hits, precision of labelled ones; recall of both."""
    labelled = ours.found - ours.confirmed
    cells = [
        languages.ratio(ours.confirmed, ours.confirmed + ours.wrong),
        languages.ratio(ours.confirmed, ours.values),
        languages.ratio(labelled, labelled + ours.wrong_labelled),
        languages.ratio(ours.found, ours.values),
        languages.ratio(ours.labelled_found, ours.labelled_values),
    ]
    cells += (
        [languages.ratio(theirs.found, theirs.found + theirs.wrong), languages.ratio(theirs.found, theirs.values)]
        if theirs
        else ["–", "–"]
    )
    return f"| {name} | {ours.values} | {' | '.join(cells)} |"


def by_group(counts: dict[str, Counts]) -> dict[str, Counts]:
    """Return the counts of types together: every national id is one group."""
    groups: dict[str, Counts] = {}
    for name, found in sorted(counts.items()):
        group = groups.setdefault(GROUPS.get(name, NATIONAL if found.values else "other types"), Counts())
        for field in ("values", "found", "confirmed", "labelled_values", "labelled_found", "wrong", "wrong_labelled"):
            setattr(group, field, getattr(group, field) + getattr(found, field))
    return groups


def sentence_rows(title: str, made: list[Sentence], *, with_presidio: bool) -> Iterator[str]:
    """Yield the rows of one set."""
    ours = by_group(languages.count_ours(made))
    theirs = by_group(languages.count_presidio(made[::PRESIDIO_TAKES])) if with_presidio else {}
    for name, found in sorted(ours.items()):
        if found.values:
            yield row(f"{title}: {name}", found, theirs.get(name, Counts(values=found.values)) if theirs else None)


def negative_lines(texts: list[str]) -> Iterator[str]:
    """Yield what is said of the hard negatives."""
    size = sum(len(text.encode()) for text in texts)
    scanner = Scanner(b"benchmark")
    array = pa.array(texts, pa.large_string())
    scanner.scan(array.slice(0, 5))
    start = time.process_time()
    found = scanner.scan(array).to_pylist()
    seconds = time.process_time() - start
    hits = [hit for hit in found if hit["kind"] == "personal_information" and hit["score"] > LOW]
    counts = Counter((hit["status"], hit["entity_type"]) for hit in hits)
    confirmed = Counter(hit["entity_type"] for hit in hits if hit["status"] == "confirmed")
    del confirmed["EMAIL_ADDRESS"]
    rate = sum(confirmed.values()) / size * code.MEGABYTE
    yield f"| hits above 0.4, confirmed, without e-mail addresses, a megabyte | {rate:.3f} |"
    for (status, entity_type), number in sorted(counts.items()):
        yield f"| {entity_type}, {status}, in {size / 1e6:.0f} MB | {number} |"
    yield f"| scanned, MB a second of one core | {size / 1e6 / seconds:.1f} |"


def presidio_lines(texts: list[str], seed: int) -> Iterator[str]:
    """Yield what Presidio finds in a sample of the hard negatives, the first 5,000 characters of 60 texts."""
    chosen = [Sentence(text[:5_000]) for text in random.Random(seed).sample(texts, min(60, len(texts)))]
    total = sum(len(sentence.text) for sentence in chosen)
    counts = languages.count_presidio(chosen)
    wrong = sum(entry.wrong for name, entry in counts.items() if name not in ("EMAIL_ADDRESS", "URL"))
    yield f"| Presidio, hits of 0.4 or more, without e-mail and web addresses, a megabyte | {wrong / total * 1e6:.0f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Precision and recall by type, on four sets.")
    parser.add_argument("shared", nargs="?", type=Path)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--without-presidio", action="store_true")
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    with_presidio = not chosen.without_presidio
    hits = "confirmed hits: precision | recall | labelled hits: precision"
    lines = [f"| set and type | values | {hits} | both: recall | in labelled places | Presidio: precision | recall |",
             "|---|---:|---:|---:|---:|---:|---:|---:|---:|"]  # fmt: skip
    sets = {"generated": list(languages.sentences(40, chosen.seed)), "written": list(written_sentences(chosen.seed))}
    if chosen.shared:
        sets = {"shared": list(shared_sentences(chosen.shared)), **sets}
    for title, made in sets.items():
        lines += sentence_rows(title, made, with_presidio=with_presidio)
        print(f"{title}: {len(made)} sentences", file=sys.stderr)
    negatives = hard_negatives(chosen.megabytes, chosen.seed)
    lines += ["", "| hard negatives: code, citations, tables | |", "|---|---:|"]
    lines += negative_lines(negatives)
    lines += presidio_lines(negatives, chosen.seed) if with_presidio else ()
    text = "\n".join(lines)
    print(text)
    if chosen.write:
        page = chosen.write.read_text()
        before, behind = page.split(MARKS[0])[0], page.split(MARKS[1])[1]
        chosen.write.write_text(f"{before}{MARKS[0]}\n\n{text}\n\n{MARKS[1]}{behind}")


if __name__ == "__main__":
    main()
