"""`python -m bot` and `chenlian`: the command line."""

from bot.cli import app


def main() -> None:
    """Run one command; the exit code is 0 done, 1 refused, 2 misused."""
    app()


if __name__ == "__main__":
    main()
