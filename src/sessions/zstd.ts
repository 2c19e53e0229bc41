import { compress, decompress, isLoaded } from '@foxglove/wasm-zstd';

// Its WebAssembly takes 15 ms to load; after that both ways are plain calls.
await isLoaded;

/** A chunk says how long it is when unpacked; one that claims more is damaged. Writers close chunks after a few megabytes. */
const LARGEST_CHUNK_BYTES = 64 * 2 ** 20;
/** zstd's own default: of our chunks higher levels take five times as long for 1 % less. */
const LEVEL = 3;

export const zstdCompress = (bytes: Uint8Array): Uint8Array => compress(bytes, LEVEL);

/** Unpacks to exactly `size` bytes. Throws where the bytes do not. */
export function zstdDecompress(bytes: Uint8Array, size: number): Uint8Array {
  if (size > LARGEST_CHUNK_BYTES) throw new Error(`a chunk claims ${size} bytes`);
  const unpacked = size === 0 ? new Uint8Array(0) : decompress(bytes, size);
  if (unpacked.length !== size) throw new Error(`a chunk unpacks to ${unpacked.length} of ${size} bytes`);
  return new Uint8Array(unpacked.buffer, unpacked.byteOffset, size);
}
