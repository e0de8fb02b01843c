import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useSession } from '../../../api/queries.ts';
import type { AssessmentRecord } from '../../../api/wire.ts';
import { useCover } from '../../../forms/cover.ts';
import { ChoiceField, TextField } from '../../../forms/field.tsx';
import { dateTime, day, number } from '../../../format.ts';
import { Section } from '../../../parts/page.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { Awaited, ProblemNote } from '../../../parts/states.tsx';
import { Table, type Column } from '../../../parts/table.tsx';
import { useWords } from '../../../words.ts';
import { useAppointments, usePost, useReports, useVersions, type Appointment, type Report } from './report-queries.ts';

/** The frozen reports of an assessment, with their documents; makes one, has it signed, and says who may sign. */
export function ReportCard({ record }: { record: AssessmentRecord }) {
  const { t } = useWords();
  const session = useSession().data;
  const may = session?.permissions ?? [];
  const reports = useReports(record.id);
  const [making, setMaking] = useState(false);
  const [signing, setSigning] = useState<Report | null>(null);
  const owns = session?.organisation?.id === record.organisation;
  const make = owns && may.includes('assessment:write') && <Button onClick={() => setMaking(true)}>{t('reports.card.make')}</Button>;
  return (
    <Section title={t('reports.card.title')} note={t('reports.card.note')} actions={make}>
      <Awaited query={reports}>{(items) => <Reports assessment={record.id} items={items} onSign={may.includes('report:sign') ? setSigning : null} />}</Awaited>
      {owns && <Appointments assessment={record.id} may={may.includes('assessor:appoint')} />}
      {making && (
        <Panel title={t('reports.card.make')} onClose={() => setMaking(false)}>
          <Make record={record} onMade={() => setMaking(false)} />
        </Panel>
      )}
      {signing && (
        <Panel title={t('reports.card.signTitle', { number: signing.number })} onClose={() => setSigning(null)}>
          <Sign assessment={record.id} report={signing} onSigned={() => setSigning(null)} />
        </Panel>
      )}
    </Section>
  );
}

function Reports({ assessment, items, onSign }: { assessment: string; items: readonly Report[]; onSign: ((report: Report) => void) | null }) {
  const { t } = useWords();
  const columns: Column<Report>[] = [
    { id: 'number', title: t('reports.card.number'), heads: true, cell: (one) => <span className="num">{one.number}</span> },
    { id: 'date', title: t('reports.card.date'), cell: (one) => <span className="num">{dateTime(one.preparedAt)}</span> },
    { id: 'score', title: t('reports.card.score'), align: 'right', cell: (one) => `${number(one.score, 1)} ${one.grade}` },
    { id: 'signed', title: t('reports.card.signed'), cell: (one) => <Signed report={one} onSign={onSign} /> },
    { id: 'files', title: t('reports.card.files'), cell: (one) => <Downloads assessment={assessment} report={one} /> },
    {
      id: 'code',
      title: t('reports.card.code'),
      wideOnly: true,
      cell: (one) => (
        <Link to="/verify/$code" params={{ code: one.code }} className="num">
          {one.code}
        </Link>
      ),
    },
  ];
  const exported = { from: `/api/exports/assessments/${assessment}/assessment-reports` } as const;
  return (
    <Table
      caption={t('reports.card.title')}
      columns={columns}
      rows={items}
      keyOf={({ id }) => id}
      empty={<p className="faint">{t('reports.card.none')}</p>}
      exported={exported}
    />
  );
}

function Signed({ report, onSign }: { report: Report; onSign: ((report: Report) => void) | null }) {
  const { t } = useWords();
  if (report.signedBy !== null) return <span className="good">{t('reports.card.signedBy', { name: report.signedBy, at: day(report.signedAt!) })}</span>;
  return (
    <>
      <span className="faint">{t('reports.card.unsigned')}</span>{' '}
      {onSign && (
        <Button size="small" onClick={() => onSign(report)}>
          {t('reports.card.sign')}
        </Button>
      )}
    </>
  );
}

function Downloads({ assessment, report }: { assessment: string; report: Report }) {
  const { t, language } = useWords();
  const at = `/api/assessments/${assessment}/assessment-reports/${report.id}`;
  const files: [string, string][] = [
    [`${at}/document?language=zh`, t('reports.card.pdfZh')],
    [`${at}/document?language=en`, t('reports.card.pdfEn')],
    [`${at}/workbook?language=${language}`, t('reports.card.workbook')],
    ...(report.signedBy === null ? [] : [[`${at}/signature`, t('reports.card.signature')] as [string, string]]),
  ];
  return (
    <span className="row">
      {files.map(([href, name]) => (
        <a key={href} href={href} download aria-label={`${report.number} ${name}`}>
          {name}
        </a>
      ))}
    </span>
  );
}

