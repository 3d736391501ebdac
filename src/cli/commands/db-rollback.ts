import { renamed } from '../command.js'
import { command as long } from './migrate-rollback.js'

export const command = renamed(long, [
  'tidemark db:rollback 007_create_articles',
  'tidemark db:rollback 007_create_articles --pretend',
])
