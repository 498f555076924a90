"""How fast it is, against what people would otherwise build: the pieces of `scripts/bench`.

`sides` installs what is compared, `rivals` has the others' code, `storage` puts catalogs of any
size (`catalogs`) on an S3 server behind TLS (`trust`). `probes` run in the processes that are
measured; each other module is one part of the measurement and returns `findings`, which `targets`
judges and `document` writes down.
"""
