import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Serves the built portal. Files with a hash in their name never change; the page that names them is asked for anew each time. */
export async function servePortal(app: FastifyInstance, portalDir: string | null): Promise<(request: FastifyRequest) => boolean> {
  if (portalDir === null || !existsSync(join(portalDir, 'index.html'))) return () => false;
  await app.register(fastifyStatic, {
    root: portalDir,
    cacheControl: false,
    dotfiles: 'ignore',
    setHeaders: (reply, path) => void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  });
  return wantsPage;
}

/** A page of the portal lives in the browser: any address that asks for HTML and is no API address gets the one page there is. */
function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !/^\/(api|healthz|readyz|metrics)([/?]|$)/.test(url) && (headers.accept ?? '').includes('text/html');
}

export const sendPage = (reply: FastifyReply): FastifyReply => reply.code(200).header('cache-control', 'no-cache').sendFile('index.html');
