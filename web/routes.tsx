import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate, Outlet } from '@tanstack/react-router';
import { useSession } from './api/queries.ts';
import { viewOf } from './desks/fixes/view.ts';
import { isView, type View } from './desks/insurer/workbench/views.ts';
import { Shell } from './parts/shell.tsx';
import { Awaited, Missing } from './parts/states.tsx';

/** Everything but the sign-in needs a session and an organisation that one acts for. */
function Inside() {
  const session = useSession();
  return (
    <Awaited query={session}>
      {(found) => {
        if (!found) return <Navigate to="/login" search={{ from: location.pathname }} />;
        if (!found.organisation && location.pathname !== '/organisations') return <Navigate to="/organisations" />;
        return <Shell session={found} />;
      }}
    </Awaited>
  );
}

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing });
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Inside, notFoundComponent: Missing });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { from?: string } =>
    typeof search.from === 'string' && search.from.startsWith('/') && !search.from.startsWith('//') ? { from: search.from } : {},
  component: lazyRouteComponent(() => import('./desks/door/sign-in.tsx'), 'SignIn'),
});
const verify = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  component: lazyRouteComponent(() => import('./desks/door/verify.tsx'), 'Verify'),
});
const verifyCode = createRoute({
  getParentRoute: () => root,
  path: '/verify/$code',
  component: lazyRouteComponent(() => import('./desks/door/verify.tsx'), 'Verify'),
});
const organisations = createRoute({
  getParentRoute: () => inside,
  path: '/organisations',
  component: lazyRouteComponent(() => import('./desks/door/organisations.tsx'), 'Organisations'),
});
const security = createRoute({
  getParentRoute: () => inside,
  path: '/security',
  component: lazyRouteComponent(() => import('./desks/door/security.tsx'), 'Security'),
});
const home = createRoute({ getParentRoute: () => inside, path: '/', component: lazyRouteComponent(() => import('./desks/home.tsx'), 'Home') });
const apply = createRoute({
  getParentRoute: () => inside,
  path: '/apply/$assessment/$step',
  component: lazyRouteComponent(() => import('./desks/applicant/apply.tsx'), 'Apply'),
});
const assessments = createRoute({
  getParentRoute: () => inside,
  path: '/assessments',
  component: lazyRouteComponent(() => import('./desks/lists/assessments.tsx'), 'Assessments'),
});
const assessment = createRoute({
  getParentRoute: () => inside,
  path: '/assessments/$assessment',
  component: lazyRouteComponent(() => import('./desks/applicant/assessment.tsx'), 'AssessmentPage'),
});
const fixes = createRoute({
  getParentRoute: () => inside,
  path: '/assessments/$assessment/fixes',
  validateSearch: viewOf,
  component: lazyRouteComponent(() => import('./desks/fixes/index.tsx'), 'Fixes'),
});
const submissions = createRoute({
  getParentRoute: () => inside,
  path: '/submissions',
  component: lazyRouteComponent(() => import('./desks/lists/submissions.tsx'), 'Submissions'),
});
const submission = createRoute({
  getParentRoute: () => inside,
  path: '/submissions/$submission',
  component: lazyRouteComponent(() => import('./desks/insurer/submission.tsx'), 'SubmissionPage'),
});
const underwriting = createRoute({
  getParentRoute: () => inside,
  path: '/underwriting',
  validateSearch: (search: Record<string, unknown>): { view?: View } => (isView(search.view) ? { view: search.view } : {}),
  component: lazyRouteComponent(() => import('./desks/insurer/workbench/index.tsx'), 'Workbench'),
});
const underwritingCase = createRoute({
  getParentRoute: () => inside,
  path: '/underwriting/$submission',
  component: lazyRouteComponent(() => import('./desks/insurer/workbench/case.tsx'), 'CasePage'),
});
const quotes = createRoute({
  getParentRoute: () => inside,
  path: '/quotes',
  component: lazyRouteComponent(() => import('./desks/lists/quotes.tsx'), 'Quotes'),
});
const quote = createRoute({
  getParentRoute: () => inside,
  path: '/quotes/$quote',
  component: lazyRouteComponent(() => import('./desks/applicant/quote.tsx'), 'QuotePage'),
});
const bind = createRoute({
  getParentRoute: () => inside,
  path: '/quotes/$quote/bind',
  component: lazyRouteComponent(() => import('./desks/applicant/bind.tsx'), 'Bind'),
});
const policies = createRoute({
  getParentRoute: () => inside,
  path: '/policies',
  component: lazyRouteComponent(() => import('./desks/lists/policies.tsx'), 'Policies'),
});
const policy = createRoute({
  getParentRoute: () => inside,
  path: '/policies/$policy',
  component: lazyRouteComponent(() => import('./desks/applicant/policy.tsx'), 'PolicyPage'),
});
const renewal = createRoute({
  getParentRoute: () => inside,
  path: '/policies/$policy/renewal',
  component: lazyRouteComponent(() => import('./desks/applicant/renewal.tsx'), 'RenewalPage'),
});
const master = createRoute({
  getParentRoute: () => inside,
  path: '/policies/$policy/master',
  component: lazyRouteComponent(() => import('./desks/master/master.tsx'), 'MasterPage'),
});
const certificate = createRoute({
  getParentRoute: () => inside,
  path: '/certificates/$certificate',
  component: lazyRouteComponent(() => import('./desks/master/certificate.tsx'), 'CertificatePage'),
});
const elsewhere = createRoute({
  getParentRoute: () => inside,
  path: '$',
  component: () => (
    <div className="page">
      <Missing />
    </div>
  ),
});
const imports = createRoute({
  getParentRoute: () => inside,
  path: '/assessments/$assessment/imports',
  component: lazyRouteComponent(() => import('./desks/imports/imports.tsx'), 'Imports'),
});
const oneImport = createRoute({
  getParentRoute: () => inside,
  path: '/imports/$import',
  component: lazyRouteComponent(() => import('./desks/imports/import.tsx'), 'ImportPage'),
});
const members = createRoute({
  getParentRoute: () => inside,
  path: '/members',
  component: lazyRouteComponent(() => import('./desks/people/members.tsx'), 'Members'),
});
const mySections = createRoute({
  getParentRoute: () => inside,
  path: '/my-sections',
  component: lazyRouteComponent(() => import('./desks/people/my-sections.tsx'), 'MySectionsPage'),
});
const mySection = createRoute({
  getParentRoute: () => inside,
  path: '/my-sections/$assignment',
  component: lazyRouteComponent(() => import('./desks/people/my-sections.tsx'), 'MySectionPage'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./desks/people/accept.tsx'), 'AcceptInvitation'),
});
const assets = createRoute({
  getParentRoute: () => inside,
  path: '/assets',
  component: lazyRouteComponent(() => import('./desks/applicant/assets/assets.tsx'), 'Assets'),
});
const journal = createRoute({
  getParentRoute: () => inside,
  path: '/journal',
  component: lazyRouteComponent(() => import('./desks/lists/journal.tsx'), 'JournalPage'),
});

const decisions = createRoute({
  getParentRoute: () => inside,
  path: '/decisions',
  validateSearch: (search: Record<string, unknown>): { state?: 'awaiting' | 'decided'; open?: string } => ({
    ...(search.state === 'awaiting' || search.state === 'decided' ? { state: search.state } : {}),
    ...(typeof search.open === 'string' ? { open: search.open } : {}),
  }),
  component: lazyRouteComponent(() => import('./desks/decisions/index.tsx'), 'Decisions'),
});
const notices = createRoute({
  getParentRoute: () => inside,
  path: '/notices',
  component: lazyRouteComponent(() => import('./desks/notices/index.tsx'), 'Notices'),
});
const rules = createRoute({ getParentRoute: () => root, path: '/rules', component: lazyRouteComponent(() => import('./desks/rules/index.tsx'), 'Rules') });

const wordings = createRoute({
  getParentRoute: () => inside,
  path: '/wordings',
  component: lazyRouteComponent(() => import('./desks/wordings/index.tsx'), 'Wordings'),
});
const responsibility = createRoute({
  getParentRoute: () => inside,
  path: '/responsibility',
  component: lazyRouteComponent(() => import('./desks/responsibility/index.tsx'), 'Responsibility'),
});
const marketplace = createRoute({
  getParentRoute: () => inside,
  path: '/marketplace',
  component: lazyRouteComponent(() => import('./desks/subsidy/marketplace.tsx'), 'Marketplace'),
});
const subsidies = createRoute({
  getParentRoute: () => inside,
  path: '/subsidies',
  component: lazyRouteComponent(() => import('./desks/subsidy/console.tsx'), 'SubsidyConsole'),
});
const impact = createRoute({
  getParentRoute: () => inside,
  path: '/impact',
  component: lazyRouteComponent(() => import('./desks/impact/index.tsx'), 'Impact'),
});
const newStudy = createRoute({
  getParentRoute: () => inside,
  path: '/impact/new',
  component: lazyRouteComponent(() => import('./desks/impact/new-study.tsx'), 'NewStudy'),
});
const study = createRoute({
  getParentRoute: () => inside,
  path: '/impact/studies/$study',
  component: lazyRouteComponent(() => import('./desks/impact/study.tsx'), 'StudyPage'),
});
const pilot = createRoute({
  getParentRoute: () => inside,
  path: '/impact/pilot',
  component: lazyRouteComponent(() => import('./desks/impact/pilot.tsx'), 'PilotPage'),
});
const release = createRoute({
  getParentRoute: () => inside,
  path: '/impact/releases/$release',
  component: lazyRouteComponent(() => import('./desks/impact/release.tsx'), 'ReleasePage'),
});
const exposure = createRoute({
  getParentRoute: () => inside,
  path: '/assessments/$assessment/exposure',
  component: lazyRouteComponent(() => import('./desks/applicant/exposure/exposure.tsx'), 'ExposurePage'),
});
const balance = createRoute({
  getParentRoute: () => inside,
  path: '/assessments/$assessment/balance',
  component: lazyRouteComponent(() => import('./desks/applicant/balance/balance.tsx'), 'BalancePage'),
});
const tariff = createRoute({
  getParentRoute: () => inside,
  path: '/tariff',
  component: lazyRouteComponent(() => import('./desks/actuary/index.tsx'), 'TariffDesk'),
});
const ratebook = createRoute({
  getParentRoute: () => inside,
  path: '/tariff/versions/$ratebook',
  component: lazyRouteComponent(() => import('./desks/actuary/ratebook.tsx'), 'RatebookPage'),
});
const ratebookProposal = createRoute({
  getParentRoute: () => inside,
  path: '/tariff/proposals/$proposal',
  component: lazyRouteComponent(() => import('./desks/actuary/proposal.tsx'), 'ProposalPage'),
});

const routeTree = root.addChildren([
  login,
  verify,
  verifyCode,
  invitation,
  rules,
  inside.addChildren([
    organisations,
    security,
    home,
    apply,
    assessments,
    assessment,
    fixes,
    imports,
    oneImport,
    members,
    mySections,
    mySection,
    submissions,
    submission,
    underwriting,
    underwritingCase,
    quotes,
    quote,
    bind,
    policies,
    policy,
    renewal,
    master,
    certificate,
    assets,
    decisions,
    notices,
    journal,
    wordings,
    responsibility,
    marketplace,
    subsidies,
    impact,
    newStudy,
    study,
    pilot,
    release,
    exposure,
    balance,
    tariff,
    ratebook,
    ratebookProposal,
    elsewhere,
  ]),
]);

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true, defaultNotFoundComponent: Missing });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
