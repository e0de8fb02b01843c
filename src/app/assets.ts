import { z } from 'zod';
import {
  OwnAsset,
  ProofMethod,
  ScanAuthorisation,
  ScanAuthorisationTerms,
  proofAt,
  proofPlace,
  proofState,
  proofToken,
  readAssetName,
  readAuthorisation,
} from '../domain/assessment/index.ts';
import { Instant, Refusal, instantMillis, noteUpTo } from '../domain/basics/index.ts';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import { exportOf, joined } from './exports.ts';
import { type Context, operation } from './operation.ts';

/** Whether the organisation lets anything be sent at all, and since when. */
const ScanSwitch = z.strictObject({ stopped: z.boolean(), reason: z.string().max(500), by: z.string().max(100), at: Instant });
type ScanSwitch = z.infer<typeof ScanSwitch>;

export const assets: RecordKind<typeof OwnAsset> = { name: 'asset', table: 'assets', schema: OwnAsset, schemaVersion: 1, upgrades: {} };
export const authorisations: RecordKind<typeof ScanAuthorisation> = {
  name: 'authorisation',
  table: 'scan_authorisations',
  schema: ScanAuthorisation,
  schemaVersion: 1,
  upgrades: {},
};
const switches: RecordKind<typeof ScanSwitch> = { name: 'scan-switch', table: 'scan_switches', schema: ScanSwitch, schemaVersion: 1, upgrades: {} };

const AssetRecord = z
  .strictObject({
    id: z.string(),
    version: z.int(),
    ...OwnAsset.shape,
    state: z.enum(['unproven', 'proven', 'expiring', 'expired']),
    token: z.string(),
    /** Where the token is looked for; no DNS record for an address. */
    dnsPlace: z.string().nullable(),
    filePlace: z.string(),
  })
  .meta({ id: 'AssetRecord' });

const AuthorisationRecord = z.strictObject({ id: z.string(), ...ScanAuthorisation.shape }).meta({ id: 'ScanAuthorisationRecord' });
const SwitchState = z.strictObject({ stopped: z.boolean(), reason: z.string(), by: z.string().nullable(), at: Instant.nullable() }).meta({ id: 'ScanSwitch' });

const shownAsset = ({ id, version, organisation, body }: Stored<OwnAsset>, now: Instant): z.infer<typeof AssetRecord> => ({
  id,
  version,
  ...body,
  state: proofState(body, now),
  token: proofToken(organisation, id, body.name),
  dnsPlace: body.kind === 'domain' ? proofPlace('dns', body.name) : null,
  filePlace: proofPlace('file', body.name),
});

/** Every record of a kind, page by page. */
async function all<S extends z.ZodType>(context: Context, kind: RecordKind<S>, where: Readonly<Record<string, string>> = {}): Promise<Stored<z.infer<S>>[]> {
  const found: Stored<z.infer<S>>[] = [];
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof context.records.list<S>>> = await context.records.list(kind, { where, after, limit: 200 });
    found.push(...page.items);
    if (page.next === null) return found;
    after = page.next;
  }
}

export const addAssets = operation({
  name: 'addAssets',
  module: 'assets',
  summary: { zh: '登记资产', en: 'List assets as the organisation’s own; nothing is sent to them before their ownership is proven' },
  who: 'asset:write',
  input: z.strictObject({ names: z.array(z.string().min(1).max(300)).min(1).max(200) }),
  output: z.strictObject({ assets: z.array(AssetRecord) }),
  http: { method: 'POST', path: '/assets', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { names }) => {
    const wanted = new Map(names.map((text) => readAssetName(text)).map((asset) => [asset.name, asset]));
    const listed: Stored<OwnAsset>[] = [];
    for (const asset of wanted.values()) listed.push(await listAsset(context, asset));
    return { assets: listed.map((stored) => shownAsset(stored, context.now)) };
  },
});

async function listAsset(context: Context, asset: Pick<OwnAsset, 'name' | 'kind'>): Promise<Stored<OwnAsset>> {
  const { items } = await context.records.list(assets, { where: { name: asset.name }, limit: 1 });
  return items[0] ?? context.records.insert(assets, { ...asset, proof: null, lookedAt: null, lookedSeen: [] });
}

