// Settles by somebody's decision what `migrate` refuses to go on with: an applied migration that changed or lost its file,
// one that stopped half-way and whose file is another now, a statement of which nobody knows whether it took effect.
// First everything is listed (`planRepairs`, which changes nothing), then each is carried out.

import { checksum, fingerprint } from './checksum.js'
import { noRepair, repairChanged } from './errors.js'
import { Journal } from './journal.js'
import type { LedgerRow, NewLedgerRow } from './ledger-row.js'
import { nameGiven } from './names.js'
import { type Standing, isOutOfOrder } from './plan.js'
import type { Workbench } from './workbench.js'

/** What somebody says of a migration that the ledger and the catalogue cannot tell. */
export type Decision = 'done' | 'not-done' | 'applied' | 'not-applied' | 'accept-values'

export interface RepairOptions {
  /** Settle this migration only. */
  readonly name?: string | undefined
  /**
   * `done` and `not-done` are of the statement that was under way; `applied` and `not-applied` of the whole migration;
   * `accept-values` is of the statements that stand, and are asked for with other values now.
   */
  readonly decision?: Decision | undefined
  /** What `repairs` gave and somebody has agreed to: where it is anything else by now, nothing is done. */
  readonly agreed?: readonly Repair[] | undefined
}

export type RepairKind =
  /** The file as it is now counts as the one that was applied. */
  | 'accept-change'
  /** The migration whose file is gone is forgotten; what it made stays. */
  | 'forget'
  /** A failure without effect is forgotten. */
  | 'clear-failure'
  /** It may run, though one that comes after it by its name is applied. */
  | 'accept-order'
  /** The file as it is now is gone on with, after the statements that stand. */
  | 'go-on'
  /** The statements that stand do so whatever values they are asked for with. */
  | 'accept-values'
  /** The statement that was under way has taken effect, or has not. */
  | 'settle-statement'
  /** It counts as applied, or as pending, whatever took effect. */
  | 'settle-migration'

export interface Repair {
  readonly name: string
  readonly kind: RepairKind
  /** What is wrong, and what will be done, for a person. */
  readonly problem: string
  readonly action: string
}

interface PlannedRepair extends Repair {
  carryOut(bench: Workbench): Promise<void>
}

/**
 * @throws LedgerError where the named migration needs no repair, or none of this kind, and TM_REPAIR_CHANGED where it is another
 *   than was agreed
 */
export function planRepairs(
  standings: readonly Standing[],
  options: RepairOptions,
): readonly PlannedRepair[] {
  const { name, decision, agreed } = options
  const asked = name === undefined ? standings : standings.filter((one) => one.name === nameGiven(name))
  const repairs = asked.flatMap((standing) => {
    const repair = decision === undefined ? repairOf(standing) : decided(standing, decision)
    return repair === undefined ? [] : [repair]
  })
  if (agreed !== undefined) refuseOthers(agreed, repairs)
  if (name !== undefined && repairs.length === 0) throw noRepair(name)
  return repairs
}

function refuseOthers(agreed: readonly Repair[], repairs: readonly Repair[]): void {
  const textOf = ({ name, problem, action }: Repair): string => JSON.stringify([name, problem, action])
  const [before, now] = [agreed, repairs].map((list) => new Set(list.map(textOf)))
  const differing = [...agreed, ...repairs].filter(
    (one) => before?.has(textOf(one)) !== now?.has(textOf(one)),
  )
  if (differing.length > 0) throw repairChanged([...new Set(differing.map(({ name }) => name))])
}

