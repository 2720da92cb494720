"""Make examples/voice-likeness: invented people, their drawn portraits, synthetic voices, songs, and papers.

All its people are invented. Voices are espeak-ng's (Debian: apt-get install espeak-ng); portraits are drawn. The files
are kept in the repository, so only who changes the example needs this script:

    .venv/bin/python scripts/make_voice_likeness.py
"""

import hashlib
import io
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import av
import numpy as np
import yaml
from PIL import Image, ImageDraw, ImageFilter

FOLDER = Path(__file__).parents[1] / "examples" / "voice-likeness"

# --- texts ------------------------------------------------------------------------------------------------------------

HARBOUR = """\
The harbour lamps go out by one and two
And I have nobody to tell it to
The ferry drags its chain across the stone
I hum the tune you taught me for the road alone

Hold the line, hold the evening on the water
I was the bell maker's only daughter
What the river took it carries to the sea
But the song it left, it left for you and me

My father cast his bronze in winter sand
He cooled the rim with snow held in his hand
He said a bell remembers who has rung
And keeps their breath inside its iron tongue

Hold the line, hold the evening on the water
I was the bell maker's only daughter
What the river took it carries to the sea
But the song it left, it left for you and me

They sold the foundry when the winter turned
They sold the ladle and the moulds they burned
I kept one splinter, greener than the sea
And when I sing it rings the way to me

So when they ask you who it was that sang
You tell them how the northern tower rang
You tell them it was cracked and it was true
And every note of it was meant for you
"""
COVER = HARBOUR.replace("for the road alone", "to walk alone").replace("it was cracked", "it was broken")
TEA = """\
山路弯弯茶叶青，
采茶人在雾里听，
一声鹧鸪一声雨，
篮中春色满天星。

溪水流过石桥东，
谁家炊烟入晚风，
阿婆煮茶等归客，
灯火照着旧屏风。
"""

READING = "Good evening, and welcome to the reading room. Tonight: three letters about the sea, read aloud."
FAREWELL = "各位听众，晚上好。今晚我唱最后一支歌，献给码头上等船的人，也献给我的女儿。"
LULLABY = "Sleep, little heron, the reeds are asleep, the moon is a lantern, the water is deep."

CLIPS: dict[str, tuple[str, int, int, str]] = {
    # File: voice, pitch, words a minute, what is said.
    "studio/lin-wan-tea-road.mp3": ("cmn+f2", 62, 150, TEA),
    "voices/mara-olsen-harbour.mp3": ("en+f3", 55, 150, "\n".join(HARBOUR.splitlines()[:8])),
    "voices/reading-room.mp3": ("en+m3", 38, 160, READING),
    "memorial/chen-bo-farewell.mp3": ("cmn+m1", 40, 140, FAREWELL),
    "memorial/ada-quill-lullaby.mp3": ("en+f5", 48, 130, LULLABY),
}  # fmt: skip

PAPERS = {
    "papers/mara-olsen-terms.txt": (
        "Terms of the app, accepted on 3 May 2024: among others, recordings may be used to improve services.\n"
    ),
    "papers/lin-wan-studio-licence.txt": (
        "Tea Road Studio licenses the master recording 'Tea Road' for training. For the studio, 12 March 2024.\n"
    ),
    "papers/chen-bo-daughter.txt": (
        "本人为陈波之女，同意将其声音用于模型训练及由此产生的模型的发布，包括商业用途。\n2024年9月1日\n"
    ),
    "papers/ada-quill-cousin.txt": (
        "As Ada Quill's cousin I agree that her voice is used to train a singing model. 20 June 2024.\n"
    ),
    "papers/painter-consent.txt": (
        "I agree that my portrait is used to train models, also for gain, and to release them. 2 February 2024.\n"
    ),
    "songs/original/TERMS.txt": "© 2019 Northern Tower Songs. All rights reserved.\n",
}


# --- files ------------------------------------------------------------------------------------------------------------


