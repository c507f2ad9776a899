import { expect, test } from 'vitest';
import { createEventBus, type EventEntry } from '../../src/events/event-bus.ts';

const deleted = (id: string) => ({ name: 'media-deleted', data: { id } }) as const;

function collect() {
  const entries: EventEntry[] = [];
  return { entries, listener: (entry: EventEntry) => void entries.push(entry) };
}

test('a listener without an id: receives new events until it unsubscribes', () => {
  const bus = createEventBus({ epoch: 'run' });
  const { entries, listener } = collect();
  bus.publish(deleted('before'));
  const unsubscribe = bus.subscribe(listener);
  bus.publish(deleted('during'));
  unsubscribe();
  bus.publish(deleted('after'));
  expect(entries).toEqual([{ id: 'run-2', event: deleted('during') }]);
});

test('a listener with the id of its last event: receives the missed events in order, then new ones', () => {
  const bus = createEventBus({ epoch: 'run' });
  for (const id of ['a', 'b', 'c']) bus.publish(deleted(id));
  const { entries, listener } = collect();
  bus.subscribe(listener, 'run-1');
  bus.publish(deleted('d'));
  expect(entries.map(({ id, event }) => [id, event])).toEqual([
    ['run-2', deleted('b')],
    ['run-3', deleted('c')],
    ['run-4', deleted('d')],
  ]);
});

test.each(['run-3', 'run-1'])('the id %s at an end of the stored events: causes no reset', (id) => {
  const bus = createEventBus({ epoch: 'run', capacity: 2 });
  for (const name of ['a', 'b', 'c']) bus.publish(deleted(name));
  const { entries, listener } = collect();
  bus.subscribe(listener, id);
  expect(entries.map(({ event }) => event.name)).not.toContain('reset');
  expect(entries).toHaveLength(3 - Number(id.slice(-1)));
});

test.each(['run-0', 'old-3', 'run-99', 'run--1', 'nonsense', ''])(
  'an id that is too old, of another epoch, or missing (%j): a reset comes first',
  (id) => {
    const bus = createEventBus({ epoch: 'run', capacity: 2 });
    for (const name of ['a', 'b', 'c']) bus.publish(deleted(name));
    const { entries, listener } = collect();
    bus.subscribe(listener, id);
    bus.publish(deleted('d'));
    expect(entries.map((entry) => [entry.id, entry.event.name])).toEqual([
      ['run-3', 'reset'],
      ['run-4', 'media-deleted'],
    ]);
  },
);

test('the same function subscribed twice: is called twice per event, and each subscription ends separately', () => {
  const bus = createEventBus();
  const { entries, listener } = collect();
  const leave = bus.subscribe(listener);
  bus.subscribe(listener);
  bus.publish(deleted('a'));
  leave();
  bus.publish(deleted('b'));
  expect(entries).toHaveLength(3);
});
