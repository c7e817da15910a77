"""Why an action was not done, in words for the person who tried; of all subjects."""

from __future__ import annotations

from collections.abc import Iterable


class RefusedError(ValueError):
    """The rules do not allow this now; says what came, what is allowed and what to do. `field` names the input."""

    def __init__(self, message: str, field: str = "") -> None:
        """The sentence that is shown, and the input that it stands beside."""
        super().__init__(message)
        self.field = field


class FaultsError(RefusedError):
    """Something is wrong or missing in several fields: `faults` holds each with its sentence."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        """Whatever shows only one sentence shows all of them."""
        self.faults = tuple(faults)
        super().__init__(" ".join(sentence for _field, sentence in self.faults), self.faults[0][0])
