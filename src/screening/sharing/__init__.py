"""Sealed bytes behind a link. Knows nothing about hips: a recipe for soup would travel the same way."""
