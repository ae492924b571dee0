"""Where the parts meet: a recording in, segments out; a request in, text or notes out."""
