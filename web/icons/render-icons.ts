import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/**
 * Renders the PNG icons of the web app manifest from `public/favicon.svg`. Run `node web/icons/render-icons.ts` after a
 * change of the drawing. Maskable icons fill their square; the logo is in the inner 80 %, the safe zone.
 */
const publicFolder = join(import.meta.dirname, '../public');
const icons = [
  { file: 'icons/icon-192.png', size: 192, fill: false },
  { file: 'icons/icon-512.png', size: 512, fill: false },
  { file: 'icons/maskable-512.png', size: 512, fill: true },
  { file: 'icons/apple-touch-icon.png', size: 180, fill: true },
];

const drawing = await readFile(join(publicFolder, 'favicon.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
for (const { file, size, fill } of icons) {
  await page.setViewportSize({ width: size, height: size });
  const frame = fill ? 'background: #ff6338; padding: 10%' : '';
  await page.setContent(
    `<style>body { margin: 0 } div { box-sizing: border-box; height: 100vh; ${frame} } svg { display: block }</style><div>${drawing}</div>`,
  );
  await writeFile(join(publicFolder, file), await page.screenshot({ omitBackground: true }));
}
await browser.close();
