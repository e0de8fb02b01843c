import { Link } from '@tanstack/react-router';
import { lastDayOf, type IndicatorResult } from '../../../../src/domain/assessment/index.ts';
import { useParameters, type ListedControl } from '../../../api/queries.ts';
import type { AssessmentRecord, CountedFinding } from '../../../api/wire.ts';
import { day, none, number, percent } from '../../../format.ts';
import { DateAssumed } from '../../../parts/date-assumed.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { ProvenanceMark } from '../../../parts/provenance.tsx';
import { useWords } from '../../../words.ts';
import { authorsOf, reportsBehind } from './authors.ts';
import { evidenceWords } from './evidence-words.ts';
import { RawRecords, RuleTexts } from '../../fixes/panel.tsx';

type Piece = IndicatorResult['evidence'][number];

interface EvidenceProps {
  readonly record: AssessmentRecord;
  readonly control: ListedControl | undefined;
  readonly piece: Piece;
  readonly finding: CountedFinding | undefined;
}

/** One piece of evidence: what kind, how far it is trusted, from when to when it counts, whose word it is, and the file with the record behind it. */
function EvidenceLine({ record, control, piece, finding }: EvidenceProps) {
  const words = useWords();
  const { t } = words;
  const trust = [...(useParameters().data?.values() ?? [])].find(({ key }) => key.endsWith(`evidence.trust.${piece.kind}`))?.value;
  const answer = record.answers.answers[piece.reference];
  const scan = piece.reference.startsWith('scan:') ? piece.reference.slice(5) : null;
  const until = piece.on && control ? lastDayOf({ kind: piece.kind, on: piece.on, until: answer?.until ?? null, validDays: control.validDays }) : null;
  const source = finding?.tool ?? scan ?? (piece.kind === 'verified' ? t('derivation.byAssessor') : record.firm.name);
  const people = authorsOf(piece, record, finding).join(t('punctuation.list'));
  const files = reportsBehind(piece, record);
  const facts: [string, string][] = [
    [t('derivation.kind'), t(`evidence.${piece.kind}`)],
    [t('derivation.trust'), trust === undefined ? none : percent(trust, 0)],
    [t('assessment.on'), `${piece.on ?? none}${piece.dateAssumed ? t('derivation.dateAssumed') : ''}`],
    [t('derivation.expires'), until ?? none],
    [t('derivation.author'), people === '' ? source : t(answer ? 'derivation.answeredByFor' : 'derivation.handedInFrom', { who: people, source })],
  ];
  return (
    <li className="evidence-piece">
      <p className="break">
        <strong>{evidenceWords(piece, record, finding, words)}</strong>
        {answer?.coverage != null && <span className="num"> · {percent(answer.coverage, 0)}</span>}
      </p>
      {answer?.note && <p className="foreign">{answer.note}</p>}
      <dl className="source">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
      {files.map((file) => (
        <p key={file.id} className="faint break">
          {t('derivation.file')} {file.name} · {file.scan && <span className="num">{day(file.scan.at)}</span>}
          <DateAssumed dateAssumed={file.scan?.dateAssumed} /> · {file.submittedBy && `${t('derivation.handedIn', { who: file.submittedBy })} · `}
          <code title={file.hash}>SHA-256 {file.hash.slice(0, 16)}…</code>
        </p>
      ))}
      {finding && <RawRecords assessment={record.id} finding={finding.id} />}
    </li>
  );
}

const frameworks = ['mlps', 'iso27001', 'csf', 'cis'] as const;

function Mappings({ control }: { control: ListedControl }) {
  const { t } = useWords();
  return (
    <>
      <h3>{t('derivation.mappings')}</h3>
      <dl className="facts">
        {frameworks.map((framework) => (
          <div key={framework}>
            <dt>{t(`derivation.framework.${framework}`)}</dt>
            <dd className="num">{control.mappings[framework].join(t('punctuation.list')) || <span className="faint">{t('derivation.noClause')}</span>}</dd>
          </div>
        ))}
      </dl>
      <p className="faint">{t('derivation.mappingsNote')}</p>
    </>
  );
}

