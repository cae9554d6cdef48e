"""Text with mathematics between dollar signs -> MathML for browsers, and equations of its own for Word."""

from __future__ import annotations

import re
from functools import lru_cache
from html.entities import name2codepoint

from latex2mathml.converter import convert
from lxml import etree
from markupsafe import Markup

_MATHS = re.compile(r"\$([^$]+)\$")
_OMML = "http://schemas.openxmlformats.org/officeDocument/2006/math"


@lru_cache(maxsize=4096)
def mathml(latex: str) -> str:
    """MathML of a formula, its fractions as high as on a line of their own, so that they can be read and written beside.

    Example:
        >>> "<mfrac>" in mathml(r"\\frac{1}{2}"), mathml("x").startswith("<math")
        (True, True)
    """
    return str(convert(latex)).replace('display="inline"', 'display="inline" displaystyle="true"', 1)


def in_html(text: str) -> Markup:
    """The text for a web page: words escaped, formulas as MathML.

    Example:
        >>> str(in_html("Is 2 < 3?"))
        'Is 2 &lt; 3?'
    """
    parts = _MATHS.split(text)
    return Markup("").join(Markup(mathml(part)) if place % 2 else part for place, part in enumerate(parts))


def pieces(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a formula."""
    return [(part, place % 2 == 1) for place, part in enumerate(_MATHS.split(text)) if part]


def word_equation(latex: str) -> etree._Element:
    """A formula as an equation that Word sets, edits and reads aloud."""
    import mathml2omml

    made = str(mathml2omml.convert(mathml(latex), name2codepoint))
    root = etree.fromstring(made.replace("<m:oMath>", f'<m:oMath xmlns:m="{_OMML}">', 1))
    for radical in root.iter(f"{{{_OMML}}}rad"):
        if radical.find(f"{{{_OMML}}}deg") is None:  # the schema wants a degree, be it empty and hidden
            properties = etree.Element(f"{{{_OMML}}}radPr")
            etree.SubElement(properties, f"{{{_OMML}}}degHide").set(f"{{{_OMML}}}val", "1")
            radical.insert(0, properties)
            radical.insert(1, etree.Element(f"{{{_OMML}}}deg"))
    return root
