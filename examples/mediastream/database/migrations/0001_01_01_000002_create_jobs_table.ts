import { migration } from 'tidemark'

export default migration({
  async up({ schema }) {
    await schema.create('jobs', (table) => {
      table.id()
      table.string('queue').index()
      table.longText('payload')
      table.unsignedTinyInteger('attempts')
      table.unsignedInteger('reserved_at').nullable()
      table.unsignedInteger('available_at')
      table.unsignedInteger('created_at')
    })

    await schema.create('job_batches', (table) => {
      table.string('id').primary()
      table.string('name')
      table.integer('total_jobs')
      table.integer('pending_jobs')
      table.integer('failed_jobs')
      table.longText('failed_job_ids')
      table.mediumText('options').nullable()
      table.integer('cancelled_at').nullable()
      table.integer('created_at')
      table.integer('finished_at').nullable()
    })

    await schema.create('failed_jobs', (table) => {
      table.id()
      table.string('uuid').unique()
      table.text('connection')
      table.text('queue')
      table.longText('payload')
      table.longText('exception')
      table.timestamp('failed_at').useCurrent()
    })
  },

  async down({ schema }) {
    await schema.dropIfExists('failed_jobs')
    await schema.dropIfExists('job_batches')
    await schema.dropIfExists('jobs')
  },
})
