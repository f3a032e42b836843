"""A link as a QR picture, drawn dark on light in every theme."""

import io

BORDER = 4
"""Modules of quiet around it, as the standard asks."""

_DARK, _LIGHT = "#000", "#fff"


def to_svg(link: str, *, title: str, scale: int = 4) -> str:
    """Return the picture of a link, and of nothing else.

    Args:
        link: What it holds.
        title: What a screen reader says.
        scale: Size of one module, in pixels.
    """
    # Loaded only when a link is drawn: most visits never share.
    import segno  # noqa: PLC0415

    out = io.BytesIO()
    segno.make(link, error="m", boost_error=False, micro=False).save(
        out, kind="svg", scale=scale, border=BORDER, dark=_DARK, light=_LIGHT, title=title, xmldecl=False
    )
    return out.getvalue().decode("utf-8")
