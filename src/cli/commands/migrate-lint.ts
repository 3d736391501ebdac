import type { LintReport } from '../../lint/lint.js'
import { defineCommand } from '../command.js'
import { exitStatus } from '../exit-status.js'
import { count, flag, oneOf } from '../options.js'
import { printFindings } from '../output/findings.js'
import type { Terminal } from '../output/terminal.js'

const formats = ['text', 'json', 'github', 'sarif'] as const
type Format = (typeof formats)[number]

/** As much as anybody would allow. */
const anyNumber = Number.MAX_SAFE_INTEGER

export const command = defineCommand({
  options: {
    all: flag('judge the migrations that are applied as well'),
    format: oneOf('FORMAT', 'how to print the findings:', formats),
    'max-warnings': count('N', 'end with status 5 where there are more warnings', 0),
  },
  examples: [
    'tidemark migrate:lint',
    'tidemark migrate:lint --all --max-warnings=0',
    'tidemark migrate:lint --format=sarif > findings.sarif',
  ],
  async run(context) {
    const { all, format = 'text', 'max-warnings': mostWarnings = anyNumber } = context.options
    const report = await (await context.tidemark()).lint({ all })
    const { error, warn } = report.counts
    const text = await textOf(report, format)
    return {
      data: report,
      print: (terminal: Terminal) =>
        text === undefined ? printFindings(terminal, report) : terminal.write(text),
      status: error > 0 || warn > mostWarnings ? exitStatus.findings : exitStatus.done,
    }
  },
})

/** What is for other programs to read. */
async function textOf(report: LintReport, format: Format): Promise<string | undefined> {
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`
  if (format === 'github') return (await import('../../lint/report/github.js')).githubReport(report.findings)
  if (format === 'sarif') return (await import('../../lint/report/sarif.js')).sarifReport(report.findings)
  return undefined
}
