"""Results: an analysis as a document that can be published and verified."""

from intercity.dialogues.results.document import (
    RECIPES,
    Result,
    UnreadableResultError,
    compute_result,
    read_result,
    write_result,
)
from intercity.dialogues.results.figures import Document, group_name

__all__ = [
    "RECIPES",
    "Document",
    "Result",
    "UnreadableResultError",
    "compute_result",
    "group_name",
    "read_result",
    "write_result",
]
