"""Point maps: the mathematics of coordinate transformations."""