function Make({ record, onMade }: { record: AssessmentRecord; onMade: () => void }) {
  const { t, money } = useWords();
  const { cover, isSuggested } = useCover(record);
  const versions = useVersions(record.id, record.version).data ?? [];
  const [valued, setValued] = useState<'cover' | 'none'>('cover');
  const [earlier, setEarlier] = useState('');
  const make = usePost<null>(
    record.id,
    () => `/api/assessments/${record.id}/assessment-reports`,
    () => ({ cover: valued === 'cover' ? cover : null, compareWith: earlier === '' ? null : Number(earlier) }),
  );
  const limit = cover === null ? '--' : money({ currency: cover.currency, minor: cover.limitMinor });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate(null, { onSuccess: onMade });
      }}
    >
      <ChoiceField
        label={t('reports.card.value')}
        value={cover === null ? 'none' : valued}
        onChange={setValued}
        options={[
          ...(cover === null ? [] : [['cover', t(isSuggested ? 'reports.card.valueForSuggested' : 'reports.card.valueFor', { limit })] as const]),
          ['none', t('reports.card.valueNone')] as const,
        ]}
      />
      <label className="field">
        {t('reports.card.compareWith')}
        <select className="select" value={earlier} onChange={(event) => setEarlier(event.target.value)}>
          <option value="">{t('reports.card.compareNone')}</option>
          {versions
            .filter(({ version }) => version < record.version)
            .map((one) => (
              <option key={one.version} value={one.version}>
                {t('reports.card.versionAt', { n: one.version, at: day(one.at), score: number(one.score, 1) })}
              </option>
            ))}
        </select>
      </label>
      {make.error && <ProblemNote problem={make.error} />}
      <Button type="primary" htmlType="submit" loading={make.isPending}>
        {t('reports.card.make')}
      </Button>
    </form>
  );
}

function Sign({ assessment, report, onSigned }: { assessment: string; report: Report; onSigned: () => void }) {
  const { t } = useWords();
  const [interest, setInterest] = useState<'none' | 'conflict'>('none');
  const [statement, setStatement] = useState('');
  const sign = usePost<null>(
    assessment,
    () => `/api/assessments/${assessment}/assessment-reports/${report.id}/signature`,
    () => ({ disclosure: { conflict: interest === 'conflict', statement: statement.trim() } }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        sign.mutate(null, { onSuccess: onSigned });
      }}
    >
      <ChoiceField
        label={t('reports.card.interest')}
        value={interest}
        onChange={setInterest}
        options={(['none', 'conflict'] as const).map((one) => [one, t(`reports.card.interests.${one}`)] as const)}
      />
      <TextField label={t('reports.card.statement')} help={t('reports.card.statementHelp')} value={statement} onChange={setStatement} />
      <p>{t('reports.card.signSure')}</p>
      {sign.error && <ProblemNote problem={sign.error} />}
      <Button type="primary" htmlType="submit" loading={sign.isPending} disabled={statement.trim() === ''}>
        {t('reports.card.sign')}
      </Button>
    </form>
  );
}

const inThreeMonths = (): string => new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);

function Appointments({ assessment, may }: { assessment: string; may: boolean }) {
  const { t } = useWords();
  const found = useAppointments(assessment);
  const [chosen, setChosen] = useState('');
  const [until, setUntil] = useState(inThreeMonths);
  const assessors = found.data?.assessors ?? [];
  const assessor = chosen || (assessors[0]?.id ?? '');
  const appoint = usePost<null>(
    assessment,
    () => `/api/assessments/${assessment}/appointments`,
    () => ({ assessor, until: `${until}T23:59:59+08:00` }),
  );
  return (
    <details className="appointments">
      <summary>{t('reports.card.appointments')}</summary>
      <p className="section-note">{t('reports.card.appointmentsNote')}</p>
      <ul>
        {(found.data?.items ?? []).map((one) => (
          <AppointmentLine key={one.id} assessment={assessment} appointment={one} may={may} />
        ))}
      </ul>
      {assessors.length === 0 && <p className="faint">{t('reports.card.noAssessors')}</p>}
      {may && assessors.length > 0 && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            appoint.mutate(null);
          }}
        >
          <select className="select" aria-label={t('reports.card.assessor')} value={assessor} onChange={(event) => setChosen(event.target.value)}>
            {assessors.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <TextField label={t('reports.card.until')} type="date" value={until} onChange={setUntil} />
          <Button htmlType="submit" loading={appoint.isPending}>
            {t('reports.card.appoint')}
          </Button>
        </form>
      )}
      {appoint.error && <ProblemNote problem={appoint.error} />}
    </details>
  );
}

function AppointmentLine({ assessment, appointment, may }: { assessment: string; appointment: Appointment; may: boolean }) {
  const { t } = useWords();
  const revoke = usePost<null>(
    assessment,
    () => `/api/appointments/${appointment.id}/revocation`,
    () => ({}),
  );
  const { assessorName: name, state, until } = appointment;
  return (
    <li>
      {t('reports.card.appointmentLine', { name, state: t(`reports.card.states.${state}`), until: day(until) })}{' '}
      {may && state === 'in-force' && (
        <button
          type="button"
          className="link"
          disabled={revoke.isPending}
          onClick={() => confirm(t('reports.card.revokeSure', { name })) && revoke.mutate(null)}
        >
          {t('reports.card.revoke')}
        </button>
      )}
      {revoke.error && <ProblemNote problem={revoke.error} />}
    </li>
  );
}
