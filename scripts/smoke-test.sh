#!/usr/bin/env bash
# Uses the package as a stranger would: packed, installed into an empty folder, run from there. On SQLite, and on each server
# whose address is in TEST_POSTGRES_URL, TEST_MYSQL_URL or TEST_MARIADB_URL.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tarball=$(cd "$root" && npm pack --silent --pack-destination "$work" | tail -n 1)
cd "$work"
mkdir app && cd app
npm init -y >/dev/null
npm install --no-audit --no-fund --silent "../$tarball"

npx --no-install tidemark init --preset mediastream
npx --no-install tidemark migrate
npx --no-install tidemark migrate:status
npx --no-install tidemark make:migration add_bio_to_users
npx --no-install tidemark migrate
npx --no-install tidemark migrate:status --pending
npx --no-install tidemark db:table users
npx --no-install tidemark migrate:reset
npx --no-install tidemark migrate

cat >start.mts <<'TS'
import { Tidemark } from 'tidemark'
const tidemark = new Tidemark()
const pending = (await tidemark.status()).filter((migration) => migration.state === 'pending')
await tidemark.close()
if (pending.length > 0) throw new Error(`${pending.length} migrations are pending`)
TS
cp start.mts start.mjs # no syntax in it needs a compiler
node start.mjs

# The short way, in a folder of its own.
mkdir short && cd short
npx --no-install tidemark init --preset stackctl
npx --no-install tidemark db:apply
npx --no-install tidemark db:create create_articles
npx --no-install tidemark db:apply
npx --no-install tidemark db:status
npx --no-install tidemark db:describe articles
npx --no-install tidemark db:rollback 007_create_articles
cd ..

servers=''
for variable in TEST_POSTGRES_URL TEST_MYSQL_URL TEST_MARIADB_URL; do
  [ -n "${!variable:-}" ] && servers="$servers ${!variable}"
done
if [ -n "$servers" ]; then
  # Without a driver, the command says which one to install.
  for url in $servers; do
    if DB_URL=$url npx --no-install tidemark migrate:status 2>refusal; then exit 1; fi
    grep -q 'Run: npm install \(pg\|mysql2\)' refusal
  done
  npm install --no-audit --no-fund --silent pg mysql2
fi
for url in $servers; do
  name=tidemark_smoke_$$
  export DB_URL="${url%/*}/$name"
  npx --no-install tidemark migrate --force # makes the database
  npx --no-install tidemark migrate:status --pending
  npx --no-install tidemark db:table users
  npx --no-install tidemark migrate:reset
  npx --no-install tidemark migrate
  node start.mjs
  DB_URL=$url node --input-type=module -e "
    import { Tidemark } from 'tidemark'
    const tidemark = new Tidemark()
    await (await tidemark.schema()).dropDatabaseIfExists('$name')
    await tidemark.close()
  "
done
printf 'The packed package works in an empty folder.\n'
