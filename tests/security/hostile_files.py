"""More than a hundred files that somebody could send, each with what we say of it."""

import gzip
import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from PIL import Image

from .made_files import (
    CANARY,
    blank,
    box,
    comments,
    exif,
    film,
    laces_of,
    opus,
    page,
    paper,
    picture,
    place_told,
    png_chunk,
    png_of,
    saved,
    track,
    vorbis,
    zipped,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
CLASS = b"\xca\xfe\xba\xbe\0\0\0\x34"


@dataclass(frozen=True)
class Sent:
    """One file. `verdict` is "ok" or the reason why it is refused."""

    what: str
    name: str
    content: bytes
    verdict: str
    kind: str = ""  # the media type that we find, where it matters


def sent_files() -> list[Sent]:
    return [
        *_sound_ones(),
        *_other_kinds(),
        *_disguised(),
        *_two_at_once(),
        *_pictures(),
        *_papers(),
        *_media(),
    ]


def _sound_ones() -> Iterator[Sent]:
    """Odd perhaps, but what people have on their phones."""
    yield Sent("a photo", "foto.jpg", picture(), "ok", "image/jpeg")
    yield Sent("a photo in capitals", "FOTO.JPEG", picture(), "ok")
    yield Sent("a name of many dots", "surat.pdf.jpg", picture(), "ok")
    yield Sent("a name with a path", "../../etc/passwd.jpg", picture(), "ok")
    yield Sent("a name with bidi marks", "foto\u202egpj.jpg", picture(), "ok")
    yield Sent(
        "a photo with everything told", "foto.jpg", picture(exif=exif(6), comment=CANARY.encode()), "ok"
    )
    yield Sent("a photo with a broken EXIF", "foto.jpg", picture(exif=b"Exif\0\0MM\0*\xff\xff\xff\xff"), "ok")
    yield Sent("a progressive photo", "foto.jpg", picture(progressive=True), "ok")
    yield Sent("a grey photo", "foto.jpg", picture(mode="L"), "ok")
    yield Sent("a photo for print", "foto.jpg", picture(mode="CMYK"), "ok")
    yield Sent("one pixel", "titik.png", picture("PNG", (1, 1)), "ok", "image/png")
    yield Sent("a very wide picture", "pita.png", picture("PNG", (20_000, 1)), "ok")
    yield Sent("a clear picture", "jernih.png", picture("PNG", mode="RGBA"), "ok")
    yield Sent("a picture of a palette", "palet.png", picture("PNG", mode="P"), "ok")
    yield Sent("a palette with a clear colour", "palet.png", picture("PNG", mode="P", transparency=0), "ok")
    yield Sent("black and white", "hp.png", picture("PNG", mode="1"), "ok")
    yield Sent("sixteen bits deep", "dalam.png", picture("PNG", mode="I;16"), "ok")
    yield Sent("a WebP", "foto.webp", picture("WEBP"), "ok", "image/webp")
    yield Sent("a WebP without loss", "foto.webp", picture("WEBP", lossless=True, exif=exif()), "ok")
    yield Sent("a paper", "surat.pdf", paper(), "ok", "application/pdf")
    yield Sent("a paper of 200 pages", "surat.pdf", paper(200), "ok")
    yield Sent("a paper for the web", "surat.pdf", paper(linearize=True), "ok")
    yield Sent("an old paper", "surat.pdf", paper(object_stream_mode=pikepdf.ObjectStreamMode.disable), "ok")
    yield Sent("a film", "video.mp4", film(), "ok", "video/mp4")
    yield Sent("a film with its place", "video.mp4", film(movie_more=place_told()), "ok")
    yield Sent("a film of an old phone", "video.3gp", film(b"3gp4"), "ok", "video/3gpp")
    yield Sent("a voice", "suara.m4a", film(b"M4A ", [(b"soun", b"sound...")]), "ok", "audio/mp4")
    yield Sent(
        "a voice in a film's clothes", "suara.mp4", film(b"mp42", [(b"soun", b"s")]), "ok", "audio/mp4"
    )
    yield Sent(
        "a film with a track of places",
        "v.mp4",
        film(b"isom", [(b"vide", b"p"), (b"meta", CANARY.encode())]),
        "ok",
    )
    yield Sent("a voice message", "suara.opus", opus(f"ARTIST={CANARY}"), "ok", "audio/ogg")
    yield Sent("a voice message as ogg", "suara.ogg", opus(), "ok")
    yield Sent("an older voice message", "suara.ogg", vorbis(f"LOCATION={CANARY}"), "ok")
    yield Sent("a long remark", "suara.opus", opus("METADATA_BLOCK_PICTURE=" + CANARY * 20), "ok")


def _other_kinds() -> Iterator[Sent]:
    gif = io.BytesIO()
    Image.new("P", (4, 4)).save(gif, "GIF")
    tiff = io.BytesIO()
    Image.new("RGB", (4, 4)).save(tiff, "TIFF")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    word = zipped(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"}
    )
    for name, content, reason in (
        ("kosong.jpg", b"", "empty"),
        ("satu.jpg", b"\xff", "unknown_type"),
        ("catatan.txt", b"halo", "unknown_type"),
        ("nol.pdf", bytes(5000), "unknown_type"),
        ("gerak.gif", gif.getvalue(), "unknown_type"),
        ("pindaian.tiff", tiff.getvalue(), "unknown_type"),
        ("gambar.bmp", b"BM" + bytes(60), "unknown_type"),
        ("film.mov", film(b"qt  "), "unknown_type"),
        ("film.avi", b"RIFF\x40\0\0\0AVI LIST" + bytes(60), "unknown_type"),
        ("film.webm", b"\x1aE\xdf\xa3" + bytes(60), "unknown_type"),
        ("lagu.mp3", b"ID3\x03" + bytes(60), "unknown_type"),
        ("foto.heic", box(b"ftyp", b"heic", bytes(4), b"mif1heic") + box(b"meta", bytes(40)), "heic"),
        ("foto.heif", box(b"ftyp", b"mif1", bytes(4), b"mif1heic"), "heic"),
        ("foto.avif", box(b"ftyp", b"avif", bytes(4), b"avif"), "heic"),
        ("gambar.svg", SVG, "svg"),
        ("gambar.svg", b'<?xml version="1.0"?>\n<!-- x -->' + SVG, "svg"),
        ("gambar.svg", b"\xef\xbb\xbf \n" + SVG, "svg"),
        ("gambar.svg", b"\xff\xfe" + SVG.decode().encode("utf-16-le"), "svg"),
        ("gambar.svgz", gzip.compress(SVG, mtime=0), "archive"),
        ("laman.html", HTML, "web_page"),
        ("laman.html", b"\n\n  <HTML><body>", "web_page"),
        ("laman.xhtml", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "web_page"),
        ("laman.mht", b"\xfe\xff" + HTML.decode().encode("utf-16-be"), "web_page"),
        ("arsip.zip", zipped({"a.txt": b"a"}), "archive"),
        ("arsip.zip", zipped({}), "archive"),
        ("arsip.zip", zipped({"../../etc/cron.d/x": b"a"}), "archive"),
        ("arsip.rar", b"Rar!\x1a\x07\x01\0" + bytes(40), "archive"),
        ("arsip.7z", b"7z\xbc\xaf\x27\x1c" + bytes(40), "archive"),
        ("arsip.gz", gzip.compress(b"a", mtime=0), "archive"),
        ("arsip.bz2", b"BZh91AY&SY" + bytes(40), "archive"),
        ("arsip.xz", b"\xfd7zXZ\0" + bytes(40), "archive"),
        ("arsip.zst", b"\x28\xb5\x2f\xfd" + bytes(40), "archive"),
        ("arsip.tar", b"a.txt".ljust(257, b"\0") + b"ustar\0" + bytes(300), "archive"),
        ("arsip.cab", b"MSCF" + bytes(40), "archive"),
        ("aplikasi.apk", zipped({"AndroidManifest.xml": b"x", "classes.dex": b"dex\n"}), "archive"),
        ("surat.docm", word, "office"),
        ("lembar.xlsx", zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}), "office"),
        ("surat.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "office"),
        ("surat.doc", ole, "office"),
        ("surat.rtf", b"{\\rtf1\\ansi{\\object}}", "office"),
        ("program.exe", b"MZ\x90\0" + bytes(60), "program"),
        ("program", b"\x7fELF\x02\x01\x01" + bytes(60), "program"),
        ("program.class", CLASS, "program"),
        ("program.macho", b"\xcf\xfa\xed\xfe" + bytes(60), "program"),
        ("program.dex", b"dex\n035\0" + bytes(60), "program"),
        ("program.wasm", b"\0asm\x01\0\0\0", "program"),
        ("tautan.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(60), "program"),
        ("skrip.sh", b"#!/bin/sh\nrm -rf /\n", "script"),
        ("skrip.php", b"<?php system($_GET['c']); ?>", "script"),
        ("skrip.asp", b"<%@ language=vbscript %>", "script"),
        ("skrip.bat", b"@echo off\r\ndel *.*", "script"),
        ("skrip.vbs", b'Set s = CreateObject("WScript.Shell")', "script"),
        ("skrip.ps1", b"powershell -enc AAAA", "script"),
    ):
        yield Sent(f"{name} as it is", name, content, reason)


def _disguised() -> Iterator[Sent]:
    """What it is decides, never what it is called."""
    for name, content, reason in (
        ("foto.jpg", SVG, "svg"),
        ("foto.jpg", HTML, "web_page"),
        ("foto.jpg", zipped({"a": b"a"}), "archive"),
        ("foto.png", b"MZ" + bytes(80), "program"),
        ("surat.pdf", zipped({"[Content_Types].xml": b"<Types/>"}), "office"),
        ("surat.pdf", HTML, "web_page"),
        ("video.mp4", b"#!/bin/sh\n", "script"),
        ("foto.png", picture("JPEG"), "extension_differs"),
        ("foto.jpg", picture("PNG"), "extension_differs"),
        ("foto.jpg", picture("WEBP"), "extension_differs"),
        ("foto.jpg", paper(), "extension_differs"),
        ("surat.pdf", picture(), "extension_differs"),
        ("foto.jpg.exe", picture(), "extension_differs"),
        ("foto.svg", picture("PNG"), "extension_differs"),
        ("foto.html", picture(), "extension_differs"),
        ("foto", picture(), "extension_differs"),
        ("jpg", picture(), "extension_differs"),
        ("foto.jpg\0.png", picture(), "extension_differs"),
        ("", picture(), "extension_differs"),
        ("suara.m4a", film(), "extension_differs"),
        ("video.ogg", film(), "extension_differs"),
        ("video.mp4", opus(), "extension_differs"),
        ("foto.jpg", film(), "extension_differs"),
    ):
        yield Sent(f"{reason} called {name!r}", name, content, reason)


def _two_at_once() -> Iterator[Sent]:
    archive = zipped({"jahat.class": CLASS})
    phar = b"<?php __HALT_COMPILER(); ?>"
    webp = picture("WEBP")
    for what, name, content, verdict in (
        ("a photo that is an archive", "foto.jpg", picture() + archive, "ambiguous"),
        (
            "a photo that is an archive with a comment",
            "foto.jpg",
            picture() + zipped({"a": b"a"}, b"x" * 900),
            "ambiguous",
        ),
        ("an archive in the comment of a photo", "foto.jpg", picture(comment=archive), "ambiguous"),
        ("a PNG that is an archive", "foto.png", picture("PNG") + archive, "ambiguous"),
        ("a WebP that is an archive", "foto.webp", webp + archive, "ambiguous"),
        ("a paper that is an archive", "surat.pdf", paper() + archive, "ambiguous"),
        ("a film that is an archive", "video.mp4", film() + archive, "ambiguous"),
        (
            "a film with an archive in a box",
            "video.mp4",
            film(b"isom", ((b"vide", b"p"),), box(b"free", archive)),
            "ambiguous",
        ),
        ("a sound that is an archive", "suara.ogg", opus() + archive, "ambiguous"),
        ("a photo that is a RAR", "foto.jpg", picture() + b"Rar!\x1a\x07\0" + bytes(40), "ambiguous"),
        ("a photo that is a program", "foto.jpg", picture() + b"\n\x7fELF" + bytes(40), "ambiguous"),
        ("a photo with a page behind it", "foto.jpg", picture() + HTML, "ambiguous"),
        ("a photo with a script behind it", "foto.jpg", picture() + phar, "ambiguous"),
        ("a photo with a page in its comment", "foto.jpg", picture(comment=HTML), "ambiguous"),
        ("a photo with a script in its comment", "foto.jpg", picture(comment=phar), "ambiguous"),
        ("a photo with a paper in its comment", "foto.jpg", picture(comment=paper()), "ambiguous"),
        ("a photo with a paper behind it", "foto.jpg", picture() + paper(), "ambiguous"),
        (
            "a PNG with a page in a chunk",
            "foto.png",
            png_of(1, 1, b"\0\0", png_chunk(b"tEXt", HTML)),
            "ambiguous",
        ),
        ("a paper with a page behind it", "surat.pdf", paper() + HTML, "ambiguous"),
        ("a paper behind other bytes", "surat.pdf", b"\0" * 20 + paper(), "unknown_type"),
        ("a GIF that is a script", "foto.gif", b"GIF89a/*" + bytes(20) + b"*/=1;", "unknown_type"),
        ("a moving photo of a phone", "foto.jpg", picture() + film(), "ok"),
        ("a photo with bytes behind it", "foto.jpg", picture() + CANARY.encode() * 50, "ok"),
        ("a PNG with bytes behind it", "foto.png", picture("PNG") + CANARY.encode() * 50, "ok"),
        ("a WebP with bytes behind it", "foto.webp", webp + CANARY.encode() * 50, "ok"),
        ("a paper with bytes behind it", "surat.pdf", paper() + CANARY.encode() * 5, "ok"),
        ("a film with bytes behind it", "video.mp4", film() + CANARY.encode() * 5, "ok"),
        ("a sound with bytes behind it", "suara.ogg", opus() + CANARY.encode() * 5, "ok"),
    ):
        yield Sent(what, name, content, verdict)


def _pictures() -> Iterator[Sent]:
    moving = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    apng, webp = io.BytesIO(), io.BytesIO()
    moving[0].save(apng, "PNG", save_all=True, append_images=moving[1:])
    moving[0].save(webp, "WEBP", save_all=True, append_images=moving[1:])
    whole = picture(size=(640, 480))
    wide = bytearray(picture())
    at = wide.index(b"\xff\xc0") + 5
    wide[at : at + 4] = struct.pack(">HH", 65_500, 65_500)
    for what, name, content, verdict in (
        ("cut in half", "foto.jpg", whole[: len(whole) // 2], "damaged"),
        ("only a beginning", "foto.jpg", b"\xff\xd8\xff\xe0", "damaged"),
        ("noise after the beginning", "foto.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20, "damaged"),
        ("a photo of 65,500 x 65,500", "foto.jpg", bytes(wide), "too_many_pixels"),
        ("a PNG of 100,000 x 100,000", "foto.png", png_of(100_000, 100_000, bytes(1000)), "too_many_pixels"),
        ("a PNG just too large", "foto.png", png_of(8000, 5001, b""), "too_many_pixels"),
        ("a PNG of no size", "foto.png", png_of(0, 0, b""), "damaged"),
        ("a PNG without rows", "foto.png", png_of(400, 400, b""), "damaged"),
        ("a PNG cut short", "foto.png", picture("PNG", (300, 300))[:-40], "damaged"),
        (
            "a PNG of the wrong checksum",
            "foto.png",
            png_of(4, 4, bytes(20)).replace(b"IHDR\0\0\0\x04", b"IHDR\0\0\0\x05"),
            "damaged",
        ),
        (
            "a PNG whose text unfolds",
            "foto.png",
            png_of(4, 4, bytes(20), *[png_chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(30_000_000)))] * 3),
            "damaged",
        ),
        ("a moving PNG", "foto.png", apng.getvalue(), "animated"),
        ("a moving WebP", "foto.webp", webp.getvalue(), "animated"),
        ("a WebP cut short", "foto.webp", picture("WEBP", (300, 300))[:-60], "damaged"),
        ("a WebP of nothing", "foto.webp", b"RIFF\x04\0\0\0WEBP", "damaged"),
    ):
        yield Sent(what, name, content, verdict)


def _acting() -> Iterator[tuple[str, bytes]]:
    """Papers that do something or tell something."""

    def made(change) -> bytes:  # type: ignore[no-untyped-def]
        made = blank()
        change(made)
        return saved(made)

    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{CANARY}')")
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=f"{CANARY}.exe")
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=f"https://example.org/{CANARY}")

    def remark(paper: pikepdf.Pdf, **what: object) -> None:
        paper.pages[0].Annots = pikepdf.Array(
            [paper.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9], **what))]
        )

    def open_with(action: pikepdf.Dictionary):  # type: ignore[no-untyped-def]
        return lambda paper: paper.Root.__setitem__("/OpenAction", action)

    def attach(paper: pikepdf.Pdf) -> None:
        paper.attachments["jahat.exe"] = b"MZ" + CANARY.encode()

    def named_script(paper: pikepdf.Pdf) -> None:
        paper.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", script]))

    def author(paper: pikepdf.Pdf) -> None:
        paper.docinfo["/Author"] = CANARY
        with paper.open_metadata() as told:
            told["dc:creator"] = [CANARY]

    def form(paper: pikepdf.Pdf) -> None:
        paper.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=paper.make_stream(CANARY.encode()))

    def chain(paper: pikepdf.Pdf) -> None:
        remark(
            paper, Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=[0], Next=script)
        )

    yield "runs a script when opened", made(open_with(script))
    yield "starts a program when opened", made(open_with(launch))
    yield "has a script by name", made(named_script)
    yield (
        "runs a script when a page opens",
        made(lambda p: p.pages[0].obj.__setitem__("/AA", pikepdf.Dictionary(O=script))),
    )
    yield "has a link that runs a script", made(lambda p: remark(p, Subtype=pikepdf.Name.Link, A=script))
    yield "has a link that starts a program", made(lambda p: remark(p, Subtype=pikepdf.Name.Link, A=launch))
    yield "has a link to somewhere", made(lambda p: remark(p, Subtype=pikepdf.Name.Link, A=link))
    yield "runs a script after a jump", made(chain)
    yield "holds another file", made(attach)
    yield (
        "has a file pinned to a page",
        made(lambda p: remark(p, Subtype=pikepdf.Name.FileAttachment, FS=pikepdf.Dictionary(F=CANARY))),
    )
    yield (
        "has a film on a page",
        made(
            lambda p: remark(p, Subtype=pikepdf.Name.RichMedia, RichMediaContent=pikepdf.Dictionary(X=CANARY))
        ),
    )
    yield "says who wrote it", made(author)
    yield "says who remarked it", made(lambda p: remark(p, Subtype=pikepdf.Name.Text, T=CANARY))
    yield "has a form within a form", made(form)
    yield "holds something that no page names", made(lambda p: p.make_stream(CANARY.encode()))
    yield (
        "has private notes of a program",
        made(lambda p: p.Root.__setitem__("/PieceInfo", pikepdf.Dictionary(X=CANARY))),
    )


