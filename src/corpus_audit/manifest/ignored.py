"""What a folder of data holds beside its data: hidden files, caches, and what this program itself wrote there."""

CACHES = "__pycache__"
IGNORED = ("**/.*", f"**/{CACHES}/**")
WRITTEN_BESIDE = ("manifest.yaml", "manifest.json")
"""What this program itself may have written beside the data, with its store."""
IGNORED_AT_ROOT = (*IGNORED, *WRITTEN_BESIDE, "audits/**")
