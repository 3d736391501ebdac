// No public method of the blueprint or of what it gives is without a case that runs it on a real database.

import { expect, test } from 'vitest'
import { Blueprint } from '../../../src/schema/blueprint.js'
import { CheckDefinition } from '../../../src/schema/check-definition.js'
import { ColumnDefinition } from '../../../src/schema/column-definition.js'
import { ForeignIdColumnDefinition } from '../../../src/schema/foreign-id-column-definition.js'
import { ForeignKeyDefinition } from '../../../src/schema/foreign-key-definition.js'
import { IndexDefinition } from '../../../src/schema/index-definition.js'
import { addedCases } from './added-cases.js'
import { changedCases } from './changed-cases.js'
import { methodsOf, recorded } from './recorded.js'
import { refusedCases } from './refused-cases.js'

/** What others than migrations call: the schema builder, the definitions among themselves. */
const ofTheBuilder = [
  'BlueprintColumns.addDefinition',
  'BlueprintColumns.addTyped',
  'BlueprintEntries.addCommand',
  'BlueprintEntries.addDefinition',
  'BlueprintEntries.create',
  'BlueprintEntries.creating',
  'BlueprintEntries.getAddedColumns',
  'BlueprintEntries.getChangedColumns',
  'BlueprintEntries.getColumns',
  'BlueprintEntries.getCommands',
  'BlueprintEntries.getPrefix',
  'BlueprintEntries.getTable',
  'BlueprintEntries.operations',
  'BlueprintEntries.site',
  'BlueprintIndexes.addOperation',
  'CheckDefinition.operation',
  'ColumnDefinition.column',
  'ColumnDefinition.indexes',
  'ColumnDefinition.isChange',
  'ColumnDefinition.isExact',
  'ForeignKeyDefinition.operation',
  'IndexDefinition.operation',
]

/** Tested by themselves in changed.test.ts. */
const ofTheWholeTable = ['drop', 'dropIfExists', 'rename', 'temporary'].map((name) => `Blueprint.${name}`)

test('every method has a case', () => {
  const called = new Set<string>([...ofTheBuilder, ...ofTheWholeTable])
  const calls = [
    ...Object.values(addedCases).map(({ add }) => add),
    ...Object.values(changedCases).flatMap(({ has, change, undo }) => [has, change, undo]),
    ...Object.values(refusedCases).map(({ ask }) => ask),
  ]
  for (const call of calls) call(recorded(new Blueprint('things'), called))

  const types = [
    Blueprint,
    ColumnDefinition,
    ForeignIdColumnDefinition,
    IndexDefinition,
    ForeignKeyDefinition,
    CheckDefinition,
  ]
  const methods = new Set(types.flatMap(methodsOf))
  expect([...methods].filter((method) => !called.has(method))).toEqual([])
})
