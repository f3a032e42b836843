"""What is true: people, safety, tests, norms, scores. Pure; standard library values only."""
