"""Which words of a list stand for which definition and part. No database."""

from collections.abc import Iterable

from ombudsman_app.coverage.states import Definition, Part

DEFINITIONS: dict[str, str] = {
    **{
        word: str(definition)
        for definition, words in {
            Definition.UCJ: (
                *("ucj", "universal coverage jamsostek", "universal coverage", "cakupan ucj"),
                "cakupan semesta",
            ),
            Definition.LABOUR_FORCE_SHARE: (
                *("labour force share", "angkatan kerja", "peserta terhadap angkatan kerja"),
                *("persentase angkatan kerja", "kepesertaan angkatan kerja"),
            ),
            Definition.SEGMENT_COVERAGE: (
                *("segment coverage", "segmen", "per segmen", "cakupan per segmen", "cakupan segmen"),
            ),
            Definition.VILLAGE_OFFICIALS: (
                *("village officials", "perangkat desa", "aparatur desa", "pemerintah desa", "desa"),
                *("kepala desa dan perangkat desa", "ekosistem desa"),
            ),
            Definition.VULNERABLE_PAID: (
                *("vulnerable paid", "pekerja rentan", "rentan", "perlindungan pekerja rentan"),
            ),
        }.items()
        for word in words
    },
    **{str(one).replace("_", " "): str(one) for one in Definition},
}
PARTS: dict[str, str] = {
    **{str(one).replace("_", " "): str(one) for one in Part},
    **{
        word: str(part)
        for part, words in {
            Part.WHOLE: ("semua", "keseluruhan", "total", "jumlah"),
            Part.PU: ("penerima upah", "penerima upah pu", "formal"),
            Part.BPU: ("bukan penerima upah", "bukan penerima upah bpu", "informal"),
            Part.JAKON: ("jasa konstruksi", "konstruksi"),
            Part.PMI: ("pekerja migran", "pekerja migran indonesia"),
            Part.PU_AND_PMI: ("pu dan pmi", "pu pmi"),
            Part.HEAD: ("kepala desa", "kades"),
            Part.APPARATUS: ("perangkat desa", "perangkat", "aparat desa"),
            Part.HEAD_AND_APPARATUS: ("kepala desa dan perangkat desa", "kades dan perangkat desa"),
            Part.BPD: ("badan permusyawaratan desa",),
            Part.RT_RW: ("rt rw", "rt dan rw"),
            Part.APBD_PROVINCE: ("apbd provinsi", "apbd i", "apbd prov"),
            Part.APBD_REGENCY: ("apbd kabupaten", "apbd kota", "apbd ii", "apbd kab", "apbd kabupaten kota"),
            Part.APBDES: ("apb desa", "dana desa"),
            Part.CSR: ("tjsl", "perusahaan"),
            Part.DONATION: ("donasi", "wecare", "we care", "sertakan"),
        }.items()
        for word in words
    },
}
# Wholes and what they are the sum of. Where a whole has no name of its own, the list must hold all parts.
SUMS: dict[tuple[Definition, Part], tuple[Part, ...]] = {
    (Definition.VULNERABLE_PAID, Part.WHOLE): (
        *(Part.APBN, Part.APBD_PROVINCE, Part.APBD_REGENCY, Part.APBDES, Part.CSR, Part.DONATION),
    ),
    (Definition.VILLAGE_OFFICIALS, Part.HEAD_AND_APPARATUS): (Part.HEAD, Part.APPARATUS),
    (Definition.SEGMENT_COVERAGE, Part.PU_AND_PMI): (Part.PU, Part.PMI),
}


def definition_of_heads(heads: Iterable[str]) -> Definition | None:
    """Return what the heads of a list say that it counts: "UCJ (%)", "Angkatan Kerja"; None: nothing, or two.

    Heads come normalised (`heads.plain`).
    """
    found = set()
    for head in heads:
        if "ucj" in head.split() or "universal coverage" in head:
            found.add(Definition.UCJ)
        elif "angkatan kerja" in head:
            found.add(Definition.LABOUR_FORCE_SHARE)
    return found.pop() if len(found) == 1 else None
