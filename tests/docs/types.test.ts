import { mkdirSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { makeProject } from '../helpers/project.js'
import { bodyAsMigration, pagePaths, readPage, root } from './markdown.js'

interface Sample {
  /** The page and line of the block, as the name of a file. */
  readonly name: string
  readonly text: string
}

const samples: readonly Sample[] = pagePaths.flatMap((path) =>
  readPage(path)
    .blocks.filter(({ language }) => language === 'ts')
    .map(({ marks, text, line }) => ({
      name: `${path.replaceAll('/', '_')}_${line}.ts`,
      text: marks.has('up') ? bodyAsMigration(text) : text,
    })),
)

describe('samples in TypeScript', () => {
  test('compile against the types of the package', () => {
    const project = makeProject()
    mkdirSync(project.path('samples'))
    for (const { name, text } of samples) project.write(`samples/${name}`, text)

    const program = ts.createProgram(
      samples.map(({ name }) => project.path(`samples/${name}`)),
      {
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        types: ['node'],
        typeRoots: [`${root}node_modules/@types`],
        paths: { tidemark: [`${root}dist/types/index.d.ts`] },
      },
    )
    const problems = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
      const name = file?.fileName.replace(/^.*\//, '') ?? ''
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1
      return `${name}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    })

    expect(problems).toEqual([])
  })
})