function repairOf(standing: Standing): PlannedRepair | undefined {
  const { name, file, row, hasChanged, isPassed } = standing
  if (isOutOfOrder(standing)) return acceptedOrder(name)
  if (row === undefined) return undefined
  if (row.state === 'applied' && file === undefined) {
    return {
      name,
      kind: 'forget',
      problem: 'its file is gone',
      action: 'forget that it was applied; what it made stays',
      carryOut: ({ ledger }) => ledger.remove(name),
    }
  }
  if (file === undefined) return undefined
  const rebound = async (): Promise<LedgerRow> => ({
    ...row,
    checksum: await checksum(file),
    fingerprint: fingerprint(file),
  })
  if (row.state === 'applied') {
    if (!hasChanged) return undefined
    return {
      name,
      kind: 'accept-change',
      problem: 'it changed after it was applied',
      action: 'take the file as it is for the one that was applied',
      carryOut: async (bench) => rewrite(bench, await rebound()),
    }
  }
  const journal = row.journal === undefined ? undefined : Journal.read(name, row.journal)
  if (journal === undefined) {
    return row.state === 'failed' && row.position === 0
      ? {
          name,
          kind: 'clear-failure',
          problem: `it failed without effect: ${row.error ?? ''}`,
          action: 'forget the failure; it is pending',
          carryOut: ({ ledger }) => ledger.leave(name, isPassed),
        }
      : undefined
  }
  if (!hasChanged) return undefined
  return {
    name,
    kind: 'go-on',
    problem: `it stopped half-way, and its file has changed; ${journal.standing.length} of its statements stand`,
    action: 'go on with the file as it is, passing over the statements that stand',
    carryOut: async (bench) => {
      const row = await rebound()
      await rewrite(bench, { ...row, journal: journal.of(row.checksum).text })
    },
  }
}

function acceptedOrder(name: string): PlannedRepair {
  return {
    name,
    kind: 'accept-order',
    problem: 'it comes by its name before one that is applied',
    action: 'let it run now',
    carryOut: ({ ledger }) => ledger.leave(name, true),
  }
}

function decided(standing: Standing, decision: Decision): PlannedRepair | undefined {
  const { name, row, isPassed } = standing
  if (row === undefined || row.state === 'applied' || row.state === 'pending') return undefined
  if (decision === 'accept-values') return acceptedValues(name, row)
  return decision === 'applied' || decision === 'not-applied'
    ? settledMigration(name, row, decision === 'applied', isPassed)
    : settledStatement(name, row, decision === 'done', isPassed)
}

function acceptedValues(name: string, row: LedgerRow): PlannedRepair | undefined {
  const journal = row.journal === undefined ? undefined : Journal.read(name, row.journal)
  if (journal === undefined) return undefined
  return {
    name,
    kind: 'accept-values',
    problem: `it stopped half-way; ${journal.standing.length} of its statements stand`,
    action: 'go on after them, whatever values they are asked for with now; what they wrote stays as it is',
    carryOut: (bench) => rewrite(bench, { ...row, journal: journal.withAnyValues().text }),
  }
}

function settledMigration(
  name: string,
  row: LedgerRow,
  isApplied: boolean,
  isPassed: boolean,
): PlannedRepair {
  return {
    name,
    kind: 'settle-migration',
    problem: 'it stopped half-way',
    action: isApplied ? 'count it as applied' : 'count it as pending; what took effect stays',
    carryOut: (bench) =>
      isApplied
        ? rewrite(bench, {
            ...row,
            state: 'applied',
            finishedAt: new Date(),
            error: undefined,
            journal: undefined,
          })
        : bench.ledger.leave(name, isPassed),
  }
}

function settledStatement(
  name: string,
  row: LedgerRow,
  isDone: boolean,
  isPassed: boolean,
): PlannedRepair | undefined {
  const journal = row.journal === undefined ? undefined : Journal.read(name, row.journal)
  const begun = journal?.begun
  if (journal === undefined || begun === undefined) return undefined
  return {
    name,
    kind: 'settle-statement',
    problem: `a statement was under way when it stopped: ${begun.text}`,
    action: isDone ? 'pass over it: it has taken effect' : 'run it again: it has not taken effect',
    carryOut: async (bench) => {
      journal.settleBegun(isDone)
      const hasNoEffect = journal.position === 0 && journal.head.direction === 'up'
      if (hasNoEffect) await bench.ledger.leave(name, isPassed)
      else await rewrite(bench, { ...row, position: journal.position, journal: journal.text })
    },
  }
}

async function rewrite(bench: Workbench, row: LedgerRow): Promise<void> {
  const kept: NewLedgerRow = { ...row, down: await bench.ledger.storedDown(row.name) }
  await bench.ledger.write(kept)
}
