"""Archives that could harm whoever opens them are refused before anything is unpacked."""

import io
import stat
import zipfile

import pytest

from corpus_audit.errors import BundleError
from corpus_audit.export.bundle.archive import check_names, open_archive, write_archive
from corpus_audit.export.findings_csv import neutralise


def entry(name, mode=0o100644):
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.external_attr = mode << 16
    return info


def archive_of(path, entries, compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for info, content in entries:
            archive.writestr(info, content, compress_type=compression)
    return path


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/passwd", "a/../b", "a//b", "C:\\x", "a\\b", "dir/", "a\nb", "a/.", "nul ", "x.", "a" * 1_001],
)
def test_names_that_leave_the_folder_are_refused(name):
    with pytest.raises(BundleError, match="not a plain path"):
        check_names([name])


@pytest.mark.parametrize("names", [("a", "a"), ("A.txt", "a.TXT"), ("é", "e\u0301")])
def test_names_that_are_one_file_somewhere_are_refused(names):
    with pytest.raises(BundleError, match="same file on some systems"):
        check_names(names)


def test_a_link_is_refused(tmp_path):
    path = archive_of(tmp_path / "b.zip", [(entry("link", stat.S_IFLNK | 0o777), "/etc/passwd")])
    with pytest.raises(BundleError, match="special file"), open_archive(path):
        pass


def test_a_compressed_member_is_refused(tmp_path):
    path = archive_of(tmp_path / "b.zip", [(entry("zeros"), b"\0" * 10**7)], zipfile.ZIP_DEFLATED)
    with pytest.raises(BundleError, match="compressed"), open_archive(path):
        pass


def test_what_follows_the_archive_is_refused(tmp_path):
    path = archive_of(tmp_path / "b.zip", [(entry("a"), b"a")])
    path.write_bytes(path.read_bytes() + b"trailing")
    with pytest.raises(BundleError, match="does not end like"), open_archive(path):
        pass


def test_what_precedes_the_archive_is_seen(tmp_path):
    stream = io.BytesIO()
    write_archive(stream, {"a": b"a", "b/c": b"c"})
    path = tmp_path / "b.zip"
    path.write_bytes(stream.getvalue())
    with open_archive(path) as archive:
        assert archive.is_canonical()
    path.write_bytes(b"#!/bin/sh\n" + stream.getvalue())
    with open_archive(path) as archive:
        assert not archive.is_canonical()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u3000=1", "＝1", "\ufeff=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(cell):
    assert neutralise(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=b", "1-2", "text", "数据"])
def test_other_cells_stay_as_they_are(cell):
    assert neutralise(cell) == cell
