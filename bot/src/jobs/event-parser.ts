/** One server-sent event, as text. */
export interface StreamEvent {
  readonly name: string;
  readonly data: string;
}

/** More than this without the end of an event is no event stream. */
const MAX_BUFFER_CHARACTERS = 4_000_000;

/**
 * Reads server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream)
 * from text that comes in pieces. Comments, which servers send to keep a connection open, are skipped.
 */
export function createEventStreamParser(onEvent: (event: StreamEvent) => void) {
  let buffer = '';
  let name = '';
  let data: string[] = [];
  let lastId: string | undefined;

  const endEvent = (): void => {
    if (data.length > 0) onEvent({ name: name === '' ? 'message' : name, data: data.join('\n') });
    name = '';
    data = [];
  };
  const readLine = (line: string): void => {
    if (line === '') {
      endEvent();
      return;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') name = value;
    if (field === 'data') data.push(value);
    if (field === 'id' && !value.includes('\0')) lastId = value;
  };

  return {
    push(text: string): void {
      buffer += text;
      // A \r at the very end may be the first half of a \r\n.
      const lines = buffer.split(/\r\n|\n|\r(?!$)/);
      buffer = lines.pop() ?? '';
      if (buffer.length > MAX_BUFFER_CHARACTERS) throw new Error('an event is too large');
      lines.forEach(readLine);
    },
    /** The id to resume from. */
    lastId: () => lastId,
  };
}
