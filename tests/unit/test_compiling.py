"""What was compiled is thrown away when any file it may have taken code from has changed."""

import numpy as np

from corpus_audit.measure.compiling import compiled, hash_sources, inlined


def test_a_change_in_any_source_file_changes_the_stamp(tmp_path):
    (tmp_path / "one.py").write_text("a = 1\n")
    (tmp_path / "two.py").write_text("b = 1\n")
    before = hash_sources(tmp_path)
    hash_sources.cache_clear()
    (tmp_path / "two.py").write_text("b = 2\n")
    assert hash_sources(tmp_path) != before


def test_a_compiled_function_is_kept_on_disk_under_that_stamp():
    assert compiled(_double).stats.cache_path.endswith("__pycache__")


def test_a_compiled_function_takes_in_an_inlined_one():
    twice = inlined(_double)
    assert compiled(lambda value: twice(value) + 1)(np.int64(4)) == 9


def _double(value):
    return 2 * value
