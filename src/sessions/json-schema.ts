import { z } from 'zod';

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/**
 * The JSON Schema of a channel, flat and of plain types only: plotting tools (Foxglove's parser among them) want `type: object` at
 * the root and one type a property. A union becomes one object with the properties of all; a nullable value is told by its other type.
 */
export function flatJsonSchema(schema: z.ZodType): object {
  const root = z.toJSONSchema(schema) as Schema;
  const shapes = root.oneOf ?? root.anyOf ?? [root];
  const names = [...new Set(shapes.flatMap((shape) => Object.keys(shape.properties ?? {})))];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: Object.fromEntries(
      names.map((name) => [name, { type: plainType(shapes.find((shape) => shape.properties?.[name])?.properties?.[name]) }]),
    ),
    required: names.filter((name) => shapes.every((shape) => shape.required?.includes(name))),
  };
}

/** A nullable type is `type: [X, 'null']` or `anyOf: [X, {type: 'null'}]`. */
function plainType(schema: Schema | undefined): string {
  const types = [schema?.type ?? schema?.anyOf?.map((choice) => choice.type ?? []) ?? []].flat(2);
  return types.find((type) => type !== 'null') ?? 'string';
}
