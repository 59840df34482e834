"""The drill family: a third one to work on the engine with, whose papers come from fourteen countries and are full of other figures."""
