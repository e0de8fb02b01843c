import { dnsRules } from './dns-rules.ts';
import { portRules } from './port-rules.ts';
import type { PostureRule } from './rule.ts';
import { tlsRules } from './tls-rules.ts';
import { webRules } from './web-rules.ts';

/** Every rule of the posture check. */
export const rules: readonly PostureRule[] = [...dnsRules, ...tlsRules, ...webRules, ...portRules];
