import type { ScorePart } from '../../../../src/domain/assessment/index.ts';
import { explain } from '../../../api/problems.ts';
import { Problem } from '../../../api/problem.ts';
import { ChartFrame } from '../../../charts/frame.tsx';
import { number, percent } from '../../../format.ts';
import { useWords, type Wording } from '../../../words.ts';
import type { ProfileDifference } from './profile-queries.ts';

/** Whole hundredths of a point, with their sign. */
const points = (hundredths: number): string => `${hundredths > 0 ? '+' : ''}${number(hundredths / 100, 2)}`;

interface Found {
  readonly found: ProfileDifference;
  /** Nobody chose the cover that it is priced for. */
  readonly isSuggested: boolean;
}

/** What would differ under another profile, and why. */
export function ProfileDifferenceView({ found, isSuggested }: Found) {
  const { t, of } = useWords();
  const { before, after, hundredths, gate } = found;
  const gateKey = `${before.gatePassed ? 'passed' : 'missed'}${after.gatePassed ? 'Passed' : 'Missed'}` as const;
  const said = {
    title: of(after.title),
    before: number(before.score, 2),
    after: number(after.score, 2),
    change: points(hundredths),
    line: t(before.passLine === after.passLine ? 'profiles.lineSame' : 'profiles.line', { before: number(before.passLine), after: number(after.passLine) }),
    gate: t(`profiles.gate.${gateKey}`),
  };
  return (
    <div className="profile-difference">
      <p className="lead" role="status">
        {t(hundredths === 0 ? 'profiles.sentenceSame' : 'profiles.sentence', said)}
      </p>
      <Price found={found} isSuggested={isSuggested} />
      {before.findingsCeiling !== after.findingsCeiling && (
        <p>{t('profiles.ceiling', { before: number(before.findingsCeiling, 1), after: number(after.findingsCeiling, 1) })}</p>
      )}
      <Blockers title={t('profiles.gone')} items={gate.gone.map(of)} />
      <Blockers title={t('profiles.added')} items={gate.added.map(of)} />
      <Weights found={found} />
      <Movers found={found} />
    </div>
  );
}

function Blockers({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  );
}

/** The premium under both, or why there is none. */
function Price({ found: { price }, isSuggested }: Found) {
  const { t, money } = useWords();
  if (price.state === 'not-rated') {
    const why = price.code === null ? t('profiles.noCover') : explain(new Problem({ status: 422, code: price.code, detail: price.detail }), t).happened;
    return <p className="faint">{t('profiles.notRated', { why })}</p>;
  }
  const { before, after } = price;
  const premium = before.minor === after.minor ? 'profiles.priceSame' : 'profiles.price';
  return (
    <p>
      {t(premium, { before: money(before), after: money(after), cover: t(isSuggested ? 'profiles.cover.suggested' : 'profiles.cover.chosen') })}{' '}
      {t(before.outcome === after.outcome ? 'profiles.outcomeSame' : 'profiles.outcome', {
        before: t(`profiles.outcomes.${before.outcome}`),
        after: t(`profiles.outcomes.${after.outcome}`),
      })}
    </p>
  );
}

function weightsSentence({ dimensions }: ProfileDifference, { t }: Wording): string {
  const moved = [...dimensions].sort((a, b) => b.weightAfter - b.weightBefore - (a.weightAfter - a.weightBefore));
  const [up, down] = [moved[0], moved.at(-1)];
  if (up === undefined || down === undefined || up.weightAfter - up.weightBefore < 1e-9) return t('profiles.weightsEqual');
  return t('profiles.weightsSentence', { up: t(`dimension.${up.dimension}`), down: t(`dimension.${down.dimension}`) });
}

