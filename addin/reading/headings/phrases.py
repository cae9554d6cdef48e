"""Headings made of several words: "FFT target", "Attendance to date", "NAME OF STUDENT", and their like in other languages.

`roles` holds the words that are looked up as they stand. Here a heading is taken apart: a word that carries the meaning with words
that qualify it around it, and nothing else, so that "Target date" and "Homework diary" stay what they are.
"""

from __future__ import annotations

import re

from addin.reading.headings.roles import Role

_OF_WHAT = (
    r"(?:maths?|mathematics|gcse|ks[34]|igcse|student'?s?|pupil'?s?|current|overall|year|y\d+|yr ?\d+|my|"
    r"the|end of (?:year(?: \d+)?|y ?\d+|ks ?[345]|key stage [345])|eoy|eot)"
)
_TARGET = (
    r"(?:fft|fft ?(?:5|20|50)|fft ?d|minimum|min|aspirational|expected|school|personal|challenge|stretch|upper|"
    r"lower|alps|predicted)"
)
_GRADE = r"(?:grades?|gcse|level|score|gr|\d\d?|points?|band)"


def _phrase(core: str, before: str, behind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{before}) )*(?:{core})(?: (?:{behind}))*")


_PHRASES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.NAME,
        re.compile(
            r"(?:(?:full )?names? of (?:the )?(?:students?|pupils?|candidates?|learners?|child(?:ren)?)|"
            r"(?:students?|pupils?|candidates?|learners?|child(?:ren)?|boys?|girls?)(?: ?s)? (?:full )?names?|"
            r"(?:learners?|candidates?|scholars?|children)|surname forename|surname and forename|"
            r"last name first name|"
            r"forename surname|first name last name|surname first name|(?:full|display|complete) name|"
            r"nom(?: et)? prénom|nom de l élève|nom complet|nombre completo|nombre del alumno|alumno|alumna|"
            r"alumnos|apellidos y nombres?|"
            r"nombre y apellidos?|schüler(?:in)?|schülername|name des schülers|élèves?|nome e cognome|"
            r"cognome e nome|alunno|aluno|"
            r"nome do aluno|nome completo|leerling|naam|elev|namn|uczeń|imię i nazwisko|nazwisko i imię|oppilas|"
            r"nimi|elevens navn|navn)"
        ),
    ),
    (
        Role.SURNAME,
        re.compile(
            r"nachname|familienname|zuname|noms?|nom de famille|apellidos?|cognome|sobrenome|achternaam|efternamn|"
            r"etternavn|efternavn|"
            r"nazwisko|sukunimi|příjmení|last names?|surnames?|family names?|sname|lname"
        ),
    ),
    (
        Role.FORENAME,
        re.compile(
            r"vorname|rufname|prénoms?|nomes?|nombres?(?: de pila)?|voornaam|förnamn|fornavn|imię|etunimi|jméno|"
            r"forenames?|first names?|"
            r"given names?|fname"
        ),
    ),
    (
        Role.STUDENT_ID,
        re.compile(
            r"(?:reg(?:istration)?|roll|admission|adm|student|pupil|learner|candidate|cand|enrol?ment|exam|index|"
            r"matric(?:ulation)?|"
            r"matrikel|school|stud|person|school mis)[ .]?(?:no|nr|num|number|numbers|id|ids|code)|regno|rollno|"
            r"gr|gr no|g r|sis (?:user|login) id|"
            r"sis id|student|usn|urn|nis|"
            r"schülernummer|matrikelnummer|numéro(?: d élève)?|n° élève|matricola|leerlingnummer|person number|"
            r"login id|"
            r"id (?:no|number|nr)|school id|unique id|user id|ident(?:ifier|ifikation)?"
        ),
    ),
    (Role.UPN, re.compile(r"upn(?: number| no)?|unique pupil (?:no|id|reference)")),
    (
        Role.FORM,
        re.compile(
            r"(?:form|tutor|registration|reg|home ?room|advisory)(?: ?(?:class|group|set|tutor|teacher|code))*|"
            r"klasse|classe|clase|klas"
        ),
    ),
    (
        Role.SET,
        re.compile(
            r"(?:maths?|teaching|class|course|block|current)? ?(?:set|class|section|teaching group|group|"
            r"sets)(?: ?(?:code|name|no|number))?"
        ),
    ),
    (
        Role.TIER,
        _phrase("tier|entry tier|paper tier", rf"{_OF_WHAT}|entered|exam", r"of entry|entry|f h|h f|hf|fh|level"),
    ),
    (
        Role.TARGET,
        _phrase(
            "target|targets|tgt|mtg|meg|goal|target set", rf"{_OF_WHAT}|{_TARGET}", rf"{_GRADE}|maths?|y\d+|ks[34]|fft"
        ),
    ),
    (
        Role.TARGET,
        re.compile(
            r"fft ?(?:d|5|20|50)?(?: (?:estimate|benchmark|target|grade|aspire|high|maths?))*|zielnote|objectif|"
            r"objetivo|doelcijfer"
        ),
    ),
    (
        Role.WORKING_AT,
        _phrase(
            r"working (?:at|towards?|level)|wag|predicted|prediction|predictions|forecast|projected|projection|"
            r"working|current|"
            r"teacher assess(?:ed|ment)|teacher prediction|most likely|likely|estimated|"
            r"current attainment|pred",
            rf"{_OF_WHAT}|teacher|tutor|professional|latest|autumn|spring|summer",
            rf"{_GRADE}|maths?|attainment|end of (?:ks[34]|year)|outcome|result",
        ),
    ),
    (
        Role.KS2,
        re.compile(
            r"(?:prior )?(?:ks ?2|key stage 2|sats|year 6 sats|y6 sats)(?: (?:maths?|ma|mat|mathematics|scaled|"
            r"scale|standardised|ss|"
            r"score|scores|sats?|result|results|test|average|avg|prior|attainment))*|maths? (?:ks ?2|"
            r"sats)(?: (?:ss|score|scaled score))?"
        ),
    ),
    (
        Role.BASELINE,
        re.compile(
            r"(?:gl )?(?:cats?(?: ?4)?|mid ?yis|yellis|alis|nfer|cem|gl|ptm|ptm \d+|pte|baseline sas|"
            r"sas)(?: (?:mean|average|avg|score|scores|sas|overall|"
            r"total|maths?|quant|quantitative|quantitative reasoning|q|verbal|non verbal|nvr|vr|spatial|"
            r"standard(?:ised)?(?: age)? scores?|"
            r"baseline|test|result|battery|4))*|mean (?:cat|cats|cat4|sas)(?: score)?"
        ),
    ),
    (
        Role.ATTENDANCE,
        re.compile(
            r"(?:(?:overall|lesson|lessons|class|maths?|total|year|ytd|percentage|per cent|percent|pct|current|latest|"
            r"school|term|annual|avg|average|"
            r"sessions?|days) )*(?:attendance|attendances|attend|attended|att|attnd|present|presence|anwesenheit|"
            r"présence|presence|asistencia|presenze|presença|"
            r"aanwezigheid|närvaro|frekwencja)(?: (?:to date|so far|ytd|this year|year to date|rate|percentage|"
            r"per cent|percent|pct|overall|sessions?|"
            r"count|days|lessons|in percent|in|marks?|total|year|term|autumn|spring|summer|mathe?s?|\d+))*|"
            r"(?:sessions|days|lessons|classes) (?:attended|present)"
        ),
    ),
    (
        Role.HOMEWORK,
        re.compile(
            r"(?:(?:overall|total|average|avg|maths?|percentage|per cent|completed|weekly|latest) )*(?:homeworks?|"
            r"home ?learning|hws?|h w|hwks?|prep|hausaufgaben?|hausübung|"
            r"devoirs maison|dm|deberes|tareas?|compiti(?: a casa)?|lição de casa|tpc|huiswerk|läxor|läxa|"
            r"praca domowa)(?: (?:completed|completion|"
            r"done|handed in|submitted|average|avg|total|rate|marks?|scores?|per cent|percentage|overall|to date|"
            r"so far|task|tasks|\d+))*"
        ),
    ),
    (
        Role.EFFORT,
        re.compile(
            r"(?:(?:overall|average|avg|maths?|class|lesson|current|latest) )*(?:effort|atl|attitude to learning|"
            r"attitude|engagement|approach to learning|"
            r"attitude learning|learning attitude|work ethic|b4l|mitarbeit|effort and engagement)(?: (?:grade|"
            r"score|level|mark|to date|so far|average|"
            r"rating|autumn|spring|summer|\d+))*"
        ),
    ),
    (
        Role.OUTCOME,
        re.compile(
            r"(?:final|actual|achieved|awarded|confirmed|official) (?:gcse |maths? |a level |exam )?(?:grade|"
            r"result|outcome)(?: achieved)?|gcse (?:outcome|achieved)|endnote|abschlussnote|note finale"
        ),
    ),
    (
        Role.AUDIT,
        re.compile(
            r"geschlecht|sexe|sexo|sesso|geslacht|kön|płeć|m f|boy girl|gender m f|pp ?(?:y n)?|sen(?:d)? ?(?:k e|"
            r"status|code)?|eal (?:y n)?"
        ),
    ),
    (
        Role.SUBJECT,
        re.compile(r"subject|subject name|fach|matière|asignatura|materia|vak|ämne|przedmiot|disciplina|course|module"),
    ),
)

_CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def split_camel(heading: str) -> str:
    """A heading whose words run together, with spaces between them.

    Example:
        >>> split_camel("StudentName"), split_camel("Student_ID"), split_camel("McDONALD QUIZ")
        ('Student Name', 'Student_ID', 'McDONALD QUIZ')
    """
    return heading if " " in heading else _CAMEL.sub(" ", heading)


def phrase_role(plain_heading: str) -> Role | None:
    """The role that a heading in small letters without signs says in several words, None where it says none.

    Example:
        >>> phrase_role("fft target"), phrase_role("attendance to date"), phrase_role("target date"), phrase_role("name of student")
        (<Role.TARGET: 'target grade'>, <Role.ATTENDANCE: 'attendance'>, None, <Role.NAME: 'name'>)
    """
    return next((role for role, words in _PHRASES if words.fullmatch(plain_heading)), None) if plain_heading else None
