declare global {
  interface Window {
    /** Telegram's interface to the app that shows a Mini App; absent in other browsers. */
    readonly TelegramWebviewProxy?: { readonly postEvent: (name: string, json: string) => void };
  }
}

/** True when the page is open as a Mini App inside Telegram. */
export function isMiniApp(): boolean {
  return window.TelegramWebviewProxy !== undefined;
}

/**
 * Tells Telegram that the Mini App has loaded, expands it to the full height, and turns off closing by a swipe down,
 * which dragging a player's scrubber would trigger. https://core.telegram.org/api/web-events
 */
export function prepareMiniApp(): void {
  const telegram = window.TelegramWebviewProxy;
  telegram?.postEvent('web_app_ready', '{}');
  telegram?.postEvent('web_app_expand', '{}');
  telegram?.postEvent('web_app_setup_swipe_behavior', JSON.stringify({ allow_vertical_swipe: false }));
}
