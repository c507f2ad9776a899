export * from './bot-api-server.ts';
export * from './fixture-cache.ts';
export * from './media-fixtures.ts';
export * from './origin-answer.ts';
export * from './origin-behaviour.ts';
export * from './origin-pages.ts';
export * from './origin-server.ts';
