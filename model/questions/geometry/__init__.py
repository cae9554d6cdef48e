"""Questions on geometry: one module a group of topics, and the figures that they share."""
