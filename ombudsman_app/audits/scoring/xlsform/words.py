"""What the form says beside the questions of the instrument, in both languages."""

from typing import Final

from ombudsman_app.audits.scoring.definition.shape import EvidenceKind

CHOICE_WORDS: Final = {"yes": ("Ya", "Yes"), "no": ("Tidak", "No")}
PART_WORDS: Final = {
    "na": ("Tidak dapat diterapkan?", "Not applicable?"),
    "na_reason": ("Alasan tidak dapat diterapkan", "Why it does not apply"),
    "denominator": ("Jumlah seluruhnya", "How many in all"),
    "numerator": ("Jumlah yang memenuhi", "How many of them meet it"),
    "experienced": ("Jumlah yang mengalami", "How many of them experienced it"),
}
TOLD_WORDS: Final = {
    "skm": ("Nilai IKM antara 25 dan 100.", "The index lies between 25 and 100."),
    "measure": ("Angka tidak boleh kurang dari 0.", "The number cannot be below 0."),
    "denominator": (
        "Sekurang-kurangnya 1. Jika tidak ada kasus, jawab tidak dapat diterapkan.",
        "At least 1. Where there is no case, answer not applicable.",
    ),
    "numerator": (
        "Antara 0 dan jumlah seluruhnya.",
        "Between 0 and how many there are in all.",
    ),
}
EVIDENCE_WORDS: Final = {
    EvidenceKind.PHOTO: ("Bukti: foto", "Evidence: photo"),
    EvidenceKind.DOCUMENT_COPY: ("Bukti: salinan dokumen", "Evidence: copy of a document"),
    EvidenceKind.URL: ("Bukti: alamat laman", "Evidence: address of a page"),
    EvidenceKind.INTERVIEW_NOTE: ("Bukti: catatan wawancara", "Evidence: note of an interview"),
    EvidenceKind.OBSERVATION_NOTE: ("Bukti: catatan pengamatan", "Evidence: note of an observation"),
    EvidenceKind.SYSTEM_EXTRACT: ("Bukti: data dari sistem", "Evidence: extract from a system"),
    EvidenceKind.SURVEY_FORM: ("Bukti: formulir survei", "Evidence: survey form"),
    EvidenceKind.FILE_SAMPLE: ("Bukti: uji petik berkas", "Evidence: sample of files"),
    EvidenceKind.CERTIFICATE: ("Bukti: sertifikat", "Evidence: certificate"),
}
