"""The environment of a worker: what it needs to run and to reach the data, and none of the secrets."""

from collections.abc import Iterable, Mapping

DEBUG = "CORPUS_AUDIT_DEBUG"

_KEPT = frozenset({"PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TERM", "USER", "LOGNAME", "VIRTUAL_ENV", DEBUG})
_KEPT_PREFIXES = ("LC_", "LD_LIBRARY_", "PYTHON", "NUMBA_", "OMP_", "MKL_", "OPENBLAS_", "ARROW_", "COVERAGE_", "XDG_")
_OF_NETWORK = ("SSL_CERT_", "REQUESTS_CA_", "CURL_CA_")
_PROXIES = frozenset({"http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"})

_OF_SCHEMES: Mapping[str, tuple[str, ...]] = {
    "s3": ("AWS_",),
    "gs": ("GOOGLE_", "CLOUDSDK_", "GCE_", "GCP_"),
    "az": ("AZURE_",),
    "hf": ("HF_", "HUGGING_FACE_"),
    "https": (),
    "http": (),
}
"""The variables that hold the credentials of a place where data lies, by the scheme of its address."""


def worker_environment(environ: Mapping[str, str], address: str = "") -> dict[str, str]:
    """Return what of *environ* a worker gets that reads data at *address*, by default on this machine."""
    scheme, colon, _ = address.partition("://")
    prefixes = (*_KEPT_PREFIXES, *(_OF_NETWORK if colon else ()), *_OF_SCHEMES.get(scheme if colon else "", ()))
    kept = _KEPT | _PROXIES if colon else _KEPT
    return {name: value for name, value in environ.items() if _is_kept(name, kept, prefixes)}


def _is_kept(name: str, kept: Iterable[str], prefixes: tuple[str, ...]) -> bool:
    return name in kept or name.startswith(prefixes)
