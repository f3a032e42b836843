"""The addresses of shared summaries: statuses, headers, sameness, limits."""

import json
import logging

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from tests.sharing_web.conftest import Host, document

from screening.errors import SharingOff, StoreDown
from screening.sharing import link
from screening.web.headers import SecurityHeaders
from screening.web.share_routes import HEADERS, OPEN_TO_ALL, share_routes

ASKED = {"recipient": "a test"}


async def everything_else(_):
    """Stands for Streamlit, which answers every address."""
    return PlainTextResponse("the app")


def client_for(site, *, prefix=""):
    routes = share_routes(site.host, prefix=prefix, clock=site.clock)
    app = Starlette(
        routes=[*routes, Route("/{rest:path}", everything_else)], middleware=[Middleware(SecurityHeaders)]
    )
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def site(make_site):
    return make_site()


@pytest.fixture
def client(site):
    return client_for(site)


def bearer(token):
    return {"authorization": f"Bearer {token}"}


def told(answer):
    """What an answer tells, but for when it was told."""
    return answer.status_code, answer.content, {k: v for k, v in answer.headers.items() if k != "date"}


# --- What works ---


def test_a_link_without_a_code_is_read_directly_and_by_manifest(site, client):
    made = site.share()

    direct = client.get(f"/s/{made.id}?recipient=x")
    listed = client.post(f"/s/{made.id}", json=ASKED)

    assert (direct.status_code, direct.text) == (200, made.jwe)
    assert direct.headers["content-type"] == "application/jose"
    assert listed.json() == {
        "files": [
            {
                "contentType": "application/fhir+json",
                "fhirVersion": "4.0.1",
                "status": "finalized",
                "embedded": made.jwe,
            }
        ]
    }
    assert site.store.status(made.id, made.token).views == 2


@pytest.mark.parametrize(("most", "way"), [(0, "location"), (-1, "location"), (0, "embedded")])
def test_a_file_is_embedded_up_to_the_length_the_reader_wants_and_else_located(site, client, most, way):
    made = site.share()
    longest = len(made.jwe) + most if (most, way) != (0, "location") else 100

    (file,) = client.post(f"/s/{made.id}", json={**ASKED, "embeddedLengthMax": longest}).json()["files"]

    assert {"embedded", "location"} & file.keys() == {way}
    if way == "location":
        path = file["location"].removeprefix(str(site.host.share_base))
        once = client.get(path)
        assert (once.text, once.headers["content-type"]) == (made.jwe, "application/jose")
        assert client.get(path).status_code == 404
    assert site.store.status(made.id, made.token).views == 1


def test_a_code_has_five_tries_for_life(site, client):
    made = site.share(code="123456")

    missing = client.post(f"/s/{made.id}", json=ASKED)
    number = client.post(f"/s/{made.id}", json={**ASKED, "passcode": 123456})
    right = client.post(f"/s/{made.id}", json={**ASKED, "passcode": "123456"})
    wrong = [client.post(f"/s/{made.id}", json={**ASKED, "passcode": "999999"}) for _ in range(6)]
    late = client.post(f"/s/{made.id}", json={**ASKED, "passcode": "123456"})

    assert [each.json() for each in (missing, number)] == [{"remainingAttempts": 5}] * 2
    assert (missing.status_code, right.status_code) == (401, 200)
    assert [each.json() for each in wrong[:5]] == [{"remainingAttempts": n} for n in (4, 3, 2, 1, 0)]
    assert wrong[5].status_code == late.status_code == 404


def test_the_maker_sees_the_count_and_stops(site, client):
    made = site.share()
    client.get(f"/s/{made.id}")

    status = client.get(f"/s/{made.id}/status", headers=bearer(made.token))
    stopped = [client.delete(f"/s/{made.id}", headers=bearer(made.token)) for _ in range(2)]

    assert status.json() == {
        "live": True,
        "views": 1,
        "last_view_day": "2026-11-22",
        "expires": made.expires,
    }
    assert [each.json() for each in stopped] == [{"stopped": True}] * 2
    assert client.get(f"/s/{made.id}").status_code == 404
    assert client.get(f"/s/{made.id}/status", headers=bearer(made.token)).json()["live"] is False


