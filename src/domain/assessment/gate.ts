import type { Text } from '../basics/index.ts';
import { Severity, type Finding } from './finding.ts';
import type { Answer, AssessmentProfile, Blocker, Gate, IndicatorResult } from './model.ts';
import type { AssessmentParameters } from './parameters.ts';
import { assetTitle } from './reading/index.ts';
import { saidValue } from './said-value.ts';
import { scoreOf, type PlacedFinding } from './weigh-findings.ts';

type Numbers = AssessmentParameters['values'];

/** The control whose yes lets a remote login face the internet, and the disclosure that nothing is going on. Content must have both. */
export const secondFactorControl = 'mfaCoversRemoteAccess';
export const noOpenIncidentQuestion = 'noOpenIncident';

/** What the gate looks at. */
export interface GateInput {
  readonly score: number;
  readonly profile: AssessmentProfile;
  /** In the order of their ids, which is the order of the blockers. */
  readonly found: readonly PlacedFinding[];
  readonly indicators: ReadonlyMap<string, IndicatorResult>;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly numbers: Numbers;
  /** Findings whose risk the firm accepted; the parameter `gate.accepted-blocks` says whether they block all the same. */
  readonly accepted: ReadonlySet<string>;
}

/**
 * The access gate (report §三(四), methods §2.4): the pass line is reached, no severe or high vulnerability and nothing known to be exploited is
 * open, no remote login, file sharing, database or administration interface faces the internet unprotected, and no incident is going on.
 * Passed exactly when the list of blockers is empty; the list names each finding once, by its gravest reason, and an exposed service once however many findings show it, gravest first.
 */
export function judgeGate(input: GateInput): Gate {
  const passLine = input.profile.passLine;
  const secondFactor = input.indicators.get(secondFactorControl)?.value === 'yes';
  const open = input.found.flatMap((placed) =>
    placed.counts && !letThrough(placed, input) ? (findingBlocker(placed, secondFactor, input.numbers) ?? []) : [],
  );
  const blockers = [...scoreBlocker(input.score, passLine), ...incidentBlocker(input.answers), ...gravestFirst(oncePerService(open, input.found))];
  return { passed: blockers.length === 0, passLine, blockers };
}

/** Of the blockers that an exposed service is, the first for each place. */
function oncePerService(blockers: readonly Blocker[], found: readonly PlacedFinding[]): Blocker[] {
  const assets = new Map(found.map(({ finding }) => [finding.id, finding.asset]));
  const seen = new Set<string>();
  return blockers.filter(({ code, finding }) => {
    if (ofVulnerabilities.includes(code)) return true;
    const { name, host, port } = assets.get(finding!)!;
    const place = `${code} ${host ?? name} ${port}`;
    return !seen.has(place) && seen.add(place);
  });
}

const ofVulnerabilities = ['known-exploited-open', 'severe-vulnerability-open'];

/** Known to be exploited, then severe, then exposed; among equals by severity, else as they stand. */
function gravestFirst(blockers: readonly Blocker[]): Blocker[] {
  const rank = ({ code, severity }: Blocker): number => {
    const kind = ofVulnerabilities.includes(code) ? ofVulnerabilities.indexOf(code) : ofVulnerabilities.length;
    return kind * Severity.options.length + (severity === null ? 0 : Severity.options.indexOf(severity));
  };
  return [...blockers].sort((a, b) => rank(a) - rank(b));
}

const letThrough = ({ finding }: PlacedFinding, { accepted, numbers }: GateInput): boolean => numbers['gate.accepted-blocks'] === 0 && accepted.has(finding.id);

/** Whether the finding alone keeps the firm out. */
export const blocksAlone = (placed: PlacedFinding, secondFactor: boolean, numbers: Numbers): boolean =>
  placed.counts && findingBlocker(placed, secondFactor, numbers) !== null;

/** Whether the finding, on an asset that is not declared, would alone keep the firm out if it were: suppressed or not, since there nobody answers for the suppression. */
export const blocksIfDeclared = (placed: PlacedFinding, secondFactor: boolean, numbers: Numbers): boolean =>
  !placed.inScope && findingBlocker(placed, secondFactor, numbers) !== null;

function scoreBlocker(score: number, passLine: number): Blocker[] {
  if (score >= passLine) return [];
  const text = { zh: `评分 ${score.toFixed(1)} 未达到合格线 ${passLine}`, en: `score ${score.toFixed(1)} is below the pass line ${passLine}` };
  return [{ code: 'below-pass-line', text, finding: null, control: null, severity: null }];
}

function incidentBlocker(answers: Readonly<Record<string, Answer>>): Blocker[] {
  const answer = answers[noOpenIncidentQuestion];
  if (answer === undefined || saidValue(answer) !== 'no') return [];
  const text = { zh: '存在正在发生或疑似发生的网络安全事件', en: 'a security incident is going on or suspected' };
  return [{ code: 'incident-open', text, finding: null, control: null, severity: null }];
}

function findingBlocker(placed: PlacedFinding, secondFactor: boolean, numbers: Numbers): Blocker | null {
  const { finding } = placed;
  const blocker = (code: string, zh: string, en: string): Blocker => ({
    code,
    text: { zh: `${zh}：${finding.title}（${assetTitle(finding.asset.name).zh}）`, en: `${en}: ${finding.title} (${assetTitle(finding.asset.name).en})` },
    finding: finding.id,
    control: null,
    severity: finding.severity,
  });
  if (placed.threat.knownExploited) return blocker('known-exploited-open', '已知被利用的漏洞未修复', 'known exploited vulnerability open');
  if (finding.severity === 'critical' || finding.severity === 'high')
    return blocker('severe-vulnerability-open', '严重或高危漏洞未修复', 'severe or high vulnerability open');
  if (isSevereByScore(placed, numbers)) {
    const score = scoreOf(finding, numbers).toFixed(1);
    return blocker(
      'severe-vulnerability-open',
      `CVSS ${score} 的漏洞未修复（工具评级为${severityNames[finding.severity].zh}，按 CVSS 属高危及以上）`,
      `vulnerability with CVSS ${score} open (rated ${severityNames[finding.severity].en} by the tool, high or worse by CVSS)`,
    );
  }
  const exposed = placed.signals.find(({ blocks }) => blocks === 'always' || (blocks === 'without-second-factor' && !secondFactor));
  return exposed === undefined ? null : blocker(exposed.id, exposed.title.zh, exposed.title.en);
}

const severityNames: Readonly<Record<Severity, Text>> = {
  critical: { zh: '严重', en: 'severe' },
  high: { zh: '高', en: 'high' },
  medium: { zh: '中', en: 'medium' },
  low: { zh: '低', en: 'low' },
  info: { zh: '提示', en: 'information' },
};

/** Severe or high by the tool's own word or by CVSS, wherever it sits. */
export const isSevere = (finding: Finding, numbers: Numbers): boolean =>
  finding.severity === 'critical' || finding.severity === 'high' || isSevereByScore({ finding }, numbers);

const isSevereByScore = ({ finding }: Pick<PlacedFinding, 'finding'>, numbers: Numbers): boolean =>
  finding.cvss !== null && finding.cvss.score !== null && scoreOf(finding, numbers) >= numbers['gate.severe-score'];
