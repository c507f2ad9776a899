import { endpoints, ProblemDocument, problems, type Endpoint, type ProblemType } from '@linkcast/contracts';
import { z } from 'zod';
import { securityOf, securitySchemes } from './security.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 description of everything that is not internal, made from the table of endpoints. */
export function describeApi(version: string): Json {
  const components = createComponents();
  const paths: Record<string, Json> = {};
  for (const [operationId, endpoint] of Object.entries<Endpoint>(endpoints)) {
    if (endpoint.internal) continue;
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method]: operation(operationId, endpoint, components) };
  }
  components.refer(ProblemDocument, 'output');
  return {
    openapi: '3.1.0',
    info: { title: 'Linkcast', version, license: { name: 'MIT', identifier: 'MIT' } },
    paths,
    components: { schemas: components.schemas, securitySchemes },
  };
}

function operation(operationId: string, endpoint: Endpoint, components: Components): Json {
  const { summary } = endpoint;
  return {
    operationId,
    summary,
    security: securityOf(endpoint),
    parameters: [
      ...pathParameters(endpoint, components),
      ...headerParameters(endpoint),
      ...queryParameters(endpoint, components),
    ],
    ...requestBody(endpoint, components),
    responses: { [endpoint.success]: success(endpoint, components), ...refusals(endpoint) },
  };
}

function requestBody({ body, consumes }: Endpoint, components: Components): Json {
  if (consumes !== undefined) return { requestBody: { required: true, content: { [consumes]: { schema: {} } } } };
  if (!body) return {};
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: components.refer(body, 'input') } },
    },
  };
}

function pathParameters({ params }: Endpoint, components: Components): Json[] {
  const fields: Record<string, z.ZodType> = params?.schema.shape ?? {};
  return Object.entries(fields).map(([name, schema]) => ({
    name,
    in: 'path',
    required: true,
    schema: components.refer(schema, 'input'),
  }));
}

function headerParameters({ headers }: Endpoint): Json[] {
  return Object.entries(headers ?? {}).map(([name, description]) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: Endpoint, components: Components): Json[] {
  const fields: Record<string, z.ZodType> = query?.shape ?? {};
  return Object.entries(fields).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    schema: components.refer(schema, 'input'),
  }));
}

function success({ summary, answer, produces }: Endpoint, components: Components): Json {
  if (answer) {
    return {
      description: summary,
      content: { 'application/json': { schema: components.refer(answer, 'output') } },
    };
  }
  return { description: summary, ...(produces ? { content: { [produces]: { schema: { type: 'string' } } } } : {}) };
}

/** The problems of a call by status: its own, and those of every call of its kind. */
function refusals(endpoint: Endpoint): Json {
  const types: ProblemType[] = [
    ...endpoint.problems,
    ...(endpoint.right === 'none' ? [] : (['unauthorized', 'forbidden'] as const)),
    ...(endpoint.body ? (['malformed-request', 'request-too-large', 'unsupported-media-type'] as const) : []),
    ...(endpoint.body || endpoint.query ? (['invalid-request'] as const) : []),
    'database-unavailable',
    'internal',
  ];
  const byStatus = Map.groupBy(types, (type) => problems[type].status);
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map((type) => `\`${type}\`: ${problems[type].when}`).join('\n\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

interface Components {
  readonly schemas: Json;
  /** The JSON schema of a zod schema; those with an id become components. */
  refer(schema: z.ZodType, io: 'input' | 'output'): Json;
}

function createComponents(): Components {
  const schemas: Json = {};
  const add = (id: string, schema: Json): void => {
    const isOther = schemas[id] !== undefined && JSON.stringify(schemas[id]) !== JSON.stringify(schema);
    if (isOther) throw new Error(`${id} differs as input and as output: it needs two schemas`);
    schemas[id] = schema;
  };
  return {
    schemas,
    refer(schema, io) {
      const { $defs, ...rest } = z.toJSONSchema(schema, { io });
      delete rest.$schema;
      for (const [id, definition] of Object.entries($defs ?? {})) add(id, pointToComponents(definition));
      return pointToComponents(rest);
    },
  };
}

function pointToComponents(schema: unknown): Json {
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/');
  return JSON.parse(text) as Json; // it was an object before
}