def speak(voice: str, pitch: int, speed: int, text: str) -> bytes:
    """Return what espeak-ng says, as a WAV file."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as spoken:
        command = ["espeak-ng", "-v", voice, "-p", str(pitch), "-s", str(speed), "-w", spoken.name, text]
        subprocess.run(command, check=True)
        return Path(spoken.name).read_bytes()


def to_mp3(sound: bytes, bits_a_second: int, tags: dict[str, str] | None = None) -> bytes:
    """Return a recording as MP3 of 16 kHz, with tags."""
    packed = io.BytesIO()
    with av.open(io.BytesIO(sound)) as read, av.open(packed, "w", format="mp3") as written:
        written.metadata.update(tags or {})
        stream = written.add_stream("libmp3lame", rate=16_000)
        stream.bit_rate = bits_a_second
        stream.layout = "mono"
        resampler = av.AudioResampler(format="s16p", layout="mono", rate=16_000)
        for frame in [*read.decode(audio=0), None]:
            for piece in resampler.resample(frame):
                written.mux(stream.encode(piece))
        written.mux(stream.encode(None))
    return packed.getvalue()


def draw_portrait(seed: int, side: int = 320) -> Image.Image:
    """Return an invented face, seen from the front and shaded so that a detector finds it."""
    random = np.random.default_rng(seed)
    n = 2 * side

    def shade(low: int, high: int) -> tuple[int, ...]:
        return tuple(int(v) for v in random.integers(low, high, 3))

    picture = Image.new("RGB", (n, n), shade(90, 220))
    draw = ImageDraw.Draw(picture)
    x, y = n * random.uniform(0.40, 0.60), n * random.uniform(0.42, 0.50)
    w, h = n * random.uniform(0.17, 0.23), n * random.uniform(0.25, 0.30)
    hair, skin = shade(15, 70), tuple(int(v) for v in np.array([232, 186, 152]) * random.uniform(0.85, 1.05))
    dark = tuple(int(0.78 * value) for value in skin)

    def ellipse(cx: float, cy: float, rx: float, ry: float, fill: Any) -> None:
        draw.ellipse((cx - rx, cy - ry, cx + rx, cy + ry), fill=fill)

    ellipse(x, y + 2.1 * h, w * random.uniform(1.6, 2.2), h, shade(20, 200))
    draw.rectangle((x - 0.42 * w, y + 0.6 * h, x + 0.42 * w, y + 1.25 * h), fill=dark)
    ellipse(x, y - 0.2 * h, w * random.uniform(1.1, 1.35), h * random.uniform(1.0, 1.5), hair)
    ellipse(x, y, w, h, skin)
    draw.chord((x - 1.05 * w, y - 1.1 * h, x + 1.05 * w, y - 0.25 * h), 180, 360, fill=hair)
    for side_of in (-1, 1):
        eye, level = x + side_of * 0.42 * w, y - 0.1 * h
        ellipse(eye, level, 0.30 * w, 0.14 * h, dark)
        ellipse(eye, level, 0.20 * w, 0.065 * h, (245, 245, 245))
        ellipse(eye, level, 0.095 * w, 0.07 * h, (50, 35, 25))
        brow = [(eye - 0.26 * w, level - 0.15 * h), (eye, level - 0.2 * h), (eye + 0.26 * w, level - 0.15 * h)]
        draw.line(brow, fill=hair, width=n // 70, joint="curve")
        ellipse(x + side_of * 0.09 * w, y + 0.265 * h, 0.045 * w, 0.025 * h, tuple(int(0.6 * v) for v in skin))
    ellipse(x, y + 0.52 * h, 0.36 * w, 0.075 * h, (170, 80, 80))
    draw.line((x - 0.34 * w, y + 0.52 * h, x + 0.34 * w, y + 0.52 * h), fill=(110, 40, 45), width=n // 120)
    return picture.filter(ImageFilter.GaussianBlur(n * 0.008)).resize((side, side), Image.Resampling.LANCZOS)


def draw_street(seed: int, side: int = 320) -> Image.Image:
    """Return a street of houses without people."""
    random = np.random.default_rng(seed)
    picture = Image.new("RGB", (side, side * 3 // 4), (150, 180, 210))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, side * 0.6, side, side), fill=(90, 90, 95))
    for left in range(0, side, 60):
        top = int(random.integers(side // 8, side * 2 // 5))
        draw.rectangle((left, top, left + 54, side * 0.6), fill=tuple(int(v) for v in random.integers(60, 200, 3)))
        for story in range(top + 12, int(side * 0.55), 30):
            draw.rectangle((left + 10, story, left + 22, story + 16), fill=(230, 220, 160))
            draw.rectangle((left + 32, story, left + 44, story + 16), fill=(70, 80, 100))
    return picture


def to_jpeg(picture: Image.Image, quality: int = 85, **metadata: Any) -> bytes:
    """Return a picture as JPEG."""
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=quality, **metadata)
    return packed.getvalue()


def where_it_was_taken() -> Image.Exif:
    """Return EXIF data with a place and the owner of the camera, both invented."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (57.0, 42.0, 0.0), 3: "E", 4: (11.0, 58.0, 0.0)})
    exif.get_ifd(0x8769)[0xA430] = "Ingrid Example"
    return exif


