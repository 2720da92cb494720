"""The host of an address in SQL, as in the manifest: lower case, without user name or default port."""

from corpus_audit.engine.text import LINE_ENDS

_NAMED_HOST = f"regexp_extract(url, '^[A-Za-z][A-Za-z0-9+.-]*://([^/?#@]*@)?([^/?#{LINE_ENDS}]*)', 2)"

HOST_OF_URL = f"lower(regexp_replace({_NAMED_HOST}, ':(80|443)$', ''))"
"""The host of the column ``url``."""
