import { accessCheck, endpoints, Problem, type Endpoint } from '@linkcast/contracts';
import type { Express } from 'express';

const OTHER_PATHS = ['/healthz', '/readyz', '/metrics', '/api/openapi.json', accessCheck.path];

/** Answers what no route has: 405 with `Allow` where the path exists, 404 elsewhere. Comes after all routes. */
export function refuseUnmatchedRequests(app: Express): void {
  for (const [path, methods] of methodsByPath()) {
    app.all(path, (_request, response) => {
      response.set('allow', methods.join(', '));
      throw new Problem('method-not-allowed');
    });
  }
  app.use(() => {
    throw new Problem('not-found');
  });
}

function methodsByPath(): Map<string, string[]> {
  const table: Endpoint[] = [...Object.values(endpoints)];
  const methods = new Map(OTHER_PATHS.map((path) => [path, ['GET', 'HEAD']]));
  for (const { path, method } of table) {
    const allowed = method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()];
    methods.set(path, [...(methods.get(path) ?? []), ...allowed]);
  }
  return methods;
}
