"""Questions on algebra. In: a random source and a level. Out: a question with its exact answer."""
