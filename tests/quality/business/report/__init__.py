"""The report family: its words and its pages. What is published is measured on it; who works on the engine does not read it."""
