"""Plans clinic groups: in come candidates, slots and show rates, out go groups with invitations, and why."""
