/** Line drawings on a 24 by 24 grid; `filled` ones are closed shapes in the text colour. */
const drawings = {
  library: { d: 'M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z' },
  radio: { d: 'M12 14v7M7.8 14.2a6 6 0 1 1 8.4 0M5 17a10 10 0 1 1 14 0M12 10.5a.5.5 0 1 0 0-1 .5.5 0 0 0 0 1' },
  queue: { d: 'M4 6h11M4 12h11M4 18h7M18 9v9m0 0 3-3m-3 3-3-3' },
  add: { d: 'M12 5v14M5 12h14' },
  link: {
    d: 'M10 14a4.5 4.5 0 0 0 6.4 0l3-3A4.5 4.5 0 0 0 13 4.600l-1 1M14 10a4.5 4.5 0 0 0-6.4 0l-3 3A4.5 4.5 0 0 0 11 19.400l1-1',
  },
  search: { d: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l4.5 4.5' },
  more: { d: 'M12 6.500v-.01M12 12v-.01M12 17.500v-.01', heavy: true },
  play: { d: 'M8 5.200c0-.8.9-1.3 1.6-.9l10 6.800c.6.4.6 1.3 0 1.700l-10 6.800c-.7.5-1.6 0-1.6-.8z', filled: true },
  stop: { d: 'M8 6h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2z', filled: true },
  skip: { d: 'M6 5.500v13l9-6.500zM18 5.500v13' },
  music: { d: 'M9 18V6l11-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0M20 16a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0' },
  video: { d: 'M5 6h9a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM16 11l5-3v8l-5-3z' },
  rename: { d: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4' },
  trash: { d: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5' },
  copy: { d: 'M9 9h11v11H9zM5 15H4V4h11v1' },
  download: { d: 'M12 4v11m0 0 4.5-4.500M12 15l-4.5-4.500M5 20h14' },
  retry: { d: 'M20 11a8 8 0 1 0-2.3 6M20 5v6h-6' },
  close: { d: 'M6 6l12 12M18 6 6 18' },
  check: { d: 'M5 12.500l5 5L19.5 7' },
  alert: { d: 'M12 4 2.5 20h19zM12 10v4.500M12 17.300v-.01' },
  pin: { d: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7' },
  pip: { d: 'M4 5h16v14H4zM12.5 12.500H17V16h-4.500z' },
  clock: { d: 'M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 7v5l3.5 2' },
  open: { d: 'M9 5H5v14h14v-4M13 5h6v6M19 5l-9 9' },
  send: { d: 'M21 3.500 2.500 10.500l7 3 3 7zM9.500 13.500l5-4.500' },
  server: { d: 'M4 4h16v7H4zM4 13h16v7H4zM8 7.500v-.01M8 16.500v-.01' },
  person: { d: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.500 20.500c.6-4 3.700-6 7.500-6s6.900 2 7.500 6' },
  people: {
    d: 'M9 12a3.5 3.5 0 1 0 0-7 3.500 3.500 0 0 0 0 7M2.500 19.500c.5-3.500 3.200-5 6.500-5s6 1.500 6.500 5M15.500 5.300a3.500 3.500 0 0 1 0 6.400M17.500 14.900c2.300.6 3.700 2.100 4 4.600',
  },
  device: { d: 'M4 5h16v11H4zM9 20h6M12 16v4' },
  share: { d: 'M12 15V4m0 0L7.500 8.500M12 4l4.500 4.500M6 12H5v8h14v-8h-1' },
  leave: { d: 'M10 5H5v14h5M14 8l4 4-4 4M18 12H9.500' },
  lock: { d: 'M6 11h12v9H6zM8.5 11V8a3.500 3.500 0 0 1 7 0v3M12 14.500v2' },
  key: { d: 'M8 19a4 4 0 1 0 0-8 4 4 0 0 0 0 8M11 12.500 19 4.500M15.500 8l3 3M18 5.500l2 2' },
  passkey: {
    d: 'M9 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8M2.500 20c.5-4 3-5.500 6.500-5.500 1.500 0 2.700.3 3.700.800M18 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6M18 15v6M18 18h2.500',
  },
  globe: {
    d: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17M3.500 12h17M12 3.500c5 5 5 12 0 17c-5-5-5-12 0-17',
  },
  paste: { d: 'M8 5H5v15h14V5h-3M9 3.500h6v3.500H9z' },
} as const satisfies Record<string, { d: string; filled?: true; heavy?: true }>;

export type IconName = keyof typeof drawings;

/** A decorative icon, hidden from screen readers: the text beside it or the label of its button names it. */
export function Icon({ name }: { readonly name: IconName }) {
  const drawing: { d: string; filled?: true; heavy?: true } = drawings[name];
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path
        d={drawing.d}
        fill={drawing.filled ? 'currentColor' : 'none'}
        stroke="currentColor"
        stroke-width={drawing.heavy ? 3 : 1.8}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
