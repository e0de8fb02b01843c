import { useState } from 'react';
import { linkTerms, type Article, type Term, type Wording } from '../../../src/domain/catalogue/index.ts';
import { Panel } from '../../parts/panel.tsx';
import { useWords } from '../../words.ts';
import './cover.css';

type Explain = (term: Term) => void;

/** A text whose first mention of each term opens the term's meaning. */
function Linked({ text, terms, explain }: { text: string; terms: readonly Term[]; explain: Explain }) {
  const { language } = useWords();
  const byId = new Map(terms.map((term) => [term.id, term]));
  return (
    <>
      {linkTerms(text, terms, language).map((piece, i) => {
        const term = piece.term === null ? undefined : byId.get(piece.term);
        return term ? (
          <button key={i} type="button" className="defined" onClick={() => explain(term)}>
            {piece.text}
          </button>
        ) : (
          piece.text
        );
      })}
    </>
  );
}

function ArticleText({ article, glossary, explain, id }: { article: Article; glossary: readonly Term[]; explain: Explain; id: string }) {
  const { t, of } = useWords();
  const terms = glossary.filter((term) => article.terms.includes(term.id));
  return (
    <section className="article" id={id}>
      <h4>
        {t('cover.wording.article', { n: article.number })} {of(article.title)}
      </h4>
      <p>
        <Linked text={of(article.text)} terms={terms} explain={explain} />
      </p>
      {article.lists.map((list) => (
        <div key={list.title.zh}>
          <p className="article-list-title">{of(list.title)}</p>
          <ul>
            {list.items.map((item) => (
              <li key={item.zh}>{of(item)}</li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** A wording to read: its sections folded, each article with its slots filled, and the meaning of every defined word one press away. */
export function WordingText({ wording, open = false, prefix = 'article' }: { wording: Wording; open?: boolean; prefix?: string }) {
  const { t, of, language } = useWords();
  const [term, explain] = useState<Term | null>(null);
  return (
    <div className="wording-text">
      {wording.sections.map((section, i) => (
        <details key={section.id} open={open || i === 0}>
          <summary>
            <h3>{of(section.title)}</h3>{' '}
            <span className="faint num">
              {t('cover.wording.article', { n: section.articles[0]?.number ?? 0 })} ～ {t('cover.wording.article', { n: section.articles.at(-1)?.number ?? 0 })}
            </span>
          </summary>
          {section.articles.map((article) => (
            <ArticleText key={article.number} id={`${prefix}-${article.number}`} article={article} glossary={wording.glossary} explain={explain} />
          ))}
        </details>
      ))}
      {term && (
        <Panel at="middle" title={term[language]} onClose={() => explain(null)}>
          <p>{of(term.meaning)}</p>
          {term.source && <p className="faint">{t('cover.wording.source', { source: term.source })}</p>}
        </Panel>
      )}
    </div>
  );
}
