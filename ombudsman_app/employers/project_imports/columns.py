"""The columns of a list of projects, and by which heads lists of the field call them.

An OCDS package comes as the same columns (`isolated/ocds.py`), so dry run, apply and undo are the same.
"""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from ombudsman_app.imports.kinds import Column


class Row(NamedTuple):
    """Typed values of one row, in the order of COLUMNS. Days are YYYY-MM-DD, values whole rupiah.

    `place`: [id of the region or None, its name as given]; `members`: [name, share] each; `changes`: [number,
    day, kind, value, end] each.
    """

    package: str
    contract_number: str
    agency: str
    fund_source: str | None
    place: list[object] | None
    spk_on: str | None
    value: int | None
    value_net: int | None
    start_on: str | None
    end_on: str | None
    contractor: str
    members: list[list[object]] | None
    nib: str | None
    npwp: str | None
    project_number: str | None
    registered_on: str | None
    registered_value: int | None
    changes: list[list[object]] | None
    ocid: str | None
    contract_id: str | None


COLUMNS = (
    Column(
        "package",
        _l("Name of the package"),
        ("nama paket", "paket", "nama pekerjaan", "pekerjaan", "nama kegiatan", "uraian pekerjaan"),
        is_needed=True,
    ),
    Column(
        "contract_number",
        _l("Contract number"),
        ("nomor kontrak", "no kontrak", "nomor spk", "no spk", "nomor surat perjanjian", "kontrak"),
        is_needed=True,
    ),
    Column(
        "agency",
        _l("Agency that ordered the works"),
        (
            *("instansi", "satuan kerja", "satker", "opd", "skpd", "pemilik pekerjaan", "pengguna jasa"),
            *("k l pd", "klpd", "dinas", "pemberi kerja"),
        ),
        is_needed=True,
    ),
    Column(
        "fund_source",
        _l("Who pays"),
        ("sumber dana", "sumber anggaran", "anggaran", "sumber pembiayaan"),
        _l("APBN, APBD, APBDes, BUMN or BUMD."),
    ),
    Column(
        "place",
        _l("Regency or city"),
        ("lokasi", "kabupaten", "kota", "kabupaten kota", "kab kota", "lokasi pekerjaan", "wilayah"),
        _l("Its name, with Kabupaten or Kota, or its code such as 76.02."),
    ),
    Column(
        "spk_on",
        _l("Day of the SPK"),
        ("tanggal spk", "tgl spk", "tanggal kontrak", "tgl kontrak", "tanggal surat perintah kerja", "spk"),
    ),
    Column(
        "value",
        _l("Value with VAT, in rupiah"),
        (
            "nilai kontrak",
            "nilai",
            "nilai kontrak dengan ppn",
            "nilai termasuk ppn",
            "nilai rp",
            "harga kontrak",
        ),
    ),
    Column(
        "value_net",
        _l("Value without VAT, in rupiah"),
        ("nilai tanpa ppn", "nilai kontrak tanpa ppn", "nilai sebelum ppn", "nilai non ppn", "dpp"),
    ),
    Column(
        "start_on",
        _l("Start of the works"),
        ("tanggal mulai", "mulai", "mulai pekerjaan", "tgl mulai"),
    ),
    Column(
        "end_on",
        _l("End of the works"),
        ("tanggal selesai", "selesai", "selesai pekerjaan", "tgl selesai", "tanggal akhir kontrak"),
    ),
    Column(
        "contractor",
        _l("Contractor"),
        ("penyedia", "kontraktor", "pelaksana", "penyedia jasa", "nama penyedia", "pemenang", "rekanan"),
        is_needed=True,
    ),
    Column(
        "members",
        _l("Other firms of the consortium"),
        ("anggota kso", "kso", "anggota konsorsium", "anggota"),
        _l("Parted by | ; a share behind a semicolon: CV Contoh; 40 | PT Contoh; 20"),
    ),
    Column("nib", _l("NIB"), ("nib penyedia", "no nib", "nomor induk berusaha")),
    Column("npwp", _l("NPWP"), ("npwp penyedia", "no npwp")),
    Column(
        "project_number",
        _l("Project number of BPJS Ketenagakerjaan"),
        ("nomor kepesertaan", "nomor kepesertaan proyek", "no proyek", "nomor proyek", "npp proyek"),
    ),
    Column(
        "registered_on",
        _l("Day of the registration"),
        ("tanggal daftar", "tanggal pendaftaran", "tgl daftar", "tanggal kepesertaan"),
    ),
    Column(
        "registered_value",
        _l("Value for which it was registered, without VAT"),
        ("nilai terdaftar", "nilai yang didaftarkan", "nilai didaftarkan"),
    ),
    Column(
        "changes",
        _l("Changes of the contract"),
        ("adendum", "addendum", "perubahan", "perubahan kontrak"),
        _l("Number; day; amended or cancelled; whole new value; new end. Several parted by |"),
    ),
    Column("ocid", _l("OCID"), ()),
    Column("contract_id", _l("Id of the contract in the package"), ()),
)
SAMPLE = (
    (
        *("DEMO Rehabilitasi jalan", "DEMO-602/001/SPK/2026", "DEMO Dinas PUPR Kabupaten Contoh", "APBD"),
        *("Kabupaten Contoh", "2026-02-03", "2775000000", "2500000000", "2026-02-04", "2026-08-31"),
        *("DEMO PT Contoh Makmur", "", "", "", "DEMO-PRJ/01", "2026-02-20", "2500000000", "", "", ""),
    ),
    (
        *("DEMO Preservasi jembatan", "DEMO-602/002/SPK/2026", "DEMO Balai Jalan Nasional", "APBN"),
        *("Kabupaten Contoh", "2026-03-09", "18870000000", "17000000000", "2026-03-12", "2026-11-30"),
        *("DEMO PT Contoh Jaya", "DEMO CV Contoh; 40", "", "", "", "", ""),
        *("DEMO-ADD-1; 2026-07-06; adendum; 18500000000; 2026-12-18", "", ""),
    ),
)
