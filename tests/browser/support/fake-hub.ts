import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ClientMessage, CueMessage, ServerMessage } from '../../../src/server/wire.ts';
import type { Pose } from './poses.ts';
import { DASHBOARD } from '../../support/paths.ts';

/** Stands in for the companion: serves the built page and says what it is told to, so that every state can be posed. */
export interface FakeHub {
  readonly url: string;
  /** All that pages said, oldest first. */
  readonly heard: ClientMessage[];
  /** How many pages are connected now. */
  pages(): number;
  /** Shows a state, until the next: snapshots of it go out 20 times a second. */
  pose(pose: Pose): void;
  /** Goes on sending, or falls silent with open connections. */
  speak(on: boolean): void;
  send(message: ServerMessage): void;
  /** Sends a cue now and keeps it for those who resume. */
  cue(cue: CueMessage): void;
  /** Keeps a cue as if it had come while nobody was connected. */
  missed(cue: CueMessage): void;
  /** Cuts all connections; while `refuse` is set, new ones are cut too. */
  drop(): void;
  refuse(on: boolean): void;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
/** As strict as the companion's own. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

export async function startFakeHub(first: Pose): Promise<FakeHub> {
  let pose = first;
  let isSpeaking = true;
  let isRefusing = false;
  let startedMs = Date.now();
  const heard: ClientMessage[] = [];
  const cues: CueMessage[] = [];

  const http = createServer((request, response) => void serveFile(request, response));
  const sockets = new WebSocketServer({ server: http, path: '/ws' });
  const lastCueSeq = (): number => cues.at(-1)?.seq ?? 0;
  const say = (socket: WebSocket, message: ServerMessage): void => socket.send(JSON.stringify(message));
  const sendAll = (message: ServerMessage): void => sockets.clients.forEach((socket) => say(socket, message));
  const snapshotNow = (): ServerMessage => pose.moment((Date.now() - startedMs) / 1000);

  sockets.on('connection', (socket) => {
    if (isRefusing) return socket.terminate();
    say(socket, { ...pose.hello, lastCueSeq: lastCueSeq() });
    say(socket, pose.session);
    for (const message of pose.player) say(socket, message);
    if (isSpeaking) say(socket, snapshotNow());
    socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString('utf8')) as ClientMessage;
      heard.push(message);
      if (message.type === 'resume') cues.filter((cue) => cue.seq > message.afterSeq).forEach((cue) => say(socket, cue));
    });
  });

  const timer = setInterval(() => {
    if (isSpeaking) sendAll(snapshotNow());
  }, 50);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    heard,
    pages: () => sockets.clients.size,
    pose(next) {
      pose = next;
      startedMs = Date.now();
      sendAll(next.session);
      next.player.forEach(sendAll);
      sendAll(snapshotNow());
    },
    speak: (on) => void (isSpeaking = on),
    send: sendAll,
    cue(cue) {
      cues.push(cue);
      sendAll(cue);
    },
    missed: (cue) => void cues.push(cue),
    drop: () => sockets.clients.forEach((socket) => socket.terminate()),
    refuse: (on) => void (isRefusing = on),
    async close() {
      clearInterval(timer);
      sockets.clients.forEach((socket) => socket.terminate());
      sockets.close();
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

async function serveFile(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const file = path.join(DASHBOARD, pathname === '/' ? 'index.html' : path.normalize(pathname));
  try {
    const body = await readFile(file);
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}
