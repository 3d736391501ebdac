import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    await schema.create('media', (table) => {
      table.id()
      table.foreignId('user_id').constrained().onDelete('cascade')
      table.string('title')
      table.text('description').nullable()
      table.enum('type', ['movie', 'episode'])
      table.string('file_path')
      table.string('thumbnail_path').nullable()
      table.unsignedInteger('duration').comment('in seconds')
      table.unsignedBigInteger('file_size').comment('in bytes')
      table.string('mime_type')
      table.json('metadata').nullable()
      table.timestamps()
      table.softDeletes()

      table.index('type')
      table.index('created_at')
    })
  },

  async down({ schema }) {
    await schema.dropIfExists('media')
  },
})
