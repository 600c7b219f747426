"""The columns of a list of employers, and by which heads lists of the field call them."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from ombudsman_app.imports.kinds import Column


class Row(NamedTuple):
    """Typed values of one row, in the order of COLUMNS. Counts are [low, high]; the day is YYYY-MM-DD.

    `nitku`: the six digits behind; `npwp`: sixteen digits; `breaches`: ids of `states.Breach`.
    """

    name: str
    legal_form: str | None
    npp: str | None
    division: str | None
    nib: str | None
    npwp: str | None
    nitku: str | None
    sector: str | None
    scale: str | None
    region: int | None
    address: str | None
    workers: list[int] | None
    registered: list[int] | None
    wage: int | None
    as_of: str | None
    breaches: list[str] | None


COLUMNS = (
    Column(
        "name",
        _l("Name"),
        (
            *(
                "nama",
                "nama perusahaan",
                "nama badan usaha",
                "nama pemberi kerja",
                "perusahaan",
                "badan usaha",
            ),
            *("nama pelaku usaha", "pelaku usaha", "employer", "company", "company name", "nama bu"),
        ),
        is_needed=True,
    ),
    Column("legal_form", _l("Legal form"), ("bentuk", "bentuk usaha", "badan hukum", "bentuk badan usaha")),
    Column(
        "npp",
        _l("NPP of BPJS Ketenagakerjaan"),
        ("npp", "no npp", "nomor npp", "nomor pendaftaran perusahaan", "no pendaftaran"),
    ),
    Column("division", _l("Division of the NPP"), ("div", "divisi", "kode divisi", "div npp", "divisi npp")),
    Column("nib", _l("NIB"), ("nib", "no nib", "nomor nib", "nomor induk berusaha")),
    Column("npwp", _l("NPWP"), ("npwp", "no npwp", "nomor npwp", "npwp 16", "npwp 15", "npwp badan")),
    Column("nitku", _l("NITKU"), ("nitku", "no nitku", "nomor identitas tempat kegiatan usaha")),
    Column(
        "sector",
        _l("Sector (KBLI code)"),
        ("kbli", "kode kbli", "sektor", "lapangan usaha", "sector", "kbli 2020"),
    ),
    Column(
        "scale",
        _l("Size of the business"),
        ("skala", "skala usaha", "ukuran usaha", "kategori usaha", "scale", "size"),
    ),
    Column(
        "region",
        _l("Regency or city"),
        (
            *("kabupaten", "kota", "kab kota", "kabupaten kota", "kode wilayah", "wilayah", "lokasi"),
            *("regency", "kab", "daerah", "kota kabupaten"),
        ),
        _l("Its name, with Kabupaten or Kota, or its code such as 76.02."),
    ),
    Column(
        "address", _l("Address"), ("alamat", "alamat perusahaan", "alamat usaha", "address", "lokasi usaha")
    ),
    Column(
        "workers",
        _l("Workers"),
        (
            *("jumlah tenaga kerja", "tenaga kerja", "jml tk", "tk", "jumlah pekerja", "pekerja", "workers"),
            *("total tk", "jumlah tk", "total tenaga kerja", "jumlah karyawan", "karyawan"),
        ),
        _l("One number, or from–to."),
    ),
    Column(
        "registered",
        _l("Of them registered"),
        (
            *("terdaftar", "tk terdaftar", "jumlah terdaftar", "tenaga kerja terdaftar", "peserta"),
            *("tk aktif", "jumlah peserta", "peserta aktif", "registered", "tk aktif bpjs"),
        ),
    ),
    Column(
        "wage",
        _l("Wage on average"),
        ("upah", "rata rata upah", "upah rata rata", "gaji", "rata rata gaji", "upah dilaporkan", "wage"),
        _l("Rupiah a month."),
    ),
    Column(
        "as_of",
        _l("For which day"),
        ("tanggal", "per tanggal", "tgl", "tanggal data", "posisi data", "as of", "date", "periode"),
    ),
    Column(
        "breaches",
        _l("Does not comply"),
        (
            *("ketidakpatuhan", "jenis ketidakpatuhan", "jenis pelanggaran", "status kepatuhan"),
            *("kategori", "pelanggaran", "keterangan ketidakpatuhan"),
        ),
        _l("PWBD, PDS-TK, PDS-upah, PDS-program, arrears; several with a comma."),
    ),
)
SAMPLE = (
    (
        *("PT Contoh Makmur", "PT", "AB123456", "000", "9120001234567", "0012345678901000", "", "41011"),
        *("menengah", "Kabupaten Contoh", "Jl. Contoh No. 1", "120", "90", "3200000", "2026-10-01", "PDS-TK"),
    ),
    (
        *("CV Contoh Jaya", "CV", "", "", "9120001234568", "", "", "47111"),
        *("kecil", "Kota Contoh", "", "15-20", "0", "", "2026-10-01", "PWBD"),
    ),
)
