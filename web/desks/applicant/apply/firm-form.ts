import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TFunction } from 'i18next';
import type { Problem } from '../../../api/problem.ts';
import { useSaveFirm } from '../../../api/queries.ts';
import { request } from '../../../api/request.ts';
import type { AssessmentRecord, FirmProfile } from '../../../api/wire.ts';
import { keepDraft, keptDraft, useAutosave, type Saving } from '../../../forms/autosave.ts';
import { draftOf, emptyDraft, firmOf, type Fault, type FirmDraft } from '../../../forms/firm-draft.ts';

export interface FirmForm {
  readonly draft: FirmDraft;
  readonly change: (part: Partial<FirmDraft>) => void;
  readonly saving: Saving;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Saves the facts of the firm on top of the version at hand. When the record moved on meanwhile but not the firm (a report was read), the save is
 * repeated on the new version; when the firm itself was changed by somebody else, the conflict is shown.
 */
function useFirmSender(record: AssessmentRecord | null) {
  const client = useQueryClient();
  const save = useSaveFirm(record?.id ?? '');
  return async (firm: FirmProfile) => {
    if (!record) return;
    const known = client.getQueryData<AssessmentRecord>(['assessment', record.id]) ?? record;
    try {
      await save.mutateAsync({ version: known.version, firm });
    } catch (problem) {
      if ((problem as Problem).code !== 'changed-meanwhile') throw problem;
      const fresh = await request<AssessmentRecord>('GET', `/api/assessments/${record.id}`);
      if (!same(fresh.firm, known.firm)) throw problem;
      await save.mutateAsync({ version: fresh.version, firm });
    }
  };
}

/** The firm as it is typed: kept on this device at every key, sent to the server when it rests and is complete. */
export function useFirmForm(record: AssessmentRecord | null, firmName = ''): FirmForm {
  const name = `firm.${record?.id ?? 'new'}`;
  const [draft, setDraft] = useState<FirmDraft>(() => keptDraft<FirmDraft>(name) ?? (record ? draftOf(record.firm) : emptyDraft(firmName)));
  const send = useFirmSender(record);
  const saving = useAutosave({ name, value: record ? firmOf(draft) : null, send });
  const change = (part: Partial<FirmDraft>) => {
    const next = { ...draft, ...part };
    keepDraft(name, next);
    setDraft(next);
  };
  return { draft, change, saving };
}

/** The sentence under a field for what is wrong with it. */
export function faultText(fault: Fault | undefined, field: string, t: TFunction): string | undefined {
  if (fault === undefined) return undefined;
  if (fault === 'missing') return t('apply.missing', { field });
  return t(fault === 'bad-code' ? 'apply.creditCodeWrong' : fault === 'bad-amount' ? 'apply.badAmount' : 'apply.badCount');
}
