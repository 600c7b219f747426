"""A list of employers as XLSX, written cell by cell without a library: the input of a measurement."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

HEADS = (
    *("Nama Perusahaan", "Bentuk Usaha", "NPP", "NIB", "NPWP", "NITKU", "KBLI", "Skala Usaha", "Kab/Kota"),
    *("Alamat", "Jumlah TK", "TK Terdaftar", "Upah Rata-rata", "Tanggal", "Jenis Ketidakpatuhan"),
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_XML}<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Daftar" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
_SHEET = (f'{_XML}<worksheet xmlns="{_SHEETS}"><sheetData>', "</sheetData></worksheet>")
_WORDS = ("Maju", "Sejahtera", "Bahari", "Lestari", "Makmur", "Jaya", "Abadi", "Mandiri", "Karya", "Sentosa")
_WRONG = 50  # each of so many rows cannot be taken
_LETTERS = "ABCDEFGHIJKLMNO"


def rows(count: int, places: list[str], day: str) -> Iterator[tuple[str | int, ...]]:
    """Yield invented employers with 15 cells; each fiftieth has a NIB that is too short."""
    for number in range(count):
        word, other = _WORDS[number % 10], _WORDS[number // 10 % 10]
        workers = 5 + number % 300
        yield (
            f"PT {word} {other} {number:06}",
            "PT",
            f"B{number:07}",
            f"{9_100_000_000_000 + number}" if number % _WRONG else "91",
            _npwp(number),
            f"{_npwp(number)}000000",
            ("41011", "47111", "03111", "10130")[number % 4],
            ("kecil", "menengah", "besar", "mikro")[number % 4],
            places[number % len(places)],
            f"Jl. Contoh No. {number % 400}, Kelurahan {other}",
            workers,
            workers * 2 // 3,
            2_900_000 + number % 40 * 50_000,
            day,
            ("PDS-TK", "", "PDS-upah", "")[number % 4],
        )


def _npwp(number: int) -> str:
    digits = f"{10_000_000 + number:08}"
    total = sum(int(one) for one in digits[::2]) + sum(int("0246813579"[int(one)]) for one in digits[1::2])
    return f"0{digits}{-total % 10}612000"


def write_list(path: Path, lines: Iterator[tuple[str | int, ...]]) -> None:
    """Write the workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in _PARTS.items():
            package.writestr(name, content)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_SHEET[0].encode())
            sheet.write(_row(1, HEADS).encode())
            for number, line in enumerate(lines, 2):
                sheet.write(_row(number, line).encode())
            sheet.write(_SHEET[1].encode())


def _row(number: int, cells: tuple[str | int, ...]) -> str:
    written = "".join(
        f'<c r="{letter}{number}"><v>{cell}</v></c>'
        if isinstance(cell, int)
        else f'<c r="{letter}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for letter, cell in zip(_LETTERS, cells, strict=True)
        if cell != ""
    )
    return f'<row r="{number}">{written}</row>'
