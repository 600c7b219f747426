"""Why there is no backup, or why one is not put back. The sentence is for whoever runs the command."""


class BackupFailed(Exception):
    """Nothing was made, or what was read is not whole."""


class BackupBusy(BackupFailed):
    """Another one is being made."""


class BackupUnsound(BackupFailed):
    """The file is no backup, was cut off or changed, or was made with another key (BK3)."""


class PlaceRefused(Exception):
    """What was asked for does not fit this place: it is not empty, too small, or of another kind."""


class NoRoom(PlaceRefused):
    """The disk is too full."""
