import './strict-csp.ts';
import { openSite } from './site.tsx';
import './styles/index.css';

const root = document.getElementById('app');
const shareToken = /^\/s\/([^/]+)/.exec(location.pathname)?.[1];

if (root && shareToken === undefined) openSite(root);
if (root && shareToken !== undefined) {
  const { openSharedPage } = await import('./guest.tsx');
  openSharedPage(root, shareToken);
}
