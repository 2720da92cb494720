"""Buckets and HDFS as Arrow file systems, with credentials from the environment as each provider names them."""

import os
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from corpus_audit.config import ENVIRONMENT_PREFIX
from corpus_audit.errors import StoreError

_REASONS = {
    "ACCESS_DENIED": "access is denied",
    "403": "access is denied",
    "401": "access is denied",
    "NO_SUCH_BUCKET": "there is no such bucket",
    "NETWORK_CONNECTION": "it cannot be reached",
    "INVALID_ACCESS_KEY_ID": "the credentials are not known there",
    "SIGNATURE_DOES_NOT_MATCH": "the credentials are not known there",
}
"""What is told of an error of a provider, whose own words may hold what should not be told."""


_OF_STORE = f"{ENVIRONMENT_PREFIX}STORE_"


def store_environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the variables by which a store is opened: those that begin as ``CORPUS_AUDIT_STORE`` go before others.

    Workers that parse the data get the latter only, so that the store can be kept from them.
    """
    own = {name.removeprefix(_OF_STORE): value for name, value in environ.items() if name.startswith(_OF_STORE)}
    return {**environ, **own}


def plain_reason(error: BaseException, otherwise: str = "cannot be read") -> str:
    """Return why a provider refused, in words that hold no credential."""
    return next((words for sign, words in _REASONS.items() if sign in str(error)), otherwise)


def open_filesystem(scheme: str, host: str = "", environ: Mapping[str, str] = os.environ) -> Any:
    """Return the Arrow file system of a scheme; *host* is the name node of HDFS.

    Raises KeyError for an unknown scheme, StoreError where a setting is missing, and OSError, ValueError or
    ArrowException where the client refuses its settings.
    """
    return _hdfs(host) if scheme == "hdfs" else FILESYSTEMS[scheme](environ)


def _s3(environ: Mapping[str, str]) -> Any:
    import pyarrow.fs as pafs

    endpoint = urlsplit(environ.get("AWS_ENDPOINT_URL_S3") or environ.get("AWS_ENDPOINT_URL") or "")
    options: dict[str, Any] = {"region": environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION")}
    if endpoint.netloc:
        options |= {"endpoint_override": endpoint.netloc, "scheme": endpoint.scheme}
        options["region"] = options["region"] or "us-east-1"  # such a server has no region of its own
    if environ.get("AWS_ACCESS_KEY_ID"):
        keys = {"access_key": "ACCESS_KEY_ID", "secret_key": "SECRET_ACCESS_KEY", "session_token": "SESSION_TOKEN"}
        options |= {option: environ.get(f"AWS_{name}") or None for option, name in keys.items()}
    return pafs.S3FileSystem(connect_timeout=10, request_timeout=60, **options)


def _google(environ: Mapping[str, str]) -> Any:
    import pyarrow.fs as pafs

    emulator = environ.get("STORAGE_EMULATOR_HOST")
    if not emulator:
        return pafs.GcsFileSystem()
    host = urlsplit(emulator if "://" in emulator else f"http://{emulator}")
    return pafs.GcsFileSystem(anonymous=True, scheme=host.scheme, endpoint_override=host.netloc)


def _azure(environ: Mapping[str, str]) -> Any:
    import pyarrow.fs as pafs

    account = environ.get("AZURE_STORAGE_ACCOUNT_NAME") or environ.get("AZURE_STORAGE_ACCOUNT")
    if not account:
        message = "AZURE_STORAGE_ACCOUNT_NAME does not say which account the container is of"
        raise StoreError(message)
    key, token = environ.get("AZURE_STORAGE_ACCOUNT_KEY"), environ.get("AZURE_STORAGE_SAS_TOKEN")
    options: dict[str, Any] = {"account_key": key} if key else {"sas_token": token} if token else {}
    endpoint = urlsplit(environ.get("AZURE_STORAGE_BLOB_ENDPOINT") or "")
    if endpoint.netloc:
        options |= {"blob_storage_authority": endpoint.netloc, "blob_storage_scheme": endpoint.scheme}
        options |= {"dfs_storage_authority": endpoint.netloc, "dfs_storage_scheme": endpoint.scheme}
    return pafs.AzureFileSystem(account, **options)


def _hdfs(host: str) -> Any:
    import pyarrow.fs as pafs

    name_node = urlsplit(f"hdfs://{host}")
    try:
        return pafs.HadoopFileSystem(name_node.hostname or "default", name_node.port or 0)
    except OSError as error:
        missing = next((words for sign, words in _HDFS_LACKS.items() if sign in str(error)), None)
        if missing is None:
            raise
        message = f"HDFS needs Java and Hadoop's client on this machine, and {missing}"
        raise StoreError(message) from None


_HDFS_LACKS = {
    "Prior attempt": "libhdfs.so or Java's libjvm.so was not found (HADOOP_HOME or ARROW_LIBHDFS_DIR, and JAVA_HOME)",
    "load libjvm": "Java's libjvm.so was not found (JAVA_HOME says where Java is)",
    "load libhdfs": "libhdfs.so was not found (HADOOP_HOME or ARROW_LIBHDFS_DIR says where it is)",
}
"""What is told where a library cannot be loaded, by words of Arrow's own message, which lists hundreds of places."""

FILESYSTEMS: dict[str, Callable[[Mapping[str, str]], Any]] = {"s3": _s3, "gs": _google, "az": _azure}
