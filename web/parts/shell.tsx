import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Permission } from '../../src/domain/parties/index.ts';
import { request } from '../api/request.ts';
import type { Session } from '../api/wire.ts';
import { Bell } from '../desks/notices/bell.tsx';
import { speak } from '../i18n.ts';
import { useWords } from '../words.ts';
import { Icon, type IconName } from './icon.tsx';
import { KeyHelp } from './key-help.tsx';
import { useKeys } from './keys.ts';
import { Mark } from './mark.tsx';
import { Disclosure } from './menu.tsx';
import { chooseShade, useShade } from './shade.ts';

interface Place {
  readonly to:
    | '/'
    | '/assessments'
    | '/assets'
    | '/decisions'
    | '/submissions'
    | '/underwriting'
    | '/quotes'
    | '/policies'
    | '/marketplace'
    | '/subsidies'
    | '/impact'
    | '/tariff'
    | '/journal';
  readonly name:
    | 'home'
    | 'assessments'
    | 'assets'
    | 'decisions'
    | 'submissions'
    | 'underwriting'
    | 'quotes'
    | 'policies'
    | 'marketplace'
    | 'subsidies'
    | 'impact'
    | 'tariff'
    | 'journal';
  readonly icon: IconName;
  readonly key: string;
  readonly needs: Permission;
}

const places: readonly Place[] = [
  { to: '/', name: 'home', icon: 'home', key: 'h', needs: 'session:read' },
  { to: '/underwriting', name: 'underwriting', icon: 'inbox', key: 'u', needs: 'case:read' },
  { to: '/submissions', name: 'submissions', icon: 'inbox', key: 's', needs: 'submission:read' },
  { to: '/assessments', name: 'assessments', icon: 'gauge', key: 'a', needs: 'assessment:read' },
  { to: '/assets', name: 'assets', icon: 'lock', key: 'o', needs: 'asset:read' },
  { to: '/decisions', name: 'decisions', icon: 'scale', key: 'd', needs: 'assessment:read' },
  { to: '/quotes', name: 'quotes', icon: 'quote', key: 'q', needs: 'quote:read' },
  { to: '/policies', name: 'policies', icon: 'shield', key: 'p', needs: 'policy:read' },
  { to: '/marketplace', name: 'marketplace', icon: 'plus', key: 'v', needs: 'subsidy:apply' },
  { to: '/subsidies', name: 'subsidies', icon: 'inbox', key: 'b', needs: 'subsidy:decide' },
  { to: '/impact', name: 'impact', icon: 'chart', key: 'e', needs: 'study:read' },
  { to: '/tariff', name: 'tariff', icon: 'table', key: 't', needs: 'ratebook:read' },
  { to: '/journal', name: 'journal', icon: 'journal', key: 'j', needs: 'audit:read' },
];

/** The places that this member may go to; firms see their own quotes and policies, the insurer's desks also what was submitted to them. */
const placesFor = (session: Session): readonly Place[] =>
  places.filter((place) => session.permissions.includes(place.needs) && (place.name !== 'submissions' || session.organisation?.kind !== 'insured'));

function OrganisationHead({ session }: { session: Session }) {
  const { t } = useWords();
  return (
    <Link to="/organisations" className="org" title={t('shell.switch')}>
      <strong>{session.organisation?.name ?? t('shell.noOrganisation')}</strong>
      <span>{session.roles.map((role) => t(`role.${role}`)).join(t('punctuation.list'))}</span>
    </Link>
  );
}

export function LanguageButton() {
  const { t, language } = useWords();
  return (
    <button type="button" className="bar-button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => void speak(language === 'zh' ? 'en' : 'zh')}>
      {t('shell.otherLanguage')}
    </button>
  );
}

export function ShadeButton() {
  const { t } = useWords();
  const shade = useShade();
  return (
    <button
      type="button"
      className="bar-button"
      aria-label={t(shade === 'dark' ? 'shell.light' : 'shell.dark')}
      onClick={() => chooseShade(shade === 'dark' ? 'light' : 'dark')}
    >
      <Icon name={shade === 'dark' ? 'sun' : 'moon'} />
    </button>
  );
}

