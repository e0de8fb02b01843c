import type { DnsSeen } from '../../domain/assessment/index.ts';
import { recordsOrNull, type NameServer } from './resolve-name.ts';

type Turn = () => Promise<void>;

/** Asks for the public records of a domain. Only the resolver is spoken to, never the domain's own servers. */
export async function lookAtDns(domain: string, server: NameServer, turn: Turn): Promise<DnsSeen> {
  const mx = await ask(turn, () => server.resolveMx(domain));
  const texts = await ask(turn, () => server.resolveTxt(domain));
  const dmarc = await climb(
    domain,
    turn,
    async (name) => (await ask(turn, () => server.resolveTxt(`_dmarc.${name}`)))?.map(joined).filter((text) => /^v=dmarc1\b/i.test(text)) ?? null,
  );
  const caa = await climb(domain, turn, async (name) => (await ask(turn, () => server.resolveCaa(name)))?.map((record) => JSON.stringify(record)) ?? null);
  return {
    domain,
    mx: mx?.map(({ exchange }) => exchange).slice(0, 100) ?? null,
    spf: cut(texts?.map(joined).filter((text) => /^v=spf1(\s|$)/i.test(text)) ?? null),
    dmarc: cut(dmarc.records),
    dmarcAt: dmarc.at,
    caa: cut(caa.records),
  };
}

async function ask<T>(turn: Turn, question: () => Promise<T[]>): Promise<readonly T[] | null> {
  await turn();
  return recordsOrNull(question());
}

/** A TXT record comes in pieces that belong together without anything between (RFC 7208 §3.3). */
const joined = (pieces: readonly string[]): string => pieces.join('');

const cut = (records: readonly string[] | null): string[] | null => records?.slice(0, 100).map((text) => text.slice(0, 4000)) ?? null;

/** The first name upwards, from the domain to the last but one label, that has records: as RFC 8659 §3 says for CAA. An unanswered question ends the climb as unanswered. */
async function climb(
  domain: string,
  turn: Turn,
  look: (name: string) => Promise<readonly string[] | null>,
): Promise<{ records: readonly string[] | null; at: string | null }> {
  for (let labels = domain.split('.'); labels.length >= 2; labels = labels.slice(1)) {
    const records = await look(labels.join('.'));
    if (records === null) return { records: null, at: null };
    if (records.length > 0) return { records, at: labels.join('.') };
  }
  return { records: [], at: null };
}
