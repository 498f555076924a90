"""Arena's text leaderboard, and which of its names means which model of the catalog.

There is no shared id. `names` spells both sides alike, `links` connects them where makers, dates
and efforts agree, `matching` keeps what is not ambiguous, `reviewed` has the pairs that were
settled by hand. A wrong match is worse than none: what could mean two models means neither.
"""
