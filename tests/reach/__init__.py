"""Whether everybody can read what sitegen builds: checks of whole sites by outside tools, in a real browser.

`python -m tests.reach` builds some sites and looks at each type of their pages; `--help` says which checks there are.
They need chromium, node, java, and once `npm ci --ignore-scripts --prefix tests/reach`.
"""
