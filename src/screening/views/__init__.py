"""How it looks: shell, frame, questions, cards, charts, browser components."""
