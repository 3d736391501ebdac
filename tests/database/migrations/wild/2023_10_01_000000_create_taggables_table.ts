// Morphs, a composite key, UUIDs, a key to the table itself, foreignIdFor a model.
import { migration } from 'tidemark'

const user = { table: 'users' }

export default migration({
  async up({ schema }) {
    await schema.create('tags', (table) => {
      table.uuid('id').primary()
      table.foreignIdFor(user).nullable().constrained().nullOnDelete()
      table.uuid('parent_id').nullable()
      table.json('labels').nullable()
      table.timestampTz('seen_at').useCurrent()
      table.foreign('parent_id').references('id').on('tags').cascadeOnDelete()
    })
    await schema.create('taggables', (table) => {
      table.foreignUuid('tag_id').constrained().cascadeOnDelete()
      table.morphs('taggable')
      table.primary(['tag_id', 'taggable_id', 'taggable_type'])
    })
  },
  async down({ schema }) {
    await schema.withoutForeignKeyConstraints(async () => {
      await schema.dropIfExists('taggables')
      await schema.dropIfExists('tags')
    })
  },
})
