import type { Coverage, CoverLine, RequestedCover } from '../../../../src/domain/catalogue/index.ts';
import { lineFor, withLine, withoutLine } from '../../../forms/cover.ts';
import { useWords } from '../../../words.ts';
import { AmountSlider, WaitingSlider } from './amount-slider.tsx';
import { biteOf, endsWithin, likelihood, type Adequacy } from './bites.ts';

interface Choice {
  readonly cover: RequestedCover;
  readonly choose: (cover: RequestedCover) => void;
  readonly adequacy: Adequacy | undefined;
}

/** Sub-limits are chosen as tenths of the limit. */
const tenths = (limitMinor: number): number[] => Array.from({ length: 10 }, (_, i) => Math.round((limitMinor * (i + 1)) / 1000) * 100);

function LineTerms({ coverage, line, cover, choose, adequacy }: Choice & { coverage: Coverage; line: CoverLine }) {
  const { t, of } = useWords();
  const bite = biteOf(adequacy, coverage.id);
  const within = endsWithin(adequacy, coverage.id);
  const say = (probability: number): string => likelihood(probability) ?? t('cover.compose.tiny');
  return (
    <div className="coverage-terms">
      <AmountSlider
        label={t('apply.subLimit')}
        about={of(coverage.title)}
        minor={line.subLimitMinor}
        stops={tenths(cover.limitMinor)}
        least={100}
        most={cover.limitMinor}
        note={bite && t('cover.compose.biteSub', { p: say(bite.probability) })}
        onChange={(subLimitMinor) => choose(withLine(cover, { ...line, subLimitMinor }))}
      />
      {coverage.timeBased && (
        <WaitingSlider
          about={of(coverage.title)}
          hours={line.waitingHours ?? 0}
          note={within === null ? undefined : t('cover.compose.biteWaiting', { p: say(within) })}
          onChange={(waitingHours) => choose(withLine(cover, { ...line, waitingHours }))}
        />
      )}
    </div>
  );
}

function SmallPrint({ coverage }: { coverage: Coverage }) {
  const { t, of } = useWords();
  const lists = [
    [t('cover.compose.exclusions'), coverage.exclusions],
    [t('cover.compose.proofs'), coverage.proofs],
  ] as const;
  return (
    <details className="why">
      <summary>
        {t('cover.compose.notPaid')}
        <span className="only-heard"> · {of(coverage.title)}</span>
      </summary>
      {lists.map(
        ([title, items]) =>
          items.length > 0 && (
            <div key={title}>
              <p className="article-list-title">{title}</p>
              <ul>
                {items.map((item) => (
                  <li key={item.zh}>{of(item)}</li>
                ))}
              </ul>
            </div>
          ),
      )}
    </details>
  );
}

function OneCoverage({ coverage, ...choice }: Choice & { coverage: Coverage }) {
  const { of } = useWords();
  const { cover, choose } = choice;
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
        <SmallPrint coverage={coverage} />
      </div>
      {line && <LineTerms coverage={coverage} line={line} {...choice} />}
    </li>
  );
}

/** What cannot be bought, and why. */
function NotOffered({ coverage }: { coverage: Coverage }) {
  const { t, of } = useWords();
  return (
    <li className="coverage">
      <div>
        <label className="check">
          <input type="checkbox" checked={false} disabled readOnly />
          <strong>{of(coverage.title)}</strong>
        </label>{' '}
        <span className="chip">{t('cover.compose.notOffered')}</span>
        <p className="coverage-example">{of(coverage.trigger)}</p>
      </div>
    </li>
  );
}

/** The coverages in their two classes, each with its example, terms, and how often its limit would bite. */
export function CoverageChoices({ coverages, ...choice }: Choice & { coverages: readonly Coverage[] }) {
  const { t } = useWords();
  return (
    <>
      {(['property', 'liability'] as const).map((kind) => {
        const those = coverages.filter((one) => one.class === kind);
        const chosen = those.filter((one) => choice.cover.lines.some(({ coverage }) => coverage === one.id)).length;
        return (
          <section key={kind} className="group">
            <h2>{t('cover.compose.classCount', { title: t(`apply.${kind}`), count: chosen, all: those.length })}</h2>
            <ul className="coverages">
              {those.map((one) =>
                one.offered === false ? <NotOffered key={one.id} coverage={one} /> : <OneCoverage key={one.id} coverage={one} {...choice} />,
              )}
            </ul>
          </section>
        );
      })}
    </>
  );
}
