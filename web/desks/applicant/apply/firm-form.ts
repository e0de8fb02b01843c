import { useState } from 'react';
import type { TFunction } from 'i18next';
import { useSaveFirm } from '../../../api/queries.ts';
import { request } from '../../../api/request.ts';
import type { AssessmentRecord, FirmProfile } from '../../../api/wire.ts';
import { keepDraft, keptDraft, useAutosave, type Saving } from '../../../forms/autosave.ts';
import { useMergingSave, type Conflict } from '../../../forms/use-merging-save.ts';
import { draftOf, emptyDraft, firmOf, type Fault, type FirmDraft } from '../../../forms/firm-draft.ts';

/** How saving stands, with the conflict that somebody has to settle, if there is one. */
export interface FirmSaving extends Saving {
  readonly conflict: {
    readonly conflict: Conflict<FirmProfile>;
    readonly resolve: (mineKept: readonly string[]) => Promise<void>;
    readonly later: () => void;
  } | null;
}

export interface FirmForm {
  readonly draft: FirmDraft;
  readonly change: (part: Partial<FirmDraft>) => void;
  readonly saving: FirmSaving;
}

/** Saves the facts on top of what is known here, and puts together what two people changed. */
function useFirmSaving(record: AssessmentRecord | null, show: (firm: FirmProfile) => void) {
  const save = useSaveFirm(record?.id ?? '');
  const kept = ({ version, firm }: AssessmentRecord) => ({ mark: version, value: firm });
  return useMergingSave<FirmProfile>({
    loaded: record ? kept(record) : { mark: 0, value: {} as FirmProfile },
    save: async (version, firm) => kept(await save.mutateAsync({ version: Number(version), firm })),
    load: async () => kept(await request<AssessmentRecord>('GET', `/api/assessments/${record!.id}`)),
    show,
  });
}

/** The firm as it is typed: kept on this device at every key, sent to the server when it rests and is complete. */
export function useFirmForm(record: AssessmentRecord | null, firmName = ''): FirmForm {
  const name = `firm.${record?.id ?? 'new'}`;
  const [draft, setDraft] = useState<FirmDraft>(() => keptDraft<FirmDraft>(name) ?? (record ? draftOf(record.firm) : emptyDraft(firmName)));
  const show = (next: FirmDraft) => {
    keepDraft(name, next);
    setDraft(next);
  };
  const { send, conflict, resolve, later } = useFirmSaving(record, (firm) => show(draftOf(firm)));
  const saving = useAutosave({ name, value: record ? firmOf(draft) : null, saved: record ? firmOf(draftOf(record.firm)) : null, send });
  const change = (part: Partial<FirmDraft>) => show({ ...draft, ...part });
  return { draft, change, saving: { ...saving, conflict: conflict ? { conflict, resolve, later } : null } };
}

const badTexts = {
  'bad-code': 'apply.creditCodeWrong',
  'bad-class': 'apply.gbt4754Wrong',
  'bad-amount': 'apply.badAmount',
  'bad-count': 'apply.badCount',
} as const;

/** The sentence under a field for what is wrong with it. */
export function faultText(fault: Fault | undefined, field: string, t: TFunction): string | undefined {
  if (fault === undefined) return undefined;
  if (fault === 'missing') return t('apply.missing', { field });
  return t(badTexts[fault]);
}
