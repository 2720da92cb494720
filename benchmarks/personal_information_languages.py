"""Print precision and recall by type on sentences in twenty countries, beside Presidio's pattern recognizers.

Usage: python benchmarks/personal_information_languages.py [--sentences 40] [--seed 7] [--misses]

Faker makes the values, in the formats of each country, and a script sets them into sentences whose labels are known:
two in three with a label beside the value ("Tel.: …"), one in three in running text. Every hard negative (citations,
DOIs, versions, orders, dates) that yields a confirmed hit counts against precision. A value is found when a span of its
type overlaps it, confirmed or labelled; "confirmed" counts the first alone. Needs Faker: pip install -e .[dev].
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
from faker import Faker
from stdnum import iban, luhn

from corpus_audit.measure.detection.scan import Scanner

# Locale, labels of a telephone number, of a card, of an account, and a sentence with a number but no label.
COUNTRIES = {
    "en_US": ("Phone:", "card number", "IBAN", "You will find {} on the form."),
    "en_GB": ("Tel:", "debit card", "IBAN", "She wrote {} on the back."),
    "de_DE": ("Tel.:", "Kartennummer", "IBAN", "Auf dem Zettel stand {}."),
    "fr_FR": ("Téléphone :", "carte bancaire", "IBAN", "Il a noté {} sur la page."),
    "es_ES": ("Teléfono:", "tarjeta", "IBAN", "En la nota ponía {}."),
    "it_IT": ("cellulare", "carta di credito", "IBAN", "Sul foglio c'era {}."),
    "pt_PT": ("telemóvel", "cartão", "IBAN", "No papel estava {}."),
    "pt_BR": ("celular:", "número do cartão", "IBAN", "No papel estava {}."),
    "nl_NL": ("telefoonnummer", "creditcard", "IBAN", "Op het briefje stond {}."),
    "pl_PL": ("numer telefonu", "numer karty", "IBAN", "Na kartce było {}."),
    "sv_SE": ("telefon", "kortnummer", "IBAN", "På lappen stod {}."),
    "da_DK": ("tlf.", "kortnummer", "IBAN", "På sedlen stod {}."),
    "fi_FI": ("puhelin", "kortin numero", "IBAN", "Lapussa luki {}."),
    "cs_CZ": ("telefonní číslo:", "číslo karty", "IBAN", "Na papíru bylo {}."),
    "hu_HU": ("telefonszám:", "bankkártya", "IBAN", "A papíron {} állt."),
    "tr_TR": ("cep telefonu", "kart numarası", "IBAN", "Kağıtta {} yazıyordu."),
    "ru_RU": ("телефон", "номер карты", "IBAN", "На листке было {}."),
    "el_GR": ("τηλέφωνο", "αριθμός κάρτας", "IBAN", "Στο χαρτί έγραφε {}."),
    "ja_JP": ("電話番号：", "カード番号：", "IBAN", "紙には{}とあった。"),
    "ko_KR": ("전화번호:", "카드번호", "IBAN", "종이에는 {} 라고 적혀 있었다."),
    "zh_CN": ("手机：", "信用卡号", "IBAN", "纸上写着{}。"),
    "hi_IN": ("फ़ोन नंबर", "कार्ड नंबर", "IBAN", "कागज़ पर {} लिखा था।"),
    "ar_AA": ("هاتف", "رقم البطاقة", "IBAN", "كان مكتوبا {} على الورقة."),
}
NATIONAL_IDS = {
    "en_US": ("SSN:", "US_SSN"),
    "en_GB": ("National Insurance number", "UK_NINO"),
    "es_ES": ("DNI", "ES_NIF"),
    "fr_FR": ("numéro de sécurité sociale", "FR_NIR"),
    "it_IT": ("codice fiscale", "IT_FISCAL_CODE"),
    "nl_NL": ("BSN", "NL_BSN"),
    "pl_PL": ("PESEL", "PL_PESEL"),
    "sv_SE": ("personnummer", "SE_PERSONNUMMER"),
    "zh_CN": ("身份证号", "CN_RESIDENT_ID"),
    "pt_BR": ("CPF", "BR_CPF"),
    "ko_KR": ("주민등록번호", "KR_RRN"),
}
BRITISH = Faker("en_GB")
PRESIDIO_SCORE = 0.4
SAME_AS = {"CN_MOBILE": "PHONE_NUMBER", "CN_BANK_CARD": "CREDIT_CARD", "ES_NIE": "ES_NIF"}
NEGATIVES = (
    "doi:10.{0}/j.cell.{1}.05.{2:03d}", "Cell {1} {3} {0}-{4}", "kernel 5.{3}.0.{3}", "order number {3:03d}-45-{0}",
    "pp. {0}-{4}", "call {1}-{1}", "version {3}.{3}.{2}", "on {1}-11-12 10:30", "ISBN 978-{0}-{3}-{4}", "{0}/{4}/{1}",
    "§ {3} Abs. {2}", "Rechnungsnummer {0}{4}", "#{0}{4}", "x = {0}.{4}{3}", "{1}{1}{0}", "{0} {4} {3} {2} {0}",
)  # fmt: skip


@dataclass
class Counts:
    """What one type has: labelled values, those found, and hits on something else, confirmed and only labelled."""

    values: int = 0
    found: int = 0
    confirmed: int = 0
    labelled_values: int = 0
    labelled_found: int = 0
    wrong: int = 0
    wrong_labelled: int = 0
    misses: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sentence:
    """A text, and where in it which value stands; a negative has no value."""

    text: str
    entity_type: str = ""
    start: int = 0
    end: int = 0
    has_label: bool = False


def sentences(count: int, seed: int) -> Iterator[Sentence]:
    """Yield *count* sentences a country and type, and as many negatives."""
    chooser = random.Random(seed)
    BRITISH.seed_instance(seed)
    for locale, (phone, card, account, plain) in COUNTRIES.items():
        faker = Faker(locale)
        faker.seed_instance(seed)
        kinds = {
            "PHONE_NUMBER": (phone, faker.phone_number),
            "CREDIT_CARD": (card, lambda: card_number(chooser)),
            "IBAN_CODE": (account, lambda faker=faker: grouped(valid_iban(faker), chooser)),
            "EMAIL_ADDRESS": ("e-mail:", lambda faker=faker: faker.ascii_free_email()),
        }
        if locale in NATIONAL_IDS:
            label, entity_type = NATIONAL_IDS[locale]
            make = {"es_ES": "nif", "pl_PL": "pesel", "pt_BR": "cpf"}.get(locale, "ssn")
            kinds[entity_type] = (label, getattr(faker, make))
        for entity_type, (label, make) in kinds.items():
            for number in range(count):
                has_label = number % 3 > 0
                yield placed(f"{label} {{}}" if has_label else plain, make(), entity_type, has_label=has_label)
    for number in range(count * len(COUNTRIES)):
        shape = NEGATIVES[number % len(NEGATIVES)]
        yield Sentence(shape.format(chooser.randint(1000, 9999), chooser.randint(1950, 2030), chooser.randint(1, 99),
                                    chooser.randint(10, 255), chooser.randint(1000, 99999)))  # fmt: skip


def valid_iban(faker: Faker) -> str:
    """Return an account number that holds: for some countries Faker makes others, and a British one stands for them."""
    number = faker.iban()
    return number if iban.is_valid(number, check_country=False) else BRITISH.iban()


def card_number(chooser: random.Random) -> str:
    """Return a card number of a large issuer with its Luhn digit, as it is or in the groups of its issuer."""
    prefix = chooser.choice(("4", "51", "54", "37"))
    body = (prefix + "".join(chooser.choices("0123456789", k=14)))[: 14 if prefix == "37" else 15]
    number = body + luhn.calc_check_digit(body)
    if prefix != "37":
        return grouped(number, chooser)
    separator = chooser.choice(("", " ", "-"))
    return separator.join((number[:4], number[4:10], number[10:]))


def grouped(value: str, chooser: random.Random) -> str:
    """Return a value as it is, or in groups of four."""
    separator = chooser.choice(("", " ", "-"))
    return separator.join(value[place : place + 4] for place in range(0, len(value), 4))


def placed(frame: str, value: str, entity_type: str, *, has_label: bool) -> Sentence:
    """Return a sentence with the value in it."""
    start = len(frame.partition("{}")[0].encode())
    return Sentence(frame.format(value), entity_type, start, start + len(value.encode()), has_label)


def count_ours(made: list[Sentence]) -> dict[str, Counts]:
    """Return what this program finds in the sentences."""
    hits = defaultdict(list)
    for row in Scanner(b"benchmark").scan(pa.array([sentence.text for sentence in made])).to_pylist():
        if row["kind"] == "personal_information":
            name = SAME_AS.get(row["entity_type"], row["entity_type"])
            hits[row["index"]].append((name, row["start_byte"], row["end_byte"], row["status"] == "confirmed"))
    return count(made, hits)


def count(made: list[Sentence], hits: dict[int, list[tuple[str, int, int, bool]]]) -> dict[str, Counts]:
    """Return counts by type of hits (type, start, end, confirmed) by the number of their sentence."""
    counts: dict[str, Counts] = defaultdict(Counts)
    for number, sentence in enumerate(made):
        right = [hit for hit in hits[number] if hit[0] == sentence.entity_type and overlaps(hit, sentence)]
        for hit in hits[number]:
            counts[hit[0]].wrong += hit not in right and hit[3]
            counts[hit[0]].wrong_labelled += hit not in right and not hit[3]
        if not sentence.entity_type:
            continue
        entry = counts[sentence.entity_type]
        entry.values += 1
        entry.found += bool(right)
        entry.confirmed += any(hit[3] for hit in right)
        entry.labelled_values += sentence.has_label
        entry.labelled_found += sentence.has_label and bool(right)
        if not right:
            entry.misses.append("".join("9" if sign.isdigit() else sign for sign in sentence.text))
    return counts


def overlaps(hit: tuple[str, int, int, bool], sentence: Sentence) -> bool:
    """True if a hit overlaps the value of its sentence."""
    return hit[1] < sentence.end and sentence.start < hit[2]


def count_presidio(made: list[Sentence]) -> dict[str, Counts]:
    """Return what the pattern recognizers of Presidio find, with its context words, in English, score 0.4 or more."""
    from inspect import getmembers, isclass

    from presidio_analyzer import PatternRecognizer, predefined_recognizers

    kinds = [kind for _, kind in getmembers(predefined_recognizers, isclass) if issubclass(kind, PatternRecognizer)]
    recognizers = [kind() for kind in kinds if kind is not PatternRecognizer]
    recognizers.append(predefined_recognizers.PhoneRecognizer())
    hits = defaultdict(list)
    for number, sentence in enumerate(made):
        for recognizer in recognizers:
            for result in recognizer.analyze(sentence.text, recognizer.supported_entities, None):
                start, end = (len(sentence.text[:place].encode()) for place in (result.start, result.end))
                if result.score >= PRESIDIO_SCORE:
                    hits[number].append((result.entity_type, start, end, True))
    return count(made, hits)


def ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description="Precision and recall by type in twenty countries.")
    parser.add_argument("--sentences", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--without-presidio", action="store_true")
    chosen = parser.parse_args()
    made = list(sentences(chosen.sentences, chosen.seed))
    ours = count_ours(made)
    theirs = {} if chosen.without_presidio else count_presidio(made)
    print(f"{len(made)} sentences, {len(COUNTRIES)} locales, seed {chosen.seed}\n")
    print("| entity type | values | precision, confirmed | recall | recall, labelled | Presidio: precision | recall |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, c in sorted(ours.items()):
        if not c.values:
            print(f"| {name} (not in the set) | 0 | {c.wrong} wrong | | | | |")
            continue
        p = theirs.get(name, Counts())
        cells = (
            ratio(c.confirmed, c.confirmed + c.wrong),
            ratio(c.found, c.values),
            ratio(c.labelled_found, c.labelled_values),
            ratio(p.found, p.found + p.wrong), ratio(p.found, p.values),
        )  # fmt: skip
        print(f"| {name} | {c.values} | {' | '.join(cells)} |")
        if chosen.misses:
            print(*sorted(set(c.misses))[:40], sep="\n")


if __name__ == "__main__":
    main()
