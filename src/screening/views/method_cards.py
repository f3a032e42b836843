"""How this check works, from the data files themselves: every rule, number, status and source.

A section is worked out when it is opened, so a closed page costs next to nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from screening.domain.instruments import SafetyRule, TickItem
from screening.domain.levels import Level
from screening.domain.norms import NormRow
from screening.domain.selftests import BandSpec, SelfTest
from screening.services import versions, wording
from screening.services.assessment import RESULTS_VERSION
from screening.services.settings import settings
from screening.services.wording import Say, speaker
from screening.views import entry, folds, model_card, state
from screening.views.charts import number
from screening.views.tables import Table, markdown, people, plain, source_line


def opening() -> None:
    """Draw what everybody must know first: not validated as a whole, signed off or not, which version."""
    tell = speaker(entry.language())
    host = settings()
    signed = tell("methods.unsigned_yet", count=len(wording.unsigned(entry.language())))
    if host.reviewed_by and host.reviewed_on:
        signed = tell("methods.signed", name=plain(host.reviewed_by), day=host.reviewed_on.isoformat())
    version = tell("methods.version", app=versions.app(), results=RESULTS_VERSION)
    st.markdown("\n\n".join([tell("methods.not_validated"), signed, version]))


def section(name: str) -> None:
    """Draw one section; its content is worked out only while it is open."""
    tell = speaker(entry.language())
    folds.long_fold(tell(f"methods.{name}.title"), lambda: SECTIONS[name](tell), key=f"methods-{name}")


# --- safety -------------------------------------------------------------------------------------------


def _safety(tell: Say) -> str:
    instruments = state.known().instruments
    parts = [tell("methods.safety.about")]
    levels = tuple((level, tell(f"methods.level.{level}")) for level in reversed(Level))
    parts.append(_table(tell, ("level", "effect"), levels))
    for each in instruments.lists:
        rows = [_item_row(item, tell) for item in each.items]
        parts += [f"**{plain(tell(each.say))}**", _entries(rows)]
    parts.append(f"**{tell('methods.safety.rules')}**")
    parts.append(_entries([_rule_row(r, tell) for r in instruments.rules]))
    parts.append(f"**{tell('methods.safety.families')}**")
    parts.append(_table(tell, ("family", "tests"), _families(tell)))
    return _paragraphs(parts)


def _item_row(item: TickItem, tell: Say) -> tuple[str, str, str]:
    answer = f"{item.id}: {tell(item.say, emergency=settings().emergency_number)}"
    shown = [tell("methods.safety.knee_only")] if item.knee_only else []
    if item.age_from_y is not None:
        shown.append(tell("methods.safety.from_age", age=item.age_from_y))
    follows = [tell("methods.safety.level", level=item.level)]
    if item.removes:
        follows.append(tell("methods.safety.removes", families=", ".join(item.removes)))
    if item.sets_tier:
        follows.append(tell("methods.safety.tier", tier=item.sets_tier))
    return " ".join([answer, *shown]), " ".join(follows), _why(item.aimed_at, item.sources, tell)


def _rule_row(rule: SafetyRule, tell: Say) -> tuple[str, str, str]:
    level = tell("methods.safety.level", level=rule.level)
    return f"{rule.id}: {rule.when}", level, _why(rule.aimed_at, rule.sources, tell)


def _why(aimed_at: str, sources: Sequence[str], tell: Say) -> str:
    cited = tell("methods.cited", keys=", ".join(sources)) if sources else tell("methods.judgement")
    return f"{aimed_at} {cited}".strip()


def _families(tell: Say) -> list[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for test in state.known().selftests:
        for family in test.families:
            found.setdefault(family, []).append(tell(f"test.{test.id}.name"))
    return [(family, "; ".join(found[family])) for family in sorted(found)]


# --- the tests ----------------------------------------------------------------------------------------


def _tests(tell: Say) -> str:
    parts = [tell("methods.tests.about")]
    for test in state.known().selftests:
        parts.append(f"**{tell(f'test.{test.id}.name')}** ({plain(test.id)})")
        parts.append(_bullets(f"**{label}:** {plain(value)}" for label, value in _test_rows(test, tell)))
    return _paragraphs(parts)


def _test_rows(test: SelfTest, tell: Say) -> list[tuple[str, str]]:
    unit = tell(f"methods.unit.{test.unit}")
    rows = [
        ("measures", tell(f"test.{test.id}.measures")),
        ("domain", tell(f"domain.{test.domain}.name")),
        ("primary", tell("option.yes" if test.primary else "option.no")),
        ("sets", ", ".join(test.sets)),
        ("families", ", ".join(test.families)),
        ("unit", tell(f"methods.tests.{'higher' if test.higher_is_better else 'lower'}", unit=unit)),
        ("cap", "" if test.cap is None else tell("methods.seconds", value=number(test.cap))),
        ("tries", str(test.tries)),
        ("rule", tell(f"methods.rule.{test.rule}")),
        ("bands", " ".join(_band(each, tell) for each in test.bands)),
        ("ages", "" if test.ages is None else tell("chart.people.ages", low=test.ages[0], high=test.ages[1])),
        ("error", _error(test, tell)),
        ("sides", _side_rule(test, unit, tell)),
        ("change", _limit(test.change_limit, unit, tell)),
        ("clinic", _limit(test.clinic_limit, unit, tell)),
        ("adapted", " ".join(tell(each) for each in test.adapted)),
        ("sources", ", ".join(test.sources)),
    ]
    return [(tell(f"methods.tests.{name}"), value) for name, value in rows if value]


def _band(band: BandSpec, tell: Say) -> str:
    words = tell(f"band_short.{band.id}")
    low = "" if band.from_ is None else tell("methods.band.from", value=number(band.from_))
    high = "" if band.below is None else tell("methods.band.below", value=number(band.below))
    limits = " ".join(each for each in (low, high) if each) or tell("methods.band.published")
    marked = tell("methods.band.low") if band.low else ""
    return " ".join(each for each in (f"{words}: {limits}.", marked) if each)


def _error(test: SelfTest, tell: Say) -> str:
    if test.sem is None or test.margin is None:
        return tell("results.tests.no_margin")
    return tell("methods.tests.sem", sem=test.sem[0], margin=number(test.margin), source=test.sem[1])


def _side_rule(test: SelfTest, unit: str, tell: Say) -> str:
    rule = test.sides
    if rule is None:
        return ""
    if rule.one_below is not None and rule.other_from is not None:
        return tell(
            "methods.tests.two_lines", low=number(rule.one_below), high=number(rule.other_from), unit=unit
        )
    return _limit(rule.limit, unit, tell)


def _limit(value: float | None, unit: str, tell: Say) -> str:
    return "" if value is None else tell("methods.tests.limit", value=number(value), unit=unit)


# --- published numbers --------------------------------------------------------------------------------


def _norms(tell: Say) -> str:
    known = state.known()
    parts = [tell("methods.norms.about"), _table(tell, ("status", "means"), _statuses(tell))]
    used = {(row.table, row.line): row for test in known.selftests for row in test.norms}
    rows = [used.get((row.table, row.line), row) for row in known.norms]
    for test in dict.fromkeys(row.test for row in rows):
        mine = [row for row in rows if row.test == test]
        offered = test in known.selftests.by_id
        name = tell(f"test.{test}.name") if offered else tell("methods.norms.not_offered", id=test)
        parts.append(f"**{plain(name)}**")
        parts.append(_entries([_norm_row(row, tell) for row in mine]))
    return _paragraphs(parts)


def _statuses(tell: Say) -> list[tuple[str, str]]:
    names = ("confirmed", "two_copies", "calculated", "one_copy", "unconfirmed")
    return [(name, tell(f"methods.status.{name}")) for name in names]


def _norm_row(row: NormRow, tell: Say) -> tuple[str, str, str]:
    use = "judges" if row.judges else "shown" if row.shown else "kept"
    who = people(row, tell) + ("" if row.sex == "both" else f"; {tell(f'option.{row.sex}')}")
    return who, _published(row, tell), f"{row.status}; {tell(f'methods.use.{use}')} {row.source}"


def _published(row: NormRow, tell: Say) -> str:
    said = [f"P{number(percent)} {number(value)}" for percent, value in row.percentiles]
    if row.mean is not None:
        said.insert(0, tell("methods.norms.mean", value=row.mean))
    if row.sd is not None:
        said.insert(1, tell("methods.norms.sd", value=row.sd))
    if row.low_cut is not None:
        said.append(tell("methods.norms.cut", value=number(row.low_cut)))
    return f"{'; '.join(said)} ({tell(f'methods.unit.{row.unit}')}). {row.variant}"


def _exactness(tell: Say) -> str:
    known = state.known()
    parts = [tell("methods.exactness.about")]
    rows = []
    for each in known.reliability:
        figures = [
            f"{name} {value}"
            for name, value in (("ICC", each.icc), ("SEM", each.sem), ("MDC95", each.mdc95))
            if value is not None
        ]
        told = "; ".join([*figures, *([each.other_stat] if each.other_stat else [])])
        who = f"{each.test}: {each.population}, {each.setting}"
        rows.append((who, told, f"{each.status}; {each.source}"))
    parts.append(_entries(rows))
    parts += [f"**{tell('methods.exactness.cuts')}**"]
    cuts = [
        (
            f"{each.test}: {each.rule}",
            f"{each.meaning}. {each.who}",
            f"{each.use}; {each.status}; {each.source}",
        )
        for each in known.cutpoints
    ]
    parts.append(_entries(cuts))
    parts += [f"**{tell('methods.exactness.implied')}**"]
    implied = [
        (
            f"{each.test}: {number(each.value)} {each.unit}; {each.population}",
            tell("methods.exactness.models", bell=each.if_normal, skewed=each.if_lognormal),
            f"{each.status}; {each.source}",
        )
        for each in known.implied
    ]
    parts.append(_entries(implied))
    return _paragraphs(parts)


# --- patterns, questions, evidence --------------------------------------------------------------------


def _patterns(tell: Say) -> str:
    parts = [tell("methods.patterns.about")]
    rows = []
    for rule in state.known().instruments.patterns:
        partly = tell("methods.patterns.partly", words=rule.partly) if rule.partly else ""
        name = f"{rule.id}: {tell(f'pattern.{rule.id}.name')}"
        rows.append((name, f"{rule.rule} {partly}".strip(), _why(rule.evidence, rule.sources, tell)))
    parts.append(_entries(rows))
    return _paragraphs(parts)


def _questions(tell: Say) -> str:
    rows = []
    for each in state.known().instruments.questions.values():
        asked = [tell("methods.questions.version", version=each.version)]
        if each.recall_d is not None:
            asked.append(tell("methods.questions.recall", days=each.recall_d))
        if each.regions:
            asked.append(tell("methods.questions.regions", regions=", ".join(each.regions)))
        rows.append((f"{each.id}: {tell(each.say)}", " ".join(asked), _why("", each.sources, tell)))
    table = _entries(rows)
    return _paragraphs([tell("methods.questions.about"), table, tell("methods.questions.impact")])


def _evidence(tell: Say) -> str:
    rows = [
        (
            f"{each.test}: {each.finding}",
            f"{each.population}; {each.design}",
            _claim(each.claim_allowed, each.sources),
        )
        for each in state.known().associations
    ]
    table = _entries(rows)
    return _paragraphs([tell("methods.evidence.about"), table])


def _claim(allowed: str, sources: Sequence[str]) -> str:
    return f"{allowed} ({', '.join(sources)})"


# --- words and promises -------------------------------------------------------------------------------


def _licences(tell: Say) -> str:
    names = ("pain", "peg", "psfs", "roland", "oswestry", "start", "knee", "others", "par")
    return _paragraphs(
        [tell("methods.licences.about"), _bullets(tell(f"methods.licences.{each}") for each in names)]
    )


def _unsigned(tell: Say) -> str:
    texts = wording.unsigned(entry.language())
    rows = [(key, text) for key, text in texts.items()]
    about = tell("methods.unsigned.about", count=len(texts))
    items = [item.id for each in state.known().instruments.lists for item in each.items if item.needs_signoff]
    asked = [each.id for each in state.known().instruments.questions.values() if each.needs_signoff]
    marked = tell("methods.unsigned.marked", ids=", ".join([*items, *asked]))
    return _paragraphs([about, marked, _entries(rows)])


def _privacy(tell: Say) -> str:
    return _bullets(tell(f"methods.privacy.{index}") for index in range(1, 7))


def _accessibility(tell: Say) -> str:
    does = _bullets(tell(f"methods.accessibility.does.{index}") for index in range(1, 6))
    fails = _bullets(tell(f"methods.accessibility.fails.{index}") for index in range(1, 7))
    return _paragraphs(
        [tell("methods.accessibility.about"), does, f"**{tell('methods.accessibility.not_yet')}**", fails]
    )


def _sources(tell: Say) -> str:
    lines = [
        "  \n  ".join(
            [f"**{plain(each.key)}**", source_line(each), plain(f"{each.kind}; {each.note}".rstrip("; "))]
        )
        for each in state.known().sources.values()
    ]
    return _paragraphs([tell("methods.sources.about"), _bullets(lines)])


# --- small things -------------------------------------------------------------------------------------


def _table(tell: Say, head: Sequence[str], rows: Iterable[tuple[str, ...]]) -> str:
    return markdown(Table(head=tuple(tell(f"methods.head.{each}") for each in head), rows=tuple(rows)))


def _entries(rows: Iterable[tuple[str, ...]]) -> str:
    """Return entries of two or three lines each: a table of three columns cannot be read on a phone."""
    return "\n".join(
        "  \n  ".join([f"- **{plain(first)}**", *(plain(each) for each in rest if each)])
        for first, *rest in rows
    )


def _paragraphs(parts: Iterable[str]) -> str:
    return "\n\n".join(parts)


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


SECTIONS: Mapping[str, Callable[[Say], str]] = MappingProxyType(
    {
        "safety": _safety,
        "tests": _tests,
        "norms": _norms,
        "exactness": _exactness,
        "patterns": _patterns,
        "questions": _questions,
        "evidence": _evidence,
        "model": model_card.section,
        "licences": _licences,
        "unsigned": _unsigned,
        "privacy": _privacy,
        "accessibility": _accessibility,
        "sources": _sources,
    }
)
"""The sections in the order of the page. Every one is drawn from data or wording, none is written here."""
