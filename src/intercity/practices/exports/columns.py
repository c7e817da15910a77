"""The tables of practices, column by column: for the schema beside the files, for the spreadsheet, and for imports.

Descriptions are English, as schemas for programs are; labels are what pages call a thing, in the reader's language.
"""

from __future__ import annotations

from typing import Final

from intercity.practices import vocabulary
from intercity.practices.exports.schema import DATE, LANGUAGE, SLUG, Column, Table
from intercity.practices.models import (
    LENGTH,
    LENGTHS,
    NEEDED,
    UNKNOWABLE,
    AdoptionStage,
    ChallengeState,
    Confidence,
    Cost,
    CostKind,
    Medium,
    Method,
    Partner,
    PartnerRole,
    PracticeField,
    PracticeStatus,
    Provenance,
    Result,
    Scale,
    Verification,
)
from intercity.practices.models.versions import label_of, verbose_name

EN: Final = {
    "components": "Its parts, one in each line.",
    "participation": "How people took part.",
    "equity": "Whom it reaches, and whom it does not.",
    "cost_note": "What the numbers of the cost leave out.",
    "staff": "People and skills it needs, in words.",
    "legal": "Law and permissions it needs.",
    "difficulties": "What was difficult. Needed before it can be published: every practice had difficulties.",
    "differently": "What one would do differently.",
    "enabling": "What helped.",
    "sustaining": "What keeps it going.",
    "transfer": "Where it would work, and where not.",
    "must_keep": "What another city must keep.",
    "may_change": "What another city may change.",
    "title": "What was done, in one line.",
    "summary": "Three or four sentences. Needed before it can be published.",
    "problem": "The problem, and how it was before. Needed before it can be published.",
    "solution": "What was done, and how it works. Needed before it can be published.",
}


def _words() -> tuple[Column, ...]:
    return tuple(
        Column(
            one.value,
            EN[one.value],
            most=LENGTHS.get(one, LENGTH),
            is_needed=one == PracticeField.TITLE,
            example=EXAMPLES.get(one.value, ""),
        )
        for one in (*NEEDED, *(one for one in PracticeField if one not in NEEDED))
    )


EXAMPLES: Final = {"title": "Market waste becomes compost for the city's trees"}

PLACE: Final = (
    Column(
        "city",
        "Slug of the member of the network that did it; empty where no member did.",
        pattern=SLUG,
        example="northport",
    ),
    Column("place", "Name of the place where no member is meant.", most=160),
    Column(
        "country", "Its country: ISO 3166-1, two letters; of a member its own holds.", pattern="[A-Z]{2}", example="KH"
    ),
    Column("geonames_id", "Its number at GeoNames.", type="integer"),
    Column(
        "language",
        "The language of the words, as BCP 47 has it; recognised where it is empty.",
        pattern=LANGUAGE,
        example="en",
    ),
)
FACTS: Final = (
    Column("started", "When it began: a year, a month or a day.", pattern=DATE, example="2021-05"),
    Column("ended", "When it ended, or will.", pattern=DATE),
    Column("status", "How it stands.", codes=lambda: PracticeStatus.values, example="running"),
    Column("status_confirmed_on", "The day on which somebody confirmed how it stands.", type="date"),
    Column("status_confirmed_by", "Who confirmed it: a city or an office, no person.", most=200),
    Column("scale", "How large a place it was done for.", codes=lambda: Scale.values, example="city"),
    Column("implementer", "The office or organisation that did it.", most=200, example="Waste office of Northport"),
    Column("posts", "Full-time posts that it needs.", type="number", example="2.5"),
    Column("decided_by", "Who can decide on such a thing.", most=200, example="City council"),
    Column("funding", "Who pays.", codes=lambda: vocabulary.FUNDING.values, is_list=True),
    Column(
        "concepts",
        "Concepts of the vocabulary of urban challenges that it answers.",
        codes=vocabulary.concepts,
        is_list=True,
    ),
    Column("targets", "Targets of the Sustainable Development Goals.", codes=lambda: vocabulary.TARGETS, is_list=True),
    Column("cofog", "Function of government: division of COFOG.", codes=lambda: vocabulary.COFOG.values),
    Column("focus_area", "Focus area of the ASEAN Smart Cities Network.", codes=lambda: vocabulary.FOCUS_AREAS.values),
    Column("groups", "Whom it is for.", codes=lambda: vocabulary.GROUPS.values, is_list=True),
    Column("unknown", "What is said to be not known, by its name here.", codes=lambda: UNKNOWABLE, is_list=True),
    Column("contact_role", "The office to ask; no person.", most=200),
    Column("contact_mailbox", "The mailbox of that office.", example="waste@northport.example"),
    Column("licence", "SPDX identifier of the licence of the words.", most=40, example="CC-BY-4.0"),
    Column("source", "Where more is written, or what it was written from.", most=500),
    Column("retrieved_on", "The day on which the source was read.", type="date"),
    Column("provenance", "How the record came to be.", codes=lambda: Provenance.values),
)
TOLD: Final = (
    Column("other_languages", "Headings in another language than `language`: field:code, with spaces between."),
    Column("evidence", "Level of evidence, 0 to 5, from the results.", type="integer", is_computed=True),
    Column("verification", "Who has looked at what is said.", codes=lambda: Verification.values, is_computed=True),
    Column("published_at", "When it was published first.", type="datetime", is_computed=True),
    Column("address", "Where it is read.", is_computed=True),
)

