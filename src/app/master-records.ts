import { MasterPolicy, MemberCertificate } from '../domain/policy/index.ts';
import type { RecordKind } from '../io/interfaces.ts';

export const masterPolicies: RecordKind<typeof MasterPolicy> = {
  name: 'master',
  table: 'master_policies',
  schema: MasterPolicy,
  schemaVersion: 1,
  upgrades: {},
};
export const certificates: RecordKind<typeof MemberCertificate> = {
  name: 'certificate',
  table: 'member_certificates',
  schema: MemberCertificate,
  schemaVersion: 1,
  upgrades: {},
};
