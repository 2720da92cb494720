"""What was compiled is thrown away when any file it may have taken code from has changed."""

import pickle
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus_audit.config import user_cache
from corpus_audit.measure import compiling
from corpus_audit.measure.compiled_sources import SOURCES, hash_sources
from corpus_audit.measure.compiling import called, compiled, inlined

MEASURE = Path(compiling.__file__).parent


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """Let no test find what another checkout of this user compiled."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.mark.parametrize("changed", SOURCES)
def test_a_change_in_any_source_changes_the_stamp(tmp_path, changed):
    for name in SOURCES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(MEASURE / name, tmp_path / name)
    (tmp_path / changed).write_text("changed = True\n")
    assert hash_sources(tmp_path) != hash_sources(MEASURE)


def test_the_sources_are_all_that_compiled_code_is_made_from():
    texts = {path.relative_to(MEASURE).as_posix(): path.read_text() for path in MEASURE.rglob("*.py")}
    texts |= {f"../dedup/{path.name}": path.read_text() for path in (MEASURE.parent / "dedup").glob("*.py")}
    compiled_here = {
        name for name, text in texts.items() if re.search(r"^@(compiled|called|inlined)", text, re.MULTILINE)
    }
    assert len(compiled_here) > 5
    imported = "".join(texts[name] for name in compiled_here)
    modules = re.findall(r"corpus_audit\.(measure|dedup)\.([\w.]+) import", imported)
    taken_from = {f"{'../dedup/' * (room == 'dedup')}{name.replace('.', '/')}.py" for room, name in modules}
    assert compiled_here & taken_from <= set(SOURCES)
    assert set(SOURCES) <= compiled_here | taken_from | {"compiling.py", "linked_later.py"}


def test_a_compiled_function_is_kept_on_disk_under_that_stamp():
    assert compiled(_double).stats.cache_path.endswith("__pycache__")


@pytest.mark.parametrize("way", [called, inlined])
def test_a_compiled_function_takes_in_one_of_another_kind(way):
    twice = way(_double)
    assert compiled(lambda value: twice(value) + 1)(np.int64(4)) == 9
    with pytest.raises(IndexError):
        twice(np.int64(4))


def test_a_function_that_others_call_calls_others_itself_and_holds_arrays():
    largest = called(_largest)

    @called
    def joined(numbers):
        both = np.empty(2 * numbers.size, np.int64)
        both[: numbers.size] = numbers
        both[numbers.size :] = largest(numbers)
        return both

    @compiled
    def use(numbers):
        for _ in range(100):  # what is given back too early, or never, ends the process or fills it
            numbers = joined(numbers)[: numbers.size + 1]
        return numbers

    numbers = use(np.array([3, 7, 5]))
    assert numbers.tolist() == [3, 7, 5, *[7] * 100]


def test_an_operator_gives_the_same_for_each_kind_of_number():
    add = compiled(_add)
    for one, other in ((1, 2), (1, 2.5), (np.uint8(200), np.uint8(100)), (np.int32(-1), np.uint64(1)), (True, True)):
        assert add(one, other) == _plainly(one, other)
        assert add(one, other) == _plainly(one, other)


def test_what_an_older_version_left_behind_is_compiled_anew():
    compiled(_triple)(np.int64(4))
    [index] = Path(compiled(_triple).stats.cache_path).glob("test_compiling._triple-.*.nbi")
    with index.open("rb") as file:
        version = pickle.load(file)
    index.write_bytes(pickle.dumps(version, protocol=-1) + b"cno_such_module\nGone\n.")
    assert compiled(_triple)(np.int64(4)) == 12
    assert b"Gone" not in index.read_bytes()


def test_a_function_that_moves_in_its_file_replaces_what_was_kept(tmp_path):
    for lines in (1, 5):
        file = tmp_path / "moving.py"
        file.write_text("\n" * lines + "def add_one(value):\n    return value + 1\n")
        functions = {}
        exec(compile(file.read_text(), str(file), "exec"), functions)
        function = compiled(functions["add_one"])
        assert function(np.int64(4)) == 5
        kept = {path.name for path in Path(function.stats.cache_path).iterdir()}
    assert len(kept) == 2


def test_where_the_package_is_read_only_functions_are_kept_in_the_users_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(compiling._CacheImplementation, "_locator_classes", [compiling._UserWide])
    kept = compiled(_double)
    assert kept(np.int64(4)) == 8
    assert kept.stats.cache_path == str(tmp_path / "corpus-audit" / "kernels")
    assert [path.suffix for path in sorted(Path(kept.stats.cache_path).iterdir())] == [".nbc", ".nbi"]
    monkeypatch.setattr(user_cache.trim, "__defaults__", (1,))
    compiled(_triple)(np.int64(4))
    assert len(list(Path(kept.stats.cache_path).iterdir())) == 1


def test_another_installation_of_the_same_code_compiles_nothing(tmp_path):
    def hits(checkout, code):
        file = tmp_path / checkout / "adding.py"
        file.parent.mkdir()
        file.write_text(code)
        functions = {"__name__": __name__}
        exec(compile(code, str(file), "exec"), functions)
        function = compiled(functions["add"])
        assert function(np.int64(4)) == eval(code.rpartition("return ")[2], {"value": 4})
        return sum(function.stats.cache_hits.values())

    assert hits("first", "def add(value):\n    return value + 1\n") == 0
    assert hits("second", "def add(value):\n    return value + 1\n") == 1
    assert hits("changed", "def add(value):\n    return value + 2\n") == 0


def _largest(numbers):
    largest = numbers[0]
    for number in numbers:
        largest = max(largest, number)
    return largest


def _add(one, other):
    return one + other


def _plainly(one, other):
    """Add as numba does, which takes small integers into large ones."""
    return one + other if isinstance(one, float) or isinstance(other, float) else int(one) + int(other)


def _triple(value):
    return 3 * value


def _double(value):
    return 2 * value
