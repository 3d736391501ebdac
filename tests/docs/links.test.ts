import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { anchorsOf, pagePaths, proseOf, readPage, root } from './markdown.js'

const scripts = Object.keys(
  // package.json has scripts.
  (JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> }).scripts,
)
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
}).split('\n')

describe.each(pagePaths)('%s', (path) => {
  const page = readPage(path)

  test('links to pages and headings that are there', () => {
    const broken = linksOf(proseOf(page)).filter((link) => !resolves(path, link))

    expect(broken).toEqual([])
  })

  test('names files and folders that are there', () => {
    const named = [
      ...page.text.matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.(?:ts|mjs|sh)|(?:src|tests|docs|scripts)\/[\w./-]*)`/g),
    ]
    const paths = named.map(([, name = '']) => name).filter((name) => !isOfUsers(name))

    expect(paths.filter((name) => !files.some((file) => `/${file}`.includes(`/${name}`)))).toEqual([])
  })

  test('names scripts of package.json', () => {
    const named = [...page.text.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name)

    expect(named.filter((name) => !scripts.includes(name))).toEqual([])
  })
})

function linksOf(text: string): readonly string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
  return links.filter((link) => !/^[a-z]+:/.test(link))
}

function resolves(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#')
  const target = file === '' ? from : join(dirname(from), file)
  if (!existsSync(root + target)) return false
  return anchor === undefined || anchorsOf(readPage(target)).has(anchor)
}

/** A user's own files: a migration, the config, what lies in `database/`; and endings of names. */
function isOfUsers(name: string): boolean {
  return (
    /^(?:database\/|tidemark\.config\.|\d|\.)/.test(name) ||
    /^[\w.-]*(?:start|app|server)\.[mc]?[jt]s$/.test(name)
  )
}
