"""Classes beside one another: the overview for whoever leads them, and the list of names for one clinic."""
