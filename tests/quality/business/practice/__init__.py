"""The practice family: a second one to work on the engine with, whose words and pages are other than those of tuning."""
