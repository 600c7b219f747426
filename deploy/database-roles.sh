#!/bin/sh
# Makes the role that serves the pages: it owns no table (deploy/README.md, "The two roles of the database").
set -eu
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
CREATE ROLE kawal LOGIN PASSWORD :'password';
SQL
