import { defineConfig } from 'vite';
import { languages, textsOf } from '@linkcast/texts';

/** The page before its script has chosen a language. Without scripts, the reader gets the note in every language. */
const { tagline, locale } = textsOf('en').site;
const noScript = languages.map((language) => `<p lang="${language}">${textsOf(language).site.noScript}</p>`).join('');
const words = { tagline, noScript, locale };

/**
 * The build of the site. The development server proxies `/api`, `/media` and `/play` to a running stack on its default
 * port.
 *
 * No asset is inlined (`assetsInlineLimit`), and modules are preloaded by link elements: the Content Security Policy of
 * the pages allows no inline script or style.
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
    // Browsers of 2021 and later, which includes the browser of a television of 2022.
    target: ['chrome93', 'edge93', 'firefox92', 'safari15.4'],
    assetsInlineLimit: 0,
    license: { fileName: 'licenses.md' }, // of the packages in it, for whoever publishes the site
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700, // hls.js, loaded only by the player
  },
  server: {
    proxy: Object.fromEntries(['/api', '/media', '/play'].map((path) => [path, 'http://127.0.0.1:8080'])),
  },
});
