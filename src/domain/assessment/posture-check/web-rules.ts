import type { Observations, WebSeen } from './observations.ts';
import { verdict, type PostureRule, type Verdict } from './rule.ts';

const siteAsset = ({ url, host, port, secure }: WebSeen): Verdict['asset'] => ({ kind: 'url', name: url, host, port, service: secure ? 'https' : 'http' });

const valuesOf = ({ headers }: WebSeen, name: string): string[] => headers.filter((header) => header.name === name).map(({ value }) => value);

/** Pages that people see: a redirect or an error of the plain site is judged by `plain-http-served` alone. */
const pages = ({ web }: Observations): WebSeen[] => web.filter(({ status }) => status >= 200 && status < 300);

/** One verdict for each page, on a header of its answer. `needed` says when the page lacks it. */
const byHeader =
  (name: string, lacks: (values: readonly string[], page: WebSeen) => boolean): PostureRule['judge'] =>
  (seen) =>
    pages(seen).map((page) => {
      const values = valuesOf(page, name);
      return verdict(lacks(values, page), siteAsset(page), values.length === 0 ? `${name}: not sent` : values.map((value) => `${name}: ${value}`).join('\n'));
    });

const absent = (values: readonly string[]): boolean => values.length === 0;

const frameProtected = (page: WebSeen): boolean =>
  valuesOf(page, 'x-frame-options').some((value) => /^\s*(deny|sameorigin)\s*$/i.test(value)) ||
  valuesOf(page, 'content-security-policy').some((value) => /frame-ancestors/i.test(value));

/** One verdict for each page that sets cookies, naming those that lack the attribute; the values of cookies are not kept. */
const byCookie =
  (attribute: RegExp, only: (page: WebSeen) => boolean = () => true): PostureRule['judge'] =>
  (seen) =>
    pages(seen)
      .filter(only)
      .flatMap((page) => {
        const cookies = valuesOf(page, 'set-cookie');
        const lacking = cookies.filter((cookie) => !attribute.test(cookie));
        return cookies.length === 0 ? [] : [verdict(lacking.length > 0, siteAsset(page), lacking.map((cookie) => cookie.split('=')[0]).join(', '))];
      });

const leakingHeaders = ['server', 'x-powered-by', 'x-aspnet-version', 'x-aspnetmvc-version', 'x-generator'];
const leaks = (page: WebSeen): string[] =>
  leakingHeaders.flatMap((name) =>
    valuesOf(page, name)
      .filter((value) => /\d+\.\d/.test(value))
      .map((value) => `${name}: ${value}`),
  );

/** One verdict for each path of the kind that was visited. */
const byPath =
  (kind: 'admin' | 'secret'): PostureRule['judge'] =>
  ({ paths }) =>
    paths
      .filter(({ what }) => what.startsWith(`${kind}:`))
      .map(({ url, host, port, what, status, recognised }) =>
        verdict(
          recognised,
          { kind: 'url', name: url, host, port, service: url.startsWith('https:') ? 'https' : 'http' },
          `${what.slice(kind.length + 1)}, status ${status}`,
        ),
      );

const header = (
  id: string,
  name: string,
  words: { readonly zh: string; readonly en: string; readonly remedyZh: string; readonly remedyEn: string },
  judge: PostureRule['judge'],
): PostureRule => ({
  id,
  area: 'web',
  method: 'passive',
  severity: 'low',
  title: { zh: `缺少安全响应头 ${name}`, en: `${name} header not set` },
  rule: { zh: words.zh, en: words.en },
  remedy: { zh: words.remedyZh, en: words.remedyEn },
  cwes: [693],
  judge,
});

