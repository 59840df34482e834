"""The tuning family: its words and its pages, for those who work on the engine to look at."""
