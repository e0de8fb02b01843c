import type { CancellationNoticeData, PolicyScheduleData, QuotationData } from './model.ts';

/** An invented policy, long enough to fill pages. */
export const samplePolicy: PolicyScheduleData = {
  number: 'CY-2026-000123',
  version: 1,
  insurer: { name: '示例网络财产保险股份有限公司', creditCode: null },
  insured: { name: '示例云帆电子商务有限公司', creditCode: '91330100MA2EXAMP0X' },
  period: { from: '2026-12-01T00:00:00+08:00', to: '2027-12-01T00:00:00+08:00' },
  currency: 'CNY',
  limitMinor: 500_000_000,
  retentionMinor: 5_000_000,
  lines: [
    {
      title: { zh: '营业中断损失', en: 'Business interruption' },
      class: 'property',
      subLimitMinor: 250_000_000,
      waitingHours: 8,
      trigger: {
        zh: '因网络安全事件导致信息系统中断，营业收入减少或为维持营业支出额外费用。',
        en: 'Income lost, or extra cost incurred to keep trading, because a security event interrupts the insured’s systems.',
      },
    },
    {
      title: { zh: '数据恢复费用', en: 'Data restoration' },
      class: 'property',
      subLimitMinor: 100_000_000,
      waitingHours: null,
      trigger: {
        zh: '数据或软件遭到破坏、加密或篡改后，恢复或重建所需的必要合理费用。',
        en: 'Necessary and reasonable cost of restoring data or software that was destroyed, encrypted or altered.',
      },
    },
    {
      title: { zh: '网络勒索损失', en: 'Cyber extortion' },
      class: 'property',
      subLimitMinor: 100_000_000,
      waitingHours: null,
      trigger: { zh: '遭受网络勒索威胁时聘请专业机构应对所发生的费用。', en: 'Cost of engaging specialists to respond to an extortion threat.' },
    },
    {
      title: { zh: '事件应急响应费用', en: 'Incident response' },
      class: 'property',
      subLimitMinor: 50_000_000,
      waitingHours: null,
      trigger: { zh: '调查取证、遏制处置、通知与公关等应急费用。', en: 'Forensics, containment, notification and communications after an event.' },
    },
    {
      title: { zh: '数据泄露责任', en: 'Data breach liability' },
      class: 'liability',
      subLimitMinor: 300_000_000,
      waitingHours: null,
      trigger: {
        zh: '个人信息或商业秘密泄露，依法应对第三者承担的经济赔偿责任。',
        en: 'Legal liability to third parties for the disclosure of personal data or trade secrets.',
      },
    },
    {
      title: { zh: '网络安全责任', en: 'Network security liability' },
      class: 'liability',
      subLimitMinor: 200_000_000,
      waitingHours: null,
      trigger: {
        zh: '因被保险人网络安全防护不足，致使第三者系统受损的赔偿责任。',
        en: 'Liability for damage to third parties’ systems caused by a failure of the insured’s security.',
      },
    },
  ],
  premium: { exVat: 603_754, vat: 36_225, total: 639_979 },
  story: {
    bars: [
      { label: { zh: '同类企业基准', en: 'Base for firms of this kind' }, deltaMinor: 820_000 },
      { label: { zh: '企业规模', en: 'Size' }, deltaMinor: 114_300 },
      { label: { zh: '行业', en: 'Industry' }, deltaMinor: 62_500 },
      { label: { zh: '安全控制措施', en: 'Security controls' }, deltaMinor: -381_200 },
      { label: { zh: '漏洞', en: 'Open findings' }, deltaMinor: 48_900 },
      { label: { zh: '限额与免赔', en: 'Limits and retention' }, deltaMinor: -218_346 },
      { label: { zh: '附加费用', en: 'Loadings' }, deltaMinor: 157_600 },
      { label: { zh: '增值税', en: 'VAT' }, deltaMinor: 36_225 },
    ],
    expectedLossMinor: 352_100,
    rateOnLine: 0.0012075,
    minimumApplied: false,
  },
  security: { score: 78.4, grade: 'B', assessedAt: '2026-11-20T10:00:00+08:00' },
  conditions: [
    {
      zh: '被保险人应当在保险期间内持续对远程访问启用多因素认证。',
      en: 'The insured keeps multi-factor authentication on all remote access during the policy period.',
    },
    { zh: '发生网络安全事件后，被保险人应当在二十四小时内通知保险人。', en: 'The insured notifies the insurer within twenty-four hours of a security event.' },
    {
      zh: '被保险人应当至少每季度进行一次离线备份的恢复演练并保留记录。',
      en: 'The insured tests restoration from offline backups at least every quarter and keeps the record.',
    },
  ],
  exclusions: [
    {
      coverage: null,
      items: [
        { zh: '战争、敌对行动，以及由国家实施或支持的网络行动。', en: 'War, hostilities, and cyber operations carried out or backed by a state.' },
        { zh: '投保前已知而未如实告知的事件或漏洞。', en: 'Events or vulnerabilities known before inception and not disclosed.' },
      ],
    },
    {
      coverage: { zh: '营业中断损失', en: 'Business interruption' },
      items: [{ zh: '电力、通信骨干网、卫星等公共基础设施的故障。', en: 'Failure of public infrastructure such as power, backbone networks or satellites.' }],
    },
    {
      coverage: { zh: '数据泄露责任', en: 'Data breach liability' },
      items: [{ zh: '依法不得以保险转嫁的罚款、罚金。', en: 'Fines and penalties that the law does not let insurance bear.' }],
    },
  ],
  versions: [
    { title: { zh: '费率手册', en: 'Ratebook' }, version: '2026.1 · 5f1c0a9e3b7d2c44' },
    { title: { zh: '条款', en: 'Wording' }, version: '2026.1 · 9a4e77d1c2b8f003' },
    { title: { zh: '安全评估', en: 'Assessment' }, version: 'assessment_0193 · v3' },
  ],
  priors: [
    { zh: '险种分摊比例', en: 'peril-to-coverage shares' },
    { zh: '行业频率系数', en: 'industry frequency factors' },
  ],
  issuedAt: '2026-11-22T15:30:00+08:00',
  dataAsOf: '2026-11-20T10:00:00+08:00',
  quotation: 'QT-2026-000456',
};

const { quotation: _, ...offered } = samplePolicy;

/** An invented quotation that was referred, with blockers and repairs. */
export const sampleQuotation: QuotationData = {
  ...offered,
  number: 'QT-2026-000456',
  outcome: 'referred',
  reasons: [{ zh: '申请的赔偿限额超过自动核保权限。', en: 'The limit asked for exceeds automatic underwriting authority.' }],
  validUntil: '2026-12-22T15:30:00+08:00',
  gate: {
    passed: false,
    blockers: [{ zh: '高危漏洞 CVE-2024-3400 未修复（vpn.example.com）', en: 'Critical vulnerability CVE-2024-3400 is open (vpn.example.com)' }],
  },
  repairs: [
    {
      title: { zh: '修复 CVE-2024-3400（vpn.example.com）', en: 'Fix CVE-2024-3400 (vpn.example.com)' },
      scoreDelta: 6.3,
      premiumDeltaMinor: -84_200,
      mustFix: true,
    },
    {
      title: { zh: '为远程访问启用多因素认证', en: 'Turn on multi-factor authentication for remote access' },
      scoreDelta: 4.1,
      premiumDeltaMinor: -61_050,
      mustFix: false,
    },
    { title: { zh: '关闭公网可访问的远程桌面', en: 'Close remote desktop to the internet' }, scoreDelta: 2.2, premiumDeltaMinor: -35_000, mustFix: false },
  ],
};

/** An invented cover that ended because a condition was missed, with a subsidy of which a part goes back. */
export const sampleCancellation: CancellationNoticeData = {
  number: samplePolicy.number,
  version: 2,
  insurer: samplePolicy.insurer,
  insured: samplePolicy.insured,
  period: samplePolicy.period,
  currency: 'CNY',
  premium: { exVat: 603_754, vat: 36_225, total: 639_979 },
  cancellation: {
    side: 'insurer',
    ground: 'condition-missed',
    title: { zh: '承保条件未在期限前满足', en: 'a condition was not met in time' },
    basis: { zh: '附条件承保的约定', en: 'as the conditional cover was agreed' },
    returns: 'pro-rata',
    ends: '2026-12-31',
    knownOn: null,
    paidMinor: null,
    bearsEarlierLosses: true,
    borneDays: 30,
    periodDays: 365,
    keptPercent: null,
    isPrior: false,
    lines: [
      { kind: 'borne', exVatMinor: 49_624, vatMinor: 2_977, totalMinor: 52_601 },
      { kind: 'returned', exVatMinor: 554_130, vatMinor: 33_248, totalMinor: 587_378 },
    ],
    returnedMinor: 587_378,
    overtakes: [],
    at: '2026-12-30T18:00:00+08:00',
    by: 'system',
    reason: { zh: '提交离线备份的恢复记录', en: 'Hand in a record of a restore from the offline backup' },
  },
  subsidy: { grantedMinor: 255_991, backMinor: 234_951 },
  issuedAt: '2026-12-30T18:00:00+08:00',
  dataAsOf: '2026-12-30T18:00:00+08:00',
};
