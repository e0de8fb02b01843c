import net from 'node:net';
import { Refusal } from '../domain/basics/index.ts';

/**
 * Tries whether `host` and `port` can be listened on, before anything else is started; port 0 leaves the choice to the system.
 * Throws a Refusal `address-taken` or, when the host is no address of this machine, `configuration-invalid`.
 */
export async function requireAddress({ host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const probe = net.createServer().on('error', resolve);
    probe.listen({ host, port }, () => probe.close(() => resolve(null)));
  });
  if (error?.code === 'EADDRINUSE')
    throw new Refusal(
      'unavailable',
      'address-taken',
      '该端口已被占用：闭环保可能已在运行。The port is taken: Riskloop may be running already. PORT=… 可换端口 chooses another.',
      { port },
    );
  if (error !== null)
    throw new Refusal(
      'bad-input',
      'configuration-invalid',
      `无法在 ${host} 的端口 ${port} 上监听，请检查 HOST 和 PORT。HOST ${host} with PORT ${port} cannot be listened on here (${error.code ?? 'unknown'}).`,
      { host, port },
    );
}
