import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { env } from '../../../src/config/env.js'
import { loadConfig } from '../../../src/config/load-config.js'

test('env reads the process before anything is loaded, and then .env too', async () => {
  process.env['TIDEMARK_ENV_TEST'] = 'process'
  expect(env('TIDEMARK_ENV_TEST')).toBe('process')
  delete process.env['TIDEMARK_ENV_TEST']
  expect(env('TIDEMARK_ENV_TEST')).toBeUndefined()
  expect(env('TIDEMARK_ENV_TEST', 'fallback')).toBe('fallback')

  const root = mkdtempSync(join(tmpdir(), 'tidemark-env-'))
  writeFileSync(join(root, '.env'), 'TIDEMARK_ENV_TEST=file\nTIDEMARK_EMPTY=\n')
  writeFileSync(join(root, 'tidemark.config.mjs'), 'export default {}')
  await loadConfig({ root })
  rmSync(root, { recursive: true })

  expect(env('TIDEMARK_ENV_TEST', 'fallback')).toBe('file')
  expect(env('TIDEMARK_EMPTY', 'fallback')).toBe('')
})
