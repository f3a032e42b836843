"""How many bytes the pictures that explain send to a browser, before compression."""

import json

from screening.services.evidence_reader import connections
from screening.services.model_reader import model
from screening.views import chain_parts, connect_charts, hip_states, theme

LEVELS = (1, 2, 3)


def explaining_pictures() -> dict[str, int]:
    """Return the size of every chart's specification, and of the chains, as JSON, by name."""
    look, language = theme.LIGHT, "en"
    specs: dict[str, object] = {
        "overlap": connect_charts.overlap_chart("abductors_back", look, language),
        "chains": chain_parts.chains(("knee", "back"), language),
        "causes": chain_parts.causes(language),
    }
    for scene in model().scenes:
        specs[f"threshold, {scene}"] = connect_charts.threshold_chart(scene, look, language)
    for forest in connections().forests:
        specs[f"trials, {forest.id}"] = connect_charts.forest_chart(forest.id, look, language)
    for level in LEVELS:
        specs[f"exercises, level {level}"] = connect_charts.exercise_chart(level, look, language)
    return {name: _bytes(each) for name, each in specs.items()}


def moving_figure() -> int:
    """Return the size of the moving figure's solved states, as JSON."""
    return _bytes(hip_states.table())


def _bytes(value: object) -> int:
    return len(json.dumps(value).encode())
