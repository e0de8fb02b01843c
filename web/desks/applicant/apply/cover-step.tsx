import { useQuery } from '@tanstack/react-query';
import { recommendPackages } from '../../../../src/domain/catalogue/index.ts';
import type { Coverage } from '../../../../src/domain/catalogue/index.ts';
import { dayOf } from '../../../../src/domain/basics/index.ts';
import { usePackages } from '../../../api/queries.ts';
import { request } from '../../../api/request.ts';
import type { AssessmentRecord } from '../../../api/wire.ts';
import { atLimit, useCover } from '../../../forms/cover.ts';
import { TextField } from '../../../forms/field.tsx';
import { day } from '../../../format.ts';
import { Awaited } from '../../../parts/states.tsx';
import { useWords } from '../../../words.ts';
import { AdequacyTable } from '../../cover/compose/adequacy.tsx';
import { AmountSlider } from '../../cover/compose/amount-slider.tsx';
import { likelihood, useAdequacy, type Adequacy, type Bite } from '../../cover/compose/bites.ts';
import { CoverageChoices } from '../../cover/compose/coverage-choice.tsx';
import { LiveWaterfall } from '../../cover/compose/live-waterfall.tsx';
import { Starters } from '../../cover/compose/starters.tsx';
import '../../cover/cover.css';
import { useLivePrice } from './price-aside.tsx';
import { StepFrame } from './step-frame.tsx';

const tenThousand = 1_000_000;
const limitStops = [50, 100, 200, 300, 500, 800, 1000, 2000, 3000, 5000, 10_000].map((one) => one * tenThousand);
const retentionStops = [0, 0.5, 1, 2, 3, 5, 10, 20, 50, 100].map((one) => one * tenThousand);

/** Every coverage of the catalogue, also what is recorded only and cannot be bought. */
const useEveryCoverage = () =>
  useQuery({
    queryKey: ['every-coverage'],
    queryFn: () => request<{ coverages: Coverage[] }>('GET', '/api/coverages'),
    select: (page) => page.coverages,
    staleTime: 600_000,
  });

type Cover = NonNullable<ReturnType<typeof useCover>['cover']>;

function Terms({ cover, choose, adequacy }: { cover: Cover; choose: (cover: Cover) => void; adequacy: Adequacy | undefined }) {
  const { t } = useWords();
  const note = (kind: Bite['kind'], key: 'biteLimit' | 'biteAggregate' | 'biteRetention'): string | null => {
    const bite = adequacy?.bites.find((one) => one.kind === kind);
    return bite ? t(`cover.compose.${key}`, { p: likelihood(bite.probability) ?? t('cover.compose.tiny') }) : null;
  };
  const ofLimit = [note('limit', 'biteLimit'), note('aggregate', 'biteAggregate')].filter(Boolean).join(t('punctuation.list'));
  return (
    <section className="group">
      <h2>{t('cover.compose.terms')}</h2>
      <p className="faint">{t('cover.compose.termsNote')}</p>
      <div className="field-pair">
        <AmountSlider
          label={t('apply.limit')}
          term="limit"
          minor={cover.limitMinor}
          stops={limitStops}
          least={10_000_000}
          note={ofLimit || undefined}
          onChange={(limit) => choose(atLimit({ ...cover, package: null }, limit))}
        />
        <AmountSlider
          label={t('apply.retention')}
          term="retention"
          minor={cover.retentionMinor}
          stops={retentionStops}
          least={0}
          most={cover.limitMinor - 100}
          note={note('retention', 'biteRetention') ?? undefined}
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
    </section>
  );
}

/** Step 5: a package to start from, then limits, retention, waiting periods and coverages one by one; price and likelihoods follow. */
export function CoverStep({ record, onNext, onBack }: { record: AssessmentRecord; onNext: () => void; onBack: () => void }) {
  const { t } = useWords();
  const packages = usePackages();
  const coverages = useEveryCoverage();
  const { cover, choose } = useCover(record);
  const { cover: rested } = useLivePrice(record);
  const adequacy = useAdequacy(record.id, record.version, rested).data;
  return (
    <Awaited query={packages}>
      {(offered) =>
        cover === null ? null : (
          <StepFrame onBack={onBack} onNext={onNext} faults={cover.lines.length === 0 ? 1 : 0}>
            {() => (
              <>
                <section className="group">
                  <h2>{t('cover.compose.startFrom')}</h2>
                  <p className="faint">{t('cover.compose.startFromNote')}</p>
                  <Starters recommended={recommendPackages(record.firm, offered, dayOf(new Date().toISOString()))} cover={cover} choose={choose} />
                </section>
                <Terms cover={cover} choose={choose} adequacy={adequacy} />
                <p role="status">{cover.lines.length === 0 ? t('apply.noLines') : t('apply.chosen', { count: cover.lines.length })}</p>
                <Awaited query={coverages}>
                  {(all) => (
                    <>
                      <CoverageChoices coverages={all} cover={cover} choose={choose} adequacy={adequacy} />
                      {adequacy && <AdequacyTable adequacy={adequacy} coverages={all} />}
                    </>
                  )}
                </Awaited>
                <LiveWaterfall record={record} />
              </>
            )}
          </StepFrame>
        )
      }
    </Awaited>
  );
}
