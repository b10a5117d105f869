"""Measures of how a practice spreads, and of lessons that are put to use. In: nothing. Out: fields of Query and their types."""

from schema.domain.measures.learning.types import (
    AS_OF,
    BASED_ON,
    LAG,
    LEFT_OUT_FIELD,
    LIBRARIES,
    SYNTHETIC,
)
from schema.language.computed import ObjectField, ObjectType
from schema.language.measures import Asked, Explained, Question

ROGERS = "E. Rogers, Diffusion of Innovations, 5th edition, 2003"
VALENTE = "T. Valente, Network Models of the Diffusion of Innovations, 1995"
BY_YEAR = "It counts until the end of the year of `asOf`, or of this year."

YEAR = ObjectType(
    "YearOfUse",
    "Cities that use a practice at the end of a year.",
    (
        ObjectField("year", "int", "The year."),
        ObjectField("new", "int", "Cities that surely began in this year."),
        ObjectField("stopped", "int", "Cities whose last use surely ended in this year."),
        ObjectField("everFewest", "int", "Cities that have surely begun."),
        ObjectField("everMost", "int", "Cities that may have begun."),
        ObjectField("inUseFewest", "int", "Cities that surely use it."),
        ObjectField("inUseMost", "int", "Cities that may use it."),
    ),
)
LINK = ObjectType(
    "DiffusionLink",
    "From where a city has a practice, as a source states it.",
    (
        ObjectField("source", "MeasuredFact", "The place that it is from."),
        ObjectField("adopter", "MeasuredFact", "The city that uses it."),
        ObjectField("adoption", "MeasuredFact", "The use."),
        ObjectField(
            "by",
            "str",
            "`LESSON` if the use drew on a lesson from there, `VISIT` if a source says that a visit led to it.",
        ),
        ObjectField("through", "MeasuredFact", "The lesson or the visit."),
        *LAG,
        ObjectField("carriers", "list[MeasuredFact]", "People and organizations that carried the lesson."),
        ObjectField("secondHand", "bool", "Whether the source had it from somebody else."),
        ObjectField("steps", "int", "Links from a place that had it from nobody, at the fewest.", nullable=True),
    ),
)
LIKELY = ObjectType(
    "LikelyLink",
    "From where a city may have a practice. No source says so: it is guessed by a rule.",
    (
        ObjectField("source", "MeasuredFact", "The place that it may be from."),
        ObjectField("adopter", "MeasuredFact", "The city that uses it."),
        ObjectField("evidence", "list[MeasuredFact]", "Visits between the two."),
        ObjectField("toSource", "list[MeasuredFact]", "Those that the adopter made."),
        ObjectField("about", "list[MeasuredFact]", "Those about the practice."),
        ObjectField("candidates", "int", "Places that fit: with many, each is less likely."),
        ObjectField("method", "str", "The rule."),
        ObjectField("confidence", "str", "Always `INFERRED`."),
    ),
)
EXPOSURE = ObjectType(
    "CityExposure",
    "How many of the cities that a city had to do with used a practice before it.",
    (
        ObjectField("city", "MeasuredFact", "The city."),
        ObjectField("year", "int", "The year in which it began, or else the year of the question."),
        ObjectField("adopted", "bool", "Whether it began in that year."),
        ObjectField("partners", "int", "Cities that it visited, or that visited it, by then."),
        ObjectField("adopters", "int", "Partners that surely used it in an earlier year."),
        ObjectField("maybe", "int", "Further partners that may have used it."),
        ObjectField("share", "float", "adopters / partners.", nullable=True),
    ),
)
DIFFUSION_TYPE = ObjectType(
    "Diffusion",
    "How a practice spread. Its numbers are based on uses of the practice.",
    (
        ObjectField("practice", "MeasuredFact", "The practice."),
        ObjectField("year", "int", "The year at whose end it is seen."),
        ObjectField("cities", "int", "Cities that used it, of uses with a date."),
        ObjectField("curve", "list[YearOfUse]", "Cities by year."),
        ObjectField("curveLeftOut", "list[LeftOut]", "Uses that the curve does not count."),
        ObjectField("stopped", "list[MeasuredFact]", "Cities all of whose uses have ended."),
        ObjectField("links", "list[DiffusionLink]", "Stated sources, by the ids of source and adopter."),
        ObjectField("direct", "int", "Links from a place that had it from nobody."),
        ObjectField("secondHand", "int", "Other links."),
        ObjectField("unknown", "list[MeasuredFact]", "Cities whose uses name no lesson, visit or programme."),
        ObjectField("likely", "list[LikelyLink]", "Likely sources of these cities, the likelier first."),
        ObjectField("exposures", "list[CityExposure]", "Exposure of cities that use it, or had visits, by id."),
        ObjectField("exposuresLeftOut", "list[LeftOut]", "Cities whose exposure cannot be told."),
        ObjectField("undatedContacts", "int", "Journeys whose year is not known, which expose nobody."),
        BASED_ON,
        LEFT_OUT_FIELD,
        LIBRARIES,
    ),
)
LAGGED = ObjectType(
    "UseLag",
    "The years from the first lesson that a use drew on to the use.",
    (ObjectField("adoption", "MeasuredFact", "The use."), ObjectField("city", "MeasuredFact", "The city."), *LAG),
)
CONVERSION_TYPE = ObjectType(
    "LessonConversion",
    "How many lessons were put to use, and with what result. Its numbers are based on lessons.",
    (
        ObjectField("year", "int", "The year at whose end it is seen."),
        ObjectField("lessons", "int", "Lessons learned by then."),
        ObjectField("proposed", "int", "Lessons with a use that is only proposed."),
        ObjectField("used", "int", "Lessons that a use drew on."),
        ObjectField("withResult", "int", "Lessons whose use had a result."),
        ObjectField("shareUsed", "float", "used / lessons.", nullable=True),
        ObjectField("shareWithResult", "float", "withResult / lessons.", nullable=True),
        ObjectField("horizon", "int", "Years after which a lesson is old enough to tell."),
        ObjectField("tooYoung", "int", "Lessons without a use that are not old enough."),
        ObjectField("undated", "int", "Lessons without a use whose year is not known."),
        ObjectField("old", "int", "Lessons that are old enough."),
        ObjectField("shareOfOld", "float", "Share of these used within the horizon.", nullable=True),
        ObjectField("lags", "int", "Uses whose years since the lesson are known."),
        ObjectField("medianLag", "float", "Their median, in years.", nullable=True),
        ObjectField("uses", "list[UseLag]", "The years of each use that has some, by id."),
        ObjectField(
            "medianWaiting",
            "int",
            "Year at whose end half of the lessons are used; null if that is not seen.",
            nullable=True,
        ),
        ObjectField(
            "notUsed", "list[float]", "Estimated share of lessons without a use after 0, 1, 2 years and so on."
        ),
        ObjectField("notUsedLeftOut", "list[LeftOut]", "Lessons that this estimate leaves out."),
        BASED_ON,
        LEFT_OUT_FIELD,
        LIBRARIES,
    ),
)
DIFFUSION = Question(
    name="diffusion",
    returns=DIFFUSION_TYPE,
    says=f"How a practice spread among cities; null if you see no such practice. {BY_YEAR}",
    asked=(Asked("practice", "ID", "Id of the practice.", required=True), AS_OF, SYNTHETIC),
    explained=(
        Explained(
            "curve",
            "How many cities use the practice, year by year. A curve of cities in use can fall.",
            "Each city counts once. Fewest and most: by the last and by the first day that a date may mean.",
            f"{ROGERS}, chapter 5",
            "Uses without a date and proposals are left out, and counted.",
        ),
        Explained(
            "links",
            "From whom each city has the practice, as sources state it, and after how many years.",
            "A lesson from a place that a use drew on, or a visit that led to it. Second-hand: the source has a link too.",
            ROGERS,
            "A link is not stated for most uses: `unknown` counts them. Few links do not mean that few learned.",
        ),
        Explained(
            "likely",
            "A place from which a city may have the practice although no source says so.",
            "A partner by visits before the first use, who surely used the practice in an earlier year.",
            "Own rule, which `method` states",
            "A guess. It is never counted among the links that a source states.",
        ),
        Explained(
            "exposures",
            "How many partners used the practice before the city did.",
            "share = partners that used it in an earlier year / partners by visits.",
            VALENTE,
            "Partners are those of recorded visits alone.",
        ),
    ),
)
CONVERSION = Question(
    name="lessonConversion",
    returns=CONVERSION_TYPE,
    says=f"How many lessons were put to use, with what result, and after how long. {BY_YEAR}",
    asked=(
        AS_OF,
        Asked("horizon", "int", "Years after which a lesson can tell, 0 to 100; 5 if absent.", 5, most=100),
        SYNTHETIC,
    ),
    explained=(
        Explained(
            "used, withResult",
            "Lessons, those that a city used, and those whose use had a result.",
            "Counts; shareUsed = used / lessons, shareOfOld = used within the horizon / lessons that are old enough.",
            "Own measure",
            "Young lessons may still be used. Compare `shareOfOld`, which leaves them out.",
        ),
        Explained(
            "uses",
            "Calendar years from the first lesson that a use drew on to the use; or as a text states them.",
            "Year of the use less year of the lesson, as the fewest and the most that dates allow.",
            "Own measure",
            "The median is short where long lags are still open: see `medianWaiting`.",
        ),
        Explained(
            "notUsed, medianWaiting",
            "How long lessons wait for their first use, if those that still wait count too.",
            "Product over years of (1 - used in the year / still waiting).",
            "E. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, 1958",
            "It takes for granted that a lesson nobody recorded a use of was not used.",
        ),
    ),
)
TYPES = (YEAR, LINK, LIKELY, EXPOSURE, DIFFUSION_TYPE, LAGGED, CONVERSION_TYPE)