/** Rules about web servers. */
export const webRules: readonly PostureRule[] = [
  header(
    'hsts-missing',
    'Strict-Transport-Security',
    {
      zh: 'HTTPS 页面不带 Strict-Transport-Security，或 max-age 不足 180 天时不通过。',
      en: 'Fails when a page over HTTPS comes without Strict-Transport-Security, or with a max-age under 180 days.',
      remedyZh: '添加 Strict-Transport-Security: max-age=31536000; includeSubDomains。',
      remedyEn: 'Send Strict-Transport-Security: max-age=31536000; includeSubDomains.',
    },
    (seen, now) =>
      byHeader(
        'strict-transport-security',
        (values, { secure }) => secure && !values.some((value) => Number(/max-age\s*=\s*"?(\d+)/i.exec(value)?.[1] ?? 0) >= 180 * 86_400),
      )({ ...seen, web: seen.web.filter(({ secure }) => secure) }, now),
  ),
  header(
    'csp-missing',
    'Content-Security-Policy',
    {
      zh: '页面不带 Content-Security-Policy 时不通过。',
      en: 'Fails when a page comes without Content-Security-Policy.',
      remedyZh: '制定并发送内容安全策略，至少限制 script-src 与 object-src。',
      remedyEn: 'Send a content security policy that limits at least script-src and object-src.',
    },
    byHeader('content-security-policy', absent),
  ),
  header(
    'frame-options-missing',
    'X-Frame-Options',
    {
      zh: '页面既无 X-Frame-Options（DENY 或 SAMEORIGIN），内容安全策略中也无 frame-ancestors 时不通过。',
      en: 'Fails when a page has neither X-Frame-Options (DENY or SAMEORIGIN) nor frame-ancestors in its content security policy.',
      remedyZh: '添加 X-Frame-Options: SAMEORIGIN，或在内容安全策略中设置 frame-ancestors。',
      remedyEn: 'Send X-Frame-Options: SAMEORIGIN, or frame-ancestors in the content security policy.',
    },
    byHeader('x-frame-options', (_, page) => !frameProtected(page)),
  ),
  header(
    'content-type-options-missing',
    'X-Content-Type-Options',
    {
      zh: '页面不带 X-Content-Type-Options: nosniff 时不通过。',
      en: 'Fails when a page comes without X-Content-Type-Options: nosniff.',
      remedyZh: '添加 X-Content-Type-Options: nosniff。',
      remedyEn: 'Send X-Content-Type-Options: nosniff.',
    },
    byHeader('x-content-type-options', (values) => !values.some((value) => /^\s*nosniff\s*$/i.test(value))),
  ),
  {
    id: 'cookie-not-secure',
    area: 'web',
    method: 'passive',
    severity: 'medium',
    title: { zh: 'Cookie 未设置 Secure', en: 'Cookie without Secure' },
    rule: { zh: 'HTTPS 页面设置的 Cookie 不带 Secure 属性时不通过。', en: 'Fails when a page over HTTPS sets a cookie without Secure.' },
    remedy: { zh: '为所有 Cookie 加上 Secure 属性。', en: 'Set Secure on every cookie.' },
    cwes: [614],
    judge: byCookie(/;\s*secure\b/i, ({ secure }) => secure),
  },
  {
    id: 'cookie-not-http-only',
    area: 'web',
    method: 'passive',
    severity: 'low',
    title: { zh: 'Cookie 未设置 HttpOnly', en: 'Cookie without HttpOnly' },
    rule: { zh: '页面设置的 Cookie 不带 HttpOnly 属性时不通过。', en: 'Fails when a page sets a cookie without HttpOnly.' },
    remedy: { zh: '为不需要脚本读取的 Cookie 加上 HttpOnly 属性。', en: 'Set HttpOnly on every cookie that no script needs to read.' },
    cwes: [1004],
    judge: byCookie(/;\s*httponly\b/i),
  },
  {
    id: 'cookie-same-site-missing',
    area: 'web',
    method: 'passive',
    severity: 'low',
    title: { zh: 'Cookie 未设置 SameSite', en: 'Cookie without SameSite' },
    rule: { zh: '页面设置的 Cookie 不带 SameSite 属性时不通过。', en: 'Fails when a page sets a cookie without SameSite.' },
    remedy: { zh: '为 Cookie 加上 SameSite=Lax 或 Strict。', en: 'Set SameSite=Lax or Strict on cookies.' },
    cwes: [1275],
    judge: byCookie(/;\s*samesite\s*=/i),
  },
  {
    id: 'plain-http-served',
    area: 'web',
    method: 'passive',
    severity: 'low',
    title: { zh: '网页以明文 HTTP 提供', en: 'Pages served over plain HTTP' },
    rule: { zh: '以 HTTP 访问时返回 2xx，而不是跳转到 HTTPS 时不通过。', en: 'Fails when a visit over HTTP is answered with 2xx instead of leading to HTTPS.' },
    remedy: { zh: '将 HTTP 访问以 301 跳转到 HTTPS。', en: 'Lead every visit over HTTP to HTTPS with status 301.' },
    cwes: [319],
    judge: ({ web }) =>
      web
        .filter(({ secure }) => !secure)
        .map((site) =>
          verdict(site.status >= 200 && site.status < 300, siteAsset(site), `status ${site.status} ${valuesOf(site, 'location').join(' ')}`.trim()),
        ),
  },
  {
    id: 'version-leaked',
    area: 'web',
    method: 'passive',
    severity: 'low',
    title: { zh: '响应头泄露软件版本', en: 'Software version given away in headers' },
    rule: {
      zh: 'Server、X-Powered-By 等响应头含有版本号（数字.数字）时不通过。',
      en: 'Fails when Server, X-Powered-By or a like header holds a version number.',
    },
    remedy: { zh: '关闭响应头中的版本信息。', en: 'Turn version information in headers off.' },
    cwes: [200],
    judge: ({ web }) => web.map((site) => verdict(leaks(site).length > 0, siteAsset(site), leaks(site).join('\n'))),
  },
  {
    id: 'admin-exposed',
    area: 'web',
    method: 'gentle',
    severity: 'high',
    title: { zh: '管理后台可从互联网访问', en: 'Administration interface reachable' },
    rule: {
      zh: '访问公开清单中的管理路径，返回内容确为该管理界面（或要求登录的提示）时不通过；不尝试登录。',
      en: 'Visits the public list of administration paths; fails when the answer is that interface or its sign-in. Nobody tries to sign in.',
    },
    remedy: {
      zh: '将管理后台移入内网或 VPN，或限制来源地址并启用多因素认证。',
      en: 'Move it behind a VPN, or limit source addresses and ask for a second factor.',
    },
    cwes: [284],
    judge: byPath('admin'),
  },
  {
    id: 'secret-file-exposed',
    area: 'web',
    method: 'gentle',
    severity: 'critical',
    title: { zh: '代码仓库或密钥文件可被任何人读取', en: 'Repository or file of secrets readable by anybody' },
    rule: {
      zh: '/.git/HEAD 或 /.env 可访问，且内容确为该类文件时不通过；内容本身不保存。',
      en: 'Fails when /.git/HEAD or /.env is served and is such a file by its content, which is not kept.',
    },
    remedy: { zh: '立即禁止访问这些文件，并更换其中的全部密钥。', en: 'Forbid access at once, and change every secret in it.' },
    cwes: [538],
    judge: byPath('secret'),
  },
];
