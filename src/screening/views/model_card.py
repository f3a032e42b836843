"""The hip model on the Methods page: every constant with its source and standing, the scenes, the credits."""

from screening.domain.biomechanics import threshold
from screening.services.evidence_reader import connections
from screening.services.model_reader import model
from screening.services.wording import Say
from screening.views.tables import plain


def section(tell: Say) -> str:
    """Return what the model is, what it is not, its constants, its scenes, and whom to thank."""
    known = model()
    constants = [
        tell(
            "methods.model.constant",
            symbol=plain(each.symbol),
            what=plain(each.what),
            value=plain(f"{each.value:g} {each.unit}".strip()),
            standing=tell(f"methods.model.standing.{each.standing}"),
            source=plain(each.source) or tell("methods.model.no_source"),
        )
        for each in known.constants
    ]
    scenes = [
        tell(
            "methods.model.scene",
            name=tell(f"hip_figure.{each.id}"),
            limit=round(100 * threshold(known.body, each)),
            standing=plain(each.standing),
            source=plain(each.source),
        )
        for each in known.scenes.values()
    ]
    credits = [tell(f"methods.model.credit.{number}") for number in range(1, 4)]
    return "\n\n".join(
        [
            tell("connect.banner"),
            tell("methods.model.about"),
            _bullets(constants),
            f"**{tell('methods.model.scenes')}**",
            _bullets(scenes),
            tell("methods.model.not_for"),
            tell(
                "methods.model.claims", count=sum(each.may_be_shown for each in connections().claims.values())
            ),
            f"**{tell('methods.model.credits')}**",
            _bullets(credits),
        ]
    )


def _bullets(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