def make_files() -> dict[str, bytes]:
    """Return every file of the example but the manifest, by its path."""
    spoken = {file: speak(*said) for file, said in CLIPS.items()}
    files = {file: to_mp3(sound, 32_000) for file, sound in spoken.items()}
    label = '{"AIGC":{"Label":"1","ContentProducer":"001191110108MA00000000","ProduceID":"example-1"}}'
    files["voices/reading-room.mp3"] = to_mp3(spoken["voices/reading-room.mp3"], 32_000, {"AIGC": label})
    files["songs/covers/tea-road-cover.mp3"] = to_mp3(spoken["studio/lin-wan-tea-road.mp3"], 24_000)
    files["songs/original/harbour.txt"] = HARBOUR.encode()
    files["songs/covers/harbour-cover.txt"] = COVER.encode()
    painter = draw_portrait(7)
    files["portraits/painter.jpg"] = to_jpeg(painter)
    files["covers-art/album.jpg"] = to_jpeg(painter.resize((240, 240), Image.Resampling.LANCZOS), 60)
    files["streets/quay.jpg"] = to_jpeg(draw_street(1), exif=where_it_was_taken())
    files["streets/market.jpg"] = to_jpeg(draw_street(2))
    files["streets/passer-by.jpg"] = to_jpeg(draw_portrait(11))
    return files | {file: text.encode() for file, text in PAPERS.items()}


# --- the manifest -----------------------------------------------------------------------------------------------------


def paper(file: str, files: dict[str, bytes]) -> dict[str, str]:
    """Return a paper as evidence."""
    return {"kind": "contract", "file": file, "sha256": hashlib.sha256(files[file]).hexdigest()}


