import createClient from 'openapi-fetch';
import type { paths } from './schema.d.ts';

/** The typed client of every operation; a path, field or status that the server does not have is a compile error. */
export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });
