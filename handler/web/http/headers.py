"""Media types, cache policies and security headers."""

HTML = "text/html; charset=utf-8"


TEXT = "text/plain; charset=utf-8"


PNG = "image/png"


ICO = "image/x-icon"


SVG = "image/svg+xml"


MANIFEST = "application/manifest+json"


ATOM = "application/atom+xml; charset=utf-8"


XML = "application/xml; charset=utf-8"


MARKDOWN = "text/markdown; charset=utf-8"


JSON = "application/json"


PROBLEM = "application/problem+json"


# A crawler fetches once, and its platform keeps what it got for days: a page that is minutes old
# is as old as a card may be, so stale copies are served for minutes only while a fresh one is
# fetched, and for long only when there is none to be had.
PAGE_CACHE = "public, max-age=60, s-maxage=300, stale-while-revalidate=300, stale-if-error=604800"


# From 10 to 60 seconds: a platform must not keep an error, nor a stampede on one reach us.
ERROR_CACHE = "public, max-age=10, s-maxage=30"


NO_CACHE = "no-cache"


# GitHub's image proxy keeps a picture for as long as max-age says, and looks at nothing else.
BADGE_CACHE = "public, max-age=300, stale-if-error=604800"


# What changes with the code alone.
ASSET_CACHE = "public, max-age=86400, s-maxage=86400, stale-if-error=604800"


# An address that has the hash of what it shows.
IMMUTABLE_CACHE = "public, max-age=31536000, immutable"


# What is no page loads nothing, runs nothing and stands in no frame. Pictures go without: browsers
# style the page on which they show one alone, and an SVG may style itself.
NON_HTML_CSP = "default-src 'none'; frame-ancestors 'none'"


UNSTYLED_PICTURES = frozenset({PNG, ICO, SVG})


SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": "max-age=31536000",
    "cross-origin-opener-policy": "same-origin",
}
