"""Recipes, data, augmentation and the loop that every network is trained with."""
