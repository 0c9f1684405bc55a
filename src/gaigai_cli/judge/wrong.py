"""The signal by which a fold rejects a record; it never leaves ``judge``."""


class Wrong(Exception):  # noqa: N818 - a verdict on a record, not a failure of the program
    """A record that can't be true after the ones before it; ``field`` is the one that shows it."""

    def __init__(self, code: str, message: str, remedy: str, field: str = "kind") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.field = field
