"""How the floors are named to gunicorn; importing this costs nothing."""

APP, OFFICE = "BENCH_APP", "BENCH_OFFICE"  # environment: the application; whose complaints it lists
HELLO = "ombudsman_app.cli.bench.floors:hello"
BARE_PAGE = "ombudsman_app.cli.bench.floors:bare_page()"
