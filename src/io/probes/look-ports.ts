import type { Socket } from 'node:net';
import type { PortSeen } from '../../domain/assessment/index.ts';
import type { Place, Reach } from './reach.ts';

const bannerMillis = 1_500;
const bannerUnits = 300;

/** Connects to each port once and listens for what the service says of itself; nothing is sent. */
export async function lookAtPorts(reach: Reach, place: Place, ports: readonly number[]): Promise<PortSeen[]> {
  const seen: PortSeen[] = [];
  for (const port of ports) {
    const socket = await reach.open(place, port);
    const state = typeof socket === 'string' ? (socket === 'filtered' ? 'filtered' : 'closed') : 'open';
    seen.push({ ...place, port, state, banner: typeof socket === 'string' ? '' : await listen(socket) });
  }
  return seen;
}

/** What arrives by itself within a moment, as printable text. */
function listen(socket: Socket): Promise<string> {
  let said = '';
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(
        said
          .replace(/[^\x20-\x7e]+/g, ' ')
          .trim()
          .slice(0, bannerUnits),
      );
    };
    const timer = setTimeout(end, bannerMillis);
    socket.on('data', (part: Buffer) => {
      said += part.toString('latin1');
      if (said.length >= bannerUnits || said.includes('\n')) end();
    });
    socket.once('close', end);
    socket.once('error', end);
  });
}
