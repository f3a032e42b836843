"""Numbers that may drift: how fast, how small, how quiet. `python -m bench` prints them beside their bars."""