def test_the_viewer_is_the_same_for_everyone(site, client):
    plain = client.get("/v")
    others = [
        client.get("/v?lang=es&x=<script>"),
        client.get("/v", headers={"user-agent": "x", "accept-language": "es", "cookie": "a=b"}),
    ]

    assert plain.status_code == 200
    assert {told(each)[:2] for each in others} == {told(plain)[:2]}
    assert "Riverside Physical Therapy" in plain.text
    assert client.head("/v").status_code == 200
    assert client.head("/v").content == b""
    assert [client.get(f"/{name}").status_code for name in ("v.js", "v.css")] == [200, 200]


def test_a_clinic_cannot_break_out_of_the_page(make_site):
    client = client_for(make_site(Host(clinic_name="</script><script>alert(1)</script>")))

    assert "<script>alert" not in client.get("/v").text


def test_the_viewer_is_small(client):
    files = [client.get(f"/{name}", headers={"accept-encoding": "gzip"}) for name in ("v", "v.js", "v.css")]

    assert sum(len(each.content) for each in files) <= 30 * 1024
    assert sum(int(each.headers["content-length"]) for each in files) <= 13 * 1024


def test_the_viewer_comes_compressed_to_who_can_read_that(client):
    for name in ("v", "v.js", "v.css"):
        small = client.get(f"/{name}", headers={"accept-encoding": "gzip"})
        plain = client.get(f"/{name}", headers={"accept-encoding": "identity"})
        assert (small.headers["content-encoding"], small.content) == ("gzip", plain.content)
        assert "content-encoding" not in plain.headers
        assert int(small.headers["content-length"]) < len(plain.content) * 0.6
        assert small.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"


# --- What does not ---


def every_dead_address(site, client):
    """Ask for everything that is not there, each in its own way."""
    expired, stopped, locked, used, coded, live = (
        site.share(days=1),
        site.share(),
        site.share(code="1"),
        site.share(most=1),
        site.share(code="1"),
        site.share(),
    )
    for _ in range(5):
        client.post(f"/s/{locked.id}", json={**ASKED, "passcode": "2"})
    client.get(f"/s/{used.id}")
    client.delete(f"/s/{stopped.id}", headers=bearer(stopped.token))
    ticket = site.store.ticket(live.id)
    client.get(f"/s/f/{ticket}")
    site.clock.now += 86_400 + 3600
    unknown = "A" * 43
    get, post = client.get, client.post
    right = {**ASKED, "passcode": "1"}
    return {
        "unknown": get(f"/s/{unknown}"),
        "unknown manifest": post(f"/s/{unknown}", json=ASKED),
        "malformed": get("/s/x"),
        "malformed manifest": post("/s/x", json=ASKED),
        "too long": get(f"/s/{unknown}A"),
        "no id": get("/s/"),
        "no slash": get("/s", follow_redirects=False),
        "deeper": get(f"/s/{live.id}/x"),
        "expired": get(f"/s/{expired.id}"),
        "expired manifest": post(f"/s/{expired.id}", json=right),
        "stopped": get(f"/s/{stopped.id}"),
        "stopped manifest": post(f"/s/{stopped.id}", json=right),
        "locked": get(f"/s/{locked.id}"),
        "locked manifest": post(f"/s/{locked.id}", json=right),
        "used up": get(f"/s/{used.id}"),
        "asks for a code": get(f"/s/{coded.id}"),
        "no token": get(f"/s/{live.id}/status"),
        "wrong token": get(f"/s/{live.id}/status", headers=bearer(unknown)),
        "basic": get(f"/s/{live.id}/status", headers={"authorization": f"Basic {live.token}"}),
        "stop without token": client.delete(f"/s/{live.id}"),
        "stop with key": client.delete(f"/s/{live.id}", headers=bearer(live.key)),
        "stop unknown": client.delete(f"/s/{unknown}", headers=bearer(live.token)),
        "used ticket": get(f"/s/f/{ticket}"),
        "unknown ticket": get(f"/s/f/{unknown}"),
        "malformed ticket": get("/s/f/x"),
        "post a ticket": post(f"/s/f/{ticket}", json=ASKED),
    }


def test_everything_that_is_not_there_looks_the_same_to_the_byte(site, client):
    found = {name: told(each) for name, each in every_dead_address(site, client).items()}

    first = found["unknown"]
    assert first[:2] == (404, b'{"error":"This link is not active."}')
    assert {name for name, each in found.items() if each != first} == set()


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "TRACE"])
def test_another_method_is_refused_and_counts_nothing(site, client, method):
    made = site.share()

    answer = client.request(method, f"/s/{made.id}")

    assert answer.status_code == 405
    assert site.store.status(made.id, made.token).views == 0


