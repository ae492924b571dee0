"""Alphabets, normal forms, numbers."""
