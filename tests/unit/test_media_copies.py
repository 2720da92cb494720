"""Pictures that look alike and recordings that sound alike: found whatever was done to them, and nothing else."""

from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from corpus_audit.dedup.pictures import MAX_DISTANCE, find_alike_pictures
from corpus_audit.dedup.recordings import find_alike_recordings
from unit.media_files import encode, measure, melody, picture, save


def alike_pictures(*images):
    hashes = [measure(image if isinstance(image, bytes) else save(image)).picture_hash for image in images]
    matrix = np.frombuffer(b"".join(hashes), np.uint8).reshape(-1, 32)
    return find_alike_pictures(np.arange(len(images)), matrix)


@pytest.mark.parametrize(
    "change",
    [
        lambda image: save(image, quality=30),
        lambda image: image.resize((160, 120)),
        lambda image: save(image, "PNG"),
        lambda image: image.crop((4, 3, 316, 237)),
        lambda image: image.point(lambda value: min(255, int(value * 1.2))),
    ],
)
def test_a_changed_picture_is_a_copy_of_its_original_only(change):
    found = alike_pictures(picture(1), picture(2), change(picture(1)))
    assert found.pairs.tolist() == [[0, 2]]
    assert found.jaccard[0] >= 1 - MAX_DISTANCE / 256


def test_multi_index_hashing_finds_what_comparing_all_finds():
    random = np.random.default_rng(5)
    hashes = random.integers(0, 256, (60, 32), np.uint8)
    for copy, original in ((50, 3), (51, 3), (52, 9)):
        bits = np.unpackbits(hashes[original])
        # Up to seven of the corner's bits, the rest elsewhere.
        corner = np.arange(256).reshape(16, 16)[:8, :8].ravel()
        others = np.setdiff1d(np.arange(256), corner)
        bits[random.choice(corner, 7, replace=False)] ^= 1
        bits[random.choice(others, 20, replace=False)] ^= 1
        hashes[copy] = np.packbits(bits)
    distances = {
        (a, b): int(np.unpackbits(hashes[a] ^ hashes[b]).sum()) for a, b in combinations(range(len(hashes)), 2)
    }
    near = {pair for pair, distance in distances.items() if distance <= MAX_DISTANCE}
    found = find_alike_pictures(np.arange(len(hashes)) + 100, hashes)
    # Both copies of the third differ in more of the corner than is promised to be found.
    assert {(a - 100, b - 100) for a, b in found.pairs.tolist()} == near - {(50, 51)}
    assert near >= {(3, 50), (3, 51), (9, 52)}


def test_a_flat_picture_has_no_hash():
    assert measure(save(Image.new("RGB", (64, 64), (200, 10, 10)))).picture_hash is None


def alike_recordings(*prints):
    offsets = np.concatenate([[0], np.cumsum([len(words) for words in prints])])
    return find_alike_recordings(np.arange(len(prints)), offsets, np.concatenate(prints).astype(np.uint32))


@pytest.mark.needs("libchromaprint1")
def test_another_encoding_of_the_same_sound_is_a_copy_and_other_sound_is_not():
    sounds = [
        encode(melody(1)),
        encode(melody(2)),
        encode(melody(1), bit_rate=24_000),
        encode(np.concatenate([np.zeros(8_000, np.int16), melody(1)]), "flac", "flac"),
    ]
    found = alike_recordings(*[np.array(measure(sound).sound_print, np.uint32) for sound in sounds])
    assert {tuple(pair) for pair in found.pairs.tolist()} == {(0, 2), (0, 3), (2, 3)}
    assert found.jaccard.min() > 0.85
    assert found.containment_a.min() > 0.9


@pytest.mark.parametrize("samples", [np.zeros(80_000, np.int16), melody(1, 1.0)])
def test_silence_and_the_shortest_sounds_have_no_fingerprint(samples):
    assert measure(encode(samples, "wav", "pcm_s16le")).sound_print is None


def test_no_recordings_are_no_pairs():
    assert len(find_alike_recordings(np.array([], np.int64), np.array([0]), np.array([], np.uint32))) == 0
