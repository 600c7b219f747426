"""`ombudsman bench seed|web`: fill a database, measure the pages."""

from ombudsman_app.cli.lines import PlainGroup

from .seed import seed
from .web import web

bench = PlainGroup("bench", help="Invented complaints in bulk, and what the pages cost.")
bench.add_command(seed)
bench.add_command(web)
