"""Scripts are published without comments, and do the same."""

from sitegen.scripts import strip_comments

SCRIPT = """\
/**
 * What it is for.
 */
/* @license MIT: stays */

export function half(number) {
  // Why.
  const sign = /** @type {string} */ ("// no comment */");

  return /** @type {any} */ (number) / 2 / sign.length; /* stays too */
}
"""

STRIPPED = """\
/* @license MIT: stays */
export function half(number) {
const sign = ("// no comment */");
return (number) / 2 / sign.length; /* stays too */
}
"""


def test_comments_types_and_margins_go_and_all_else_stays() -> None:
    assert strip_comments(SCRIPT) == STRIPPED


def test_stripping_twice_changes_nothing_more() -> None:
    assert strip_comments(STRIPPED) == STRIPPED
