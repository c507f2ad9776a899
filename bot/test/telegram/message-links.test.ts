import { describe, expect, it } from 'vitest';
import { findLinks } from '../../src/telegram/message-links.ts';

describe('findLinks', () => {
  it.each([
    ['https://a.example/x', ['https://a.example/x']],
    ['see https://a.example/x. And (https://b.example/y)!', ['https://a.example/x', 'https://b.example/y']],
    ['https://a.example/wiki/Film_(1999)', ['https://a.example/wiki/Film_(1999)']],
    ['https://a.example/x https://a.example/x', ['https://a.example/x']],
    ['HTTP://A.example/x', ['HTTP://A.example/x']],
    ['ftp://a.example file:///etc/passwd javascript:alert(1) https:// -x', []],
    ['', []],
  ])('the text "%s": returns the links written in it', (text, links) => {
    expect(findLinks(text, [])).toEqual(links);
  });

  it('links marked by Telegram: are returned in order, with a scheme added where it is missing', () => {
    const text = '🎬 example.com/video and this and https://b.example/y';
    const marks = [
      { type: 'url', offset: 3, length: 17 },
      { type: 'text_link', offset: 25, length: 4, url: 'https://hidden.example/' },
      { type: 'url', offset: 34, length: 19 },
    ];
    expect(findLinks(text, marks)).toEqual([
      'https://example.com/video',
      'https://hidden.example/',
      'https://b.example/y',
    ]);
  });
});
