"""Forms in the frame: label, hint and errors belong to their field, and nothing that was typed is lost."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.test import SimpleTestCase


class Statement(forms.Form):
    """A form with one field of each kind."""

    words = forms.CharField(label="Statement", widget=forms.Textarea, max_length=20, help_text="One <idea>.")
    city = forms.ChoiceField(label="City", choices=[("a", "A-town")], required=False)
    age = forms.ChoiceField(label="Age", choices=[("1", "16–29"), ("2", "30–59")], widget=forms.RadioSelect)
    rules = forms.BooleanField(label="I read the rules", help_text="They are short.")
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse one word, for the whole form."""
        if "twice" in self.data.get("words", ""):
            raise forms.ValidationError("This was said already.")
        return dict(self.cleaned_data)


class TestForms(SimpleTestCase):
    """One form as it is first shown and as it comes back."""

    long: ClassVar[str] = "<b>far too long to be a statement"

    def test_every_field_has_a_label(self) -> None:
        """Radio buttons have a legend; a checkbox stands in its label."""
        page = str(Statement())
        self.assertInHTML('<label for="id_words">Statement</label>', page)
        assert '<fieldset class="field choices">' in page
        self.assertInHTML("<legend>Age</legend>", page)
        assert '<label class="check"><input type="checkbox"' in page
        assert page.count('name="key"') == 1

    def test_what_may_stay_empty_says_so(self) -> None:
        """Only the city is optional."""
        assert str(Statement()).count("(optional)") == 1

    def test_the_hint_is_tied_and_escaped(self) -> None:
        """The hint's address is in aria-describedby."""
        page = str(Statement())
        assert '<p class="hint" id="id_words_helptext">One &lt;idea&gt;.</p>' in page
        assert 'aria-describedby="id_words_helptext"' in page
        assert page.count('id="id_rules_helptext"') == 1

    def test_a_clean_form_shows_no_errors(self) -> None:
        """Neither a summary nor marks."""
        page = str(Statement())
        assert 'class="errors"' not in page
        assert "aria-invalid" not in page

    def test_errors_are_tied_listed_and_lose_nothing(self) -> None:
        """What was typed comes back, escaped, with the error before the field and in the summary."""
        page = str(Statement({"words": self.long, "age": "2"}))
        assert "&lt;b&gt;far too long to be a statement</textarea>" in page
        self.assertInHTML('<input type="radio" name="age" value="2" required id="id_age_1" checked>', page)
        assert '<div class="errors" role="alert" tabindex="-1">' in page
        assert '<a href="#id_words">Statement: ' in page
        assert '<a href="#id_rules">I read the rules: ' in page
        assert 'id="id_words_error"' in page
        assert 'aria-describedby="id_words_helptext id_words_error"' in page
        assert 'aria-invalid="true"' in page

    def test_errors_of_radio_buttons_lead_to_one(self) -> None:
        """The link in the summary has a target: what holds the buttons."""
        page = str(Statement({"words": "short", "rules": "on"}))
        assert '<a href="#id_age">' in page
        assert '<div id="id_age">' in page

    def test_an_error_of_the_whole_form_is_in_the_summary(self) -> None:
        """It belongs to no field."""
        self.assertInHTML(
            "<li>This was said already.</li>", str(Statement({"words": "twice", "age": "1", "rules": "on"}))
        )
