"""Understands headings: in comes a row of texts, out go columns with role, strand, topic, total and half-term."""
