"""``python -m gaigai_cli``: the same program as the ``gaigai`` command."""

from gaigai_cli.cli.app import main

if __name__ == "__main__":
    main()
