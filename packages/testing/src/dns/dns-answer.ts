import dnsPacket, { type Answer, type Packet } from 'dns-packet';
import type { DnsZone } from './dns-zone.ts';

export type DnsMood = 'well' | 'silent' | 'servfail' | 'refused';

const RCODES = { noerror: 0, servfail: 2, nxdomain: 3, refused: 5 } as const;
const MAX_ALIASES = 8;

/** The answer of an authoritative server to a query; undefined: no answer is sent. */
export function answerQuery(query: Packet, zone: DnsZone, mood: DnsMood): Packet | undefined {
  const question = query.questions?.[0];
  if (mood === 'silent' || !question) return undefined;
  if (mood !== 'well') return packet(query, [], [], RCODES[mood]);
  const answers = answersTo(question.name, question.type, zone);
  if (answers.length > 0) return packet(query, answers, [], RCODES.noerror);
  const rcode = zone.has(question.name) ? RCODES.noerror : RCODES.nxdomain;
  return packet(query, [], zone.authority(question.name), rcode);
}

/** An alias is followed as far as we know the way. */
function answersTo(name: string, type: string, zone: DnsZone): Answer[] {
  const answers: Answer[] = [];
  let current = name;
  for (let step = 0; step < MAX_ALIASES; step += 1) {
    const found = zone.records(current, type);
    const alias = zone.values(current, 'CNAME')[0];
    if (found.length > 0 || alias === undefined) return [...answers, ...found];
    answers.push(...zone.records(current, 'CNAME'));
    current = alias;
  }
  return answers;
}

function packet(query: Packet, answers: Answer[], authorities: Answer[], rcode: number): Packet {
  const recursionDesired = (query.flags ?? 0) & dnsPacket.RECURSION_DESIRED;
  return {
    type: 'response',
    id: query.id ?? 0,
    // the lowest four bits of the flags are the response code
    flags: dnsPacket.AUTHORITATIVE_ANSWER | recursionDesired | rcode,
    questions: query.questions ?? [],
    answers,
    authorities,
  };
}
