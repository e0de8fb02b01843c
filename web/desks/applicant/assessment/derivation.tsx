import type { DimensionResult, IndicatorResult } from '../../../../src/domain/assessment/index.ts';
import type { AssessmentRecord, CountedFinding } from '../../../api/wire.ts';
import { useControls } from '../../../api/queries.ts';
import { none, number, percent } from '../../../format.ts';
import { Versions } from '../../../parts/versions.tsx';
import { useWords } from '../../../words.ts';

type Titles = ReadonlyMap<string, string>;

/** The names of controls in the reader's language, as the catalogue gives them. */
export function useControlTitles(): Titles {
  const { of } = useWords();
  const controls = useControls().data ?? [];
  return new Map(controls.map(({ id, title }) => [id, of(title)]));
}

function Evidence({ indicator, findings }: { indicator: IndicatorResult; findings: ReadonlyMap<string, CountedFinding> }) {
  const { t } = useWords();
  if (indicator.evidence.length === 0) return <span className="faint">{t('assessment.noEvidence')}</span>;
  return (
    <ul className="evidence">
      {indicator.evidence.map((one, i) => (
        <li key={`${one.reference}-${i}`}>
          {t(`evidence.${one.kind}`)} · <span className="break">{findings.get(one.reference)?.title ?? one.reference}</span>
          {one.on && <span className="num"> · {one.on}</span>}
        </li>
      ))}
    </ul>
  );
}

function Indicators({
  indicators,
  titles,
  findings,
}: {
  indicators: readonly IndicatorResult[];
  titles: Titles;
  findings: ReadonlyMap<string, CountedFinding>;
}) {
  const { t } = useWords();
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t('assessment.derivation')}>
      <table className="table table-dense">
        <thead>
          <tr>
            <th scope="col">{t('assessment.indicator')}</th>
            <th scope="col">{t('assessment.value')}</th>
            <th scope="col" className="right">
              {t('assessment.counted')}
            </th>
            <th scope="col" className="right">
              {t('assessment.range')}
            </th>
            <th scope="col" className="right">
              {t('assessment.weight')}
            </th>
            <th scope="col" className="right">
              {t('assessment.confidence')}
            </th>
            <th scope="col">{t('assessment.evidence')}</th>
          </tr>
        </thead>
        <tbody>
          {indicators.map((one) => (
            <tr key={one.control}>
              <th scope="row" data-label={t('assessment.indicator')}>
                {titles.get(one.control) ?? one.control}
              </th>
              <td data-label={t('assessment.value')}>
                {t(`answer.${one.value}`)}
                {one.contradicted && <span className="label label-must-fix">{t('assessment.contradicted')}</span>}
              </td>
              <td data-label={t('assessment.counted')} className="right num">
                {percent(one.effective, 0)}
              </td>
              <td data-label={t('assessment.range')} className="right num">
                {percent(one.low, 0)}–{percent(one.high, 0)}
              </td>
              <td data-label={t('assessment.weight')} className="right num">
                {number(one.weight, 1)}
              </td>
              <td data-label={t('assessment.confidence')} className="right num">
                {one.value === 'not-applicable' ? none : number(one.confidence, 2)}
              </td>
              <td data-label={t('assessment.evidence')}>
                <Evidence indicator={one} findings={findings} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DimensionPart({
  dimension,
  indicators,
  titles,
  findings,
}: {
  dimension: DimensionResult;
  indicators: readonly IndicatorResult[];
  titles: Titles;
  findings: ReadonlyMap<string, CountedFinding>;
}) {
  const { t } = useWords();
  return (
    <details className="derive">
      <summary>
        <span className="derive-name">{t(`dimension.${dimension.dimension}`)}</span>
        <span className="num">{number(dimension.score, 1)}</span>
        <span className="faint num">
          {t('assessment.weight')} {percent(dimension.weight, 0)} · {t('assessment.confidence')} {number(dimension.confidence, 2)}
        </span>
      </summary>
      {indicators.length > 0 && <Indicators indicators={indicators} titles={titles} findings={findings} />}
    </details>
  );
}

/** Dimension → indicator → evidence, with weights, ranges and confidence; closed until asked for. */
export function Derivation({ record, findings }: { record: AssessmentRecord; findings: readonly CountedFinding[] }) {
  const titles = useControlTitles();
  const byId = new Map(findings.map((one) => [one.id, one]));
  const { result } = record;
  return (
    <>
      {result.dimensions.map((dimension) => (
        <DimensionPart
          key={dimension.dimension}
          dimension={dimension}
          titles={titles}
          findings={byId}
          indicators={result.indicators.filter((one) => one.dimension === dimension.dimension)}
        />
      ))}
      <Versions versions={result.versions} />
    </>
  );
}
