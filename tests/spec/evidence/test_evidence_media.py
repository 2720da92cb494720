"""Who is seen and heard in the media of a source, and what files say of themselves, beside what is declared."""

GPS = {"personal_information": "yes", "personal_information_types": ["GPS_COORDINATES"]}


FACES = [
    ({"personal_information": "no"}, 2, "no", "undeclared"),
    ({"personal_information": "no"}, 0, "no", "none"),
    ({"personal_information": "yes"}, 2, "yes", "agrees"),
    ({"personal_information": "yes"}, 0, "yes", "declared-not-found"),
    ({"personal_information": "yes", "personal_information_types": ["FACE"]}, 1, "yes", "agrees"),
    (GPS, 1, "no", "undeclared"),
    ({}, 1, "not-recorded", "not-recorded"),
    ({}, 0, "not-recorded", "none"),
    ({"personal_information": "no"}, None, "no", "not-run"),
]


def test_faces_beside_what_is_declared(corpus):
    for number, (claims, faces, _declared, _state) in enumerate(FACES):
        corpus.source(f"s{number}", **claims)
        corpus.medium(f"r{number}", f"s{number}", faces=faces)
    rows = corpus.rows_of("media")
    found = [(row["faces_declared"], row["faces_state"]) for row in rows]
    assert found == [(declared, state) for _claims, _faces, declared, state in FACES]
    assert {row["speech_state"] for row in rows} == {"not-applicable"}


def test_a_person_whose_voice_is_in_a_file_declares_the_voices_of_its_source(corpus):
    corpus.source("a", personal_information="no")
    corpus.file_claim("a", "data.tar", subject_ids=["singer"])
    corpus.subject("singer", modalities=["voice"])
    corpus.medium("r1", "a", "audio", speech="yes", seconds=1.5)
    corpus.medium("r2", "a", "audio", speech="no", seconds=0.25)
    row = corpus.row_of("media")
    assert (row["speech_declared"], row["speech_records"], row["speech_state"]) == ("yes", 1, "agrees")
    assert (row["faces_state"], row["seconds"]) == ("not-applicable", 1.75)


def test_three_examples_are_named_and_all_are_counted(corpus):
    corpus.source("a", personal_information="no")
    for number in range(5):
        corpus.medium(f"r{number}", "a", faces=1)
    corpus.medium("alone", "a", path="b.png", member=None, faces=1)
    row = corpus.row_of("media")
    assert row["faces_records"] == 6
    assert row["faces_examples"] == ["b.png", "data.tar r0.bin", "data.tar r1.bin"]


def test_what_was_not_measured_is_counted_and_named(corpus):
    corpus.source("a")
    corpus.medium("r1", "a", "image", state="damaged", faces=None)
    corpus.medium("r2", "a", "image", state="too-large", faces=None)
    corpus.medium("r3", "a", "image", state="not-decoded", faces=None)
    corpus.medium("r4", "a", "audio", state="not-run", checks_not_run=["speech", "copies"])
    sound, pictures = corpus.rows_of("media")
    assert (pictures["records"], pictures["records_measured"], pictures["records_damaged"]) == (3, 0, 2)
    assert (pictures["records_not_decoded"], pictures["checks_state"]) == (1, "run")
    assert (sound["checks_not_run"], sound["checks_state"]) == (["copies", "speech"], "not-run")


MEANINGS_OF_LABELS = [
    ("no", "generated", "undeclared"),
    ("no", "possibly-generated", "undeclared"),
    ("yes", "partly-generated", "agrees"),
    ("not-recorded", "generated", "not-recorded"),
    ("no", "not-generated", "none"),
]


def test_labels_beside_what_is_declared(corpus):
    for number, (synthetic, meaning, _state) in enumerate(MEANINGS_OF_LABELS):
        corpus.source(f"s{number}", synthetic=synthetic)
        corpus.medium(f"plain{number}", f"s{number}", "audio")
        corpus.medium(f"r{number}", f"s{number}", "audio")
        corpus.label(f"r{number}", f"s{number}", "tags", "aigc-label", "Label 1", meaning)
    rows = corpus.rows_of("labels")
    found = [(row["generated_declared"], row["generated_state"]) for row in rows]
    assert found == [(synthetic, state) for synthetic, _meaning, state in MEANINGS_OF_LABELS]
    assert {(row["modality"], row["records"], row["record_share"]) for row in rows} == {("audio", 1, 0.5)}
    assert [row["examples"] for row in rows] == [[f"data.tar r{number}.bin"] for number in range(len(rows))]


def test_a_label_in_a_text_counts_once_a_record(corpus):
    corpus.source("a", synthetic="no")
    corpus.record("r1", "a", 10, path="post.md")
    for start in (0, 500):
        corpus.span("r1", "a", "AIGC_LABEL", kind="ai_label", masked="AIGC generated", start_byte=start)
    row = corpus.row_of("labels")
    assert (row["carrier"], row["value"], row["meaning"]) == ("text", "Label 1", "generated")
    assert (row["records"], row["examples"], row["generated_state"]) == (1, ["post.md"], "undeclared")