interface PanelProps {
  readonly record: AssessmentRecord;
  readonly indicator: IndicatorResult;
  readonly control: ListedControl | undefined;
  readonly findings: ReadonlyMap<string, CountedFinding>;
  readonly onClose: () => void;
}

/** The indicators of the vulnerability dimension say what was found; its score is made of other figures. */
export const isWeighed = ({ dimension }: Pick<IndicatorResult, 'dimension'>): boolean => dimension !== 'vulnerabilities';

/** What an indicator counts for in its dimension. */
function Counted({ indicator }: { indicator: IndicatorResult }) {
  const { t } = useWords();
  return (
    <>
      <div>
        <dt>{t('assessment.counted')}</dt>
        <dd className="num">
          {percent(indicator.effective, 0)} ({percent(indicator.low, 0)}–{percent(indicator.high, 0)})
        </dd>
      </div>
      <div>
        <dt>{t('assessment.weight')}</dt>
        <dd className="num">{number(indicator.weight, 1)}</dd>
      </div>
      <div>
        <dt>{t('assessment.confidence')}</dt>
        <dd className="num">{indicator.value === 'not-applicable' ? none : number(indicator.confidence, 2)}</dd>
      </div>
    </>
  );
}

/** One indicator down to the raw evidence: the question, the rule, how it was counted, and every piece that it rests on. */
export function IndicatorPanel({ record, indicator, control, findings, onClose }: PanelProps) {
  const { t, of } = useWords();
  const title = control ? of(control.title) : indicator.control;
  const signals = [...new Set([...(control?.contradictedBy ?? [])])];
  return (
    <Panel title={title} onClose={onClose}>
      {control && (
        <>
          <p>{of(control.question)}</p>
          <p className="faint">{of(control.why)}</p>
        </>
      )}
      <dl className="facts">
        <div>
          <dt>{t('assessment.value')}</dt>
          <dd>
            {t(`answer.${indicator.value}`)} {indicator.contradicted && <span className="label label-must-fix">{t('assessment.contradicted')}</span>}
          </dd>
        </div>
        {isWeighed(indicator) && <Counted indicator={indicator} />}
      </dl>
      {!isWeighed(indicator) && <p className="faint">{t('derivation.notWeighed')}</p>}
      {indicator.contradicted && <Resolve record={record} of={[indicator.deniedByFact === undefined ? 'answer' : 'fact']} />}
      <h3>{t('assessment.evidence')}</h3>
      {indicator.evidence.length === 0 ? (
        <p className="faint">{t('assessment.noEvidence')}</p>
      ) : (
        <ul className="evidence-pieces">
          {indicator.evidence.map((piece, i) => (
            <EvidenceLine key={`${piece.reference}-${i}`} record={record} control={control} piece={piece} finding={findings.get(piece.reference)} />
          ))}
        </ul>
      )}
      <RuleTexts signals={signals} />
      {control && (
        <>
          <p className="faint">
            {t('derivation.ruleSource')} {control.source} <ProvenanceMark provenance={control.provenance} /> ·{' '}
            {t('derivation.validDays', { days: control.validDays })}
          </p>
          <h3>{t('fixes.how')}</h3>
          <p>{of(control.advice)}</p>
          <Mappings control={control} />
        </>
      )}
    </Panel>
  );
}

/** The ways out of contradictions: the answer or the fact that was stated is put right, or the finding disputed. */
export function Resolve({ record, of: stated }: { record: Pick<AssessmentRecord, 'id'>; of: readonly ('answer' | 'fact')[] }) {
  const { t } = useWords();
  return (
    <p className="note note-warning">
      <span>
        {t('derivation.resolve')}{' '}
        {stated.includes('answer') && (
          <>
            <Link to="/apply/$assessment/$step" params={{ assessment: record.id, step: 'questions' }}>
              {t('derivation.changeAnswer')}
            </Link>
            {t('derivation.or')}
          </>
        )}
        {stated.includes('fact') && (
          <>
            <Link to="/apply/$assessment/$step" params={{ assessment: record.id, step: 'business' }}>
              {t('derivation.changeFact')}
            </Link>
            {t('derivation.or')}
          </>
        )}
        <Link to="/assessments/$assessment/fixes" params={{ assessment: record.id }}>
          {t('derivation.disputeFinding')}
        </Link>
      </span>
    </p>
  );
}
