"""Values in columns of tables that stand in a text: the head of the column is their label."""

import pytest

from corpus_audit.measure.detection.cn import resident_id
from corpus_audit.measure.detection.international import credit_card, phone_number
from corpus_audit.measure.detection.pl import identifiers
from corpus_audit.measure.detection.pl import pesel as pl_pesel
from corpus_audit.measure.detection.se import personnummer
from corpus_audit.measure.detection.uk import nino

PHONE, CARD, PESEL = phone_number.DETECTOR, credit_card.DETECTOR, pl_pesel.DETECTOR

TABLES = (
    (PESEL, "lp;nazwisko;pesel;telefon\n1;Lis;44051401359;512 345 678\n2;Kos;02 21 13 05698;601234567", 2),
    (PHONE, "lp;nazwisko;pesel;telefon\n1;Lis;44051401359;512 345 678\n2;Kos;02211305698;601234567", 2),
    (PHONE, 'name,city,mobile_phone\n"Lee, Ann",Leeds,07405 713810\n"Poe, Max",York,"07405713811"\n', 2),
    (PHONE, "Name\tMobile\tCard\nAnn\t07405 713810\t4539148803436467\nMax\t\t-\nBo\t07405 713811\t", 2),
    (CARD, "Name\tMobile\tCard\nAnn\t07405 713810\t4539 1488 0343 6467\nMax\t\t-\n", 1),
    (PHONE, "Name        Phone            Card\nR. Patel    020 7946 0018    4539148803436467", 1),
    (nino.DETECTOR, "| Name | National Insurance No. |\n|:---|---:|\n| Ann | AB 12 34 56 C |\n| Max | CE123456D |", 2),
    (
        personnummer.DETECTOR,
        "<table><tr><th>Namn</th><th>Personnr</th></tr>\n<tbody><tr><td>Siv</td><td><b>811228-9874</b></td></tr></table>",
        1,
    ),
    (resident_id.DETECTOR, "姓名,身份证号\n王伟,11010519491231002X\n", 1),
    (identifiers.NIP, "firma|nip\nAlfa|526-104-08-28\nBeta|5261040828", 2),
)


@pytest.mark.parametrize(("detector", "table", "count"), TABLES)
def test_a_column_is_labelled_by_its_head(find, find_labelled, detector, table, count):
    assert len(find(detector, table) + find_labelled(detector, table)) == count


@pytest.mark.parametrize(
    "text",
    [
        "call,name\n12345678,x",
        "phone, card and passport\nwere lost on 12345678, he said",
        "name,phone,city\nAnn,Leeds\nMax,07405713810",
        "name,phone,calls\nAnn,,123456789\nMax,,987654321",
        "def f(phone, card):\n    return g(1234567890, 2)",
        "<tr><th>Phone</th><th>Calls</th></tr><tr><td>-</td><td>1234567</td></tr>",
        "phone,total",
    ],
)
def test_other_columns_and_lines_are_not(find, find_labelled, text):
    assert find(PHONE, text) + find_labelled(PHONE, text) == []


def test_a_column_ends_where_its_rows_end(find, find_labelled):
    text = "name;phone\nAnn;030 901820\n\nItems;12345678\n"
    assert find(PHONE, text) + find_labelled(PHONE, text) == ["030 901820"]
