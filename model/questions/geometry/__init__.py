"""Questions on geometry: one module a group of topics, which importing this room registers, and the figures that they share."""

from model.questions.geometry import angles, areas, circles, polygons, right_triangles, triangle_angles  # noqa: F401
