import { z } from 'zod';
import { Appointment, appointmentState, requireAppointmentPeriod } from '../domain/assessment/index.ts';
import { Instant, Refusal } from '../domain/basics/index.ts';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import { assessments } from './assessment.ts';
import { exportOf } from './exports.ts';
import { operation, type Context } from './operation.ts';

export const appointments: RecordKind<typeof Appointment> = { name: 'appointment', table: 'appointments', schema: Appointment, schemaVersion: 1, upgrades: {} };

const AppointmentRecord = z
  .strictObject({ id: z.string(), ...Appointment.shape, state: z.enum(['in-force', 'ended', 'revoked']) })
  .meta({ id: 'AppointmentRecord' });

const shown = ({ id, body }: Stored<Appointment>, { now }: Context): z.infer<typeof AppointmentRecord> => ({ id, ...body, state: appointmentState(body, now) });

const relation = 'assessor';

export const appointAssessor = operation({
  name: 'appointAssessor',
  module: 'assessment',
  summary: { zh: '委托第三方评估机构', en: 'Appoint an assessor, who may read the assessment and sign its reports until then' },
  who: 'assessor:appoint',
  input: z.strictObject({ assessment: z.string().max(100), assessor: z.string().max(100), until: Instant }),
  output: AppointmentRecord,
  http: { method: 'POST', path: '/assessments/{assessment}/appointments', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, assessor, until }) => {
    await context.records.lock(assessments, assessment);
    requireAppointmentPeriod(until, context.now);
    const chosen = (await context.organisationsOf('assessor')).find(({ id }) => id === assessor);
    if (!chosen) throw new Refusal('bad-input', 'unknown-assessor', 'no such assessor works here', { field: 'assessor' });
    const stored = await context.records.insert(appointments, {
      ...{ assessment, assessor, until },
      assessorName: chosen.name,
      from: context.now,
      revokedAt: null,
      appointedBy: context.actor.user,
    });
    for (const record of [assessment, stored.id]) await context.grants.give({ record, to: assessor, relation, from: context.now, until });
    context.note({ assessment, appointment: stored.id, assessor });
    return shown(stored, context);
  },
});

export const revokeAppointment = operation({
  name: 'revokeAppointment',
  module: 'assessment',
  summary: { zh: '撤销委托', en: 'End an appointment now; what was signed stays signed' },
  who: 'assessor:appoint',
  input: z.strictObject({ appointment: z.string().max(100) }),
  output: AppointmentRecord,
  http: { method: 'POST', path: '/appointments/{appointment}/revocation', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { appointment }) => {
    const stored = await context.records.lock(appointments, appointment);
    if (appointmentState(stored.body, context.now) !== 'in-force') return shown(stored, context);
    const saved = await context.records.save(appointments, appointment, stored.version, { ...stored.body, revokedAt: context.now });
    await endGrants(context, saved);
    context.note({ appointment });
    return shown(saved, context);
  },
});

/** The grant on the assessment stays as long as another appointment of the same assessor needs it. */
async function endGrants(context: Context, { id, body: { assessment, assessor, from } }: Stored<Appointment>): Promise<void> {
  const others = (await appointmentsOf(context, assessment)).filter((one) => one.id !== id && one.body.assessor === assessor);
  const until = others
    .filter(({ body }) => appointmentState(body, context.now) === 'in-force')
    .map(({ body }) => body.until)
    .sort()
    .at(-1);
  await context.grants.give({ record: assessment, to: assessor, relation, from, until: until ?? context.now });
  await context.grants.give({ record: id, to: assessor, relation, from, until: context.now });
}

/** The appointments of an assessment that the actor may see: its own, or those that it was appointed by. */
export async function appointmentsOf({ records }: Pick<Context, 'records'>, assessment: string): Promise<readonly Stored<Appointment>[]> {
  return (await records.list(appointments, { where: { assessment }, limit: 200 })).items;
}

export const listAppointments = operation({
  name: 'listAppointments',
  module: 'assessment',
  summary: { zh: '委托列表', en: 'List who was appointed to assess, and who could be' },
  who: 'assessment:read',
  input: z.strictObject({ assessment: z.string().max(100) }),
  output: z.strictObject({ items: z.array(AppointmentRecord), assessors: z.array(z.strictObject({ id: z.string(), name: z.string() })) }),
  http: { method: 'GET', path: '/assessments/{assessment}/appointments', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment }) => {
    await context.records.get(assessments, assessment);
    const items = await appointmentsOf(context, assessment);
    return { items: items.map((one) => shown(one, context)), assessors: [...(await context.organisationsOf('assessor'))] };
  },
});

export const exportAppointments = exportOf(listAppointments, {
  rows: ({ items }) => items,
  columns: [
    ['text', '评估机构', 'Assessor', ({ assessorName }) => assessorName],
    ['text', '状态', 'State', ({ state }) => state],
    ['instant', '自', 'From', ({ from }) => from],
    ['instant', '至', 'Until', ({ until }) => until],
    ['instant', '撤销时间', 'Revoked at', ({ revokedAt }) => revokedAt],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});
