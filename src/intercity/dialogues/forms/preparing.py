"""Forms to prepare a dialogue, to open it and to ask again."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy

from intercity.accounts.models import Membership, Person, Role
from intercity.cities.models import City
from intercity.dialogues.forms.choices import call_needed, day_input, language_choices, time_input, words_input
from intercity.dialogues.models import Admission, Dialogue, ModerationTime, State

LONGEST_QUESTION, LONGEST_BACKGROUND, MOST_LINES = 300, 5000, 200
MORE = (
    "themes", "admission", "moderation", "live_results", "asks_age", "asks_gender", "statement_length",
    "statements_each",
)  # fmt: skip
"""What can stay as it is: shown when asked for."""
COMMAS = re.compile("[,，、،]")


class PrepareForm(forms.Form):
    """The first page of a new dialogue: what is asked."""

    question = forms.CharField(
        label=gettext_lazy("Question"),
        help_text=gettext_lazy("One open question in plain words, for example: “What would make our river clean?”"),
        max_length=LONGEST_QUESTION,
        widget=words_input(2),
    )
    background = forms.CharField(
        label=gettext_lazy("Background"),
        help_text=gettext_lazy(
            "What people need to know before they say something: why now, what can be decided, by whom."
        ),
        max_length=LONGEST_BACKGROUND,
        required=False,
        widget=words_input(5),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of these words"))
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy(
            "The last part of the web address: small letters, digits and hyphens. It stays. "
            "Left empty, it is made of the question."
        ),
        max_length=80,
        required=False,
    )

    def __init__(self, *args: Any, language: str = "", **kwargs: Any) -> None:
        """With the languages of the network; `language` is the reader's, and chosen to begin with."""
        super().__init__(*args, **kwargs)
        choices = language_choices()
        self.fields["language"] = forms.ChoiceField(label=self.fields["language"].label, choices=choices)
        if language in dict(choices):
            self.fields["language"].initial = language

    def clean(self) -> dict[str, Any]:
        """Make an address of the question where none is typed."""
        cleaned = super().clean() or {}
        if not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = _free_address(str(cleaned.get("question", "")))
        return cleaned


