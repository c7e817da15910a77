"""Who acts in the tests: Ana may (secretariat), Bao may a little (moderator and officer of one city), Cem may not."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from intercity.accounts.models import Membership, Person, Role
from intercity.cities.models import City, Network
from intercity.dialogues import actions
from intercity.dialogues.models import Dialogue, Participant


def person(name: str, *roles: Role, city: City | None = None) -> Person:
    """Somebody with roles, and an address made of the name."""
    found = Person.objects.create_user(f"{name.lower()}@example.org", f"long enough, {name}", name=name)
    for role in roles:
        Membership.objects.create(person=found, role=role, city=city)
    return found


def found_network() -> Network:
    """A network of its own, nowhere in particular."""
    return Network.objects.create(pk=1, name="Rivers and Roads", languages=["en", "km"])


def member(name: str, **fields: object) -> City:
    """A city that is a member."""
    return City.objects.create(slug=name.lower(), name=name, **{"country": "KH", **fields})


def open_dialogue(ana: Person, city: City, *, slug: str = "water", statements: int = 12, **fields: object) -> Dialogue:
    """A dialogue that is open, with statements to begin with; `city` answers."""
    dialogue = actions.prepare_dialogue(
        ana, slug=slug, question="How do we keep water clean?", background="Rivers cross borders.", language="en"
    )
    actions.edit_dialogue(
        ana,
        dialogue,
        cities=list(City.objects.all()),
        **{
            "responder_role": "Water office",
            "responder_city": city,
            "answer_due": timezone.localdate() + timedelta(days=30),
            **fields,
        },
    )
    for number in range(statements):
        actions.add_statement(ana, dialogue, body=f"Idea number {number + 1} is good.", language="en")
    actions.open_dialogue(ana, dialogue)
    return dialogue


def vote_all(dialogue: Dialogue, people: int, *, city: City | None = None) -> list[Participant]:
    """People who join and vote on everything, in two camps: odd statements divide them, even ones unite them."""
    found = []
    for number in range(people):
        participant, _code = actions.join(dialogue, city=city)
        for statement in dialogue.statements.shown():
            value = 1 if statement.number % 2 == 0 or number % 2 == 0 else -1
            actions.cast_vote(participant, statement, value)
        found.append(participant)
    return found
