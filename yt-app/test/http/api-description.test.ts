import { endpoints, type Endpoint } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeApi } from '../../src/http/openapi/api-description.ts';

const Operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  security: z.array(z.partialRecord(z.enum(['token', 'session', 'share']), z.array(z.string()))),
  parameters: z.array(
    z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']), schema: z.record(z.string(), z.unknown()) }),
  ),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: z.object({}) })) }).optional(),
  responses: z.record(z.string().regex(/^[2-5]\d\d$/), z.object({ description: z.string().min(1) })),
});
const Document = z.object({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), version: z.literal('1.2.3') }),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'patch', 'delete']), Operation)),
  components: z.object({
    schemas: z.record(z.string(), z.object({})),
    securitySchemes: z.object({ token: z.object({}), session: z.object({}), share: z.object({}) }),
  }),
});

const description = describeApi('1.2.3');
const document = Document.parse(description);
const table = Object.entries(endpoints) as [string, Endpoint][];

test('the description: has the structure of OpenAPI 3.1 and is plain JSON', () => {
  expect(JSON.parse(JSON.stringify(description))).toEqual(description);
});

test('public endpoints: are all described; internal endpoints: are not', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => `${operation.operationId} ${method} ${path}`),
  );
  const expected = table
    .filter(([, endpoint]) => !endpoint.internal)
    .map(([name, { method, path }]) => `${name} ${method} ${path.replace(':id', '{id}')}`);
  expect(described.sort()).toEqual(expected.sort());
  expect(JSON.stringify(description)).not.toContain('/internal/');
});

test('references: each names a component, and each component is referenced', () => {
  const references = new Set(
    [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target),
  );
  const components = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect([...references].sort()).toEqual(components.sort());
});

test('every public endpoint: has its path parameters, problems, success status and body described', () => {
  for (const [, endpoint] of table.filter(([, { internal }]) => !internal)) {
    const operation = document.paths[endpoint.path.replace(':id', '{id}')]?.[endpoint.method];
    const inPath = operation?.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    expect(inPath).toEqual(endpoint.path.includes(':id') ? ['id'] : []);
    const descriptions = Object.values(operation?.responses ?? {}).map(({ description: text }) => text);
    for (const problem of [...endpoint.problems, 'internal']) expect(descriptions.join()).toContain(`\`${problem}\``);
    expect(operation?.responses).toHaveProperty(String(endpoint.success));
    const expected = endpoint.consumes ?? (endpoint.body ? 'application/json' : undefined);
    expect(Object.keys(operation?.requestBody?.content ?? {})).toEqual(expected === undefined ? [] : [expected]);
  }
});

test('each call: lists the ways to authenticate and the right it needs', () => {
  const described = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const securityOf = (name: string) => described.find(({ operationId }) => operationId === name)?.security;
  expect(securityOf('createJob')).toEqual([{ token: [] }, { session: ['add'] }]);
  expect(securityOf('getMedia')).toEqual([{ token: [] }, { session: ['watch'] }, { share: ['watch'] }]);
  expect(securityOf('createPasskey')).toEqual([{ session: ['watch'] }]);
  expect(securityOf('signIn')).toEqual([]);
  expect(JSON.stringify(description)).toContain('`forbidden`');
});
