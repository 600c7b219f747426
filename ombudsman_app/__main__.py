"""`python -m ombudsman_app`: the command line, for programs that know the interpreter alone."""

from ombudsman_app.cli.main import main

if __name__ == "__main__":
    main()
