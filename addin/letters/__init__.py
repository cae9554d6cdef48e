"""Letters for accepted students: to the family, and a version for the student, one page each.

    book -> facts (one frozen record a student) -> wording (Jinja2, the school's own first) -> blocks -> HTML and Word -> folder

`addin/letters/compose.py` is that way, top to bottom. A template is given one student's facts and nothing else, so no wording can
reach a risk, a flag, a priority, a decision's note or another child.
"""
