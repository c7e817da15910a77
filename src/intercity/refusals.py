"""Why an action was not done, in words for the person who tried; of all subjects."""

from __future__ import annotations


class RefusedError(ValueError):
    """The rules do not allow this now; says what came, what is allowed and what to do. `field` names the input."""

    def __init__(self, message: str, field: str = "") -> None:
        """The sentence that is shown, and the input that it stands beside."""
        super().__init__(message)
        self.field = field
