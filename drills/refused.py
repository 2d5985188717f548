"""The one way a rule says no."""


class Refused(Exception):
    """Something cannot be done. `why` is a short code, `values` fill the sentence that a view says for it."""

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(why)
        self.why, self.values = why, values
