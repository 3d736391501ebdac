// Findings in SARIF 2.1.0, which code scanning services read.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

import { version } from '../../support/version.js'
import type { Finding } from '../lint.js'
import type { Severity } from '../rule.js'
import { rules } from '../rules/index.js'

const levels: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', notice: 'note' }

export function sarifReport(findings: readonly Finding[]): string {
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Tidemark', version, rules: rules.map(describe) } },
        results: findings.map(resultOf),
      },
    ],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function describe({ id, severity, hazard }: (typeof rules)[number]) {
  return { id, shortDescription: { text: hazard }, defaultConfiguration: { level: levels[severity] } }
}

function resultOf({ rule, severity, file, message, remedy }: Finding) {
  const uri = file?.split(/[/\\]/).map(encodeURIComponent).join('/')
  return {
    ruleId: rule,
    level: levels[severity],
    message: { text: `${message} ${remedy}` },
    locations: uri === undefined ? [] : [{ physicalLocation: { artifactLocation: { uri } } }],
  }
}
