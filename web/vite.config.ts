import { defineConfig } from 'vite';
import { texts } from '@linkcast/texts';

const { tagline, noScript, locale } = texts.site;
const words = { tagline, noScript, locale };

/**
 * The site. In development, `/api`, `/media` and `/play` come from a running stack on its usual port.
 *
 * Nothing is inlined (`assetsInlineLimit`), and modules are preloaded by plain links: the pages are served under a
 * policy that refuses every inline script and style.
 */
export default defineConfig({
  plugins: [
    {
      name: 'words-of-the-page',
      transformIndexHtml: (html) =>
        Object.entries(words).reduce((page, [name, word]) => page.replaceAll(`%${name}%`, word), html),
    },
  ],
  build: {
    // Browsers of the last five years, so that a television of 2022 plays too.
    target: ['chrome93', 'edge93', 'firefox92', 'safari15.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700, // hls.js, loaded only by the player
  },
  server: {
    proxy: Object.fromEntries(['/api', '/media', '/play'].map((path) => [path, 'http://127.0.0.1:8080'])),
  },
});
