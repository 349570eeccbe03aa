"""Jinja as templates of a site need it: quick escaping, calls that cost nothing, code that is kept between builds."""

from collections.abc import Callable, Container, Iterable, MutableMapping
from functools import cached_property
from keyword import iskeyword
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, TemplateSyntaxError, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from sitegen.resources import shipped_folder


def escaped(value: Any) -> str:  # noqa: ANN401 (whatever a template shows)
    """`escape(value)`, at a fraction of the cost for text with nothing to escape and for what is safe HTML already."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]  # a text, as kind says
    # Five quick looks take less time than one with a pattern.
    if kind is not str or "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
        return escape(value)
    return value  # type: ignore[no-any-return]  # as above


class Calls(NodeTransformer):
    """Makes filters of the calls of our functions, which Jinja compiles to plain calls, or to their constant result.

    `{{ _('People') }}` and `{{ href('/people/') }}` cost nothing when a page is rendered.
    """

    def __init__(self, names: Container[str]) -> None:
        self.names = names

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name that the visitor looks for
        """The call as a filter, if it is one of ours."""
        self.generic_visit(node)
        is_ours = isinstance(node.node, nodes.Name) and node.node.name in self.names
        if not is_ours or not node.args or node.dyn_args or node.dyn_kwargs:
            return node
        name = node.node.name  # type: ignore[attr-defined]  # as is_ours says
        return nodes.Filter(node.args[0], name, node.args[1:], node.kwargs, None, None, lineno=node.lineno)


class TemplateLoader(FileSystemLoader):
    """Finds templates; one that is not UTF-8 is as wrong as one with a slip in it."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, its file, and whether it is up to date."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            places = (Path(folder) / template for folder in self.searchpath)
            place = next(str(place) for place in places if place.is_file())
            raise TemplateSyntaxError("not UTF-8; save it as UTF-8", 1, template, place) from error


class Compiler(CodeGenerator):
    """Compiles templates to code that costs little: it escapes by `escaped`, and gives a block in one piece.

    In our own templates an attribute is Python's and a call a plain call: that nothing more is wanted of them, such as
    entries of mappings as attributes, or whether an attribute is defined, is our affair. Those of a site keep to Jinja.
    """

    @cached_property
    def is_ours(self) -> bool:
        """Whether the template is one that sitegen ships with."""
        return self.filename is not None and Path(self.filename).is_relative_to(shipped_folder("templates"))

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Write a body; that of a template or a block collects its pieces, lest each climb through all around it."""
        collects = frame.buffer is None
        if collects:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if collects:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - as above
        """Write the value of an attribute."""
        # The blocks of a page are looked up by their names.
        is_block = isinstance(node.node, nodes.Name) and node.node.name == "self"
        if not self.is_ours or is_block or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - as above
        """Write a call, of a macro mostly."""
        if not self.is_ours:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        # The rest of a signature begins with a comma.
        if node.args:
            self.visit(node.args[0], frame)
        else:
            self.write("*()")
        rest = nodes.Call(node.node, node.args[1:], node.kwargs, node.dyn_args, node.dyn_kwargs)
        self.signature(rest, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class CodeCache(BytecodeCache):
    """Keeps what templates were compiled to, under their names; code of another text is made anew.

    Args:
        kept: may only hold what was compiled by this program, for the same settings: they are part of the code.
    """

    def __init__(self, kept: MutableMapping[bytes, bytes]) -> None:
        self.kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept of a template."""
        if code := self.kept.get(bucket.key.encode()):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a template was compiled to."""
        self.kept[bucket.key.encode()] = bucket.bytecode_to_string()


class TemplateEnvironment(Environment):
    """Jinja, with the functions of a site for its templates."""

    code_generator_class = Compiler
    escaped = staticmethod(escaped)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows besides its view: as no template has more than all, no chain of mappings is needed.

        A context is made of it for every page.
        """
        return self.globals if d is None else super().make_globals(d)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(Calls(self.filters).visit(source), name, filename, defer_init)