def test_a_page_elsewhere_may_ask(client):
    asked = client.options(
        "/s/x", headers={"origin": "https://reader.example", "access-control-request-method": "POST"}
    )

    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in asked.headers


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'"x"',
        b"\xff",
        b"[" * 3000,
        b'{"recipient":" "}',
        b'{"recipient":1}',
        *(json.dumps({**ASKED, "embeddedLengthMax": each}).encode() for each in (-1, 1.5, True, "5", [], {})),
    ],
    ids=lambda body: body[:40].decode("latin-1"),
)
def test_what_is_no_manifest_request_is_refused_before_the_store_is_asked(site, client, body):
    made = site.share(code="123456")

    answers = [client.post(f"/s/{each}", content=body) for each in (made.id, "B" * 43)]

    assert [each.status_code for each in answers] == [400, 400]
    assert told(answers[0]) == told(answers[1])


def test_a_body_of_4096_bytes_passes_and_one_more_does_not(site, client):
    made = site.share()
    room = 4096 - len(json.dumps({**ASKED, "x": ""}).encode())

    def ask(extra, *, pieces=False):
        body = json.dumps({**ASKED, "x": "y" * (room + extra)}).encode()
        content = (body[start : start + 100] for start in range(0, len(body), 100)) if pieces else body
        return client.post(f"/s/{made.id}", content=content).status_code

    assert [ask(0), ask(1), ask(0, pieces=True), ask(1, pieces=True)] == [200, 413, 200, 413]


def test_the_61st_request_of_a_minute_waits_and_another_link_does_not(site, client):
    made, other = site.share(), site.share()
    statuses = [client.get(f"/s/{made.id}").status_code for _ in range(60)]

    late = client.get(f"/s/{made.id}")

    assert set(statuses) == {200}
    assert late.status_code == 429
    assert 1 <= int(late.headers["retry-after"]) <= 60
    assert client.get(f"/s/{other.id}").status_code == 200
    site.clock.now += 60
    assert client.get(f"/s/{made.id}").status_code == 200


def test_a_store_that_is_down_or_off_says_come_back(make_site, monkeypatch):
    site = make_site()
    client = client_for(site)
    made = site.share()
    for error in (StoreDown(), SharingOff("newer")):
        monkeypatch.setattr(site.store, "_work", lambda error=error: (_ for _ in ()).throw(error))
        answer = client.get(f"/s/{made.id}")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    monkeypatch.undo()
    assert client.get(f"/s/{made.id}").status_code == 200


def test_without_a_store_no_link_is_active_and_the_viewer_says_so(make_site):
    site = make_site()
    site.host.store = None
    client = client_for(site)

    assert client.get("/s/" + "A" * 43).status_code == 404
    assert client.get("/v").status_code == 200


# --- Headers and sameness ---


@pytest.fixture
def answers(site, client, monkeypatch):
    """One answer of every status and kind."""
    made = site.share(code="123456")
    found = {"file": client.get("/v"), "script": client.get("/v.js"), "style": client.get("/v.css")}
    found["wrong method on a file"] = client.post("/v")
    found["preflight"] = client.options(f"/s/{made.id}")
    found["wrong method"] = client.put(f"/s/{made.id}")
    found["bad"] = client.post(f"/s/{made.id}", content=b"")
    found["too large"] = client.post(f"/s/{made.id}", content=b"x" * 5000)
    found["wrong code"] = client.post(f"/s/{made.id}", json=ASKED)
    found["manifest"] = client.post(f"/s/{made.id}", json={**ASKED, "passcode": "123456"})
    found["gone"] = client.get("/s/x")
    found["status"] = client.get(f"/s/{made.id}/status", headers=bearer(made.token))
    for _ in range(60):
        found["too often"] = client.get(f"/s/{made.id}")
    monkeypatch.setattr(site.store, "fetch", lambda _: 1 / 0)
    found["broken"] = client.get("/s/" + "C" * 43)
    monkeypatch.setattr(site.store, "fetch", lambda _: (_ for _ in ()).throw(StoreDown()))
    found["down"] = client.get("/s/" + "D" * 43)
    return found


EXPECTED = {
    "cache-control": "no-store",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
}
"""Written out: the table of the design, not what the code says."""