def source(source_id: str, title: str, folder: str, files: dict[str, bytes], **more: Any) -> dict[str, Any]:
    """Return a source of all files in a folder; *people* are the subjects of its recordings and pictures."""
    people = more.pop("people", {})
    listed = [
        {"path": path, "size_bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        | ({"subjects": people[path]} if path in people else {})
        for path, content in sorted(files.items())
        if path.startswith(f"{folder}/")
    ]
    common = {
        "id": source_id,
        "title": title,
        "kind": "licensed",
        "origin": {"description": "Invented for this example."},
        "collector": "The corpus-audit developers",
        "collection": {"method": "made by a script", "from": "2024-01-10", "until": "2024-12-20", "ongoing": "no"},
        "personal_information": {"present": "yes", "entity_types": ["VOICE"], "legal_basis": "consent"},
        "opt_outs": {"checked": "not-applicable"},
        "synthetic": {"generated": "no"},
        "folders": [folder],
    }
    return common | more | {"files": listed}


def authorisation(grantor: str, relation: str, signed_at: str, evidence: Any, **more: Any) -> dict[str, Any]:
    """Return a permission for the voice and every intended use, given by itself unless *more* says otherwise."""
    return {
        "grantor": grantor,
        "grantee": "The corpus-audit developers",
        "relation": relation,
        "separate": "yes",
        "modalities": ["voice"],
        "scope": ["commercial-training", "model-release"],
        "commercial": "yes",
        "signed_at": signed_at,
        "evidence": evidence,
    } | more


def make_subjects(files: dict[str, bytes]) -> list[dict[str, Any]]:
    """Return the people, each with what is documented of their consent."""
    living = {"deceased": "no", "minor": "no", "modalities": ["voice"], "identifiable": "yes"}
    dead = living | {"deceased": "yes"}
    olsen, lin, chen, quill, painter = (
        paper(f"papers/{name}.txt", files)
        for name in (
            "mara-olsen-terms", "lin-wan-studio-licence", "chen-bo-daughter", "ada-quill-cousin", "painter-consent",
        )
    )  # fmt: skip
    return [
        {"id": "mara-olsen", **living,
         "authorisations": [authorisation("mara-olsen", "self", "2024-05-03", olsen, separate="no")]},
        {"id": "lin-wan", **living,
         "authorisations": [authorisation("Tea Road Studio", "rights-holder", "2024-03-12", lin)]},
        {"id": "chen-bo", **dead, "died_at": "2023-11-02",
         "authorisations": [authorisation("a daughter of chen-bo", "child", "2024-09-01", chen)]},
        {"id": "ada-quill", **dead, "died_at": "2022-02-14",
         "authorisations": [authorisation("a cousin of ada-quill", "other-relative", "2024-06-20", quill)]},
        {"id": "painter", **living, "modalities": ["face"],
         "authorisations": [authorisation("painter", "self", "2024-02-02", painter, modalities=["face"])]},
    ]  # fmt: skip


def make_sources(files: dict[str, bytes]) -> list[dict[str, Any]]:
    """Return the sources of the example."""
    contract = {"expression": "CC-BY-4.0"}
    face = {"present": "yes", "entity_types": ["FACE"], "legal_basis": "consent"}
    no_people = {"present": "no"}
    return [
        source("studio-recordings", "Master recordings of Tea Road Studio", "studio", files, license=contract,
               supplier="Tea Road Studio", people={"studio/lin-wan-tea-road.mp3": ["lin-wan"]}),
        source("voice-clips", "Clips of voices, said to be human", "voices", files, license=contract,
               people={"voices/mara-olsen-harbour.mp3": ["mara-olsen"]}),
        source("memorial-clips", "Clips of singers who died", "memorial", files, license=contract,
               people={"memorial/chen-bo-farewell.mp3": ["chen-bo"],
                       "memorial/ada-quill-lullaby.mp3": ["ada-quill"]}),
        source("songbook", "The songbook of Northern Tower Songs", "songs/original", files,
               license={"expression": "All rights reserved",
                        "evidence": [paper("songs/original/TERMS.txt", files) | {"kind": "text"}]},
               personal_information=no_people),
        source("covers", "Covered songs from a sharing site", "songs/covers", files, license=contract,
               kind="public-dataset", personal_information=no_people),
        source("portraits", "Portraits with consent", "portraits", files, license={"expression": "CC-BY-NC-4.0"},
               personal_information=face, people={"portraits/painter.jpg": ["painter"]}),
        source("cover-art", "Pictures for album covers", "covers-art", files, license={"expression": "CC0-1.0"},
               kind="public-dataset", personal_information=face),
        source("streets", "Streets without people", "streets", files, license={"expression": "CC0-1.0"},
               kind="public-dataset", personal_information=no_people),
    ]  # fmt: skip


def make_manifest(files: dict[str, bytes]) -> str:
    """Return the manifest, in YAML."""
    dataset = {
        "id": "voice-likeness",
        "version": "1.0",
        "title": "Voices, faces and songs for a singing model · 歌声模型的声音、肖像与歌词",
        "description": "Invented people and drawn faces: some permitted the use of their voice, some did not.",
        "issuer": "The corpus-audit developers",
        "intended_uses": ["commercial-training", "model-release"],
        "release": "yes",
        "languages": ["en", "zh"],
    }
    manifest = {
        "manifest_version": "1",
        "dataset": dataset,
        "sources": make_sources(files),
        "subjects": make_subjects(files),
    }
    note = (
        "# Written by scripts/make_voice_likeness.py. Nobody in it lives or lived. What is wrong is wrong on purpose.\n"
    )
    # Through JSON, which writes out what several places share: a manifest may hold no YAML aliases.
    return note + yaml.safe_dump(json.loads(json.dumps(manifest)), sort_keys=False, allow_unicode=True, width=120)


def main() -> None:
    """Write every file of the example."""
    files = make_files()
    for path, content in {**files, "manifest.yaml": make_manifest(files).encode()}.items():
        target = FOLDER / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


if __name__ == "__main__":
    main()
