"""The catalogue: everything the packaged files know, read once. No Python is needed to add to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from screening.domain.instruments import Instruments, Source
from screening.domain.norms import Association, Cutpoint, ImpliedPercentile, NormRow, Reliability
from screening.domain.selftests import SelfTests
from screening.services.datafiles import DATA
from screening.services.measures_reader import read_selftests
from screening.services.norms_reader import read_sources, read_tables
from screening.services.rules_reader import read_instruments


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What is known.

    Attributes:
        selftests: The home tests, in battery order.
        instruments: Spots, safety lists and questions.
        sources: Every source by its key.
        norms: Every published row, of tests that are offered and of tests that are not; as read, so
            none of them judges. The rows that do hang on their test.
        reliability: How exactly each test measures, as published.
        cutpoints: Published rules and lines, and the use each may be put to.
        associations: What a test was found to go with, and the claim that allows.
        implied: Worked values of the percentile formulas.
    """

    selftests: SelfTests
    instruments: Instruments
    sources: Mapping[str, Source]
    norms: tuple[NormRow, ...]
    reliability: tuple[Reliability, ...]
    cutpoints: tuple[Cutpoint, ...]
    associations: tuple[Association, ...]
    implied: tuple[ImpliedPercentile, ...]


@cache
def load(root: Path = DATA) -> Catalogue:
    """Read a data folder, once per process and folder. Holds nobody's answers.

    Raises:
        DataFileError: A file is not as the house expects; names file and key.
    """
    sources = read_sources(root)
    tables = read_tables(root, sources)
    return Catalogue(
        selftests=read_selftests(root, sources, tables),
        instruments=read_instruments(root),
        sources=sources,
        norms=tables.norms,
        reliability=tables.reliability,
        cutpoints=tables.cutpoints,
        associations=tables.associations,
        implied=tables.implied,
    )
