import { DeliveryKind, DeliveryLayout, type DeliveryRule, type NewDeliveryTarget } from '@linkcast/contracts';

/** Reads a target from its form. @param pin the key that was confirmed; null: none. */
export function readTarget(form: HTMLFormElement, pin: string | null): NewDeliveryTarget {
  const data = new FormData(form);
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  const key = text('key').trim();
  return {
    name: text('name'),
    kind: DeliveryKind.parse(text('kind')),
    host: text('host'),
    port: Number(text('port')),
    user: text('user'),
    secret: key === '' ? text('password') : `${key}\n`,
    pin,
    folder: text('folder').replace(/^\/+|\/+$/g, ''),
    layout: DeliveryLayout.parse(text('layout')),
    rule: ruleOf(text),
    removeAfter: data.get('removeAfter') === 'on',
  };
}

function ruleOf(text: (name: string) => string): DeliveryRule {
  const items = text('items');
  if (items === 'person') return { items, personId: text('personId') };
  if (items === 'collection') return { items, collectionId: text('collectionId') };
  if (items === 'host') return { items, host: text('ruleHost').trim().toLowerCase() };
  return { items: items === 'all' ? 'all' : 'requested' };
}
