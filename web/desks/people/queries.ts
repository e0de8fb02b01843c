import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MemberRole } from '../../../src/domain/parties/index.ts';
import { request } from '../../api/request.ts';
import type { components } from '../../api/schema.d.ts';
import type { Answer } from '../../../src/domain/assessment/index.ts';

type Schemas = components['schemas'];
export type Member = Schemas['Member'];
export type Invitation = Schemas['Invitation'];
export type Assignment = Schemas['AssignmentRecord'];
export type MySections = Omit<Schemas['MySections'], 'answers'> & { answers: Record<string, Answer> };
export type OwnSection = MySections['assignment'];

export const useMembers = () =>
  useQuery({ queryKey: ['members'], queryFn: () => request<{ items: Member[] }>('GET', '/api/members'), select: ({ items }) => items });
export const useInvitations = () =>
  useQuery({ queryKey: ['invitations'], queryFn: () => request<{ items: Invitation[] }>('GET', '/api/invitations'), select: ({ items }) => items });

/** An act after which lists are asked anew. */
function useAct<Sent, Answered>(act: (sent: Sent) => Promise<Answered>, ...lists: readonly string[]) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => Promise.all(lists.map((list) => client.invalidateQueries({ queryKey: [list] }))) });
}

export const useInvite = () =>
  useAct(
    (sent: { email: string; roles: MemberRole[] }) => request<{ invitation: Invitation; token: string }>('POST', '/api/invitations', { body: sent }),
    'invitations',
  );
export const useRevokeInvitation = () => useAct((id: string) => request('DELETE', `/api/invitations/${id}`), 'invitations');
export const useSetRoles = () =>
  useAct(({ user, roles }: { user: string; roles: MemberRole[] }) => request('PUT', `/api/members/${user}/roles`, { body: { roles } }), 'members');
export const useRemoveMember = () => useAct((user: string) => request('DELETE', `/api/members/${user}`), 'members');

export const useAssignments = (assessment: string) =>
  useQuery({
    queryKey: ['assignments', assessment],
    queryFn: () => request<{ items: Assignment[] }>('GET', `/api/assessments/${assessment}/sections`),
    select: ({ items }) => items,
  });

export interface Assigned {
  readonly assignment: Assignment;
  readonly token: string | null;
}

export const useAssign = (assessment: string) =>
  useAct(
    (sent: { email: string; sections: string[] }) => request<Assigned>('POST', `/api/assessments/${assessment}/sections`, { body: { ...sent, note: '' } }),
    'assignments',
  );
export const useTakeBack = () => useAct((id: string) => request<Assignment>('DELETE', `/api/section-assignments/${id}`), 'assignments');
export const useReassign = () =>
  useAct(
    ({ id, email }: { id: string; email: string }) => request<Assigned>('POST', `/api/section-assignments/${id}/reassignment`, { body: { email } }),
    'assignments',
  );

export const useMySections = () =>
  useQuery({ queryKey: ['my-sections'], queryFn: () => request<{ items: OwnSection[] }>('GET', '/api/my-sections'), select: ({ items }) => items });
export const useMySection = (id: string) => useQuery({ queryKey: ['my-section', id], queryFn: () => request<MySections>('GET', `/api/my-sections/${id}`) });

/** The address that an invited person opens. The token stands behind `#`, which browsers send to no server. */
export const invitationLink = (token: string): string => `${location.origin}/invitation#${token}`;
