import type { Worksheet, WorksheetLine } from '../../../../src/domain/rating/index.ts';
import { useParameters } from '../../../api/queries.ts';
import type { Parameter } from '../../../api/wire.ts';
import { number, plainMoney } from '../../../format.ts';
import { ParameterLine, ProvenanceMark } from '../../../parts/provenance.tsx';
import { Term } from '../../../parts/term.tsx';
import { zh } from '../../../texts/zh.ts';
import { useWords } from '../../../words.ts';

const sections = Object.keys(zh.quote.section) as WorksheetLine['section'][];

/** A number of the worksheet with as many digits as it deserves. */
export function worksheetValue(value: number, unit: string): string {
  const size = Math.abs(value);
  if (unit === 'minor' || unit === 'fen') return plainMoney({ currency: 'CNY', minor: Math.round(value) });
  if (size !== 0 && size < 0.001) return value.toExponential(3);
  return number(value, size >= 1000 ? 2 : size >= 10 ? 3 : 4);
}

function Parameters({ line, parameters, priors }: { line: WorksheetLine; parameters: ReadonlyMap<string, Parameter> | undefined; priors: ReadonlySet<string> }) {
  const { t } = useWords();
  if (line.parameters.length === 0) return null;
  const hasPrior = line.parameters.some((key) => priors.has(key));
  return (
    <details className="why">
      <summary>{t('quote.showParameters', { n: line.parameters.length })}{hasPrior && <> <ProvenanceMark provenance="J" /></>}</summary>
      <ul className="parameters">{line.parameters.map((key) => <ParameterLine key={key} name={key} parameter={parameters?.get(key)} />)}</ul>
    </details>
  );
}

function SectionRows({ section, worksheet, parameters }: { section: WorksheetLine['section']; worksheet: Worksheet; parameters: ReadonlyMap<string, Parameter> | undefined }) {
  const { t, of } = useWords();
  const lines = worksheet.lines.filter((line) => line.section === section);
  const priors = new Set(worksheet.priors);
  if (lines.length === 0) return null;
  return (
    <tbody>
      <tr className="section-row"><th scope="colgroup" colSpan={3}>{t(`quote.section.${section}`)}</th></tr>
      {lines.map((line) => (
        <tr key={line.id}>
          <th scope="row">
            {of(line.label)}{line.peril && <span className="faint"> · {t(`peril.${line.peril}`)}</span>}
            <Parameters line={line} parameters={parameters} priors={priors} />
          </th>
          <td className="right num" data-label={t('quote.value')}>{worksheetValue(line.value, line.unit)} <span className="faint">{line.unit === 'minor' ? '' : line.unit}</span></td>
          <td className="right num" data-label={t('quote.amount')}>{line.amountMinor === null ? '' : plainMoney({ currency: worksheet.currency, minor: line.amountMinor })}</td>
        </tr>
      ))}
    </tbody>
  );
}

/** The price line by line. The amounts add up to the premium before VAT; the foot shows the sum that was made here, on the page. */
export function WorksheetView({ worksheet }: { worksheet: Worksheet }) {
  const { t } = useWords();
  const parameters = useParameters().data;
  const sum = worksheet.lines.reduce((total, line) => total + (line.amountMinor ?? 0), 0);
  const { currency } = worksheet;
  return (
    <>
      <p className="section-note">{t('provenance.prior')} <Term name="prior" /> × {worksheet.priors.length}</p>
      <div className="table-box" tabIndex={0} role="region" aria-label={t('quote.worksheet')}>
        <table className="table worksheet">
          <caption className="only-heard">{t('quote.worksheet')}</caption>
          <thead><tr><th scope="col">{t('quote.line')}</th><th scope="col" className="right">{t('quote.value')}</th><th scope="col" className="right">{t('quote.amount')}</th></tr></thead>
          {sections.map((section) => <SectionRows key={section} section={section} worksheet={worksheet} parameters={parameters} />)}
          <tfoot>
            <tr><th scope="row" colSpan={2}>{t('quote.sum')}</th><td className="right num">{plainMoney({ currency, minor: sum })}</td></tr>
            <tr><th scope="row" colSpan={2}>{t('quote.vat')}</th><td className="right num">{plainMoney({ currency, minor: worksheet.premium.vat })}</td></tr>
            <tr className="strong"><th scope="row" colSpan={2}>{t('quote.total')}</th><td className="right num">{plainMoney({ currency, minor: worksheet.premium.total })}</td></tr>
          </tfoot>
        </table>
      </div>
    </>
  );
}
