import { expect, test } from 'vitest';
import { actionOfKey } from '../../src/player/player-keys.ts';

test('the keys of the player: have an action; other keys, and names of object members: have none', () => {
  expect(actionOfKey(' ')).toEqual({ do: 'toggle' });
  expect(actionOfKey('ArrowLeft')).toEqual({ do: 'seek', seconds: -10 });
  expect(actionOfKey('x')).toBeUndefined();
  expect(actionOfKey('constructor')).toBeUndefined();
});
