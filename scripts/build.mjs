// Builds dist/: the library and the command, bundled, and the type declarations beside them. Each file that Node has
// to find and read costs start-up time, and so does each line that it has to compile: so there are few chunks, cut
// between what every command needs and what only a command that finds something to do comes to need.

import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { cheapBuiltins } from './cheap-builtins.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** The files of `src/dialects` that every dialect needs at once; those that only servers need; the rest is of structure. */
const everyDialect =
  'bindings|blocker|call-queue|collect-statements|errors|inline-bindings|lazy-catalogue|place-reader|registry|sql-tokens'
const structureOfDialects = 'blueprint-order|json-selector|refusals|rehearsal|structure-errors'

/** A dialect in two chunks: what opens a session and runs SQL, and what reads and changes structure. */
function dialectGroups(name, folders) {
  const folder = `src/dialects/(?:${folders})/`
  // Loaded when it is first needed.
  const later = 'administer|blockers|client|query-compiler|query-tables|rehearse|wipe'
  return [
    [name, `${folder}(?:(?!(?:${later})\\.ts$)[\\w-]+\\.ts$|session/(?!driver-|lock-holders)|sql/)`],
    [`${name}-structure`, `${folder}(?!client\\.|query-compiler|session/)`],
  ]
}

/** What belongs into one chunk, as a pattern of paths; what none names goes where its importers are. */
const groups = [
  // What every command needs, and an application that migrates at its start.
  [
    'core',
    `src/(?:tidemark|(?:config|connection|migrations)/|dialects/(?:${everyDialect})\\.ts|` +
      'support/(?!typescript|load-module|module-problem)|schema/(?:dialect-name|table-name|operation-names|expression))',
  ],
  [
    'command-line',
    'src/cli/(?:(?!main|help|known-table|ask\\.|unknown)[\\w-]+\\.ts|commands/index|output/(?:layout|migrate-result|progress|terminal|units))',
  ],
  // What a migration that is run needs.
  ['schema', `src/(?:schema|query)/|src/dialects/(?:${structureOfDialects})\\.ts`],
  ...dialectGroups('sqlite', 'sqlite'),
  ['servers', 'src/dialects/(?!client-)[\\w-]+\\.ts'],
  ...dialectGroups('postgres', 'postgres'),
  ...dialectGroups('mysql', 'mysql|mariadb'),
  ['kysely', 'node_modules/kysely/(?!dist/esm/dialect/)'],
].map(([name, test], index) => ({ name, test: new RegExp(test), priority: 20 - index }))

// Made beside dist/, so that a build which fails leaves the last one, and whoever runs it meanwhile finds it whole.
const draft = `${root}/.dist-draft`
rmSync(draft, { recursive: true, force: true })
await build({
  cwd: root,
  input: {
    index: 'src/index.ts',
    cli: 'src/cli/main.ts',
    'typescript-hooks': 'src/support/typescript-hooks.ts',
  },
  platform: 'node',
  external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('kysely'),
  transform: { target: 'node20.19', define: { TIDEMARK_VERSION: JSON.stringify(manifest.version) } },
  preserveEntrySignatures: 'allow-extension',
  treeshake: { moduleSideEffects: (id) => id.endsWith('src/cli/main.ts') },
  // Of the two flavours of MySQL, only the other one is loaded late; both are in the one chunk, whichever that is.
  checks: { ineffectiveDynamicImport: false },
  plugins: [cheapBuiltins()],
  output: {
    dir: draft,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    comments: false,
    codeSplitting: { groups, includeDependenciesRecursively: false },
  },
})
execFileSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', `${draft}/types`],
  { cwd: root, stdio: 'inherit' },
)
// Part of Kysely is bundled, so its licence goes along.
copyFileSync(`${root}/node_modules/kysely/LICENSE`, `${draft}/chunks/kysely.LICENSE`)
chmodSync(`${draft}/cli.js`, 0o755)
rmSync(`${root}/dist`, { recursive: true, force: true })
renameSync(draft, `${root}/dist`)