PRACTICES: Final = Table(
    "practices",
    "What cities did. A row is a practice, with what was written in the original language.",
    (
        Column(
            "slug",
            "Its address, by which the other tables name it. An import may give it another.",
            is_needed=True,
            pattern=SLUG,
            example="1",
        ),
        *PLACE,
        *_words(),
        *FACTS,
        *TOLD,
    ),
    key=("slug",),
)

OF_PRACTICE: Final = Column("practice", "Slug of the practice.", is_needed=True, pattern=SLUG)
ADOPTED_BY: Final = Column("adopted_by", "Slug of the adopting city where it is said of its adoption.", pattern=SLUG)
TO_PRACTICE: Final = {"practice": ("practices", "slug")}
CLAIM: Final = (
    Column(
        "claimed_by",
        "Who says so: an office or organisation.",
        is_needed=True,
        most=200,
        example="Waste office of Northport",
    ),
    Column(
        "source",
        "An address, or a document that can be asked for.",
        is_needed=True,
        most=500,
        example="https://example.org/report-2023.pdf",
    ),
    Column("claimed_on", "When it was said: a year, a month or a day.", is_needed=True, pattern=DATE, example="2023"),
)
COSTS: Final = Table(
    "costs",
    "Amounts that a practice or an adoption cost, each as somebody claims it. Claims may contradict each other.",
    (
        OF_PRACTICE,
        ADOPTED_BY,
        Column("kind", "Once, or every year.", is_needed=True, codes=lambda: CostKind.values, example="capital"),
        Column(
            "amount",
            "In whole units of the currency: 120000 or 0.50.",
            type="number",
            is_needed=True,
            example="120000",
        ),
        Column("currency", "ISO 4217, three letters.", is_needed=True, pattern="[A-Z]{3}", example="USD"),
        Column("year", "The year of the prices.", type="integer", example="2021"),
        Column("basis", "What is counted.", most=300, example="machines and land; no salaries"),
        Column("confidence", "How firm it is.", codes=lambda: Confidence.values, example="budget"),
        *CLAIM,
    ),
    joins=TO_PRACTICE,
)
RESULTS: Final = Table(
    "results",
    "What came of a practice or an adoption, each as somebody claims it. Claims may contradict each other.",
    (
        OF_PRACTICE,
        ADOPTED_BY,
        Column("indicator", "What was measured.", is_needed=True, most=200, example="Waste taken to the dump"),
        Column("unit", "In which unit.", most=60, example="tonnes a year"),
        Column("baseline", "What it was before.", most=60, example="900"),
        Column("value", "What it was found to be.", is_needed=True, most=60, example="640"),
        Column("measured_on", "When it was measured.", pattern=DATE, example="2022"),
        Column("method", "How it was found.", codes=lambda: Method.values, example="before_after"),
        *CLAIM,
    ),
    joins=TO_PRACTICE,
)
PARTNERS: Final = Table(
    "partners",
    "Who did it together with the implementer.",
    (
        OF_PRACTICE,
        Column("name", "An organisation.", is_needed=True, most=200, example="University of Northport"),
        Column("role", "Its part.", is_needed=True, codes=lambda: PartnerRole.values, example="technical"),
    ),
    joins=TO_PRACTICE,
)
MEDIA: Final = Table(
    "media",
    "Pictures, films and documents that stand elsewhere.",
    (
        OF_PRACTICE,
        Column(
            "address",
            "Its address.",
            is_needed=True,
            most=500,
            pattern="https?://.+",
            example="https://example.org/map.png",
        ),
        Column("shows", "What it shows, for those who cannot see it.", is_needed=True, most=300),
        Column("licence", "Under which licence.", is_needed=True, most=60, example="CC BY 4.0"),
        Column("kilobytes", "Its size.", type="integer"),
    ),
    joins=TO_PRACTICE,
)
ADOPTIONS: Final = Table(
    "adoptions",
    "Who took a practice over from whom, and whether the adopting city confirms it.",
    (
        OF_PRACTICE,
        Column("to_city", "Slug of the adopting city.", is_needed=True, pattern=SLUG),
        Column("from_city", "Slug of the city that it was taken from; empty where that is no member.", pattern=SLUG),
        Column("stage", "How far it has come.", is_needed=True, codes=lambda: AdoptionStage.values),
        Column("began_on", "Since when.", type="date"),
        Column(
            "confirmed_on", "The day on which the adopting city confirmed it; empty where it has not.", type="date"
        ),
        Column("why_language", "The language of the reason.", pattern=LANGUAGE),
        Column("why", "Why it is taken over.", most=1000),
        Column("kept", "Parts that were kept, one in each line, each with its reason after a dash."),
        Column("changed", "Parts that were changed."),
        Column("dropped", "Parts that were dropped."),
        Column("source", "Where it is written.", most=500),
        Column("is_simulated", "True where a demonstration made it up.", type="boolean"),
    ),
    key=("practice", "to_city"),
    joins=TO_PRACTICE,
)
CHALLENGES: Final = Table(
    "challenges",
    "Problems that cities seek answers to.",
    (
        Column("slug", "Its address.", is_needed=True, pattern=SLUG),
        Column("city", "Slug of the city.", is_needed=True, pattern=SLUG),
        Column("language", "The language of the title.", is_needed=True, pattern=LANGUAGE),
        Column("title", "The problem in one line.", is_needed=True),
        Column("description_language", "The language of the description.", pattern=LANGUAGE),
        Column("description", "The problem in own words."),
        Column("concepts", "Concepts of the vocabulary of urban challenges.", codes=vocabulary.concepts, is_list=True),
        Column("state", "Whether an answer is still sought.", codes=lambda: ChallengeState.values),
        Column("source", "Where it is written.", most=300),
        Column("written_on", "The day on which it was written.", type="date"),
        Column("is_simulated", "True where a demonstration made it up.", type="boolean"),
    ),
    key=("slug",),
)
TRANSLATIONS: Final = Table(
    "translations",
    "What stands in practices and challenges in other languages, and who or what translated it.",
    (
        Column("record", "practice or challenge.", is_needed=True, codes=lambda: ("practice", "challenge")),
        Column("slug", "Its address.", is_needed=True, pattern=SLUG),
        Column("field", "The column whose words these are.", is_needed=True),
        Column("language", "The language of the translation.", is_needed=True, pattern=LANGUAGE),
        Column("state", "By a machine (and unchecked), written, checked or corrected by people.", is_needed=True),
        Column("engine", "The machine; empty where a person translated."),
        Column("text", "The words.", is_needed=True),
    ),
    key=("record", "slug", "field", "language"),
)

TABLES: Final = (PRACTICES, COSTS, RESULTS, PARTNERS, MEDIA, ADOPTIONS, CHALLENGES, TRANSLATIONS)
READ: Final = (PRACTICES, COSTS, RESULTS, PARTNERS, MEDIA)
"""Those that an import takes in. What other cities say of themselves is not for one file to say."""

MODELS: Final = {"costs": Cost, "results": Result, "partners": Partner, "media": Medium}
OWN_NAMES: Final = {"posts": "staff"}
"""Columns that are called otherwise in the record, where words have the name."""


def label(table: Table, column: Column) -> str:
    """What people call a column, in the reader's language."""
    if table.name in MODELS:
        return verbose_name(MODELS[table.name], column.name)
    if column.name in PracticeField.values:
        return str(PracticeField(column.name).label)
    return label_of(OWN_NAMES.get(column.name, column.name))
