"""`ombudsman bench …`: fill a database, measure pages, processes and papers, live a year of findings."""

from ombudsman_app.cli.lines import PlainGroup

from .coverage import coverage
from .employers import employers
from .importing import import_list
from .letters import letters
from .render import render
from .seed import seed
from .servers import servers
from .web import web
from .year import year

bench = PlainGroup("bench", help="Invented complaints in bulk, and what the pages cost.")
bench.add_command(seed)
bench.add_command(web)
bench.add_command(coverage)
bench.add_command(employers)
bench.add_command(render)
bench.add_command(letters)
bench.add_command(servers)
bench.add_command(year)
bench.add_command(import_list)
