"""The ways into Excel: in comes a press of a button or a formula, out go its answer and what Excel is to show."""
