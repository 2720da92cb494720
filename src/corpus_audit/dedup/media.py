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
from corpus_audit.dedup.records import Records, UniqueContents
from corpus_audit.dedup.verify import VerifiedPairs, join_pairs
from corpus_audit.schemas import MEDIA

_COLUMNS = ["record_id", "picture_hash", "sound_print"]


def find_alike_media(paths: Sequence[Path], records: Records, contents: UniqueContents) -> VerifiedPairs:
    """Return the similar pictures and recordings; *paths* are the files of table MEDIA."""
    tables = [pq.read_table(path, columns=_COLUMNS) for path in paths]
    media = pa.concat_tables(tables) if tables else MEDIA.empty().select(_COLUMNS)
    numbers = _content_numbers(media["record_id"].combine_chunks(), records, contents)
    # Of records with the same bytes, the first stands for all.
    media = media.filter(pa.array(numbers >= 0)).append_column("content", pa.array(numbers[numbers >= 0]))
    media = media.sort_by("content")
    return join_pairs(_pictures(media), _recordings(media))


def _content_numbers(ids: pa.Array, records: Records, contents: UniqueContents) -> NDArray[np.int64]:
    """Return the content of each record that is the first to hold it, -1 for the others."""
    wanted = records.ids.take(pa.array(contents.first_record[contents.is_media]))
    places = RecordLookup(wanted).find(ids)
    return np.where(places >= 0, np.append(np.flatnonzero(contents.is_media), -1)[places], -1)


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
