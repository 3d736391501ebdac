// The analyser: shows every rule the migrations of a project, and collects what they have to say. It runs nothing and changes
// nothing.

import type { MigrationStatus } from '../migrations/report.js'
import type { Severity, Subject } from './rule.js'
import { rules } from './rules/index.js'

export interface LintOptions {
  /** Judge the migrations that are applied as well. */
  readonly all?: boolean | undefined
}

/** One thing that the analyser has to say. */
export interface Finding {
  /** The id of the rule. */
  readonly rule: string
  readonly severity: Severity
  /** The name of the migration. */
  readonly migration: string
  /** Its file, relative to the project; undefined where that is gone. */
  readonly file: string | undefined
  readonly message: string
  readonly remedy: string
}

export interface LintReport {
  /** In the order of the migrations. */
  readonly findings: readonly Finding[]
  /** How many findings there are of each severity. */
  readonly counts: Readonly<Record<Severity, number>>
  /** How many migrations were judged. */
  readonly judged: number
  /** Why the ledger could not be read, where it could not: then every migration counts as pending. */
  readonly ledgerUnread: string | undefined
}

/** @param migrations how each stands, in the order in which they run */
export function lint(
  migrations: readonly MigrationStatus[],
  { all = false }: LintOptions,
  ledgerUnread?: string,
): LintReport {
  const isApplied = ({ state }: MigrationStatus): boolean => state === 'applied' || state === 'changed'
  const subject: Subject = {
    migrations,
    isJudged: (migration) => migration.file !== undefined && (all || !isApplied(migration)),
  }
  const order = migrations.map(({ name }) => name)
  const findings = rules
    .flatMap(({ id, severity, check }) =>
      check(subject).map(({ migration: { name, file }, message, remedy }) => ({
        rule: id,
        severity,
        migration: name,
        file,
        message,
        remedy,
      })),
    )
    .toSorted((a, b) => order.indexOf(a.migration) - order.indexOf(b.migration))
  const countOf = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity).length
  return {
    findings,
    counts: { error: countOf('error'), warn: countOf('warn'), notice: countOf('notice') },
    judged: migrations.filter(subject.isJudged).length,
    ledgerUnread,
  }
}