def _free_address(question: str) -> str:
    """Of words in Latin letters their beginning, of others a word and a number; never one that is taken."""
    start = slugify(question)[:50].strip("-")
    start = start if len(start) >= 3 else "dialogue"
    taken = set(Dialogue.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    number = 1
    while (found := start if number == 1 else f"{start}-{number}") in taken:
        number += 1
    return found


class EditForm(forms.Form):
    """How a dialogue is run; its words only while it is a draft."""

    question = forms.CharField(label=gettext_lazy("Question"), max_length=LONGEST_QUESTION, widget=words_input(2))
    background = forms.CharField(
        label=gettext_lazy("Background"), max_length=LONGEST_BACKGROUND, required=False, widget=words_input(5)
    )
    responder_role = forms.CharField(
        label=gettext_lazy("Which office will answer"),
        help_text=gettext_lazy("An office that can act, for example “Water office”. Needed to open."),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    responder_city = forms.ModelChoiceField(
        label=gettext_lazy("Of which city"), queryset=City.objects.none(), required=False,
        help_text=gettext_lazy("Needed to open."),
    )  # fmt: skip
    responder = forms.ModelChoiceField(
        label=gettext_lazy("Which person"),
        help_text=gettext_lazy("Left empty, whoever is a responder of that city can answer. The name is not shown."),
        queryset=Person.objects.none(),
        required=False,
    )
    answer_due = forms.DateField(
        label=gettext_lazy("The answer is promised for"),
        help_text=gettext_lazy("Everybody sees this day, and sees when it has passed. Needed to open."),
        required=False,
        widget=day_input(),
    )
    closes_at = forms.DateTimeField(label=gettext_lazy("Closes by itself"), required=False, widget=time_input())
    cities = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Cities"),
        help_text=gettext_lazy("Whose people are asked. Participants may choose one of them, or rather not say."),
        queryset=City.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("In which people are asked to write. They may still use another."),
        widget=forms.CheckboxSelectMultiple,
    )
    themes = forms.CharField(
        label=gettext_lazy("Themes"),
        help_text=gettext_lazy("A few words with commas between them, for example: water, rivers"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    admission = forms.ChoiceField(
        label=gettext_lazy("Who may take part"), choices=Admission.choices, widget=forms.RadioSelect
    )
    moderation = forms.ChoiceField(
        label=gettext_lazy("When are new statements looked at"),
        choices=ModerationTime.choices,
        widget=forms.RadioSelect,
    )
    live_results = forms.BooleanField(label=gettext_lazy("Results can be seen while it is open"), required=False)
    asks_age = forms.BooleanField(label=gettext_lazy("Ask for an age band (voluntary)"), required=False)
    asks_gender = forms.BooleanField(label=gettext_lazy("Ask for gender (voluntary)"), required=False)
    statement_length = forms.IntegerField(
        label=gettext_lazy("Longest statement, in characters"), min_value=50, max_value=1000
    )
    statements_each = forms.IntegerField(
        label=gettext_lazy("Most statements by one person"), min_value=0, max_value=1000
    )

    def __init__(self, dialogue: Dialogue, *args: Any, zone: str, **kwargs: Any) -> None:
        """Filled with what is stored; `zone` says in words in which time the closing time is typed."""
        kwargs.setdefault("initial", _stored(dialogue))
        super().__init__(*args, **kwargs)
        members = City.objects.members()
        chosen = City.objects.filter(dialogues=dialogue)
        _offer(
            self.fields["responder_city"],
            gettext("not yet said"),
            members | City.objects.filter(pk=dialogue.responder_city_id or 0),
        )
        _offer(self.fields["cities"], "", (members | chosen).distinct())
        _offer(self.fields["responder"], gettext("any responder of that city"), _people(dialogue))
        call_needed(self, "responder_role", "responder_city", "answer_due")
        languages = self.fields["languages"]
        if isinstance(languages, forms.MultipleChoiceField):
            languages.choices = language_choices(*dialogue.languages)
        self.fields["closes_at"].help_text = gettext(
            "In the time of %(zone)s. Left empty, it stays open until you close it."
        ) % {"zone": zone}
        if dialogue.state != State.DRAFT:
            del self.fields["question"], self.fields["background"]
        else:
            for name in ("question", "background"):
                self.fields[name].widget.attrs["lang"] = dialogue.question.language

    @property
    def first(self) -> list[forms.BoundField]:
        """What somebody who opens a dialogue fills in."""
        return [field for field in self if field.name not in MORE]

    @property
    def more(self) -> list[forms.BoundField]:
        """What can stay as it is."""
        return [self[name] for name in MORE]

    @property
    def more_refused(self) -> bool:
        """Whether something in the part that is folded away has to be changed."""
        return any(name in self.errors for name in MORE)

    def clean_themes(self) -> list[str]:
        """The words between the commas, those of other scripts, too."""
        return [word.strip() for word in COMMAS.split(str(self.cleaned_data["themes"])) if word.strip()]


def _stored(dialogue: Dialogue) -> dict[str, Any]:
    names = (
        "responder_role", "responder_city", "responder", "answer_due", "closes_at", "languages", "admission",
        "moderation", "live_results", "asks_age", "asks_gender", "statement_length", "statements_each",
    )  # fmt: skip
    return {
        "question": dialogue.question.body,
        "background": dialogue.background.body if dialogue.background else "",
        "themes": ", ".join(dialogue.themes),
        "cities": list(dialogue.cities.all()),
        **{name: getattr(dialogue, name) for name in names},
    }


def _offer(field: forms.Field, nothing: str, rows: Any) -> None:
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = nothing or None
        field.queryset = rows


def _people(dialogue: Dialogue) -> Any:
    """Responders, and whoever is named now."""
    held = Membership.objects.current().filter(role=Role.RESPONDER).values("person")
    return (Person.objects.filter(pk__in=held) | Person.objects.filter(pk=dialogue.responder_id or 0)).order_by("name")


class StatementsForm(forms.Form):
    """Several statements to begin with, one in each line."""

    body = forms.CharField(
        label=gettext_lazy("Statements, one in each line"),
        help_text=gettext_lazy(
            "One idea each, as somebody would say it. Ten to twenty from several points of view are a good start."
        ),
        widget=words_input(8),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of these statements"))

    def __init__(self, dialogue: Dialogue, *args: Any, **kwargs: Any) -> None:
        """With the languages of the network and of the dialogue."""
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = language_choices(*dialogue.languages)
        language.initial = dialogue.question.language

    def clean_body(self) -> list[str]:
        """The lines that hold something, each once."""
        lines = dict.fromkeys(" ".join(line.split()) for line in str(self.cleaned_data["body"]).splitlines())
        found = [line for line in lines if line]
        if not found:
            raise ValidationError(gettext("Type at least one statement."))
        if len(found) > MOST_LINES:
            raise ValidationError(
                gettext(
                    "There are %(number)d statements here; %(most)d can be added at a time. Add the rest afterwards."
                )
                % {"number": len(found), "most": MOST_LINES}
            )
        return found


class ReopenForm(forms.Form):
    """When the new round closes and is answered."""

    answer_due = forms.DateField(
        label=gettext_lazy("The answer is promised for"),
        help_text=gettext_lazy("A day that is still to come. Everybody sees it."),
        widget=day_input(),
    )
    closes_at = forms.DateTimeField(label=gettext_lazy("Closes by itself"), required=False, widget=time_input())

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        """`zone` says in words in which time the closing time is typed."""
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].help_text = gettext(
            "In the time of %(zone)s. Left empty, it stays open until you close it."
        ) % {"zone": zone}
