import './strict-csp.ts';
import { readLanguage } from './language/language-choice.ts';
import { loadSiteTexts } from './language/site-texts.ts';
import { openSite } from './site.tsx';
import './styles/index.css';

const root = document.getElementById('app');
const shareToken = /^\/s\/([^/]+)/.exec(location.pathname)?.[1];
const language = readLanguage(() => localStorage, navigator.languages);
const texts = await loadSiteTexts(language);
document.documentElement.lang = language;

if (root && shareToken === undefined) openSite(root, texts);
if (root && shareToken !== undefined) {
  const { openSharedPage } = await import('./guest.tsx');
  openSharedPage(root, shareToken, texts);
}
