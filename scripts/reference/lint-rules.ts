// The page of the analyser's rules, from the rules themselves.

import { rules } from '../../src/lint/rules/index.js'
import { code, page, table } from './markdown.js'

export async function lintRulesPage(): Promise<string> {
  return await page('the rules in src/lint/rules', [
    '# Rules of the analyser',
    '`tidemark migrate:lint`, or `lint`, judges the migrations that are pending, and with `--all` those that are applied too. What became of applied ones it says in any case. It runs nothing.',
    'An `error` ends the command with status 5. A `warn` does where there are more of them than `--max-warnings` allows, and a `notice` never does. `--format=github` and `--format=sarif` are for pull requests.',
    table(
      ['rule', 'severity', 'what goes wrong'],
      rules.map(({ id, severity, hazard }) => [code(id), severity, hazard]),
    ),
  ])
}
