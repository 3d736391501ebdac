// The catalogue as a migration asks it that is not one transaction: through its journal.

import type { Catalogue } from '../schema/snapshot.js'
import { type Question, questionOf } from './journal.js'

/** @param answer gives what was answered before, or else asks */
export function recordedCatalogue(
  live: Catalogue,
  answer: <T>(question: Question, ask: () => Promise<T>) => Promise<T>,
): Catalogue {
  const asked = <T>(text: string, ask: () => Promise<T>, ...details: readonly unknown[]): Promise<T> =>
    answer(questionOf('read', text, ...details), ask)
  return {
    snapshot: () => asked('snapshot', () => live.snapshot()),
    table: (name) => asked('table', () => live.table(name), name),
    tables: (schema) => asked('tables', () => live.tables(schema), schema),
    views: (schema) => asked('views', () => live.views(schema), schema),
    types: (schema) => asked('types', () => live.types(schema), schema),
    schemas: () => asked('schemas', () => live.schemas()),
  }
}
