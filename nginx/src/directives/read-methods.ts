import type { ConfBlock } from './conf-block.ts';

/** Refuses every method but GET and HEAD. */
export function allowReading(location: ConfBlock): void {
  location.block('if', '($is_reading = 0)', (block) => block.directive('return', '405'));
}

/** `$is_reading`: the method is GET or HEAD. */
export function addReadingRule(http: ConfBlock): void {
  http.block('map', '$request_method $is_reading', (map) => {
    for (const entry of ['default 0', 'GET 1', 'HEAD 1']) {
      const [method = '', value] = entry.split(' ');
      map.directive(method, value);
    }
  });
}
