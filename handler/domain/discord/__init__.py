"""Discord's component embed: what a page may put in place of the usual preview.

One key too many gives no preview at all, so every embed is judged by `embed` before it is sent.
"""
