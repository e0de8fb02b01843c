import type { Coverage, Package, RequestedCover } from '../../../../src/domain/catalogue/index.ts';
import { useCoverages, usePackages } from '../../../api/queries.ts';
import type { AssessmentRecord } from '../../../api/wire.ts';
import { atLimit, lineFor, packagesFor, useCover, withLine, withoutLine } from '../../../forms/cover.ts';
import { MoneyField, TextField } from '../../../forms/field.tsx';
import { parseAmount } from '../../../forms/parse-amount.ts';
import { day, plainMoney } from '../../../format.ts';
import { Awaited } from '../../../parts/states.tsx';
import { useWords } from '../../../words.ts';
import { useEffect, useState } from 'react';
import { StepFrame } from './step-frame.tsx';

interface Choice {
  readonly cover: RequestedCover;
  readonly choose: (cover: RequestedCover) => void;
}

const text = (minor: number): string => plainMoney({ currency: 'CNY', minor }).replace(/\.00$/, '');

/** An amount of the cover: typed freely, taken over as soon as it can be read, shown in plain form when the focus leaves. */
function AmountInput({
  label,
  about,
  minor,
  onChange,
  least,
  most,
  term,
}: {
  label: string;
  about?: string;
  minor: number;
  onChange: (minor: number) => void;
  least: number;
  most?: number;
  term?: 'limit' | 'retention' | 'subLimit';
}) {
  const { t } = useWords();
  const [typed, setTyped] = useState(text(minor));
  useEffect(() => setTyped((before) => (parseAmount(before) === minor ? before : text(minor))), [minor]);
  const read = parseAmount(typed);
  const wrong = read === null || read < least || (most !== undefined && read > most);
  const change = (next: string) => {
    setTyped(next);
    const value = parseAmount(next);
    if (value !== null && value >= least && (most === undefined || value <= most)) onChange(value);
  };
  return (
    <MoneyField
      label={label}
      {...(about ? { about } : {})}
      value={typed}
      onChange={change}
      error={wrong ? t('apply.badAmount') : undefined}
      {...(term ? { term } : {})}
    />
  );
}

function PackageCards({ packages, cover, choose }: Choice & { packages: readonly Package[] }) {
  const { t, of, short } = useWords();
  return (
    <ul className="cards packages">
      {packages.map((one) => (
        <li key={one.id} className={`card ${cover.package === one.id ? 'card-on' : ''}`}>
          <label>
            <input
              type="radio"
              name="package"
              checked={cover.package === one.id}
              onChange={() => choose({ ...one.cover, package: one.id, from: cover.from })}
            />
            <strong>{of(one.title)}</strong>
          </label>
          <p>{of(one.for)}</p>
          <p className="num">
            {t('apply.limit')} {short({ currency: one.cover.currency, minor: one.cover.limitMinor })}
          </p>
          <p className="faint">{t('apply.holds', { count: one.cover.lines.length })}</p>
        </li>
      ))}
      {cover.package === null && (
        <li className="card card-on">
          <strong>{t('apply.custom')}</strong>
          <p>{t('apply.chosen', { count: cover.lines.length })}</p>
        </li>
      )}
    </ul>
  );
}

function CoverageChoice({ coverage, cover, choose }: Choice & { coverage: Coverage }) {
  const { t, of } = useWords();
  const line = cover.lines.find((one) => one.coverage === coverage.id);
  return (
    <li className={`coverage ${line ? 'coverage-on' : ''}`}>
      <div>
        <label className="check">
          <input
            type="checkbox"
            checked={line !== undefined}
            onChange={() => choose(line ? withoutLine(cover, coverage.id) : withLine(cover, lineFor(coverage, cover.limitMinor)))}
          />
          <strong>{of(coverage.title)}</strong>
        </label>
        <p className="coverage-example">{of(coverage.example)}</p>
      </div>
      {line && (
        <div className="coverage-terms">
          <AmountInput
            label={t('apply.subLimit')}
            about={of(coverage.title)}
            minor={line.subLimitMinor}
            least={100}
            most={cover.limitMinor}
            onChange={(subLimitMinor) => choose(withLine(cover, { ...line, subLimitMinor }))}
          />
          {coverage.timeBased && (
            <div className="field">
              <label>
                {t('apply.waiting')}
                <span className="only-heard"> · {of(coverage.title)}</span>
                <select
                  className="select"
                  value={line.waitingHours ?? 0}
                  onChange={(event) => choose(withLine(cover, { ...line, waitingHours: Number(event.target.value) }))}
                >
                  {[...new Set([6, 8, 12, 24, 48, line.waitingHours ?? 8])]
                    .sort((a, b) => a - b)
                    .map((hours) => (
                      <option key={hours} value={hours}>{`${hours} ${t('apply.hours')}`}</option>
                    ))}
                </select>
              </label>
            </div>
          )}
        </div>
      )}
    </li>
  );
}

function Coverages({ coverages, cover, choose }: Choice & { coverages: readonly Coverage[] }) {
  const { t } = useWords();
  return (
    <>
      {(['property', 'liability'] as const).map((kind) => (
        <section key={kind} className="group">
          <h2>{t(`apply.${kind}`)}</h2>
          <ul className="coverages">
            {coverages
              .filter((one) => one.class === kind)
              .map((one) => (
                <CoverageChoice key={one.id} coverage={one} cover={cover} choose={choose} />
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** Step 5: a package as it is, or limits, retention and coverages one by one; the price beside it follows. */
export function CoverStep({ record, onNext, onBack }: { record: AssessmentRecord; onNext: () => void; onBack: () => void }) {
  const { t } = useWords();
  const packages = usePackages();
  const coverages = useCoverages();
  const { cover, choose } = useCover(record);
  return (
    <Awaited query={packages}>
      {(offered) =>
        cover === null ? null : (
          <StepFrame onBack={onBack} onNext={onNext} faults={cover.lines.length === 0 ? 1 : 0}>
            {() => (
              <>
                <section className="group">
                  <h2>{t('apply.packages')}</h2>
                  <PackageCards packages={packagesFor(offered, record.firm.industry)} cover={cover} choose={choose} />
                </section>
                <div className="field-pair">
                  <AmountInput
                    label={t('apply.limit')}
                    term="limit"
                    minor={cover.limitMinor}
                    least={100}
                    onChange={(limit) => choose(atLimit({ ...cover, package: null }, limit))}
                  />
                  <AmountInput
                    label={t('apply.retention')}
                    term="retention"
                    minor={cover.retentionMinor}
                    least={0}
                    most={cover.limitMinor}
                    onChange={(retentionMinor) => choose({ ...cover, package: null, retentionMinor })}
                  />
                </div>
                <TextField
                  label={t('apply.from')}
                  help={t('apply.fromHelp')}
                  optional
                  type="date"
                  min={day(new Date(Date.now() + 86_400_000).toISOString())}
                  value={cover.from ?? ''}
                  onChange={(from) => choose({ ...cover, from: from || null })}
                />
                <p role="status">{cover.lines.length === 0 ? t('apply.noLines') : t('apply.chosen', { count: cover.lines.length })}</p>
                <Awaited query={coverages}>{(all) => <Coverages coverages={all} cover={cover} choose={choose} />}</Awaited>
              </>
            )}
          </StepFrame>
        )
      }
    </Awaited>
  );
}
