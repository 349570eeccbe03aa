"""The preview: builds a site, serves it on this machine alone, and builds and reloads it whenever its input changes."""

from sitegen.serve.preview import serve

__all__ = ["serve"]
