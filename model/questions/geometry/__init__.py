"""Questions on geometry: one module a group of topics, which importing this room registers, and the figures that they share."""

from model.questions.geometry import (  # noqa: F401
    angles,
    areas,
    circles,
    exact_values,
    polygons,
    right_triangles,
    scaling,
    triangle_angles,
)
