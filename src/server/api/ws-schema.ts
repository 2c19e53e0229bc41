import { z } from 'zod';
import { clientMessage, serverMessage, WIRE_PROTOCOL } from '../wire.ts';

/** The messages of `/ws` as JSON Schema: what the service sends, and what a client may say. */
export const wsSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: `Messages of /ws, protocol ${WIRE_PROTOCOL}`,
  description: 'JSON text, one object each, told apart by `type`; see docs/websocket.md.',
  $defs: { serverMessage: embedded(serverMessage), clientMessage: embedded(clientMessage) },
});

function embedded(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}
