// Findings as GitHub shows them beside the lines of a pull request.
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions

import type { Finding } from '../lint.js'
import type { Severity } from '../rule.js'

const commands: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', notice: 'notice' }

/** A line for each finding. */
export function githubReport(findings: readonly Finding[]): string {
  return findings
    .map(({ severity, file, rule, message, remedy }) => {
      const properties = { ...(file !== undefined && { file }), title: rule }
      const list = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(value)}`)
      return `::${commands[severity]} ${list.join(',')}::${escaped(`${message} ${remedy}`)}\n`
    })
    .join('')
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
