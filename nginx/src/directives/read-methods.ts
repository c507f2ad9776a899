import type { ConfBlock } from './conf-block.ts';

/** Answers 405 to all methods but GET and HEAD. */
export function allowReadMethods(location: ConfBlock): void {
  location.block('if', '($is_read_method = 0)', (block) => block.directive('return', '405'));
}

/** Adds `$is_read_method`: 1 for GET and HEAD, otherwise 0. */
export function addReadMethods(http: ConfBlock): void {
  http.block('map', '$request_method $is_read_method', (map) => {
    for (const entry of ['default 0', 'GET 1', 'HEAD 1']) {
      const [method = '', value] = entry.split(' ');
      map.directive(method, value);
    }
  });
}
