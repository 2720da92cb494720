"""Every rule of a stylesheet ends before the next begins: one that does not takes all that follow with it."""

import re
from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).parents[2] / "src").rglob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_only_conditions_hold_other_rules(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), sheet.read_text(), flags=re.DOTALL)
    opened: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        for before, brace in re.findall(r"([^{}]*)([{}])", line):
            if brace == "{":
                assert not opened or opened[-1].startswith("@"), f"line {number}: inside '{opened[-1]}'"
                opened.append(before.strip())
            else:
                assert opened, f"line {number} ends a rule that none began"
                opened.pop()
    assert opened == []
