"""Words of Django, allauth and `core` that our pages show: listed so that our catalogues have them, too.

Django and allauth have not all of our languages, and `core` knows no gettext. Nothing here is called: `make words`
finds the messages, and a catalogue of ours stands above those of others. The words are the same, letter for letter
(tests/contracts/test_translations.py); tests/journeys/test_labels.py finds what is missing on the pages it looks at.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop


def ngettext(one: str, several: str) -> tuple[str, str]:
    """Mark a message that has a plural; by this name the messages are found."""
    return one, several


FORMS = [
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid value."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid date/time."),
    gettext_noop("Enter a valid URL."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a list of values."),
    gettext_noop("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("No file was submitted."),
    gettext_noop("No file was submitted. Check the encoding type on the form."),
    gettext_noop("The submitted file is empty."),
    gettext_noop("Null characters are not allowed."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_noop("%(model_name)s with this %(field_label)s already exists."),
    gettext_noop("Yes"),
    gettext_noop("No"),
]
LENGTHS = [
    ngettext(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
    ),
    ngettext(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    ngettext(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    ngettext(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
]
PASSWORDS = [
    gettext_noop("The password is too similar to the %(verbose_name)s."),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("This password is too common."),
    gettext_noop("Your password can’t be a commonly used password."),
]
SIGNING_IN = [
    gettext_noop("Email"),
    gettext_noop("Email address"),
    gettext_noop("Password"),
    gettext_noop("Password (again)"),
    gettext_noop("Current Password"),
    gettext_noop("New Password"),
    gettext_noop("New Password (again)"),
    gettext_noop("Forgot your password?"),
    gettext_noop("Remember Me"),
    gettext_noop("Code"),
    gettext_noop("Authenticator code"),
    gettext_noop("Passwordless"),
    gettext_noop("Incorrect code."),
    gettext_noop("Incorrect password."),
    gettext_noop("Invalid login."),
    gettext_noop("Invalid or expired key."),
    gettext_noop("This account is currently inactive."),
    gettext_noop("The email address is not assigned to any user account."),
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("The new value must be different from the current one."),
    gettext_noop("You must type the same password each time."),
    gettext_noop("Please type your current password."),
    gettext_noop("Too many failed login attempts. Try again later."),
    gettext_noop("Be patient, you are sending too many requests."),
    gettext_noop("Use your password"),
    gettext_noop("Use authenticator app or code"),
    gettext_noop("Use a security key"),
]
WHAT_CANNOT_BE_SAID = [
    gettext_noop("Nobody has voted yet, so nothing can be said."),
    gettext_noop("There are votes on one statement only, so opinions cannot be compared."),
    gettext_noop("Nobody has voted on more than one statement, so opinions cannot be compared."),
    gettext_noop("All votes are the same, so there are no differences to be found."),
    gettext_noop("Nobody has voted on enough statements to be put into a group."),
    gettext_noop("No stable groups: drawn anew, the groups would be other ones."),
    gettext_noop("No city has enough votes on any statement to be counted on its own."),
    gettext_noop("For some votes it was not logged that the statement was shown; they are not corrected."),
]
ENGINES = [
    # Translators: who made a translation; stands in brackets behind "Machine translation from …"
    gettext_noop("draft by a language model"),
]