/** Each dimension's weight under both profiles as a pair of bars, grey now and pine then, with its score and its part of the difference. */
function Weights({ found }: { found: ProfileDifference }) {
  const words = useWords();
  const { t } = words;
  const { dimensions, hundredths } = found;
  const most = Math.max(...dimensions.flatMap((one) => [one.weightBefore, one.weightAfter]));
  const scoreOf = ({ scoreBefore, scoreAfter }: (typeof dimensions)[number]): string =>
    Math.abs(scoreBefore - scoreAfter) < 0.05 ? number(scoreAfter, 1) : `${number(scoreBefore, 1)} → ${number(scoreAfter, 1)}`;
  const table = (
    <table className="table table-dense">
      <thead>
        <tr>
          <th scope="col">{t('profiles.dimension')}</th>
          {(['weightBefore', 'weightAfter', 'score', 'points'] as const).map((column) => (
            <th key={column} scope="col" className="right">
              {t(`profiles.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {dimensions.map((one) => (
          <tr key={one.dimension}>
            <th scope="row">{t(`dimension.${one.dimension}`)}</th>
            <td className="right num">{percent(one.weightBefore, 1)}</td>
            <td className="right num">{percent(one.weightAfter, 1)}</td>
            <td className="right num">{scoreOf(one)}</td>
            <td className="right num">{points(one.hundredths)}</td>
          </tr>
        ))}
        <TotalRow before={4} hundredths={hundredths} />
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={t('profiles.weights')} sentence={weightsSentence(found, words)} table={table}>
      <ul className="profile-bars">
        {dimensions.map((one) => (
          <li key={one.dimension}>
            <span>
              {t(`dimension.${one.dimension}`)} <span className="faint num">{scoreOf(one)}</span>
            </span>
            <span className="profile-pair" aria-hidden="true">
              <span className="profile-bar-before" style={{ width: `${(100 * one.weightBefore) / most}%` }} />
              <span className="profile-bar-after" style={{ width: `${(100 * one.weightAfter) / most}%` }} />
            </span>
            <span className="num profile-figure">
              {percent(one.weightBefore, 0)} → {percent(one.weightAfter, 0)} <strong>{points(one.hundredths)}</strong>
            </span>
          </li>
        ))}
      </ul>
      <p className="faint small profile-legend" aria-hidden="true">
        <span className="profile-key profile-bar-before" /> {t('profiles.weightBefore')} <span className="profile-key profile-bar-after" />{' '}
        {t('profiles.weightAfter')}
      </p>
    </ChartFrame>
  );
}

const shown = 10;

function nameOf({ kind, title }: Pick<ScorePart, 'kind' | 'title'>, { t, of }: Wording): string {
  if (kind === 'indicator') return of(title!);
  return t(kind === 'findings' ? 'profiles.findings' : 'profiles.ceilingPart');
}

/** The parts that the difference is the sum of: bars to the right add, bars to the left take away. */
function Movers({ found: { parts, hundredths } }: { found: ProfileDifference }) {
  const words = useWords();
  const { t } = words;
  if (parts.length === 0) return <p className="faint">{t('profiles.moversNone')}</p>;
  const listed = parts.length > shown + 1 ? parts.slice(0, shown) : parts;
  const rest = parts.slice(listed.length);
  const rows = [
    ...listed.map((part) => ({ id: `${part.kind} ${part.control}`, name: nameOf(part, words), hundredths: part.hundredths })),
    ...(rest.length === 0
      ? []
      : [{ id: 'rest', name: t('profiles.rest', { count: rest.length }), hundredths: rest.reduce((sum, one) => sum + one.hundredths, 0) }]),
  ];
  const most = Math.max(...rows.map((row) => Math.abs(row.hundredths)), 1);
  return (
    <ChartFrame
      title={t('profiles.movers')}
      sentence={t('profiles.moversSentence', { change: points(hundredths) })}
      table={<MoversTable parts={parts} hundredths={hundredths} />}
    >
      <ul className="profile-bars">
        {rows.map((row) => (
          <li key={row.id}>
            <span>{row.name}</span>
            <span className="profile-swing" aria-hidden="true">
              <span
                className={row.hundredths < 0 ? 'profile-down' : 'profile-up'}
                style={{ width: `${(50 * Math.abs(row.hundredths)) / most}%`, [row.hundredths < 0 ? 'insetInlineEnd' : 'insetInlineStart']: '50%' }}
              />
            </span>
            <strong className="num profile-figure">{points(row.hundredths)}</strong>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}

function MoversTable({ parts, hundredths }: Pick<ProfileDifference, 'parts' | 'hundredths'>) {
  const words = useWords();
  const { t } = words;
  return (
    <table className="table table-dense">
      <thead>
        <tr>
          <th scope="col">{t('profiles.item')}</th>
          <th scope="col">{t('profiles.dimension')}</th>
          <th scope="col" className="right">
            {t('profiles.standing')}
          </th>
          <th scope="col" className="right">
            {t('profiles.points')}
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={`${part.kind} ${part.control}`}>
            <th scope="row">{nameOf(part, words)}</th>
            <td>{t(`dimensionShort.${part.dimension}`)}</td>
            <td className="right num">
              {part.value === null ? '' : t(`answer.${part.value}`)} {number(part.standing, 0)}
            </td>
            <td className="right num">{points(part.hundredths)}</td>
          </tr>
        ))}
        <TotalRow before={3} hundredths={hundredths} />
      </tbody>
    </table>
  );
}

function TotalRow({ before, hundredths }: { before: number; hundredths: number }) {
  const { t } = useWords();
  return (
    <tr>
      <th scope="row" colSpan={before}>
        {t('profiles.total')}
      </th>
      <td className="right num">{points(hundredths)}</td>
    </tr>
  );
}
