"""The documentation as a website, from the same Markdown that people read in the repository: `make site`.

The source folder is the repository's own, so that links between docs/ and the pages beside README.md stay as they are.
"""

import shutil
from pathlib import Path

from sphinx.application import Sphinx

PROJECT = Path(__file__).parents[1]

project = "corpus-audit"
copyright = "2026 The corpus-audit developers"  # noqa: A001 - the name that Sphinx reads
root_doc = "README"
include_patterns = ["*.md", "docs/*.md", "docs/**/*.md", "examples/*/README.md"]
exclude_patterns = [".*", "build", "changelog.d", "src", "tests"]
extensions = ["myst_parser"]
myst_heading_anchors = 4
nitpicky = True
# Examples of JSON that leave parts out with an ellipsis are shown as they are.
suppress_warnings = ["misc.highlighting_failure"]
html_theme = "furo"
html_title = "corpus-audit"
html_show_sphinx = False
html_copy_source = False

CONTENTS = {
    "Audit": [
        "examples/*/README",
        "docs/manifest",
        "docs/people",
        "docs/data-formats",
        "docs/formats",
        "docs/policy-packs",
        "docs/coverage",
        "docs/verdict",
        "docs/exports",
        "docs/filed-summaries",
    ],
    "What is measured": [
        "docs/texts",
        "docs/media",
        "docs/personal-information",
        "docs/licenses",
        "docs/opt-outs",
        "docs/copies",
    ],
    "Decide": [
        "docs/review",
        "docs/ledger",
        "docs/exclusions",
        "docs/trace",
        "docs/cleaning",
        "docs/continuous-integration",
        "docs/schedules",
        "docs/gate",
    ],
    "Operate": [
        "docs/deployment",
        "docs/scale",
        "docs/buckets",
        "docs/operations",
        "docs/retention",
        "docs/threat-model",
        "SECURITY",
    ],
    "Reference": ["docs/reference/*", "docs/license-classes", "GLOSSARY"],
    "Develop": ["CONTRIBUTING", "docs/benchmarks", "docs/adr/README", "CHANGELOG"],
}
"""The pages by heading of the navigation; each page is in one of them, or the strict build fails."""


def add_contents(_app: Sphinx, name: str, source: list[str]) -> None:
    """Put the navigation under the start page, and the decisions under their index."""
    if name == root_doc:
        source[0] += "".join(_contents(pages, heading) for heading, pages in CONTENTS.items())
    if name == "docs/adr/README":
        source[0] += _contents(["[0-9]*"])


def _contents(pages: list[str], heading: str = "") -> str:
    options = [":hidden:", ":glob:", f":caption: {heading}"] if heading else [":hidden:", ":glob:"]
    return "\n\n" + "\n".join(["```{toctree}", *options, "", *pages, "```"]) + "\n"


def copy_start_page(app: Sphinx, error: Exception | None) -> None:
    """Show the start page under the address that web servers look for."""
    if error is None and app.builder.format == "html":
        shutil.copyfile(Path(app.outdir, f"{root_doc}.html"), Path(app.outdir, "index.html"))


def setup(app: Sphinx) -> None:
    """Connect what is done beyond reading Markdown."""
    app.connect("source-read", add_contents)
    app.connect("build-finished", copy_start_page)
