/** The addresses that a name is to lead to; an undefined one is left as it is. */
export interface Addresses {
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
}

export type AddressField = keyof Addresses;
export const addressFields = ['ipv4', 'ipv6'] as const satisfies AddressField[];
