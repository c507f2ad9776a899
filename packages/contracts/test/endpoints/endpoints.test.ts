import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/endpoints/endpoint.ts';
import { endpoints } from '../../src/endpoints/endpoints.ts';

const table = Object.entries<Endpoint>(endpoints);

describe('the table of endpoints', () => {
  it.each(table)('%s: has a schema for the parameters of its path, and for no others', (_, { path, params }) => {
    const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    expect(Object.keys(params?.schema.shape ?? {})).toEqual(inPath);
  });

  it.each(table)('%s: lists the problems of unknown ids and of missing fields', (_, endpoint) => {
    const { params, body, missingFields = {}, problems } = endpoint;
    const named = [...(params ? [params.unknown] : []), ...Object.values(missingFields)];
    expect(problems).toEqual(expect.arrayContaining(named));
    expect(Object.keys(body?.shape ?? {})).toEqual(expect.arrayContaining(Object.keys(missingFields)));
  });
});
