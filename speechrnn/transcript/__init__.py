"""The transcript document and its export formats."""
