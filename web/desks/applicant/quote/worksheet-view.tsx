import type { Worksheet, WorksheetLine } from '../../../../src/domain/rating/index.ts';
import { useParameters } from '../../../api/queries.ts';
import type { Parameter } from '../../../api/wire.ts';
import { factor, number, plainMoney } from '../../../format.ts';
import { ParameterLine, ProvenanceMark } from '../../../parts/provenance.tsx';
import { Term } from '../../../parts/term.tsx';
import { zh } from '../../../texts/zh.ts';
import { useWords, type Wording } from '../../../words.ts';

type Parameters = ReadonlyMap<string, Parameter> | undefined;
type PerilName = NonNullable<WorksheetLine['peril']>;

const isUnit = (unit: string): unit is keyof typeof zh.unit => unit in zh.unit;

/** A number of the worksheet with its unit, in as many digits as it deserves: factors as they multiply, amounts in yuan, small rates in full. */
export function worksheetValue({ value, unit }: Pick<WorksheetLine, 'value' | 'unit'>, t: Wording['t']): string {
  if (unit === 'factor') return factor(value);
  const digits = Math.abs(value) >= 100 || unit === 'CNY' ? 2 : Math.abs(value) >= 0.01 ? 4 : value === 0 ? 0 : 6;
  return `${number(value, digits)} ${isUnit(unit) ? t(`unit.${unit}`) : unit}`.trim();
}

/** The label of a line without the name of its peril, under a heading that has it already. */
const withoutPeril = (label: string, peril: string): string => label.replace(new RegExp(`^${peril.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*[:：]\\s*`), '');

function Sources({ line, parameters, priors }: { line: WorksheetLine; parameters: Parameters; priors: ReadonlySet<string> }) {
  const { t } = useWords();
  if (line.parameters.length === 0) return null;
  const hasPrior = line.parameters.some((key) => priors.has(key));
  return (
    <details className="why">
      <summary>
        {t('quote.showParameters', { n: line.parameters.length })}
        {hasPrior && (
          <>
            {' '}
            <ProvenanceMark provenance="J" />
          </>
        )}
      </summary>
      <ul className="parameters">
        {line.parameters.map((key) => (
          <ParameterLine key={key} name={key} parameter={parameters?.get(key)} />
        ))}
      </ul>
    </details>
  );
}

interface Reading {
  readonly worksheet: Worksheet;
  readonly parameters: Parameters;
  readonly priors: ReadonlySet<string>;
}

/** What the premium is made of: every line that adds to it, and the sum as it is made here, on the page. */
function Composition({ worksheet, parameters, priors }: Reading) {
  const { t, of } = useWords();
  const { currency, premium } = worksheet;
  const lines = worksheet.lines.filter((line) => line.amountMinor !== null);
  const sum = lines.reduce((total, line) => total + line.amountMinor!, 0);
  const amount = (minor: number) => plainMoney({ currency, minor });
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t('quote.composition')}>
      <table className="table worksheet">
        <caption className="only-heard">{t('quote.composition')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('quote.line')}</th>
            <th scope="col" className="right">
              {t('quote.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">
                {of(line.label)}
                <Sources line={line} parameters={parameters} priors={priors} />
              </th>
              <td className="right num">{amount(line.amountMinor!)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="strong">
            <th scope="row">{t('quote.sum')}</th>
            <td className="right num">{amount(sum)}</td>
          </tr>
          <tr>
            <th scope="row">{t('quote.vat')}</th>
            <td className="right num">{amount(premium.vat)}</td>
          </tr>
          <tr className="strong">
            <th scope="row">{t('quote.total')}</th>
            <td className="right num">{amount(premium.total)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

interface StepsProps {
  readonly name: string;
  /** The line whose number stands for all. */
  readonly headline: WorksheetLine;
  readonly lines: readonly WorksheetLine[];
  readonly reading: Reading;
}

/** Steps that belong together, closed until asked for. */
function Steps({ name, headline, lines, reading }: StepsProps) {
  const { t, of } = useWords();
  return (
    <details className="derive">
      <summary>
        <span className="derive-name">{name}</span>
        <span className="num">{worksheetValue(headline, t)}</span>
        <span className="faint">
          {withoutPeril(of(headline.label), name)} · {t('quote.stepCount', { n: lines.length })}
        </span>
      </summary>
      <div className="table-box" tabIndex={0} role="region" aria-label={name}>
        <table className="table worksheet">
          <thead>
            <tr>
              <th scope="col">{t('quote.line')}</th>
              <th scope="col" className="right">
                {t('quote.value')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <th scope="row">
                  <span className="faint">{t(`quote.section.${line.section}`)}</span> {withoutPeril(of(line.label), name)}
                  <Sources line={line} parameters={reading.parameters} priors={reading.priors} />
                </th>
                <td className="right num">{worksheetValue(line, t)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** The steps of one peril, from how often it happens to what it costs this cover in a year. */
function PerilSteps({ peril, lines, reading }: { peril: PerilName; lines: readonly WorksheetLine[]; reading: Reading }) {
  const { t } = useWords();
  const headline = lines.find((line) => line.id === `${peril}.expected`) ?? lines.at(-1)!;
  return <Steps name={t(`peril.${peril}`)} headline={headline} lines={lines} reading={reading} />;
}

/** What acts on all perils alike, and the market beside the price; nothing for a price of a ratebook that has no such steps. */
function CommonSteps({ reading }: { reading: Reading }) {
  const { t } = useWords();
  const { lines } = reading.worksheet;
  const groups = [
    { name: t('quote.section.adjustment'), head: 'experience.factor', own: lines.filter(({ section }) => section === 'adjustment') },
    { name: t('quote.marketSteps'), head: 'market.technical', own: lines.filter(({ id }) => id.startsWith('market.')) },
  ];
  return groups.map(({ name, head, own }) => {
    const headline = own.find(({ id }) => id === head);
    return headline === undefined ? null : <Steps key={head} name={name} headline={headline} lines={own} reading={reading} />;
  });
}

/** The price line by line: what it is made of, then what acts on all perils and for each peril every step behind it, with the source of every parameter. */
export function WorksheetView({ worksheet }: { worksheet: Worksheet }) {
  const { t } = useWords();
  const reading: Reading = { worksheet, parameters: useParameters().data, priors: new Set(worksheet.priors) };
  const perils = [...new Set(worksheet.lines.flatMap((line) => (line.peril === null ? [] : [line.peril])))];
  const expectedOf = (peril: PerilName): number => worksheet.lines.find((line) => line.id === `${peril}.expected`)?.value ?? 0;
  return (
    <>
      <Composition {...reading} />
      <h3 className="worksheet-head">{t('quote.readSteps')}</h3>
      <p className="section-note">
        {t('quote.priors', { n: worksheet.priors.length })} <Term name="prior" />
      </p>
      <CommonSteps reading={reading} />
      {perils
        .sort((a, b) => expectedOf(b) - expectedOf(a))
        .map((peril) => (
          <PerilSteps key={peril} peril={peril} reading={reading} lines={worksheet.lines.filter((line) => line.peril === peril)} />
        ))}
    </>
  );
}
