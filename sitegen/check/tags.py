"""What HTML says about its elements, as far as well-formedness needs it (HTML Living Standard, 13.1.2)."""

# ruff: noqa: SIM905 (long lists of names are read as words, not as strings)

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements without content or end tag."""

RAW = frozenset(("script", "style", "textarea", "title"))
"""Elements whose content holds no tags."""

FOREIGN = frozenset(("svg", "math"))
"""Roots of the languages in which <x/> is a whole element."""

_ROWS = frozenset(("tr", "tbody", "tfoot", "thead"))
_BLOCKS = frozenset(
    "address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul li dt dd".split()
)

CLOSED_BY = {
    "p": _BLOCKS | _ROWS | {"td", "th"},
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "td": _ROWS | {"td", "th"},
    "th": _ROWS | {"td", "th"},
    "tr": _ROWS,
    "thead": _ROWS - {"tr"},
    "tbody": _ROWS - {"tr"},
    "tfoot": _ROWS - {"tr"},
    "option": frozenset(("option", "optgroup", "hr")),
    "optgroup": frozenset(("optgroup", "hr")),
    "rt": frozenset(("rt", "rp")),
    "rp": frozenset(("rt", "rp")),
    "colgroup": _ROWS - {"tr"},
    "caption": _ROWS | {"colgroup"},
    "head": frozenset(("body",)),
}
"""Elements that may go without an end tag, with the start tags that end them."""

END_IS_OPTIONAL = frozenset((*CLOSED_BY, "html", "body")) - {"caption"}

IMPLYING_ENDS = _BLOCKS | _ROWS | set("body button caption html object optgroup ruby select table td th".split())
"""Elements whose end tag ends those within them that may go without one."""

LOADING_RELATIONS = frozenset(
    "stylesheet icon apple-touch-icon mask-icon manifest preload modulepreload prefetch".split()
)
"""Relations of <link> that make a browser load what it names."""

LOADING_ATTRIBUTES = frozenset(("src", "srcset", "poster", "data", "xlink:href"))
"""Attributes that make a browser load what they name."""

DATA_BLOCKS = ("application/ld+json", "application/json")
"""Types of <script> that are data, and are never run."""
