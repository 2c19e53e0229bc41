/** About so many characters are turned into bytes at a time: no string of the whole, which may be tens of megabytes. */
const CHUNK_CHARS = 1 << 16;

/** Text that is gathered as bytes. */
export interface TextChunks {
  add(text: string): void;
  bytes(): Uint8Array;
}

export function createTextChunks(): TextChunks {
  const chunks: Uint8Array[] = [];
  let open = '';
  const close = (): void => {
    if (open !== '') chunks.push(Buffer.from(open, 'utf8'));
    open = '';
  };
  return {
    add(text) {
      open += text;
      if (open.length >= CHUNK_CHARS) close();
    },
    bytes() {
      close();
      return Buffer.concat(chunks);
    },
  };
}
