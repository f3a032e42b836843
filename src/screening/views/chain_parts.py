"""The chains and the causes as plain values for their component: words, certainty, sources."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from screening.domain.evidence import Arrow, Certainty, Chain
from screening.services.evidence_reader import connections
from screening.services.wording import Say, speaker


@cache
def chains(ids: tuple[str, ...], language: str) -> dict[str, Any]:
    """Return the chains of these ids: steps, an arrow after each but the last, arrows that run back."""
    say = speaker(language)
    found = [each for wanted in ids for each in connections().chains if each.id == wanted]
    return {"chains": [_chain(each, say) for each in found], "causes": [], "words": _words(say)}


@cache
def causes(language: str) -> dict[str, Any]:
    """Return why a hip can give less, each with how sure that is."""
    say = speaker(language)
    rows = [
        {
            "title": say(f"connect.cause.{each.id}.name"),
            "where": say("connect.causes.article" if each.in_article else "connect.causes.added"),
            **_certainty(each.certainty, say),
            "say": say(f"connect.cause.{each.id}.say"),
            "sources": sources(each.claims, say),
        }
        for each in connections().causes
    ]
    return {"chains": [], "causes": rows, "words": _words(say)}


def chain_in_words(chain_id: str, say: Say) -> str:
    """Say one chain in a row of words: steps, and how sure each arrow is."""
    chain = next(each for each in connections().chains if each.id == chain_id)
    parts = [say(f"connect.step.{chain.steps[0]}")]
    for arrow, step in zip(chain.arrows, chain.steps[1:], strict=True):
        parts.append(f"→ ({_sure(arrow.certainty, say)}) {say(f'connect.step.{step}')}")
    return " ".join(parts)


def sources(claims: Iterable[str], say: Say) -> list[dict[str, str]]:
    """Return what was found, in whom, how surely, and where it is written."""
    known = connections().claims
    return [
        {
            "id": each,
            "what": known[each].claim,
            "who": known[each].population,
            "sure": _sure(known[each].certainty, say),
            "citation": known[each].citation,
            "doi": known[each].doi.partition(";")[0].strip(),
        }
        for each in claims
    ]


def _chain(chain: Chain, say: Say) -> dict[str, Any]:
    return {
        "title": say(f"connect.chain.{chain.id}"),
        "steps": [say(f"connect.step.{each}") for each in chain.steps],
        "arrows": [_arrow(each, say) for each in chain.arrows],
        "back": [_arrow(each, say) for each in chain.back],
    }


def _arrow(arrow: Arrow, say: Say) -> dict[str, Any]:
    return {
        **_certainty(arrow.certainty, say),
        "say": say(f"connect.arrow.{arrow.id}"),
        "sources": sources(arrow.claims, say),
    }


def _certainty(certainty: Certainty, say: Say) -> dict[str, str]:
    return {"certainty": certainty.name.lower(), "sure": _sure(certainty, say)}


def _sure(certainty: Certainty, say: Say) -> str:
    return say(f"connect.certainty.{certainty.name.lower()}")


def _words(say: Say) -> dict[str, str]:
    names = ("how_sure", "back_way", "study")
    return {name: say(f"connect.chain_words.{name}", certainty="{certainty}") for name in names}
