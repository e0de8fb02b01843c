import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import type { components } from '../../api/schema.d.ts';

export type NoticeRecord = components['schemas']['NoticeRecord'];

/** The latest notices of the organisation, asked anew every minute while the portal is open. */
export const useNotices = (allowed: boolean) =>
  useQuery({
    queryKey: ['notices'],
    queryFn: () => request<{ items: NoticeRecord[] }>('GET', '/api/notices?limit=200'),
    select: ({ items }) => items,
    refetchInterval: 60_000,
    enabled: allowed,
  });

export function useMarkNotices() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (marks: { notices: string[]; read: boolean }) => request('POST', '/api/notices/marks', { body: marks }),
    onSettled: () => client.invalidateQueries({ queryKey: ['notices'] }),
  });
}
