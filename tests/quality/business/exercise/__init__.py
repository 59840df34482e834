"""The exercise family: papers that nothing of the engine was written or tuned by, to see what it makes of papers that are new to it."""
