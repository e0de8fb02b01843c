import type { Package, Recommendation, RequestedCover } from '../../../../src/domain/catalogue/index.ts';
import { useWords } from '../../../words.ts';

interface Choice {
  readonly cover: RequestedCover;
  readonly choose: (cover: RequestedCover) => void;
}

function Card({ one, reasons, first, cover, choose }: Choice & { one: Package; reasons: Recommendation['reasons']; first: boolean }) {
  const { t, of, short } = useWords();
  return (
    <li className={`card ${cover.package === one.id ? 'card-on' : ''}`}>
      <label>
        <input type="radio" name="package" checked={cover.package === one.id} onChange={() => choose({ ...one.cover, package: one.id, from: cover.from })} />
        <strong>{of(one.title)}</strong>
        {first && <span className="chip chip-on"> {t('cover.compose.recommended')}</span>}
      </label>
      <p>{of(one.for)}</p>
      <p className="num">
        {t('apply.limit')} {short({ currency: one.cover.currency, minor: one.cover.limitMinor })} · {t('apply.holds', { count: one.cover.lines.length })}
      </p>
      <p className="faint small">
        {reasons.length > 0 ? t('cover.compose.because', { reasons: reasons.map(of).join(t('punctuation.list')) }) : t('cover.compose.forAll')}
      </p>
    </li>
  );
}

function Cards({ list, first, ...choice }: Choice & { list: readonly Recommendation[]; first: string | null }) {
  return (
    <ul className="cards packages">
      {list.map(({ package: one, reasons }) => (
        <Card key={one.id} one={one} reasons={reasons} first={one.id === first} {...choice} />
      ))}
    </ul>
  );
}

/** Three packages to start from, the best fitting first; insuring scenarios and product templates behind them. */
export function Starters({ recommended, ...choice }: Choice & { recommended: readonly Recommendation[] }) {
  const { t } = useWords();
  const { cover } = choice;
  const plain = recommended.filter(({ package: { kind } }) => kind === undefined);
  const first = recommended.find(({ reasons }) => reasons.length > 0)?.package.id ?? null;
  const groups = [
    ['more', plain.slice(3)],
    ['scenarios', recommended.filter(({ package: { kind } }) => kind === 'scenario')],
    ['templates', recommended.filter(({ package: { kind } }) => kind === 'template')],
  ] as const;
  return (
    <>
      <Cards list={plain.slice(0, 3)} first={first} {...choice} />
      {groups.map(
        ([name, list]) =>
          list.length > 0 && (
            <details key={name} className="why" open={list.some(({ package: { id } }) => id === cover.package || id === first)}>
              <summary>{t(`cover.compose.${name}`, { count: list.length })}</summary>
              <Cards list={list} first={first} {...choice} />
            </details>
          ),
      )}
      {cover.package === null && (
        <p className="note" role="status">
          <strong>{t('apply.custom')}</strong> · {t('apply.chosen', { count: cover.lines.length })}
        </p>
      )}
    </>
  );
}
