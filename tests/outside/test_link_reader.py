"""An independent reader of SMART Health Links opens ours over HTTP, and is refused as it must be."""

import time

import pytest
from starlette.applications import Starlette
from tests.handover.conftest import KNOWN, everything, person
from tests.outside.programs import listening
from tests.server import free_port, running
from tests.sharing.conftest import Clock, address, postgres  # noqa: F401 - fixtures
from tests.sharing_web.conftest import Host, Running, Site

from screening.services import fhir
from screening.services.assessment import assess
from screening.services.handover import Counter
from screening.services.summary import Detail, summarise
from screening.sharing import link
from screening.sharing.limits import Quota
from screening.sharing.store import Store
from screening.web.share_routes import share_routes


@pytest.fixture
def site(address):  # noqa: F811 - the fixture of that name
    port = free_port()
    clock = Clock(time.time())
    store = Store(address, clock=clock)
    store.migrate()
    made = Site(store, Host(share_base=f"http://127.0.0.1:{port}", store=store), clock)
    server = Running(Starlette(routes=share_routes(made.host, clock=clock)), port)
    server.up()
    try:
        yield made
    finally:
        server.down()
        store.close()


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """A function that hands one link to the reader."""
    with listening("read_links.mjs", tmp_path_factory.mktemp("reader")) as ask:
        yield lambda uri, **more: ask({"link": uri, **more})


@pytest.fixture(scope="module")
def said():
    told = person(attempts=everything(most=True))
    return fhir.build(summarise(assess(told, KNOWN), told, KNOWN, detail=Detail.ANSWERS), KNOWN)


@pytest.mark.parametrize(
    "how",
    [{}, {"embeddedLengthMax": 100}, {"embeddedLengthMax": 10_000_000}],
    ids=["default", "located", "embedded"],
)
@pytest.mark.parametrize("code", [None, "012345"], ids=["direct", "code"])
def test_the_reader_gets_the_document_we_built(site, read, said, code, how):
    made = site.share(said, code=code)
    for_people, bare = made.link, made.link.partition("#")[2]

    for uri in (for_people, bare):
        told = read(uri, **({"passcode": code} if code else {}), **how)
        assert told == {"resources": [said]}


def test_a_code_is_guarded_for_life(site, read, said):
    made, other = site.share(said, code="012345"), site.share(said, code="012345")

    missing = [read(made.link) for _ in range(2)]
    wrong = [read(made.link, passcode="999999") for _ in range(6)]
    late = read(made.link, passcode="012345")

    assert all("resources" not in each for each in [*missing, *wrong, late])
    assert site.store.status(made.id, made.token).live is False
    assert wrong[4] != wrong[5]
    assert "error" in late
    assert "resources" in read(other.link, passcode="012345")


def crafted(made, **change):
    return link.bare({**link.parse(made.link), **change})


def test_what_is_over_or_wrong_is_refused(site, read, said):
    stopped, expired, live = site.share(said), site.share(said, days=1), site.share(said)
    site.store.revoke(stopped.id, stopped.token)
    unknown = f"{site.host.share_base}/s/{'A' * 43}"
    refused = {
        "stopped": read(stopped.link),
        "unknown": read(crafted(live, url=unknown)),
        "newer": read(crafted(live, v=2)),
        "another key": read(crafted(live, key=link.new_secret())),
    }
    site.clock.now = expired.expires
    refused["expired"] = read(crafted(expired, exp=4_000_000_000))

    assert [name for name, told in refused.items() if "error" not in told] == []
    assert "resources" in read(live.link)


@pytest.mark.parametrize("part", [0, 2, 3, 4], ids=["header", "nonce", "ciphertext", "tag"])
def test_tampered_bytes_are_refused(site, read, said, part):
    made = site.share(said)
    pieces = made.jwe.split(".")
    letter = pieces[part][5]
    pieces[part] = pieces[part][:5] + ("A" if letter != "A" else "B") + pieces[part][6:]
    site.store.revoke(made.id, made.token)
    share_id, _ = site.store.create(".".join(pieces), made.expires)

    told = read(crafted(made, url=f"{site.host.share_base}/s/{share_id}"))

    assert "error" in told


def test_the_app_as_it_runs_for_patients_is_read_by_it_too(address, read, said, tmp_path):  # noqa: F811
    settings = tmp_path / "settings.toml"
    settings.write_text(f'share_store = "{address}"\n')
    with running(tmp_path / "log", env={"HIP_CHECK_SETTINGS": str(settings)}) as server:
        store = Store(address)
        counter = Counter(store, server.url)
        open_, coded = (
            counter.make(said, days=1, code=with_code, quota=Quota()) for with_code in (False, True)
        )

        for uri in (open_.link, open_.bare):
            assert read(uri) == {"resources": [said]}
        assert read(open_.link, embeddedLengthMax=100) == {"resources": [said]}
        assert "error" in read(coded.link)
        assert read(coded.link, passcode=coded.code) == {"resources": [said]}
        assert store.revoke(*link.read_stop(open_.stop_link))
        assert "error" in read(open_.link)
        store.close()
        for secret in (open_.link, open_.link.rpartition("/")[2], coded.code, link.parse(coded.link)["key"]):
            assert secret not in server.output
