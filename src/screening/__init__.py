"""Hip Check: a self-check of hip strength and control, for people with knee or low-back pain."""
