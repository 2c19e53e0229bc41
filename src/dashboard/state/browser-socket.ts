import type { SocketPort } from './socket.ts';

/** The real thing: `/ws` beside the page, with the cookie that the page's own address left, asking for the roller or the kept session that the address names. */
export const browserSocket: SocketPort = {
  open({ onOpen, onText, onClose }) {
    const url = new URL('ws', document.baseURI);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const asked = new URL(location.href).searchParams;
    url.search = String(new URLSearchParams([...asked].filter(([key]) => key === 'roller' || key === 'session')));
    url.hash = '';
    const socket = new WebSocket(url);
    socket.addEventListener('open', onOpen);
    socket.addEventListener('message', (event) => onText(String(event.data)));
    socket.addEventListener('close', onClose);
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      },
      // A socket whose peer has vanished may take minutes to say so: it is over for us at once.
      close: () => {
        socket.close();
        onClose();
      },
    };
  },
  nowMs: () => performance.now(),
  later: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
