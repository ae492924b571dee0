"""The desktop app over the library: windows, pages, and nothing that could work without them."""
