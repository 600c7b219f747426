"""Where foreign files are read and papers are drawn: child processes without keys, network or database.

Only the two programs `render` and `parse` load what stands here besides `wire` and `verdicts`; the
contracts of pyproject.toml keep the libraries out of every other process.
"""
