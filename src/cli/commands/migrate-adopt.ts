import type { AdoptPlan } from '../../migrations/adopt.js'
import { defineCommand } from '../command.js'
import { confirmAlways } from '../confirm-change.js'
import { refuseTogether } from '../errors.js'
import { forceOption, planOption } from '../migration-options.js'
import { text } from '../options.js'
import { printHeading, printNotice, printPairs } from '../output/layout.js'
import type { Terminal } from '../output/terminal.js'

export const command = defineCommand({
  options: {
    from: text('TOOL', "read this tool's ledger: laravel, knex, prisma, …"),
    baseline: text('NAME', 'count this migration and all before it as applied'),
    ...planOption,
    ...forceOption,
  },
  examples: [
    'tidemark migrate:adopt --pretend',
    'tidemark migrate:adopt --baseline 2025_03_05_000000_create_media_table',
  ],
  async run(context) {
    const { from, baseline, pretend, force } = context.options
    refuseTogether('migrate:adopt', { '--from': from, '--baseline': baseline })
    const tidemark = await context.tidemark()
    const plan = await tidemark.adoption({ from, baseline })
    if (plan.adopted.length === 0 || pretend) return resultOf(plan, false)
    await confirmAlways(
      context,
      `Count ${plan.adopted.length} migrations as applied, without running them?`,
      force,
      (terminal) => print(terminal, plan, false),
    )
    return resultOf(await tidemark.adopt({ from, baseline }), true)
  },
})

function resultOf(plan: AdoptPlan, isDone: boolean) {
  const { tool, table, adopted, withoutFile, pending } = plan
  return {
    data: { done: isDone, tool, table, adopted, withoutFile, pending },
    print: (terminal: Terminal) => print(terminal, plan, isDone),
  }
}

function print(
  terminal: Terminal,
  { tool, table, adopted, withoutFile, pending }: AdoptPlan,
  isDone: boolean,
): void {
  const source = tool === undefined ? 'a baseline' : `${tool}'s table ${table ?? ''}`
  if (adopted.length === 0) printNotice(terminal, `Nothing new to take over from ${source}.`)
  else {
    printHeading(terminal, `${isDone ? 'Taken over' : 'To take over'} from ${source}`)
    printPairs(
      terminal,
      adopted.map(({ name, batch }) => ({ left: name, right: `batch ${batch}` })),
    )
  }
  printList(terminal, 'Applied there, without a file here', withoutFile)
  printList(terminal, 'Still pending', pending)
  terminal.line()
}

function printList(terminal: Terminal, title: string, names: readonly string[]): void {
  if (names.length === 0) return
  printHeading(terminal, title)
  for (const name of names) terminal.line(`  ${name}`)
}
