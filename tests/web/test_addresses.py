"""What each address answers, over real HTTP."""

import gzip
import re

import pytest
from tests.server import Server, json_of

HEADERS = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/", 200, "text/html"),
        ("/page", 200, "text/html"),
        ("/?lang=en", 200, "text/html"),
        ("/healthz", 200, "text/plain"),
        ("/readyz", 200, "text/plain"),
        ("/ui/app.css", 200, "text/css"),
        ("/ui/icon.svg", 200, "image/svg+xml"),
        ("/ui/icons.woff2", 200, "font/woff2"),
        ("/ui/README.md", 404, "text/plain"),
        ("/ui/../stack.py", 400, None),
        ("/_stcore/health", 200, "text/plain"),
        ("/_stcore/host-config", 200, "application/json"),
        ("/_stcore/metrics", 404, "text/plain"),
        ("/_stcore/script-health-check", 404, "text/plain"),
        ("/_stcore/agent", 404, "text/plain"),
        ("/_stcore/agent/interact", 404, "text/plain"),
        ("/_stcore/agent/openapi.json", 404, "text/plain"),
        ("/_stcore/agent/mcp", 404, "text/plain"),
        ("/page/_stcore/health", 404, None),
        ("/page/_stcore/agent/mcp", 404, None),
        ("/static/js/gone.js", 404, "text/plain"),
        ("/static/../index.html", 404, None),
        ("/static/%2e%2e/index.html", 404, None),
        ("/static/", 404, "text/plain"),
        ("/static/js/%00.js", 404, None),
        ("/ui/gone.css", 404, None),
        ("/_stcore/gone", 404, None),
        ("/_stcore/bidi-components/gone.js", 404, None),
        ("/media/gone.png", 404, None),
        ("/component/gone/index.html", 404, None),
        ("/no_such_page", 404, "text/html"),
        ("/page/deeper", 404, "text/html"),
        ("/s/x", 404, "application/json"),
        ("/index.html", 404, "text/html"),
        ("/pages/start.py", 404, "text/html"),
    ],
)
def test_each_address_answers_as_the_table_says(
    edge: Server, path: str, status: int, kind: str | None
) -> None:
    answer = edge.get(path)

    assert answer.status == status
    assert kind is None or answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT"])
@pytest.mark.parametrize(
    "path",
    ["/", "/page", "/gone", "/healthz", "/ui/app.css", "/static/js/gone.js", "/_stcore/metrics", "/page/"],
)
def test_every_answer_carries_the_security_headers(edge: Server, path: str, method: str) -> None:
    headers = edge.get(path, method=method).headers

    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self' 'sha256-")


def test_the_policy_allows_no_foreign_code_no_eval_and_no_frame(edge: Server) -> None:
    policy = edge.get("/").headers["content-security-policy"]
    rules = {name: rest for name, _, rest in (rule.partition(" ") for rule in policy.split("; "))}

    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"'self' 'sha256-[A-Za-z0-9+/=]{44}'", rules["script-src"])
    assert rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/ui/app.css", "/", "/page"])
def test_no_cookie_is_set_by_a_page_or_by_what_a_balancer_asks(edge: Server, path: str) -> None:
    assert "set-cookie" not in edge.get(path).headers


def test_no_foreign_page_may_steer_the_app(edge: Server) -> None:
    config = json_of(edge.get("/_stcore/host-config"))

    assert isinstance(config, dict)
    assert config["allowedOrigins"] == []
    assert config["metricsUrl"] == ""


def test_an_address_with_a_slash_at_its_end_still_finds_its_page(edge: Server) -> None:
    answer = edge.get("/page/")

    assert answer.status == 301
    assert answer.headers["location"] == "/page"


@pytest.mark.parametrize(("path", "to"), [("/first", "/"), ("/first?lang=es&x=%2F", "/?lang=es&x=%2F")])
def test_the_name_of_the_first_page_leads_to_it(edge: Server, path: str, to: str) -> None:
    answer = edge.get(path)

    assert answer.status == 307
    assert answer.headers["location"] == to


def test_our_own_files_are_confirmed_and_not_sent_again(edge: Server) -> None:
    first = edge.get("/ui/app.css", accept_encoding="gzip")

    again = edge.get("/ui/app.css", accept_encoding="gzip", if_none_match=first.headers["etag"])

    assert (again.status, again.body) == (304, b"")
    assert first.headers["cache-control"] == "no-cache"


def test_every_script_of_the_first_page_comes_small_and_unharmed(edge: Server) -> None:
    page = edge.get("/").body.decode()
    paths = re.findall(r'(?:src|href)="\.(/static/[^"]+\.(?:js|css))"', page)

    total = 0
    for path in paths:
        small = edge.get(path, accept_encoding="gzip, deflate")
        plain = edge.get(path)
        assert small.headers["content-encoding"] == "gzip"
        assert small.headers["cache-control"] == "public, immutable, max-age=31536000"
        assert "accept-encoding" in small.headers["vary"].lower()
        assert "content-encoding" not in plain.headers
        assert gzip.decompress(small.body) == plain.body
        total += len(small.body)

    assert len(paths) > 50
    assert total < 600_000


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("identity", None),
        ("gzip;q=0", None),
        ("", None),
        ("x-gzip", None),
    ],
)
def test_a_browser_gets_no_coding_it_did_not_ask_for(edge: Server, accepted: str, coding: str | None) -> None:
    path = re.findall(r'"\.(/static/js/[^"]+\.js)"', edge.get("/").body.decode())[0]

    assert edge.get(path, accept_encoding=accepted).headers.get("content-encoding") == coding


def test_a_head_request_gets_the_headers_of_the_page_and_no_body(edge: Server) -> None:
    head, page = edge.get("/", method="HEAD"), edge.get("/")

    assert head.status == 200
    assert head.body == b""
    assert head.headers["content-length"] == str(len(page.body))
