/** The content of an element: text, elements by name, or several elements of one name. */
export type XmlContent = string | number | { readonly [name: string]: XmlContent | readonly XmlContent[] };

/** Renders one element with escaped content. @throws when text holds characters that XML cannot represent. */
export function renderXml(name: string, content: XmlContent, indent = ''): string {
  if (typeof content !== 'object') return `${indent}<${name}>${escapeText(String(content))}</${name}>\n`;
  const children = Object.entries(content).flatMap(([child, value]) =>
    (isList(value) ? value : [value]).map((entry) => renderXml(child, entry, `${indent}  `)),
  );
  return `${indent}<${name}>\n${children.join('')}${indent}</${name}>\n`;
}

function isList(value: XmlContent | readonly XmlContent[]): value is readonly XmlContent[] {
  return Array.isArray(value);
}

function escapeText(text: string): string {
  if (/[^\P{Cc}\t]/u.test(text)) throw new Error('XML cannot hold control characters');
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
