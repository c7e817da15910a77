"""What people do with words: the only writers of what they wrote and of what translators say of translations."""

from intercity.languages.actions.complaining import TooOftenError, complain
from intercity.languages.actions.consenting import consent, withdraw_consent
from intercity.languages.actions.exchanging import (
    Exported,
    Imported,
    Remark,
    export_translations,
    import_translations,
)
from intercity.languages.actions.glossary import add_term, edit_term, remove_term
from intercity.languages.actions.translating import check, correct, resolve_complaints, translate, undo
from intercity.languages.actions.writing import rewrite_text, unsaved_text, write_text
from intercity.languages.rights import may_decide, may_review, require_reviewer

__all__ = [
    "Exported",
    "Imported",
    "Remark",
    "TooOftenError",
    "add_term",
    "check",
    "complain",
    "consent",
    "correct",
    "edit_term",
    "export_translations",
    "import_translations",
    "may_decide",
    "may_review",
    "remove_term",
    "require_reviewer",
    "resolve_complaints",
    "rewrite_text",
    "translate",
    "undo",
    "unsaved_text",
    "withdraw_consent",
    "write_text",
]