def _papers() -> Iterator[Sent]:
    for what, content in _acting():
        yield Sent(f"a paper that {what}", "surat.pdf", content, "ok")
    locked = pikepdf.Encryption(owner="a", user="b", R=6)
    for_print = pikepdf.Encryption(owner="a", user="", R=6)

    def with_stream(content: bytes, **head: object) -> bytes:
        made = blank()
        stream = made.make_stream(b"")
        stream.write(content, **head)  # type: ignore[arg-type]
        made.pages[0].Contents = made.make_indirect(stream)
        return saved(made, compress_streams=False, recompress_flate=False)

    def large_picture() -> bytes:
        made = blank()
        image = made.make_stream(
            b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=60_000, Height=60_000
        )
        made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=image))
        return saved(made)

    def deep() -> bytes:
        return paper().replace(b"/Type /Catalog", b"/X " + b"[" * 400 + b"]" * 400 + b" /Type /Catalog")

    def many() -> bytes:
        made = blank()
        made.Root.X = pikepdf.Array([made.make_indirect(pikepdf.Dictionary()) for _ in range(100_001)])
        return saved(made)

    flat = pikepdf.Name.FlateDecode
    for what, content, verdict in (
        ("locked with a word", paper(encryption=locked), "encrypted"),
        ("locked against printing", paper(encryption=for_print), "encrypted"),
        ("of 1,001 pages", paper(1001), "too_many_pages"),
        ("without pages", saved(pikepdf.new()), "damaged"),
        ("that is only a beginning", b"%PDF-1.7\n", "damaged"),
        ("of noise", b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
        (
            "whose stream unfolds to a gigabyte",
            with_stream(zlib.compress(bytes(1 << 30), 9), filter=flat),
            "bomb",
        ),
        (
            "with a bomb in a bomb",
            with_stream(
                zlib.compress(zlib.compress(bytes(1 << 28), 9), 9), filter=pikepdf.Array([flat, flat])
            ),
            "bomb",
        ),
        ("with a picture of 60,000 x 60,000", large_picture(), "too_many_pixels"),
        ("of too many things", many(), "too_complex"),
        ("nested four hundred deep", deep(), "too_complex"),
        ("with a broken stream", with_stream(b"not deflated at all", filter=flat), "ok"),
        ("with an empty page", with_stream(b""), "ok"),
    ):
        yield Sent(f"a paper {what}", "surat.pdf", content, verdict)


def _media() -> Iterator[Sent]:
    good = film()
    nested = b""
    for _ in range(30):
        nested = box(b"moof", nested)
    tags = comments(b"OpusTags")
    other = page(b"OpusHead" + bytes(11), [19], 0, 2).replace(struct.pack("<I", 4242), struct.pack("<I", 1))
    broken = bytearray(opus())
    broken[-1] ^= 1
    for what, name, content, verdict in (
        ("a film cut in half", "v.mp4", good[: len(good) // 2], "damaged"),
        ("a film of only a beginning", "v.mp4", good[:20], "damaged"),
        (
            "a film without samples",
            "v.mp4",
            box(b"ftyp", b"isom", bytes(4)) + box(b"moov", track(b"vide", 0, 0)),
            "damaged",
        ),
        ("a film without tracks", "v.mp4", film(b"isom", ()), "damaged"),
        ("a film of text alone", "v.mp4", film(b"isom", ((b"text", b"t"),)), "damaged"),
        ("a film of two films", "v.mp4", good + good[good.index(b"moov") - 4 :], "damaged"),
        (
            "a box longer than the file",
            "v.mp4",
            good.replace(struct.pack(">I", 24) + b"stts", struct.pack(">I", 9000) + b"stts"),
            "damaged",
        ),
        (
            "a box of a negative length",
            "v.mp4",
            box(b"ftyp", b"isom", bytes(4)) + struct.pack(">I4s", 3, b"moov"),
            "damaged",
        ),
        (
            "a moov longer than the file",
            "v.mp4",
            good.replace(
                good[good.index(b"moov") - 4 : good.index(b"moov")] + b"moov",
                struct.pack(">I", 99_999) + b"moov",
            ),
            "damaged",
        ),
        ("boxes thirty deep", "v.mp4", good + nested, "too_complex"),
        ("boxes without number", "v.mp4", good + box(b"free") * 20_001, "too_complex"),
        (
            "a table of billions",
            "v.mp4",
            film(b"isom", ((b"vide", b"p"), (b"meta", b"m"))).replace(
                struct.pack(">III", 0, 1, 1), struct.pack(">III", 0, 0xFFFF_FFFF, 1)
            ),
            "too_complex",
        ),
        ("a sound of a wrong checksum", "s.ogg", bytes(broken), "damaged"),
        ("a sound cut short", "s.ogg", opus()[:-3], "damaged"),
        ("a sound of one page", "s.ogg", opus()[:47], "damaged"),
        (
            "a sound without comments",
            "s.ogg",
            page(b"OpusHead" + bytes(11), [19], 0, 2) + page(b"sound", [5], 1, 4),
            "damaged",
        ),
        (
            "a film in an OGG",
            "s.ogg",
            page(b"\x80theora" + bytes(40), [47], 0, 2) + page(b"x", [1], 1, 4),
            "unknown_type",
        ),
        (
            "a FLAC in an OGG",
            "s.ogg",
            page(b"\x7fFLAC" + bytes(40), [45], 0, 2) + page(b"x", [1], 1, 4),
            "unknown_type",
        ),
        ("two sounds in one", "s.ogg", other + opus(), "damaged"),
        ("a sound after a sound", "s.ogg", opus() + opus(), "too_complex"),
        (
            "comments that never end",
            "s.ogg",
            page(b"OpusHead" + bytes(11), [19], 0, 2) + page(tags.ljust(255, b"\0"), [255], 1, 4),
            "damaged",
        ),
        (
            "comments of another kind",
            "s.ogg",
            page(b"OpusHead" + bytes(11), [19], 0, 2) + page(b"XpusTags" + bytes(20), laces_of(28), 1, 4),
            "damaged",
        ),
    ):
        yield Sent(what, name, content, verdict)
