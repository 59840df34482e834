"""Business documents with truth, made from a seed and from nothing else: no engine is read, run or asked here."""
