"""The drill family: a third one to work on the engine with, whose papers come from sixteen countries and are full of other figures."""
