"""Begin the command: what must be done before its modules are imported."""

from masthead.document import compiled, garbage


def main() -> None:
    """Run the command."""
    garbage.raise_gc_threshold()  # nothing that is imported is ever garbage
    garbage.forgo_last_collection()
    compiled.keep()
    from masthead.cli import app

    app.main()