export const listAssets = operation({
  name: 'listAssets',
  module: 'assets',
  summary: { zh: '资产列表', en: 'List own assets with the state of their proofs' },
  who: 'asset:read',
  input: z.strictObject({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }),
  output: z.strictObject({ items: z.array(AssetRecord), next: z.string().nullable() }),
  http: { method: 'GET', path: '/assets', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, page) => {
    const { items, next } = await context.records.list(assets, page);
    return { items: items.map((stored) => shownAsset(stored, context.now)), next };
  },
});

export const exportAssets = exportOf(listAssets, {
  rows: ({ items }) => items,
  columns: [
    ['text', '资产', 'Asset', ({ name }) => name],
    ['text', '类型', 'Kind', ({ kind }) => kind],
    ['text', '归属证明', 'Proof of ownership', ({ state }) => state],
    ['text', '证明方式', 'Method of proof', ({ proof }) => proof?.method],
    ['instant', '证明有效期至', 'Proof until', ({ proof }) => proof?.until],
    ['instant', '最近核对', 'Last looked at', ({ lookedAt }) => lookedAt],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

/** Between two looks at the same asset at least this passes, so that a button cannot be used to send. */
const pauseMillis = 5_000;

export const proveAsset = operation({
  name: 'proveAsset',
  module: 'assets',
  summary: { zh: '验证资产归属', en: 'Look for the proof of ownership now' },
  who: 'asset:write',
  input: z.strictObject({ asset: z.string().max(100), method: ProofMethod }),
  output: z.strictObject({ outcome: z.enum(['proven', 'not-found']), asset: AssetRecord }),
  http: { method: 'POST', path: '/assets/{asset}/proof', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { asset, method }) => {
    const stored = await context.records.lock(assets, asset);
    refuseHaste(stored.body, context.now);
    if (method === 'dns' && stored.body.kind === 'address')
      throw new Refusal('bad-input', 'proof-method-unfit', 'an address has no DNS records: show the file instead', { method });
    await context.announce({ asset, name: stored.body.name, method });
    const seen = await context.probes.lookForProof({ method, name: stored.body.name });
    const shown = seen.includes(proofToken(stored.organisation, stored.id, stored.body.name));
    const proof = proofAt(method, context.now);
    const proven = shown && (await context.holdings.hold(`asset ${stored.body.name}`, proof.until));
    // What another organisation has proven answers exactly as if the proof were not there.
    const looked = { ...stored.body, lookedAt: context.now, lookedSeen: shown ? [] : seen.map((text) => text.slice(0, 300)) };
    const saved = await context.records.save(assets, asset, stored.version, proven ? { ...looked, proof } : looked);
    context.note({ asset, outcome: proven ? 'proven' : 'not-found' });
    return { outcome: proven ? ('proven' as const) : ('not-found' as const), asset: shownAsset(saved, context.now) };
  },
});

function refuseHaste({ lookedAt }: OwnAsset, now: Instant): void {
  if (lookedAt === null || instantMillis(now) - instantMillis(lookedAt) >= pauseMillis) return;
  throw new Refusal('too-many', 'proof-asked-too-soon', 'the proof was looked for a moment ago; wait five seconds', { seconds: pauseMillis / 1000 });
}

export const signScanAuthorisation = operation({
  name: 'signScanAuthorisation',
  module: 'assets',
  summary: { zh: '签署扫描授权', en: 'Sign what may be sent to which own assets, when, how and how fast' },
  who: 'asset:write',
  input: z.strictObject({ terms: ScanAuthorisationTerms }),
  output: AuthorisationRecord,
  http: { method: 'POST', path: '/scan-authorisations', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { terms }) => {
    const own = (await all(context, assets)).map(({ body }) => body);
    const read = readAuthorisation(terms, own, context.now);
    const { id, body } = await context.records.insert(authorisations, {
      ...read,
      state: 'signed',
      signedBy: context.actor.user,
      signedAt: context.now,
      revokedAt: null,
    });
    context.note({ authorisation: id });
    return { id, ...body };
  },
});

export const listScanAuthorisations = operation({
  name: 'listScanAuthorisations',
  module: 'assets',
  summary: { zh: '扫描授权列表', en: 'List scan authorisations, newest first' },
  who: 'asset:read',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(AuthorisationRecord) }),
  http: { method: 'GET', path: '/scan-authorisations', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => ({ items: (await all(context, authorisations)).map(({ id, body }) => ({ id, ...body })) }),
});

export const exportScanAuthorisations = exportOf(listScanAuthorisations, {
  rows: ({ items }) => items,
  columns: [
    ['prose', '资产', 'Assets', ({ names }) => joined(names)],
    ['prose', '网段', 'Networks', ({ networks }) => joined(networks)],
    ['text', '方法级别', 'Method class', ({ methodClass }) => methodClass],
    ['integer', '每秒连接数', 'Connections a second', ({ ratePerSecond }) => ratePerSecond],
    ['text', '联系人', 'Contact', ({ contact }) => contact],
    ['text', '签署人', 'Signer', ({ signer }) => signer],
    ['instant', '自', 'From', ({ from }) => from],
    ['instant', '至', 'Until', ({ until }) => until],
    ['text', '状态', 'State', ({ state }) => state],
    ['instant', '签署时间', 'Signed at', ({ signedAt }) => signedAt],
    ['instant', '撤销时间', 'Revoked at', ({ revokedAt }) => revokedAt],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

export const revokeScanAuthorisation = operation({
  name: 'revokeScanAuthorisation',
  module: 'assets',
  summary: { zh: '撤销扫描授权', en: 'Revoke a scan authorisation; what runs under it ends at its next connection' },
  who: 'asset:write',
  input: z.strictObject({ authorisation: z.string().max(100) }),
  output: AuthorisationRecord,
  http: { method: 'POST', path: '/scan-authorisations/{authorisation}/revocation', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { authorisation }) => {
    const stored = await context.records.lock(authorisations, authorisation);
    if (stored.body.state === 'revoked') return { id: stored.id, ...stored.body };
    const { id, body } = await context.records.save(authorisations, authorisation, stored.version, {
      ...stored.body,
      state: 'revoked',
      revokedAt: context.now,
    });
    return { id, ...body };
  },
});

export const setScanSwitch = operation({
  name: 'setScanSwitch',
  module: 'assets',
  summary: { zh: '停止或恢复扫描', en: 'Stop all scanning of the organisation at once, or let it go on' },
  who: 'asset:write',
  input: z.strictObject({ stopped: z.boolean(), reason: noteUpTo(500) }),
  output: SwitchState,
  http: { method: 'PUT', path: '/scan-switch', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { stopped, reason }) => {
    const body: ScanSwitch = { stopped, reason, by: context.actor.name, at: context.now };
    const present = await all(context, switches);
    for (const { id } of present) await context.records.save(switches, id, (await context.records.lock(switches, id)).version, body);
    if (present.length === 0) await context.records.insert(switches, body);
    context.note({ stopped: String(stopped) });
    return body;
  },
});

export const getScanSwitch = operation({
  name: 'getScanSwitch',
  module: 'assets',
  summary: { zh: '扫描停止开关', en: 'Read whether scanning is stopped' },
  who: 'asset:read',
  input: z.strictObject({}),
  output: SwitchState,
  http: { method: 'GET', path: '/scan-switch', status: 200, body: 'json' },
  effect: 'read',
  run: scanSwitch,
});

/** The switch as it stands now; two that were made at the same moment stop together. */
export async function scanSwitch(context: Context): Promise<z.infer<typeof SwitchState>> {
  const present = await all(context, switches);
  const chosen = present.find(({ body }) => body.stopped) ?? present[0];
  return chosen?.body ?? { stopped: false, reason: '', by: null, at: null };
}

export const assetOperations = [
  addAssets,
  listAssets,
  exportAssets,
  proveAsset,
  signScanAuthorisation,
  listScanAuthorisations,
  exportScanAuthorisations,
  revokeScanAuthorisation,
  setScanSwitch,
  getScanSwitch,
];
