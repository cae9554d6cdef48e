"""A fuzz campaign: what nobody thought of, thought of by chance, and every try made again from its seed."""
