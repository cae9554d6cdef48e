"""School subjects: which heading is mathematics, and which is another subject whose marks say nothing of it."""

from __future__ import annotations

import re

_MATHS = re.compile(
    r"(?:further |core |pure |applied |basic |general |add(?:itional)? )?(?:maths?|mathematics|mathe|"
    r"mathematik|math[ée]matiques|matem[áa]ticas?|matematica|matematik|"
    r"matematyka|wiskunde|rekenen|numeracy|arithmetic|maths? [ab]|maths? lit(?:eracy)?)(?: (?:marks?|"
    r"scores?|total|result|points?|exam|test|grade))?",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:(?:english|eng|french|german|spanish|latin|greek|mandarin|chinese|japanese|italian|arabic|urdu|"
    r"hindi|tamil|telugu|kannada|malayalam|"
    r"marathi|gujarati|bengali|punjabi|sanskrit|sinhala|nepali|kiswahili|swahili|yoruba|igbo|hausa|welsh|"
    r"irish|gaelic|malay|bahasa|filipino|dutch|"
    r"deutsch|englisch|französisch|latein|français|anglais|espagnol|allemand|español|inglés|lengua|"
    r"italiano|inglese|polski|angielski|nederlands|engels|"
    r"svenska|engelska|português|inglês)(?: (?:language|literature|lang|lit|lit\.?|1st|2nd))?|"
    r"science|sciences|combined science|general science|basic science|physics|phy|phys|physik|physique|"
    r"física|fisica|natuurkunde|chemistry|chem|che|chemie|chimie|química|"
    r"biology|bio|biologie|biología|biologia|geology|"
    r"history|hist|geschichte|histoire|historia|storia|geography|geog|geo|erdkunde|géographie|geografía|"
    r"geografia|social studies|social science|civics|"
    r"politics|economics|eco|business|business studies|commerce|accounts?|accounting|accountancy|law|"
    r"sociology|psychology|philosophy|philosophie|"
    r"religious (?:studies|education)|re|rs|religion|ethik|islamic studies|islamiyat|crs|crk|irk|bible knowledge|"
    r"computing|computer(?: science| studies| applications?)?|cs|ict|it|informatik|informatics|informática|coding|"
    r"art|arts|art (?:and|&) design|kunst|music|musik|musique|música|drama|dance|media(?: studies)?|photography|"
    r"pe|p e|physical education|phe|sport|sports|gym|games|eps|"
    r"dt|d&t|design(?: technology| (?:and|&) technology)?|technology|food(?: tech(?:nology)?| science)?|"
    r"textiles|home economics|agric(?:ultur(?:e|al science))?|"
    r"pshe|citizenship|health(?: and social care| education)?|reading|writing|spelling|grammar|"
    r"handwriting|spag|literacy|ela|language arts|"
    r"evs|environmental studies|gk|general knowledge|moral(?: science| education)?|home science|verbal reasoning)"
    r"(?: (?:marks?|scores?|total|result|points?|grade|exam|test))?",
    re.IGNORECASE,
)


def is_maths(heading: str) -> bool:
    """Whether a heading is the name of mathematics as a subject, and no more.

    Example:
        >>> is_maths("Math"), is_maths("Mathematics marks"), is_maths("Maths test 2"), is_maths("Physics")
        (True, True, False, False)
    """
    return _MATHS.fullmatch(" ".join(heading.split())) is not None


def is_other_subject(heading: str) -> bool:
    """Whether a heading is the name of a subject other than mathematics.

    Example:
        >>> is_other_subject("Tamil"), is_other_subject("English Literature"), is_other_subject("Statistics")
        (True, True, False)
    """
    return _OTHERS.fullmatch(" ".join(heading.split())) is not None
