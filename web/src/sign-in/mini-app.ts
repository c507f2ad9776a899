declare global {
  interface Window {
    /** Telegram's door to the app around a Mini App; absent everywhere else. */
    readonly TelegramWebviewProxy?: { readonly postEvent: (name: string, json: string) => void };
  }
}

/** Is the page open in one of Telegram's apps? */
export function isMiniApp(): boolean {
  return window.TelegramWebviewProxy !== undefined;
}

/**
 * Inside of Telegram: the page is there, takes the whole height, and a swipe downwards (the scrubber of a player) does
 * not close it. https://core.telegram.org/api/web-events
 */
export function prepareMiniApp(): void {
  const telegram = window.TelegramWebviewProxy;
  telegram?.postEvent('web_app_ready', '{}');
  telegram?.postEvent('web_app_expand', '{}');
  telegram?.postEvent('web_app_setup_swipe_behavior', JSON.stringify({ allow_vertical_swipe: false }));
}
