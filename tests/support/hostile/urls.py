"""Addresses as an adversary writes them, as bytes of a request line."""

from hypothesis import strategies as st

_SHORT = rb"""
/nousresearch%2Fhermes-4-405b /acme%2fone /%2e%2e/%2e%2e/etc/passwd /../acme/one /acme/./one
/acme/x/../one //evil.example/ ///evil.example /%2f%2fevil.example /\evil.example
/%5cevil.example /%5c%5cevil.example/acme/one /acme/one;a=b /acme/one%3b /;/acme/one
/acme/one%00 /%00 /acme/one%0d%0aSet-Cookie:%20a=1 /%0d%0aLocation:%20https://evil.example/
/acme/one%0a /models/acme/one%0d%0aX:%20y /%ff%fe /acme/%c0%af /%ed%a0%80 /% /%zz /acme/one%
/%u0061cme/one /models//evil.example /models/%2f%2fevil.example /model///evil.example/acme/one
/models/https://evil.example/ /ACME/ONE// /ACME/ONE/%2f /acme%E2%88%95one /%EF%BC%8Fevil.example
/acme/one%E2%80%AE /acme/one?%0d%0aX:%20y /acme/one#x /acme/one??//evil.example
http://evil.example/acme/one https://evil.example * /Acme/One-HF/card-0123456789abcdef.png%0a
/sitemap-%D9%A1.xml /acme/one.md.md /api/%2e%2e/healthz /api/models/%0a /api/models/a%2Fb%2Fc
/api//models /api/ /api: /changes) /acme/one/preview) /models.csv. /robots.txt%E2%80%8B
"""
_LONG = [
    b"/" + b"a" * 8_000,
    b"/" + b"/" * 8_000,
    b"/" + b"%2e%2e%2f" * 800,
    b"/" + b"%f0%9f%92%a9" * 600,
    b"/models/" + b"A/" * 4_000,
    b"/sitemap-" + b"9" * 5_000 + b".xml",
    b"/api/models/" + b"x" * 8_000,
    b"/api/models?q=" + b"x" * 8_000,
    b"/api/compare?" + b"m=a&" * 999,
]
TARGETS = [*_SHORT.split(), *_LONG]

_PIECES = rb"""
acme one ACME/One / // .. . %2f %2F %2e%2e \ %5c ; %3b %00 %0d%0a %0a %09 %20 %ff %c3%28 % ? & =
@ : models/ model/ evil.example card.png /feed.xml .md api/ sitemap- .xml %e2%80%a8 %EF%BC%8F ~
"""
RAW = st.lists(
    st.sampled_from([*_PIECES.split(), b"a" * 4_000])
    | st.integers(0x21, 0x7E).map(lambda byte: bytes([byte])),
    max_size=12,
).map(lambda parts: b"/" + b"".join(parts).replace(b"#", b""))
