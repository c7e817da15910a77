"""Dialogues that come from elsewhere."""

from intercity.dialogues.imports.conversation import Conversation, Note, Statement, UnreadableRow
from intercity.dialogues.imports.polis import read_polis_export
from intercity.dialogues.imports.tables import UnreadableExportError

__all__ = ["Conversation", "Note", "Statement", "UnreadableExportError", "UnreadableRow", "read_polis_export"]
