"""What requests say that changes nothing, and what little of a query each kind of page reads."""

from tests.support.http.queries import QUERY_NAMES as READ

_FEED, _BADGE = READ["*/feed.xml"], READ["*/badge.svg"]
_CHANGES = READ["/changes"]
_EXPLORER, _COMPARISON = READ["/"], READ["/compare"]
_LIST = {*_EXPLORER, "limit", "offset"} - {"page"}

# A page of each kind, with the names of the parameters that it reads.
PAGES: dict[str, frozenset[str]] = {
    path: frozenset(names)
    for path, names in {
        "/": _EXPLORER,
        "/models.csv": READ["/models.csv"],
        "/card.png": _EXPLORER,
        "/card-0123456789abcdef.png": _EXPLORER,
        "/changes": _CHANGES,
        "/changes/card.png": _CHANGES,
        "/compare": _COMPARISON,
        "/compare/card.png": _COMPARISON,
        "/acme": set(),
        "/ACME": set(),
        "/acme/card.png": set(),
        "/acme/one/preview": set(),
        "/methodology": set(),
        "/acme/one": set(),
        "/~acme/latest": set(),
        "/Acme/One": set(),
        "/models/acme/one": set(),
        "/acme/one/": set(),
        "/Acme/One-HF": set(),
        "/no/such-model": set(),
        "/acme/one.md": set(),
        "/acme/one/card.png": set(),
        "/acme/one/card-0123456789abcdef.png": set(),
        "/feed.xml": _FEED,
        "/acme/feed.xml": _FEED,
        "/acme/one/feed.xml": _FEED,
        "/Acme/One/feed.xml": _FEED,
        "/acme/one/badge.svg": _BADGE,
        "/sitemap.xml": set(),
        "/robots.txt": set(),
        "/llms.txt": set(),
        "/healthz": set(),
        "/favicon.ico": set(),
        "/site.webmanifest": set(),
        "/api": set(),
        "/api/openapi.json": set(),
        "/api/status": set(),
        "/api/models": _LIST,
        "/api/models/acme/one": set(),
        "/api/models/Acme/One-HF": set(),
        "/api/models/acme/one/history": set(),
        "/api/models/acme/one/endpoints": set(),
        "/api/models/no/such-model": set(),
        "/api/compare": _COMPARISON,
    }.items()
}

# Names that trackers add, that other sites read, and that some page of ours reads.
QUERY_NAMES = sorted(
    {"utm_source", "fbclid", "gclid", "_", "url", "host", "redirect", "next", "callback", "lang"}
    | {"format", "debug", "cb", "__proto__", "page", "sort"}.union(*PAGES.values())
)

_EVIL = "evil.example"
# What frameworks, proxies and caches are known to read, each with what would do harm.
POISON_HEADERS = {
    "host": _EVIL,
    "x-forwarded-host": _EVIL,
    "x-forwarded-server": _EVIL,
    "x-host": _EVIL,
    "x-http-host-override": _EVIL,
    "x-original-host": _EVIL,
    "forwarded": f"for=1.2.3.4;host={_EVIL};proto=gopher",
    "x-forwarded-for": "127.0.0.1",
    "x-real-ip": "127.0.0.1",
    "true-client-ip": "127.0.0.1",
    "x-forwarded-proto": "gopher",
    "x-forwarded-scheme": "http",
    "x-forwarded-ssl": "off",
    "x-forwarded-port": "443,abc",
    "x-forwarded-prefix": f"//{_EVIL}",
    "x-forwarded-path": "/healthz",
    "x-original-url": "/healthz",
    "x-rewrite-url": "/healthz",
    "x-original-uri": "/healthz",
    "x-accel-redirect": "/healthz",
    "x-sendfile": "/etc/passwd",
    "x-script-name": f"//{_EVIL}",
    "x-http-method-override": "DELETE",
    "x-http-method": "POST",
    "x-method-override": "PUT",
    "x-wap-profile": f"https://{_EVIL}/x.xml",
    "accept": "application/json",
    "accept-charset": "utf-7",
    "accept-language": "de",
    "authorization": "Basic YWRtaW46YWRtaW4=",
    "cookie": "session=1; lang=de; theme=dark",
    "origin": f"https://{_EVIL}",
    "referer": f"https://{_EVIL}/",
    "user-agent": "Googlebot",
    "te": "trailers",
    "upgrade-insecure-requests": "1",
    "x-requested-with": "XMLHttpRequest",
    "access-control-request-method": "DELETE",
    "if-modified-since": "Thu, 01 Jan 2099 00:00:00 GMT",
    "if-unmodified-since": "Thu, 01 Jan 1970 00:00:00 GMT",
    "if-match": '"other"',
    "cache-control": "no-cache, no-store",
    "pragma": "no-cache",
    "content-type": "application/json",
    "max-forwards": "0",
    "surrogate-capability": 'x="ESI/1.0"',
    "x-amz-website-redirect-location": f"https://{_EVIL}/",
    "x-middleware-subrequest": "middleware",
    "sec-fetch-dest": "image",
    "save-data": "on",
    "purpose": "prefetch",
    "x-debug": "1",
}
