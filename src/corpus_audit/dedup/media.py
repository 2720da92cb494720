"""Copies among pictures and recordings, as pairs of contents beside those of texts."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from corpus_audit.dedup.lookup import RecordLookup
from corpus_audit.dedup.pictures import HASH_BITS, find_alike_pictures
from corpus_audit.dedup.recordings import find_alike_recordings
from corpus_audit.dedup.verify import VerifiedPairs, join_pairs
from corpus_audit.engine.base import Engine
from corpus_audit.schemas import MEDIA

_COLUMNS = ["record_id", "picture_hash", "sound_print"]


_CONTENTS = "SELECT record_id, content FROM contents WHERE is_media = 1 ORDER BY content"


def find_alike_media(engine: Engine, paths: Sequence[Path]) -> VerifiedPairs:
    """Return the similar pictures and recordings of view ``contents``; *paths* are the files of table MEDIA.

    All fingerprints are in memory meanwhile: some hundred bytes a picture, a kilobyte a minute of sound.
    """
    tables = [pq.read_table(path, columns=_COLUMNS) for path in paths]
    media = pa.concat_tables(tables) if tables else MEDIA.empty().select(_COLUMNS)
    numbers = _content_numbers(engine, media["record_id"])
    # Of records with the same bytes, the first stands for all.
    media = media.filter(pa.array(numbers >= 0)).append_column("content", pa.array(numbers[numbers >= 0]))
    media = media.sort_by("content")
    return join_pairs(_pictures(media), _recordings(media))


def _content_numbers(engine: Engine, ids: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return the content of each record that is the first to hold it, -1 for the others."""
    wanted = engine.fetch(_CONTENTS)
    of_contents, looked_for = (column.cast(pa.large_string()).combine_chunks() for column in (wanted["record_id"], ids))
    places = RecordLookup(of_contents).find(looked_for)
    return np.append(wanted["content"].to_numpy(), -1)[places]


def _pictures(media: pa.Table) -> VerifiedPairs:
    hashed = media.filter(pc.is_valid(media["picture_hash"]))
    joined = b"".join(hashed["picture_hash"].to_pylist())
    return find_alike_pictures(
        hashed["content"].to_numpy(), np.frombuffer(joined, np.uint8).reshape(-1, HASH_BITS // 8)
    )


def _recordings(media: pa.Table) -> VerifiedPairs:
    printed = media.filter(pc.is_valid(media["sound_print"]))
    prints = printed["sound_print"].combine_chunks()
    lengths = pc.list_value_length(prints).to_numpy(zero_copy_only=False).astype(np.int64)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return find_alike_recordings(printed["content"].to_numpy(), offsets, prints.flatten().to_numpy().copy())
