"""The packages of an environment as a manifest: on environments built here, and on the one that runs the tests."""

import base64
import hashlib
import sys
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path

import pytest

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.dump import dump_manifest
from corpus_audit.manifest.environment import describe_environment
from corpus_audit.manifest.model import Manifest, Source
from corpus_audit.manifest.native import parse_manifest
from corpus_audit.vocabulary import NOT_RECORDED, Answer, FileFormat, SourceKind

LIBRARY = "lib/python3.11/site-packages"
MIT = "License :: OSI Approved :: MIT License"
BSD = "License :: OSI Approved :: BSD License"


def record_line(path: str, content: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{path},sha256={digest},{len(content)}"


def install(
    prefix: Path,
    name: str,
    version: str = "1.0",
    headers: tuple[str, ...] = (),
    files: Mapping[str, str] | None = None,
    extra_lines: tuple[str, ...] = (),
) -> None:
    """Put a package into an environment as an installer does."""
    library = prefix / LIBRARY
    information = f"{name}-{version}.dist-info"
    metadata = "\n".join(["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *headers, "", "About."])
    contents = {**(files or {}), f"{information}/METADATA": metadata, f"{information}/INSTALLER": "pip\n"}
    for path, content in contents.items():
        target = library / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    lines = [record_line(path, content.encode()) for path, content in contents.items()]
    record = "\n".join([*lines, *extra_lines, f"{information}/RECORD,,", ""])
    (library / information / "RECORD").write_text(record, encoding="utf-8")


def only_source(prefix: Path) -> Source:
    (source,) = describe_environment(prefix).sources
    return source


def paths(source: Source) -> list[str]:
    return [file.path for file in source.files]


def test_a_package_is_a_source(tmp_path: Path) -> None:
    headers = ("License-Expression: MIT", "Project-URL: Homepage, https://home.example.org")
    install(tmp_path, "Some.Thing", headers=headers, files={"thing/__init__.py": "x = 1\n", "thing/logo.png": "\0"})
    source = only_source(tmp_path)
    information = f"{LIBRARY}/Some.Thing-1.0.dist-info"
    assert (source.id, source.title, source.kind) == ("some-thing", "Some.Thing 1.0", SourceKind.SOFTWARE_PACKAGE)
    assert source.license.expression == "MIT"
    assert source.origin.url == "https://home.example.org"
    assert source.collection.method == "installed by pip"
    assert source.folders == (information, f"{LIBRARY}/thing")
    assert source.ignore == ("**/__pycache__/**", f"{information}/RECORD")
    assert source.personal_information.present is Answer.NOT_RECORDED
    assert paths(source) == [f"{information}/{name}" for name in ("INSTALLER", "METADATA")] + [
        f"{LIBRARY}/thing/__init__.py",
        f"{LIBRARY}/thing/logo.png",
    ]
    code = source.files[2]
    assert (code.size_bytes, code.format) == (6, FileFormat.TEXT)
    assert code.sha256 == hashlib.sha256(b"x = 1\n").hexdigest()
    assert source.files[3].format is FileFormat.IMAGE


@pytest.mark.parametrize(
    ("headers", "declared"),
    [
        (("License-Expression: MIT OR Apache-2.0", "License: something else"), "MIT OR Apache-2.0"),
        (("License: BSD 3-clause", f"Classifier: {BSD}"), "BSD 3-clause"),
        (("License: UNKNOWN", f"Classifier: {MIT}"), MIT),
        (("License: ", f"Classifier: {MIT}", "Classifier: Topic :: Text"), MIT),
        ((f"Classifier: {MIT}", f"Classifier: {BSD}"), f"{BSD}; {MIT}"),
        (("License: Apache License\n        Version 2.0\n        " + "terms " * 40, f"Classifier: {MIT}"), MIT),
        (("License: Apache License\n        Version 2.0\n        " + "terms " * 40,), "Apache License"),
        (("License: Copyright 2020 Somebody\n        All rights are told below.",), NOT_RECORDED),
        (("License: " + "a very long name " * 10,), NOT_RECORDED),
        ((), NOT_RECORDED),
    ],
)
def test_the_declared_license_is_kept_in_its_own_words(tmp_path: Path, headers: tuple[str, ...], declared: str) -> None:
    install(tmp_path, "thing", headers=headers)
    assert only_source(tmp_path).license.expression == declared


def test_license_files_are_evidence(tmp_path: Path) -> None:
    information = "thing-1.0.dist-info"
    names = ("LICENSE", "licenses/COPYING.txt", "licenses/vendor/LICENCE-MIT", "licenses/AUTHORS", "NOTICE")
    files = {f"{information}/{name}": name for name in names} | {"thing/vendor/LICENSE": "of somebody else"}
    install(tmp_path, "thing", files=files)
    evidence = only_source(tmp_path).license.evidence
    assert [e.file for e in evidence] == [
        f"{LIBRARY}/{information}/{name}"
        for name in ("LICENSE", "NOTICE", "licenses/COPYING.txt", "licenses/vendor/LICENCE-MIT")
    ]
    assert evidence[0].sha256 == hashlib.sha256(b"LICENSE").hexdigest()


@pytest.mark.parametrize(
    ("headers", "url"),
    [
        (
            ("Home-page: https://old.example.org", "Project-URL: Source Code, https://code.example.org"),
            "https://code.example.org",
        ),
        (
            ("Home-page: https://old.example.org", "Project-URL: Changelog, https://log.example.org"),
            "https://old.example.org",
        ),
        (("Home-page: UNKNOWN", "Project-URL: Homepage,https://home.example.org"), "https://home.example.org"),
        (("Project-URL: Repository, git@example.org:a/b.git",), None),
        (("Project-URL: Source, https://user:token@example.org/a",), None),
        ((), None),
    ],
)
def test_the_origin_is_a_link_that_the_package_names(tmp_path: Path, headers: tuple[str, ...], url: str | None) -> None:
    install(tmp_path, "thing", headers=headers)
    assert only_source(tmp_path).origin.url == url


def test_only_files_inside_the_environment_are_named(tmp_path: Path) -> None:
    lines = (
        record_line("../../../bin/thing", b"#!"),
        record_line("../../../share/man/man1/thing.1", b"."),
        record_line("../../../../outside", b""),
        record_line("/etc/passwd", b""),
        record_line("thing/__pycache__/a.cpython-311.pyc", b""),
        record_line("thing\\windows", b""),
        '"thing/with, comma",,',
    )
    install(tmp_path, "thing", extra_lines=lines)
    named = [path for path in paths(only_source(tmp_path)) if "dist-info" not in path]
    assert named == ["bin/thing", f"{LIBRARY}/thing/with, comma", "share/man/man1/thing.1"]


@pytest.mark.parametrize("checksum", ["", "sha512=AAAA", "sha256=AAAA", "sha256=ä", "sha256", "md5=!"])
def test_a_checksum_that_cannot_be_used_is_not_recorded(tmp_path: Path, checksum: str) -> None:
    install(tmp_path, "thing", extra_lines=(f"thing.py,{checksum},many",))
    file = only_source(tmp_path).files[-1]
    assert (file.path, file.sha256, file.size_bytes) == (f"{LIBRARY}/thing.py", None, None)


def test_a_folder_that_packages_share_belongs_to_none(tmp_path: Path) -> None:
    install(tmp_path, "one", files={"space/one/a.py": "", "space/one/b/c.py": "", "one.py": ""})
    install(tmp_path, "two", files={"space/two/a.py": "", "space/common.py": ""})
    folders = {source.id: source.folders for source in describe_environment(tmp_path).sources}
    assert folders["one"] == (f"{LIBRARY}/one-1.0.dist-info", f"{LIBRARY}/space/one")
    assert folders["two"] == (f"{LIBRARY}/space/two", f"{LIBRARY}/two-1.0.dist-info")


def test_two_versions_of_a_package_are_two_sources(tmp_path: Path) -> None:
    install(tmp_path, "thing", "1.0", files={"thing/a.py": ""})
    install(tmp_path, "Thing", "2.0", files={"thing/a.py": ""})
    sources = describe_environment(tmp_path).sources
    assert [(source.id, source.title) for source in sources] == [("thing", "thing 1.0"), ("thing-2", "Thing 2.0")]


def test_names_and_addresses_of_people_are_not_copied(tmp_path: Path) -> None:
    headers = ("Author: Jane Doe", "Author-email: Jane Doe <jane.doe@example.org>", "Maintainer-email: jd@example.org")
    install(tmp_path, "thing", headers=headers)
    text = dump_manifest(describe_environment(tmp_path), "yaml")
    assert "example.org" not in text
    assert "Jane" not in text


def test_the_same_packages_give_the_same_bytes_wherever_they_lie(tmp_path: Path) -> None:
    for place, order in (("a", ("one", "two")), ("b/c", ("two", "one"))):
        for name in order:
            install(tmp_path / place, name, files={f"{name}/a.py": "", "shared/a.py": ""})
    first, second = (dump_manifest(describe_environment(tmp_path / place), "json") for place in ("a", "b/c"))
    assert first == second
    install(tmp_path / "a", "three")
    assert describe_environment(tmp_path / "a").dataset.version != parse_manifest(first.encode()).dataset.version


def test_lib64_that_is_a_link_counts_once(tmp_path: Path) -> None:
    install(tmp_path, "thing")
    (tmp_path / "lib64").symlink_to("lib")
    assert paths(only_source(tmp_path))[0].startswith("lib/")


def test_leftovers_without_metadata_are_no_packages(tmp_path: Path) -> None:
    install(tmp_path, "thing")
    (tmp_path / LIBRARY / "~hing-0.9.dist-info").mkdir()
    assert only_source(tmp_path).id == "thing"


@pytest.mark.parametrize(
    ("name", "content"), [("METADATA", b"Name: \xff"), ("RECORD", b"\xff"), ("RECORD", b'"' + b"x" * 2**18)]
)
def test_broken_metadata_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    install(tmp_path, "thing")
    (tmp_path / LIBRARY / "thing-1.0.dist-info" / name).write_bytes(content)
    with pytest.raises(ManifestError, match="broken metadata"):
        describe_environment(tmp_path)


def test_a_folder_without_packages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="holds no Python packages: give the folder"):
        describe_environment(tmp_path)


# --- the environment that runs this test ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def running() -> Manifest:
    return describe_environment()


def source_of(manifest: Manifest, source_id: str) -> Source:
    return next(source for source in manifest.sources if source.id == source_id)


def test_the_running_environment_is_described(running: Manifest) -> None:
    assert len(running.sources) > 50
    assert sum(len(source.files) for source in running.sources) > 10_000
    checksums = [file.sha256 for source in running.sources for file in source.files]
    assert sum(checksum is not None for checksum in checksums) > 0.9 * len(checksums)
    assert sum(source.license.expression != NOT_RECORDED for source in running.sources) > 0.9 * len(running.sources)
    assert all("@" not in source.license.expression + source.title for source in running.sources)


def test_the_running_environment_loads_from_its_text(running: Manifest) -> None:
    assert parse_manifest(dump_manifest(running, "json").encode()) == running


def test_no_folder_has_two_owners(running: Manifest) -> None:
    folders = [folder for source in running.sources for folder in source.folders]
    assert len(folders) == len(set(folders))
    within = [f for f in folders if any(f.startswith(f"{other}/") for other in folders)]
    assert within == []


def test_files_of_a_running_package_are_there_with_their_checksums(running: Manifest) -> None:
    source = source_of(running, "pydantic")
    assert source.license.expression == distribution("pydantic").metadata["License-Expression"] == "MIT"
    assert len(source.files) > 100
    for file in source.files:
        content = (Path(sys.prefix) / file.path).read_bytes()
        assert len(content) == file.size_bytes
        assert hashlib.sha256(content).hexdigest() == file.sha256
