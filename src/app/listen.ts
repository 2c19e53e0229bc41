import type { AddressInfo } from 'node:net';
import { AppError } from '../errors.ts';
import type { buildServer } from '../server/server.ts';

/** Has a server listen; gives its port. Rejects with E_PORT_IN_USE and E_LISTEN. */
export async function listen(server: ReturnType<typeof buildServer>, host: string, port: number): Promise<number> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, host, port);
  }
  return (server.server.address() as AddressInfo).port;
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    const hint = 'end what uses it, or choose another with --port';
    return new AppError('E_PORT_IN_USE', `port ${port} on ${host} is in use`, hint, { cause: error });
  }
  if (error.syscall === undefined) return error;
  const hint = 'choose another --host or --port';
  return new AppError('E_LISTEN', `cannot listen on ${host}, port ${port}: ${error.message}`, hint, { cause: error });
}
