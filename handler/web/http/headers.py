"""Media types, cache policies and security headers."""

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
PNG = "image/png"
ICO = "image/x-icon"
SVG = "image/svg+xml"
MANIFEST = "application/manifest+json"
# Feeds too: browsers show application/atom+xml as plain text, or download it.
XML = "application/xml; charset=utf-8"
CSS = "text/css; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
JSON = "application/json"
PROBLEM = "application/problem+json"

# A crawler fetches once, and its platform keeps the result for days. So the CDN may serve a stale
# page only for minutes while it revalidates, but for a week while the origin fails.
PAGE_CACHE = "public, max-age=60, s-maxage=300, stale-while-revalidate=300, stale-if-error=604800"
# 10 to 60 seconds: long enough to absorb a burst, too short for a platform to keep an error.
ERROR_CACHE = "public, max-age=10, s-maxage=30"
NO_CACHE = "no-cache"
# GitHub's image proxy honours max-age alone.
BADGE_CACHE = "public, max-age=300, stale-if-error=604800"
# Files that change only with a deployment.
ASSET_CACHE = "public, max-age=86400, s-maxage=86400, stale-if-error=604800"
# URLs that contain a hash of their content.
IMMUTABLE_CACHE = "public, max-age=31536000, immutable"

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": "max-age=31536000",
    "cross-origin-opener-policy": "same-origin",
}
# Pages of any site may embed these answers, also those that isolate themselves (COEP), and their
# scripts may read them: all of it is public.
CROSS_ORIGIN_HEADERS = (
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "ETag"),
    ("cross-origin-resource-policy", "cross-origin"),
)
API_METHODS = "GET, HEAD, OPTIONS"
# Browsers send a preflight before a script's request with If-None-Match. The answer is the same
# whatever it asks, so that caches may keep it. Older browsers take the star as a name.
# https://fetch.spec.whatwg.org/#http-cors-protocol
PREFLIGHT_HEADERS = (
    *SECURITY_HEADERS.items(),
    ("cache-control", ASSET_CACHE),
    ("access-control-allow-origin", "*"),
    ("access-control-allow-methods", "GET, HEAD"),
    ("access-control-allow-headers", "*, If-None-Match, If-Range, Range"),
    ("access-control-max-age", "86400"),
    ("allow", API_METHODS),
)
# Anything but a page loads nothing, runs nothing and cannot be framed.
NON_HTML_CSP = "default-src 'none'; frame-ancestors 'none'"
# Feeds have a style sheet of the site, for people who open one in a browser.
FEED_CSP = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"
# Images are sent without a policy: a browser that shows one alone styles the page around it, and
# an SVG may style itself.
TYPES_WITHOUT_CSP = frozenset({PNG, ICO, SVG})
