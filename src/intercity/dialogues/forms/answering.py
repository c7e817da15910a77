"""The form of an answer to a statement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from intercity.dialogues.forms.choices import call_needed, day_input, language_choices, words_input
from intercity.dialogues.models import Answer, AnswerKind, Dialogue


class AnswerForm(forms.Form):
    """One of four answers, in words, with what makes it one that can be checked."""

    kind = forms.ChoiceField(label=gettext_lazy("Answer"), choices=AnswerKind.choices, widget=forms.RadioSelect)
    body = forms.CharField(
        label=gettext_lazy("In words"),
        help_text=gettext_lazy("What will be or is done; or, if you cannot, why not. Short, plain sentences."),
        max_length=3000,
        widget=words_input(5),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of these words"))
    owner = forms.CharField(
        label=gettext_lazy("“We will”: who does it"),
        help_text=gettext_lazy("An office or a person."),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    due = forms.DateField(label=gettext_lazy("“We will”: until which day"), required=False, widget=day_input())
    link = forms.URLField(
        label=gettext_lazy("“We already do”: address of a page where it can be seen"),
        max_length=200,
        required=False,
        assume_scheme="https",
    )
    whose = forms.CharField(
        label=gettext_lazy("“It is not ours to decide”: who decides"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, dialogue: Dialogue, earlier: Answer | None, *args: Any, **kwargs: Any) -> None:
        """Filled with the answer that was given earlier, if there is one."""
        if earlier is not None:
            kwargs.setdefault("initial", _stored(earlier))
        super().__init__(*args, **kwargs)
        call_needed(self, "owner", "due", "link", "whose")
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = language_choices(*dialogue.languages)
        language.initial = dialogue.question.language


def _stored(answer: Answer) -> dict[str, Any]:
    names = ("kind", "owner", "due", "link", "whose")
    return {
        "body": answer.text.body,
        "language": answer.text.language,
        **{name: getattr(answer, name) for name in names},
    }
