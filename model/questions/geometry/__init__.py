"""Questions on geometry: one module a group of topics, which importing this room registers, and the figures that they share."""

from model.questions.geometry import areas, circles  # noqa: F401
