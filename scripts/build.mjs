// Builds dist/: the library and the command bundled into few files (each file that Node has to find and read
// costs start-up time), split so that a command loads what it needs, and the type declarations beside them.
import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

const root = new URL('..', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))

rmSync(new URL('dist', root), { recursive: true, force: true })
await build({
  absWorkingDir: root.pathname,
  entryPoints: {
    index: 'src/index.ts',
    cli: 'src/cli/main.ts',
    'typescript-hooks': 'src/support/typescript-hooks.ts',
  },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  legalComments: 'none',
  define: { TIDEMARK_VERSION: JSON.stringify(manifest.version) },
})
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
})
chmodSync(new URL('dist/cli.js', root), 0o755)
