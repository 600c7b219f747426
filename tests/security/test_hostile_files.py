"""What somebody could send, judged by the real server (FI1, FI3, FI4)."""

import io
import os
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from ombudsman_app.core.children import ask_in
from ombudsman_app.isolated.verdicts import EXTENSIONS, REASONS

from ..children import child_server
from .hostile_files import Sent, sent_files
from .made_files import CANARY, exif, film, opus, picture, place_told, vorbis

FILES = sent_files()
SECONDS = 60.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("run")
    with child_server(made, "parse"):
        yield made


@cache  # the folder is one for all, and a file that was examined once needs no second child
def examined(folder: Path, name: str, content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    return examine(folder, name, content)


def examine(folder: Path, name: str, content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Return the answer, and cleaned copy, preview and thumbnail."""
    with ExitStack() as stack:
        outs = [os.memfd_create("out") for _ in range(3)]
        for out in outs:
            stack.callback(os.close, out)
        answer, _ = ask_in(
            folder, "parse", "examine", {"given_name": name}, content, into=outs, seconds=SECONDS
        )
        return answer, [os.pread(out, os.fstat(out).st_size, 0) for out in outs]


def test_there_are_more_than_a_hundred_of_them_and_every_reason_is_met():
    assert len(FILES) > 100
    assert {sent.verdict for sent in FILES} == {"ok", *REASONS}


@pytest.mark.parametrize("sent", FILES, ids=lambda sent: sent.what)
def test_given_a_file_when_it_is_examined_then_we_say_what_it_is(folder: Path, sent: Sent):
    answer, (cleaned, preview, thumb) = examined(folder, sent.name, sent.content)

    assert (answer["verdict"], answer["reason"]) == (
        ("ok", "") if sent.verdict == "ok" else ("refused", sent.verdict)
    )
    assert not sent.kind or answer["type"] == sent.kind
    if sent.verdict != "ok":
        assert not any(answer[what] for what in ("cleaned", "preview", "thumb"))
        return
    assert answer["type"] in EXTENSIONS
    assert answer["extension_agrees"]
    assert cleaned
    assert answer["cleaned"]
    for told in (CANARY.encode(), CANARY.encode("utf-16-be"), b"106.8456", b"Exif", b"<x:xmpmeta"):
        assert told not in _unfolded(answer["type"], cleaned)
    is_picture = answer["type"].startswith("image/")
    assert answer["preview"] == answer["thumb"] == bool(preview) == bool(thumb) == is_picture


def _unfolded(kind: str, cleaned: bytes) -> bytes:
    """Return what a reader finds in it."""
    if kind != "application/pdf":
        return cleaned
    with pikepdf.open(io.BytesIO(cleaned)) as paper:
        assert not list(paper.attachments)
        assert "/Info" not in paper.trailer
        out = io.BytesIO()
        paper.save(
            out,
            qdf=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.specialized,
        )
    for action in (
        b"/JavaScript",
        b"/JS",
        b"/Launch",
        b"/OpenAction",
        b"/AA",
        b"/EmbeddedFile",
        b"/URI",
        b"/XFA",
    ):
        assert action not in out.getvalue()
    return out.getvalue()


@pytest.mark.parametrize("sent", [sent for sent in FILES if sent.verdict == "ok"], ids=lambda sent: sent.what)
def test_given_a_cleaned_copy_when_it_is_examined_again_then_it_is_taken(folder: Path, sent: Sent):
    first, (cleaned, *_rest) = examined(folder, sent.name, sent.content)
    again, (same, *_rest) = examine(folder, sent.name, cleaned)

    assert again == first
    if not first["type"].startswith("image/"):
        assert same == cleaned


def test_given_a_photo_taken_sideways_when_cleaned_then_it_stands_upright_without_a_word(folder):
    answer, outs = examine(folder, "foto.jpg", picture(size=(400, 200), exif=exif(6)))

    assert (answer["width"], answer["height"]) == (200, 400)
    for out in outs:
        with Image.open(io.BytesIO(out)) as image:
            assert not image.getexif()
            red, green, _ = image.convert("RGB").getpixel((image.width - 3, 3))
            assert red > 150 > green  # the corner went from the left to the right


def test_given_a_large_photo_when_examined_then_preview_and_thumbnail_are_small(folder):
    answer, (cleaned, preview, thumb) = examine(folder, "foto.png", picture("PNG", (7000, 5000)))

    assert answer["verdict"] == "ok"
    sizes = [Image.open(io.BytesIO(out)).size for out in (cleaned, preview, thumb)]
    assert sizes == [(7000, 5000), (1600, 1143), (320, 229)]
    assert {Image.open(io.BytesIO(out)).format for out in (preview, thumb)} == {"JPEG"}


def test_given_a_clear_picture_when_previewed_then_it_lies_on_white(folder):
    _answer, (cleaned, preview, _thumb) = examine(folder, "a.png", picture("PNG", mode="RGBA"))

    assert Image.open(io.BytesIO(cleaned)).mode == "RGBA"
    assert Image.open(io.BytesIO(preview)).getpixel((5, 5)) == (255, 255, 255)


def test_given_a_film_when_cleaned_then_its_samples_lie_where_they_lay(folder):
    sent = film(
        b"isom",
        ((b"vide", b"picture!"), (b"meta", b"places!!"), (b"soun", b"sound...")),
        movie_more=place_told(),
    )
    answer, (cleaned, *_rest) = examine(folder, "video.mp4", sent)

    assert answer["duration"] == 3.0
    assert len(cleaned) == len(sent)
    for sample in (b"picture!", b"sound..."):
        assert cleaned.index(sample) == sent.index(sample)
    for told in (b"places!!", b"\x11" * 8, b"\x22" * 8, b"\x33" * 8, b"\xa9xyz"):
        assert told in sent
        assert told not in cleaned


@pytest.mark.parametrize(("name", "sent"), [("a.opus", opus("A=B")), ("a.ogg", vorbis("A=B"))])
def test_given_a_sound_when_cleaned_then_its_comments_are_blanks_and_the_rest_is_as_it_was(
    folder, name, sent
):
    answer, (cleaned, *_rest) = examine(folder, name, sent)

    assert answer["duration"] == 2.0
    assert len(cleaned) == len(sent)
    assert b"A=B" not in cleaned
    assert b"Xiph" not in cleaned
    assert cleaned[cleaned.rindex(b"OggS") :] == sent[sent.rindex(b"OggS") :]
