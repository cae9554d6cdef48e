"""Questions on geometry: one module a group of topics, which importing this room registers, and the figures that they share."""

from model.questions.geometry import (  # noqa: F401
    angles,
    any_triangles,
    areas,
    circle_theorems,
    circles,
    congruence,
    exact_values,
    moves,
    polygons,
    prisms,
    right_triangles,
    round_solids,
    scaling,
    surfaces,
    triangle_angles,
    vectors,
)
