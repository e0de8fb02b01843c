import type { Assessment, Blocker, Gate } from '../assessment/index.ts';
import type { Catalogue, Peril, RequestedCover } from '../catalogue/index.ts';

/** The control that a cover against ransomware depends on. Content must have it. */
export const offlineBackupControl = 'backupsOfflineOrImmutable';

/** Whether any coverage of the cover answers to the peril. */
export const insures = ({ lines }: RequestedCover, peril: Peril, { coverages }: Catalogue): boolean =>
  lines.some(({ coverage }) => coverages.get(coverage)?.shares.some((share) => share.peril === peril && share.share > 0));

/** The gate of the assessment together with what the cover asks for: no backup out of an attacker's reach, no cover against ransomware (methods §2.4). Not knowing is not a blocker; a guideline refers it. */
export function gateForCover({ gate, indicators }: Pick<Assessment, 'gate' | 'indicators'>, cover: RequestedCover, catalogue: Catalogue): Gate {
  const backup = indicators.find(({ control }) => control === offlineBackupControl);
  if (backup?.value !== 'no' || !insures(cover, 'ransomware', catalogue)) return gate;
  const blockers = [...gate.blockers, noOfflineBackup];
  return { ...gate, passed: false, blockers };
}

const noOfflineBackup: Blocker = {
  code: 'no-offline-backup',
  text: { zh: '投保范围含勒索损失，但没有离线或不可篡改的备份', en: 'the cover answers to ransomware, but there is no offline or immutable backup' },
  finding: null,
  control: offlineBackupControl,
  severity: null,
};
