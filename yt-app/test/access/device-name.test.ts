import { expect, test } from 'vitest';
import { deviceName } from '../../src/access/device-name.ts';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  ['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['Firefox on Android', 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0'],
  ['Chrome on Windows', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`],
  ['Edge on Windows', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0`],
  ['Opera on Mac', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Chrome/142.0 Safari/537.36 OPR/120.0`],
  [
    'Safari on Mac',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15',
  ],
  [
    'Safari on iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
  ],
  [
    'Chrome on iPad',
    'Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/142.0 Mobile/15E148 Safari/604.1',
  ],
  [
    'Samsung Internet on Android',
    `Mozilla/5.0 (Linux; Android 14; SM-S918B) ${WEBKIT} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36`,
  ],
  [
    'Telegram on Android',
    `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${WEBKIT} Version/4.0 Chrome/142.0 Mobile Safari/537.36 Telegram-Android/12.1 (Pixel)`,
  ],
  ['Chrome on LG TV', `Mozilla/5.0 (Web0S; Linux/SmartTV) ${WEBKIT} Chrome/108.0 Safari/537.36 WebAppManager`],
  ['Chrome on Samsung TV', `Mozilla/5.0 (SMART-TV; LINUX; Tizen 8.0) ${WEBKIT} Chrome/108.0 TV Safari/537.36`],
  ['Android', 'Dalvik/2.1.0 (Linux; U; Android 14)'],
  ['Unknown device', 'curl/8.0'],
  ['Unknown device', ''],
])('the user agent of %s: gives that name', (name, userAgent) => {
  expect(deviceName(userAgent)).toBe(name);
});

test('a user agent with a script in it: gives a name without the script', () => {
  expect(deviceName('<script>alert(1)</script> Firefox/1 Linux')).toBe('Firefox on Linux');
});