function Account({ session }: { session: Session }) {
  const { t } = useWords();
  const client = useQueryClient();
  const leave = async () => {
    await request('DELETE', '/api/session', { body: {} }).catch(() => null);
    client.clear();
    location.assign('/login');
  };
  return (
    <Disclosure label={t('shell.account', { name: session.user.name })} button={<Icon name="person" />}>
      {(close) => (
        <>
          <p>
            <strong>{session.user.name}</strong>
            <br />
            <span className="faint">{session.user.email}</span>
          </p>
          <Link to="/organisations" onClick={close}>
            {t('shell.switch')}
          </Link>
          {session.permissions.includes('member:manage') && (
            <Link to="/members" onClick={close}>
              {t('people.members')}
            </Link>
          )}
          <Link to="/security" onClick={close}>
            {t('shell.security')}
          </Link>
          <button type="button" onClick={() => void leave()}>
            <Icon name="leave" size={16} />
            {t('shell.leave')}
          </button>
        </>
      )}
    </Disclosure>
  );
}

function PlaceLink({ place, onClick }: { place: Place; onClick?: () => void }) {
  const { t } = useWords();
  return (
    <Link to={place.to} activeOptions={{ exact: place.to === '/' }} activeProps={{ 'aria-current': 'page' }} {...(onClick ? { onClick } : {})}>
      <Icon name={place.icon} />
      <span>{t(`places.${place.name}`)}</span>
    </Link>
  );
}

function Places({ session }: { session: Session }) {
  const { t } = useWords();
  return (
    <nav className="places" aria-label={t('shell.places')}>
      {placesFor(session).map((place) => (
        <PlaceLink key={place.to} place={place} />
      ))}
    </nav>
  );
}

/** How many entries the bar at the foot of a phone holds without their names running into each other. */
const thumbHolds = 5;

/** The places at the foot of a phone; those that do not fit lie behind the last entry. */
function ThumbPlaces({ session }: { session: Session }) {
  const { t } = useWords();
  const mine = placesFor(session);
  const shown = mine.length > thumbHolds ? mine.slice(0, thumbHolds - 1) : mine;
  return (
    <nav className="thumb" aria-label={t('shell.placesBelow')}>
      {shown.map((place) => (
        <PlaceLink key={place.to} place={place} />
      ))}
      {shown.length < mine.length && (
        <Disclosure
          label={t('shell.morePlaces')}
          button={
            <>
              <Icon name="more" />
              <span>{t('shell.morePlaces')}</span>
            </>
          }
        >
          {(close) => mine.slice(shown.length).map((place) => <PlaceLink key={place.to} place={place} onClick={close} />)}
        </Disclosure>
      )}
    </nav>
  );
}

/** Gives the focus to the page after each change of place, so that it is read from its start. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
    window.scrollTo(0, 0);
  }, [path]);
  return main;
}

/** The frame around every screen of a signed-in member. */
export function Shell({ session }: { session: Session }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const main = useFocusOnArrival();
  const [helping, setHelping] = useState(false);
  const help = useCallback(() => setHelping(true), []);
  const go = useMemo(() => Object.fromEntries(placesFor(session).map((place) => [place.key, () => void navigate({ to: place.to })])), [session, navigate]);
  useKeys({ go, help });
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <header className="bar">
        <Link to="/" className="brand" aria-label={t('places.home')}>
          <Mark size={30} />
        </Link>
        <OrganisationHead session={session} />
        <Places session={session} />
        <div className="bar-tools">
          <Bell session={session} />
          <LanguageButton />
          <ShadeButton />
          <button type="button" className="bar-button wide-only" aria-label={t('shell.help')} onClick={help}>
            <Icon name="help" />
          </button>
          <Account session={session} />
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <ThumbPlaces session={session} />
      {helping && <KeyHelp places={placesFor(session)} onClose={() => setHelping(false)} />}
    </div>
  );
}
