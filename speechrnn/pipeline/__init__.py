"""Where the parts meet: a recording in, segments out."""
