import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../src/domain/basics/index.ts';
import { zh } from './texts/zh.ts';

/** Chinese is the source of every text; English must have exactly its keys. */
export type Words = typeof zh;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Words };
    returnNull: false;
  }
}

const kept = 'riskloop.language';

/** The language of the address (`?lang=en`), else the one chosen last, else Chinese. */
function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(kept);
  return asked === 'en' ? 'en' : 'zh';
}

async function load(language: Language): Promise<void> {
  if (language === 'zh' || i18next.hasResourceBundle('en', 'translation')) return;
  const { en } = await import('./texts/en.ts');
  i18next.addResourceBundle('en', 'translation', en);
}

/** Changes the language of the page and remembers it on this device. */
export async function speak(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  localStorage.setItem(kept, language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({ lng: 'zh', resources: { zh: { translation: zh } }, interpolation: { escapeValue: false }, initAsync: false });
  await speak(firstLanguage());
}
