"""What participants type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import get_language, gettext_lazy

from intercity.cities.models import City
from intercity.core.language.identifying import identify
from intercity.core.language.normalising import normalise
from intercity.dialogues.forms.choices import language_choices, words_input
from intercity.dialogues.models import Admission, AgeBand, Dialogue, Gender, Participant

VALUES = {"agree": 1, "pass": 0, "disagree": -1}
NOT_SAID = ("", gettext_lazy("rather not say"))


if TYPE_CHECKING:
    OneCity = forms.ModelChoiceField[City]
else:
    OneCity = forms.ModelChoiceField


class CityChoice(OneCity):
    """Cities by their names in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """The city's name."""
        return str(obj.named(get_language() or "en"))


class AboutForm(forms.Form):
    """The little that somebody may say about themselves; nothing of it is needed."""

    city = CityChoice(
        label=gettext_lazy("City"), queryset=City.objects.none(), required=False, empty_label=str(NOT_SAID[1])
    )
    age_band = forms.ChoiceField(label=gettext_lazy("Age"), choices=[NOT_SAID, *AgeBand.choices], required=False)
    gender = forms.ChoiceField(label=gettext_lazy("Gender"), choices=[NOT_SAID, *Gender.choices], required=False)

    def __init__(self, dialogue: Dialogue, *args: Any, participant: Participant | None = None, **kwargs: Any) -> None:
        """Only what the dialogue asks for; filled with what `participant` said before."""
        if participant is not None:
            kwargs.setdefault(
                "initial",
                {"city": participant.city_id, "age_band": participant.age_band, "gender": participant.gender},
            )
        super().__init__(*args, **kwargs)
        city = self.fields["city"]
        if isinstance(city, forms.ModelChoiceField):
            city.queryset = dialogue.cities.order_by("name").prefetch_related("names")
            city.empty_label = str(NOT_SAID[1])
        if participant is not None and participant.invitation and participant.invitation.city_id:
            del self.fields["city"]
        if not dialogue.asks_age:
            del self.fields["age_band"]
        if not dialogue.asks_gender:
            del self.fields["gender"]


class JoinForm(AboutForm):
    """Coming in: a code where the dialogue needs one, and what somebody chooses to say about themselves."""

    invitation = forms.CharField(
        label=gettext_lazy("Code of your invitation"),
        help_text=gettext_lazy("As it is printed: capital or small letters, with or without hyphens."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    helper = forms.BooleanField(required=False, widget=forms.HiddenInput)

    field_order = ("invitation",)

    def __init__(self, dialogue: Dialogue, *args: Any, **kwargs: Any) -> None:
        """With a code where the dialogue needs one, or where a link brought one."""
        super().__init__(dialogue, *args, **kwargs)
        needs = dialogue.admission == Admission.INVITATION
        self.fields["invitation"].required = needs
        if not needs and not (self.data.get("invitation") or self.initial.get("invitation")):
            del self.fields["invitation"]

    @property
    def code_field(self) -> Any:
        """The field of the code, or None where none is asked for."""
        return self["invitation"] if "invitation" in self.fields else None

    @property
    def about_fields(self) -> list[Any]:
        """The voluntary fields."""
        return [self[name] for name in ("city", "age_band", "gender") if name in self.fields]


class ReturnForm(forms.Form):
    """The code to come back by."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy("Ten letters and digits; capital or small, with or without hyphens."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class VoteForm(forms.Form):
    """A vote as it is sent: the number of the statement, and one of three words."""

    statement = forms.IntegerField(min_value=1)
    value = forms.ChoiceField(
        choices=[(name, name) for name in VALUES],
        error_messages={
            "invalid_choice": gettext_lazy("The vote is “%(value)s”; choose one of agree, disagree and pass."),
            "required": gettext_lazy("No vote came with this. Choose one of agree, disagree and pass."),
        },
    )
    important = forms.BooleanField(required=False)
    key = forms.CharField(max_length=64, required=False)

    def clean_value(self) -> int:
        """1, 0 or -1."""
        return VALUES[self.cleaned_data["value"]]


class WriteForm(forms.Form):
    """A statement in one's own words."""

    body = forms.CharField(
        label=gettext_lazy("Your statement"),
        help_text=gettext_lazy("One idea that others can agree or disagree with. Please name nobody."),
        widget=words_input(4),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of your words"))

    def __init__(self, dialogue: Dialogue, *args: Any, **kwargs: Any) -> None:
        """In the languages of the dialogue, the reader's first."""
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        if isinstance(body, forms.CharField):
            # No validator: what is too long is refused by the action, which says how long it is.
            body.max_length = dialogue.statement_length
            body.widget.attrs["maxlength"] = str(dialogue.statement_length)
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            choices = language_choices(*dialogue.languages)
            language.choices, self.codes = choices, [code for code, _name in choices]
            reader = get_language() or ""
            language.initial = reader if reader in self.codes else dialogue.question.language

    def looks_like(self) -> str:
        """The language that the words are surely in, where it is not the one that was chosen; else nothing.

        Asked once: after the author has said `confirmed`, their word stands.
        """
        chosen = self.cleaned_data["language"]
        if self.data.get("confirmed") == chosen:
            return ""
        found = identify(normalise(self.cleaned_data["body"]).text, self.codes, interface=get_language() or "")
        return found.language if found.is_sure and found.language and found.language != chosen else ""


class SubscribeForm(forms.Form):
    """Where somebody wants to be told of the answer."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        help_text=gettext_lazy("With the country's code, for example +855 12 345 678. For people without e-mail."),
        max_length=30,
        required=False,
        validators=[
            RegexValidator(
                r"^\+?[0-9][0-9 ()./-]{5,28}$",
                gettext_lazy("This is no phone number. Use digits and spaces, with + and the country's code first."),
            )
        ],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