def test_every_answer_carries_its_headers_and_no_cookie(answers):
    assert {key: value for key, value in HEADERS.items() if key != "content-security-policy"} == EXPECTED
    assert OPEN_TO_ALL["access-control-allow-origin"] == "*"
    assert {each.status_code for each in answers.values()} == {
        200, 204, 400, 401, 404, 405, 413, 429, 500, 503,
    }  # fmt: skip
    for name, answer in answers.items():
        assert {key: answer.headers.get(key) for key in HEADERS} == dict(HEADERS), name
        assert "set-cookie" not in answer.headers
        allowed = OPEN_TO_ALL if str(answer.url.path).startswith("/s/") else {}
        assert {k: v for k, v in answer.headers.items() if k.startswith("access-control")} == allowed, name


def test_the_policy_of_the_viewer_is_the_one_written_down(client):
    policy = client.get("/v").headers["content-security-policy"]

    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    )


def test_unknown_and_expired_run_the_same_statements(site, client):
    from sqlalchemy import event

    made, coded = site.share(), site.share(code="123456")
    site.clock.now = made.expires
    seen = []
    event.listen(site.store._opened(), "before_cursor_execute", lambda *told: seen.append(told[2]))

    def statements(work):
        seen.clear()
        work()
        return list(seen)

    for how in (
        lambda it: client.get(f"/s/{it}"),
        lambda it: client.post(f"/s/{it}", json=ASKED),
        lambda it: client.post(f"/s/{it}", json={**ASKED, "passcode": "123456"}),
    ):
        runs = [statements(lambda it=it, how=how: how(it)) for it in ("A" * 43, made.id, coded.id)]
        assert runs[0]
        assert runs[0] == runs[1] == runs[2]


def test_all_of_it_also_works_below_a_path(make_site):
    site = make_site(Host(share_base="https://hip.example.org/clinic/hips"))
    client = client_for(site, prefix="/clinic/hips")
    made = site.share()

    (file,) = client.post(f"/clinic/hips/s/{made.id}", json={**ASKED, "embeddedLengthMax": 1}).json()["files"]

    assert client.get(file["location"].removeprefix("https://hip.example.org")).text == made.jwe
    assert client.get(f"/clinic/hips/s/{made.id}").text == made.jwe
    assert client.get("/clinic/hips/v").status_code == 200
    assert client.get("/clinic/hips/s/x").status_code == 404
    assert client.get(f"/s/{made.id}").text == "the app"


# --- Nothing secret in a log ---


def walk_through(site, client, caplog):
    caplog.set_level(logging.DEBUG)
    # The test's own client logs what it asks for; a server does not know that logger.
    for name in ("httpx", "httpcore", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    made, coded = site.share(), site.share(code="271828")
    client.get(f"/s/{made.id}?recipient=Dr+Recipient")
    said = {"recipient": "Dr Recipient", "embeddedLengthMax": 5}
    (file,) = client.post(f"/s/{made.id}", json=said).json()["files"]
    ticket = file["location"].rpartition("/")[2]
    client.get(f"/s/f/{ticket}")
    client.post(f"/s/{coded.id}", json={**said, "passcode": "271828"})
    for _ in range(6):
        client.post(f"/s/{coded.id}", json={**said, "passcode": "314159"})
    client.get(f"/s/{made.id}/status", headers=bearer(made.token))
    client.delete(f"/s/{made.id}", headers=bearer(made.token))
    site.store.purge()
    return [
        ticket, "271828", "314159", "Dr Recipient", "Front of the knee",
        *(secret for each in (made, coded) for secret in (each.id, each.token, each.key, each.jwe[-60:])),
    ]  # fmt: skip


def test_no_log_holds_anything_secret(site, client, caplog, monkeypatch):
    secrets = walk_through(site, client, caplog)
    crashing = "D" * 43

    def crash(share_id):
        raise KeyError(share_id)

    monkeypatch.setattr(site.store, "fetch", crash)
    assert client.get(f"/s/{crashing}").status_code == 500

    everything = caplog.text + "".join(str(vars(each)) for each in caplog.records)
    assert "share request failed: KeyError" in everything
    assert [each for each in [*secrets, crashing] if each in everything] == []


def test_a_leak_would_be_seen(site, client, caplog, monkeypatch):
    real = site.store.fetch
    monkeypatch.setattr(
        site.store,
        "fetch",
        lambda share_id: logging.getLogger("x").debug("reading %s", share_id) or real(share_id),
    )

    secrets = walk_through(site, client, caplog)

    assert [each for each in secrets if each in caplog.text]


def test_the_document_in_the_vectors_is_the_one_that_travels(site, client):
    from screening.sharing import crypto

    made = site.share(document("answers"))

    plain = crypto.unseal(client.get(f"/s/{made.id}").text, link.decode(made.key))[1]

    assert json.loads(plain) == document("answers")
