"""The HTTP side: what `app.py` needs of it, and no more."""

from screening.web.lifespan import lifespan
from screening.web.routes import ROUTES
from screening.web.stack import middleware

__all__ = ["ROUTES", "lifespan", "middleware"]
