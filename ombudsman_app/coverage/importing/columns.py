"""The columns of a list of figures, and by which heads lists of the field call them."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from ombudsman_app.imports.kinds import Column


class Row(NamedTuple):
    """Typed values of one row, in the order of COLUMNS.

    `code`: with dots (`53.10`); one that a sheet cut to a number ends with `?`
    (`53.10?`). `as_of`: YYYY-MM-DD.
    `percent`: with a dot and the decimals of the source (`33.73`).
    """

    code: str | None
    name: str | None
    definition: str | None
    part: str | None
    programme: str | None
    as_of: str | None
    numerator: int | None
    denominator: int | None
    percent: str | None
    note: str | None
    reason: str | None


COLUMNS = (
    Column(
        "code",
        _l("Code of the place"),
        (
            *("kode", "kode wilayah", "kode kab/kota", "kode kabupaten/kota", "kode kabupaten", "kode kota"),
            *("kode daerah", "kode kemendagri", "kode provinsi", "kd wilayah"),
        ),
        _l("Kemendagri code, such as 53.15; format the column as text. Needed unless the name is there"),
    ),
    Column(
        "name",
        _l("Name of the place"),
        (
            *("nama wilayah", "wilayah", "kabupaten", "kabupaten/kota", "kab/kota", "nama kabupaten/kota"),
            *("nama kab/kota", "daerah", "nama daerah", "provinsi", "nama provinsi", "nama"),
        ),
        _l("With Kabupaten or Kota where both bear the name"),
    ),
    Column(
        "definition",
        _l("What is counted"),
        ("definisi", "indikator", "nama indikator", "ukuran", "jenis cakupan"),
        _l("One for the whole list, such as UCJ; may also stand in a head"),
    ),
    Column("part", _l("Part"), ("bagian", "segmen", "segmen kepesertaan", "sumber dana", "jabatan")),
    Column("programme", _l("Programme"), ("program", "program jaminan"), _l("JKK, JKM, JHT, JP or JKP")),
    Column(
        "as_of",
        _l("As of"),
        ("per tanggal", "tanggal", "per", "periode", "bulan", "posisi", "tanggal data", "data per"),
        _l("A day, or a month for its last day: Juni 2026"),
    ),
    Column(
        "numerator",
        _l("Above the line"),
        (
            *("pembilang", "peserta", "peserta aktif", "jumlah peserta", "jumlah peserta aktif"),
            *("tk aktif", "tenaga kerja aktif", "terlindungi", "realisasi", "jumlah terlindungi"),
        ),
        _l("Persons"),
    ),
    Column(
        "denominator",
        _l("Below the line"),
        (
            *("penyebut", "potensi", "potensi tenaga kerja", "potensi tk", "jumlah tenaga kerja"),
            *("angkatan kerja", "jumlah angkatan kerja", "semesta", "universe", "jumlah pekerja"),
        ),
        _l("Persons"),
    ),
    Column(
        "percent",
        _l("Percentage"),
        (
            *("persen", "%", "persentase", "cakupan", "cakupan %", "cakupan (%)", "ucj", "ucj %", "ucj (%)"),
            *("capaian", "capaian %", "capaian ucj", "persentase cakupan", "coverage"),
        ),
        _l("With a comma, as in 33,73"),
    ),
    Column("note", _l("Note"), ("catatan", "keterangan", "ket")),
    Column(
        "reason",
        _l("Why more than 100%"),
        ("alasan", "alasan di atas 100%", "alasan di atas 100", "penjelasan"),
        _l("Needed where a percentage is above 100"),
    ),
)
SAMPLE = (
    ("53", "Provinsi Nusa Tenggara Timur", "UCJ", "", "", "2026-06-30", "", "", "34,12", "DEMO", ""),
    (
        "53.15",
        "Kabupaten Manggarai Barat",
        "UCJ",
        "",
        "",
        "Juni 2026",
        "33730",
        "100000",
        "33,73",
        "DEMO",
        "",
    ),
)
