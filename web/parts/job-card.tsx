import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { ReportEntry } from '../api/wire.ts';
import { useJob } from '../api/queries.ts';
import { bytes, dateTime } from '../format.ts';
import { zh } from '../texts/zh.ts';
import { useWords } from '../words.ts';
import { Icon } from './icon.tsx';
import { SeverityMark } from './severity.tsx';

const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** Seconds since an instant, counted while it is shown. */
function useElapsed(since: string): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
}

function Reading({ report }: { report: ReportEntry }) {
  const { t } = useWords();
  const job = useJob(report.job).data;
  const seconds = useElapsed(report.submittedAt);
  const state = job?.state ?? 'queued';
  const share = job?.progress ? job.progress.done / Math.max(1, job.progress.total) : null;
  return (
    <>
      <p className="job-state">
        <span className="pulse" aria-hidden="true" />
        {t(`job.${state}`, { n: job?.attempts ?? 1 })} · {t('job.elapsed', { seconds })}
      </p>
      <progress aria-label={t('job.progress', { name: report.name })} {...(share === null ? {} : { value: share, max: 1 })} />
      <p className="faint">{job?.progress?.note ?? t('job.background')}</p>
    </>
  );
}

function Read({ report }: { report: ReportEntry }) {
  const { t } = useWords();
  return (
    <>
      <p className="job-state">
        <Icon name="check" size={16} />
        {t('job.read', { format: report.format ?? '--', records: report.records ?? 0, findings: report.findings ?? 0 })}
      </p>
      <p className="job-severities">
        {severities
          .filter((severity) => (report.bySeverity?.[severity] ?? 0) > 0)
          .map((severity) => (
            <span key={severity}>
              <SeverityMark severity={severity} /> {report.bySeverity![severity]}
            </span>
          ))}
      </p>
    </>
  );
}

function Refused({ report }: { report: ReportEntry }) {
  const { t } = useWords();
  const { code, detail, position } = report.refusal ?? { code: '', detail: '', position: null };
  return (
    <>
      <p className="job-state job-refused">
        <Icon name="stop" size={16} />
        {t('job.refused')}
      </p>
      <p>
        {code in zh.reading ? t(`reading.${code as keyof typeof zh.reading}`) : detail}
        {position && ` (${t('job.position')} ${position})`}
      </p>
      <p className="faint">{t('job.nothingKept')}</p>
    </>
  );
}

/** The card of one report: what is being done for it, how far it is, and what came of it. */
export function JobCard({ report, onWithdraw }: { report: ReportEntry; onWithdraw?: () => void }) {
  const { t } = useWords();
  return (
    <li className={`job-card job-${report.state}`}>
      <div className="job-head">
        <Icon name="file" />
        <strong>{report.name}</strong>
        <span className="faint num">
          {bytes(report.bytes)} · {dateTime(report.submittedAt)}
        </span>
        {onWithdraw && report.state !== 'reading' && (
          <Button size="small" aria-label={t('job.withdrawNamed', { name: report.name })} onClick={onWithdraw}>
            {t('job.withdraw')}
          </Button>
        )}
      </div>
      <div aria-live="polite">
        {report.state === 'reading' ? <Reading report={report} /> : report.state === 'read' ? <Read report={report} /> : <Refused report={report} />}
      </div>
    </li>
  );
}
