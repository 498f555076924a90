"""What social crawlers ask for, read and show: the contract that every page keeps.

`crawlers` is the one table of it. `unfurling` says what each makes of a page that was downloaded,
and which of its limits the page or its picture breaks.
"""
