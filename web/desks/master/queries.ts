import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Problem } from '../../api/problem.ts';
import { request } from '../../api/request.ts';
import type { components } from '../../api/schema.d.ts';

type Schemas = components['schemas'];
export type Master = Schemas['MasterPolicyRecord'];
export type Certificate = Schemas['MemberCertificateRecord'];
export type Enrolled = Schemas['Enrolled'];

export const useMaster = (policy: string) =>
  useQuery({ queryKey: ['master', policy], queryFn: () => request<{ master: Master | null }>('GET', `/api/policies/${policy}/master`) });
export const useCertificates = (master: string) =>
  useQuery({
    queryKey: ['certificates', master],
    queryFn: () => request<{ items: Certificate[]; next: string | null }>('GET', `/api/master-policies/${master}/certificates?limit=200`),
  });
export const useCertificate = (certificate: string) =>
  useQuery({
    queryKey: ['certificate', certificate],
    queryFn: () => request<Schemas['CertificateView']>('GET', `/api/certificates/${certificate}`),
  });

/** One act on a master policy; afterwards all that hangs on it is asked anew. */
function useMasterAct<Sent, Answer>(act: (sent: Sent) => Promise<Answer>) {
  const client = useQueryClient();
  const asked = ['master', 'certificates', 'certificate'];
  return useMutation({ mutationFn: act, onSuccess: () => asked.forEach((one) => void client.invalidateQueries({ queryKey: [one] })) });
}
const key = () => crypto.randomUUID();

export const useOpenMaster = (policy: string) =>
  useMasterAct((sent: { kind: Master['kind']; name: string; memberLimitMinor: number }) =>
    request<Master>('POST', `/api/policies/${policy}/master`, { body: sent, key: key() }),
  );
/** Tries or carries out an enrolment; `csv` is null for a file in no encoding that is read, which is refused before anything is sent. */
export const useEnrol = (master: string) =>
  useMasterAct(({ csv, dryRun }: { csv: string | null; dryRun: boolean }) => {
    if (csv === null) throw new Problem({ status: 0, code: 'table-undecodable', detail: 'the file is text neither in UTF-8 nor in GB18030' });
    return request<Enrolled>('POST', `/api/master-policies/${master}/enrolment`, { body: { csv, dryRun }, key: key() });
  });
export const useEndCertificate = (certificate: string) =>
  useMasterAct((reason: string) => request('POST', `/api/certificates/${certificate}/end`, { body: { reason }, key: key() }));
export const useDraw = () =>
  useMasterAct(({ certificate, ...body }: { certificate: string; event: string; on: string; lossMinor: number; reason: string }) =>
    request<{ draw: { drawnMinor: number }; leftMinor: number }>('POST', `/api/certificates/${certificate}/draws`, { body, key: key() }),
  );
