"""A whole trust at once: `markbook batch`, on this computer and on a cluster."""
