export type PlayerAction = { readonly do: 'toggle' | 'fullscreen' } | { readonly do: 'seek'; readonly seconds: number };

const actions: Readonly<Record<string, PlayerAction>> = {
  ' ': { do: 'toggle' },
  k: { do: 'toggle' },
  f: { do: 'fullscreen' },
  ArrowLeft: { do: 'seek', seconds: -10 },
  ArrowRight: { do: 'seek', seconds: 10 },
};

/** Keys that the browser's controls handle when the element has the focus, and that a page cannot suppress. */
const nativeKeys: ReadonlySet<string> = new Set([' ', 'ArrowLeft', 'ArrowRight']);

/** Returns the player's action for a key; undefined for other keys. */
export function actionOfKey(key: string): PlayerAction | undefined {
  return Object.hasOwn(actions, key) ? actions[key] : undefined;
}

/** Applies key presses anywhere on the page to the element, except while a control has the focus. */
export function listenToKeys(element: HTMLMediaElement): () => void {
  function press(event: KeyboardEvent): void {
    const action = actionOfKey(event.key);
    if (!action || event.ctrlKey || event.metaKey || event.altKey || isControl(event.target)) return;
    if (event.target === element && nativeKeys.has(event.key)) return;
    event.preventDefault();
    perform(action, element);
  }
  document.addEventListener('keydown', press);
  return () => document.removeEventListener('keydown', press);
}

function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('a, button, input, select, textarea, summary, dialog') !== null
  );
}

function perform(action: PlayerAction, element: HTMLMediaElement): void {
  switch (action.do) {
    case 'toggle':
      if (element.paused) void element.play();
      else element.pause();
      return;
    case 'fullscreen':
      return void toggleFullscreen(element);
    case 'seek':
      element.currentTime = Math.max(0, element.currentTime + action.seconds);
  }
}

async function toggleFullscreen(element: HTMLMediaElement): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else if (element instanceof HTMLVideoElement) await element.requestFullscreen();
}
