import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { paths } from './schema.d.ts';

/** The typed client of every operation: a path, field or status that the server does not have is a compile error. */
export const clientOf = (options: ClientOptions = { baseUrl: '/', credentials: 'same-origin' }): Client<paths> => createClient<paths>(options);
