import { z } from 'zod';
import { Day, Money, Refusal, type FieldFault, type Text } from '../basics/index.ts';
import { classCodeForm, tidyClassCode } from './class-code.ts';
import { creditCodeIsValid } from './credit-code.ts';

/** An amount that cannot be negative. */
const Amount = Money.refine(({ minor }) => minor >= 0, 'must not be negative');

/** A name as it is printed: something readable, and nothing that is not seen or that turns the text around it (controls, zero-width and direction characters, fillers that count as letters). */
export const PrintedName = z
  .string()
  .min(1)
  .max(200)
  .regex(
    /^(?!.*[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]).*[\p{L}\p{N}]/su,
    'must hold a letter or digit and no control, invisible or direction characters',
  );

/** Industry of a firm as the tariff and the assessment profiles distinguish it; `gbt4754` refines it for statistics. */
export const Industry = z.enum([
  'finance',
  'healthcare',
  'information',
  'education',
  'public',
  'retail',
  'manufacturing',
  'automotive',
  'services',
  'construction',
  'agriculture',
  'mining',
]);
export type Industry = z.infer<typeof Industry>;

/** The reader's name of each industry. */
export const industryTitles: Readonly<Record<Industry, Text>> = {
  finance: { zh: '金融业', en: 'Finance' },
  healthcare: { zh: '医疗卫生', en: 'Health care' },
  information: { zh: '信息技术与互联网', en: 'IT and internet' },
  education: { zh: '教育', en: 'Education' },
  public: { zh: '公共管理', en: 'Public administration' },
  retail: { zh: '批发零售与电商', en: 'Retail and e-commerce' },
  manufacturing: { zh: '制造业', en: 'Manufacturing' },
  automotive: { zh: '汽车及零部件', en: 'Automotive' },
  services: { zh: '商务与生活服务', en: 'Business and personal services' },
  construction: { zh: '建筑业', en: 'Construction' },
  agriculture: { zh: '农林牧渔', en: 'Agriculture' },
  mining: { zh: '采矿业', en: 'Mining' },
};

/** A yes/no fact of the firm that the tariff asks for and that a question may depend on. */
export const FirmFact = z.enum(['sellsOnline', 'operatesIndustrialControl', 'sellsTechnologyServices', 'makesDigitalProducts', 'criticalInfrastructure']);
export type FirmFact = z.infer<typeof FirmFact>;

/** What each fact says of a firm, as a statement. */
export const firmFactTitles: Readonly<Record<FirmFact, Text>> = {
  sellsOnline: { zh: '在线销售或提供在线服务', en: 'Sells or serves online' },
  operatesIndustrialControl: { zh: '运行工业控制系统', en: 'Runs industrial control systems' },
  sellsTechnologyServices: { zh: '对外提供信息技术服务或软件', en: 'Sells IT services or software to others' },
  makesDigitalProducts: { zh: '生产带软件的设备或软件产品', en: 'Makes devices with software, or software products' },
  criticalInfrastructure: { zh: '运营关键信息基础设施', en: 'Operates critical information infrastructure' },
};

/** How an asset can be reached, from anywhere to not at all. */
export const Exposure = z.enum(['internet', 'partner', 'internal', 'isolated']);
export type Exposure = z.infer<typeof Exposure>;

/** A thing that belongs to the firm. `name` is a domain (covers its sub-domains), host name, address or CIDR block. */
export const DeclaredAsset = z.strictObject({ name: z.string().min(1).max(255), exposure: Exposure });
export type DeclaredAsset = z.infer<typeof DeclaredAsset>;

/** A past cyber loss as the firm declares it. */
export const PastClaim = z.strictObject({ on: Day, peril: z.string().min(1).max(60), amount: Amount, closed: z.boolean() });
export type PastClaim = z.infer<typeof PastClaim>;

/** The facts of a firm that assessment and price use. Amounts in one currency, per year. */
export const FirmProfile = z
  .strictObject({
    name: PrintedName,
    /** 统一社会信用代码, 18 characters with its check character (GB 32100); null for a firm outside mainland China. */
    creditCode: z.string().length(18).refine(creditCodeIsValid, 'the check character does not fit').nullable(),
    industry: Industry,
    /** GB/T 4754 class code, e.g. `I6513`, in whichever case and with or without blanks; null when not stated. */
    gbt4754: z.string().max(20).overwrite(tidyClassCode).regex(classCodeForm, 'must be a letter from A to T and up to four digits, as `I6513`').nullable(),
    employees: z.int().min(1).max(5_000_000),
    annualRevenue: Amount,
    /** Persons whose personal data the firm holds. */
    personalRecords: z.int().min(0).max(10_000_000_000),
    /** Sells or serves online, so that an outage of its site stops its income. */
    sellsOnline: z.boolean(),
    /** Runs industrial control systems. */
    operatesIndustrialControl: z.boolean(),
    /** Sells IT services or software to others. */
    sellsTechnologyServices: z.boolean(),
    /** Makes devices or software products. */
    makesDigitalProducts: z.boolean(),
    /** Operates critical information infrastructure (关键信息基础设施). */
    criticalInfrastructure: z.boolean(),
    /** Yearly spending on security; null when not stated. */
    securitySpend: Amount.nullable(),
    /** The firm's assets; empty when none was declared, and then no finding is out of scope. */
    assets: z.array(DeclaredAsset).max(5000),
    /** Past three years; empty when there was none. */
    pastClaims: z.array(PastClaim).max(200),
    /** Vulnerabilities closed in the past year and the days all findings, open and closed, were open together; null when unknown. */
    repairs: z.strictObject({ closed: z.int().min(0), openDays: z.number().min(0) }).nullable(),
  })
  .meta({ id: 'FirmProfile' });
export type FirmProfile = z.infer<typeof FirmProfile>;

/** A loss that is past lies no later than today. Throws a Refusal `loss-from-the-future` that lists each that does, by its field. */
export function requirePastLosses({ pastClaims }: Pick<FirmProfile, 'pastClaims'>, today: Day): void {
  const faults = pastClaims.flatMap(({ on }, i): FieldFault[] =>
    on <= today ? [] : [{ path: `firm.pastClaims.${i}.on`, code: 'after-today', message: `${on} 晚于今天 ${today} · ${on} is after today, ${today}` }],
  );
  if (faults.length === 0) return;
  const field = faults[0]!.path;
  throw new Refusal('bad-input', 'loss-from-the-future', `a past loss cannot lie after today: \`${field}\``, { field }, faults);
}
