"""What the directory refuses."""


class ReferenceBroken(Exception):
    """A shipped data file is wrong. The sentence names the file, the row and what is wrong with it."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__(f"{file}: {problem}")
