"""People's words, translations, the glossary, what can be found."""

from intercity.languages.models.finding import Beside, Findable, Kind, Passage, WordCount
from intercity.languages.models.glossary import GlossaryTerm, GlossaryWord
from intercity.languages.models.history import FormerTranslation
from intercity.languages.models.machines import Consent, MachineAnswer, TranslationTask
from intercity.languages.models.texts import LanguageSaidBy, Text, Words
from intercity.languages.models.translations import Complaint, Translation, TranslationState

__all__ = [
    "Beside",
    "Complaint",
    "Consent",
    "Findable",
    "FormerTranslation",
    "GlossaryTerm",
    "GlossaryWord",
    "Kind",
    "LanguageSaidBy",
    "MachineAnswer",
    "Passage",
    "Text",
    "Translation",
    "TranslationState",
    "TranslationTask",
    "WordCount",
    "Words",
]
